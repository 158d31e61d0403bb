"""When an identity may be sealed, asked for, opened or destroyed. Pure: facts in, Decision out."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from tipstaff.kernel.decision import Decision, Refusal
from tipstaff.vault.sealing import Details
from tipstaff.vault.states import Purpose

REASON_CHARACTERS = 1_000
LONGEST = {
    "name": 300, "contact": 2_000, "family": 4_000, "protection": 4_000, "payee": 2_000, "notes": 10_000,
}  # fmt: skip
# Two officers open an identity at one desk, one after the other; a destruction may wait for the second one's week.
GOOD_FOR = {Purpose.OPEN: timedelta(minutes=10), Purpose.DESTROY: timedelta(days=7)}


def may_seal(details: Details) -> Decision:
    """An identity has a name, and each field its limit."""
    refusals = []
    if not details.name.strip():
        refusals.append(Refusal("vault.seal.name", "The name is missing: without it nobody is identified."))
    for name, most in LONGEST.items():
        if len(getattr(details, name)) > most:
            refusals.append(
                Refusal(
                    "vault.seal.long",
                    "One field holds {length} characters; {most} fit. Shorten it. Nothing was sealed.",
                    {"length": len(getattr(details, name)), "most": most},
                )
            )
    return Decision(tuple(refusals))


@dataclass(frozen=True, slots=True, kw_only=True)
class AskFacts:
    """An officer is about to ask: the `reason` given, and whether the identity is destroyed."""

    reason: str
    destroyed: bool


def may_ask(facts: AskFacts) -> Decision:
    """Whoever asks says why; what is destroyed cannot be asked for."""
    refusals = []
    if facts.destroyed:
        refusals.append(_destroyed())
    if not facts.reason.strip():
        refusals.append(
            Refusal("vault.ask.reason", "The reason is missing. Say in a sentence why this must be done.")
        )
    if len(facts.reason) > REASON_CHARACTERS:
        refusals.append(
            Refusal(
                "vault.ask.long",
                "A reason holds at most {most} characters. Shorten it.",
                {"most": REASON_CHARACTERS},
            )
        )
    return Decision(tuple(refusals))


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeFacts:
    """A second officer is about to agree to a request.

    `held`: whether this process holds what the first key opened; a destruction needs none.
    """

    purpose: Purpose
    asked_by: str
    asked_at: datetime
    actor: str
    now: datetime
    agreed: bool
    destroyed: bool
    held: bool


def expired(purpose: Purpose, asked_at: datetime, now: datetime) -> bool:
    """Is the request older than its purpose allows?"""
    return now - asked_at >= GOOD_FOR[purpose]


def may_agree(facts: AgreeFacts) -> Decision:
    """Two people, in time, once."""
    refusals = []
    if facts.actor == facts.asked_by:
        refusals.append(
            Refusal("vault.two-officers", "You asked for this yourself. A second officer must agree to it.")
        )
    if facts.destroyed:
        refusals.append(_destroyed())
    if facts.agreed:
        refusals.append(
            Refusal("vault.request.used", "This request was used already; it serves once. Ask anew.")
        )
    elif expired(facts.purpose, facts.asked_at, facts.now):
        refusals.append(Refusal("vault.request.expired", "This request has expired. Ask anew."))
    elif facts.purpose is Purpose.OPEN and not facts.held and not facts.destroyed:
        refusals.append(
            Refusal(
                "vault.request.forgotten",
                "The desk was started anew since this was asked, and what the first key opened was only in its "
                "memory. Ask anew.",
            )
        )
    return Decision(tuple(refusals))


def no_vault() -> Decision:
    """There is nothing to seal to."""
    return _no(
        "vault.keys.none",
        "The vault has no keys yet, or its public file is gone. Two officers make them with `tipstaff vault init`.",
    )


def key_away(file: str) -> Decision:
    """The key file was carried away, as it may be."""
    return _no(
        "vault.key.away",
        "The key file {file} is not in the desk’s folder. Its holder must put it there. Nothing was opened.",
        {"file": file},
    )


def wrong_passphrase(file: str) -> Decision:
    """The passphrase opens nothing."""
    return _no(
        "vault.key.passphrase",
        "This is not the passphrase of {file}. Nothing was opened, and the attempt is recorded.",
        {"file": file},
    )


def too_many_tries(minutes: int) -> Decision:
    """This officer has tried too often; others may still."""
    return _no(
        "vault.key.tries",
        "Too many wrong passphrases. Minutes to wait: {minutes}. Others can still try.",
        {"minutes": minutes},
    )


def damaged(file: str) -> Decision:
    """The key, or what it should open, is not what it was."""
    return _no(
        "vault.key.unfit",
        "{file} does not open this identity: the key file is damaged or another one, or the sealed identity was "
        "changed. Keep everything as it is and compare with your copies.",
        {"file": file},
    )


def _destroyed() -> Refusal:
    return Refusal("vault.identity.destroyed", "This identity was destroyed. Nothing of it is left to open.")


def _no(rule: str, says: str, facts: dict[str, object] | None = None) -> Decision:
    return Decision((Refusal(rule, says, facts or {}),))
