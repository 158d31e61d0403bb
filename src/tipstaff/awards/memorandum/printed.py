"""What is printed: every text of a memorandum, ready for the page. What is not in here is on no page."""

import re
from collections.abc import Iterator
from datetime import date
from typing import Any, Final

from babel.dates import format_date
from babel.numbers import format_decimal

from tipstaff.awards.memorandum.document import Contribution, Factor, Memorandum
from tipstaff.awards.memorandum.words import Words, words
from tipstaff.kernel.money import Money

_UNBROKEN: Final = re.compile(r"\S{24}(?=\S)")
_ZERO_WIDTH_SPACE: Final = "\u200b"
_LINES: Final = re.compile(r"\r\n|[\r\n\v\f\x85\u2028\u2029]")
# Control characters have no shape to print; a tab is a space.
_CONTROLS: Final = {**dict.fromkeys(range(32)), **dict.fromkeys(range(127, 160)), 9: " "}

type Printed = dict[str, Any]


def printed(memorandum: Memorandum) -> Printed:
    """The texts by their place on the page. Raises ValueError for a language that there are no words for."""
    language = words(memorandum.language)
    speak = _Speak(memorandum.language, language)
    return {
        "language": memorandum.language,
        "words": dict(language.labels),
        "withheld": [language.withheld[part] for part in memorandum.withheld],
        "marking": line(memorandum.marking),
        "ref": line(memorandum.ref),
        "version": str(memorandum.version),
        "record": memorandum.record_sha256,  # never broken: it is copied to be compared
        "issued": speak.day(memorandum.issued_on),
        "office": line(memorandum.office),
        "title": line(memorandum.title),
        "purpose": paragraphs(memorandum.purpose),
        "summary": paragraphs(memorandum.public_summary) if memorandum.withheld else [],
        "authority": paragraphs(memorandum.authority),
        "offer": _offer(memorandum, speak),
        "outcome": list(_outcome(memorandum, speak)),
        "outcome_text": paragraphs(memorandum.outcome.text),
        "contributions": [_contribution(each, speak) for each in memorandum.contributions],
        "factors": [_factor(each, speak) for each in memorandum.factors],
        "advice": paragraphs(memorandum.advice),
        "findings": [
            {"rule": line(each.rule), "citation": line(each.citation), "result": str(each.result),
             "sentence": paragraphs(each.sentence)}
            for each in memorandum.findings
        ],
        "options": [
            {"text": paragraphs(each.text), "amount": speak.payment(each.amount)} for each in memorandum.options
        ],
        "recommendation": _recommendation(memorandum, speak),
        "vote": _vote(memorandum, speak),
        "recusals": [
            {"member": line(each.member), "reason": paragraphs(each.reason)} for each in memorandum.recusals
        ],
        "concurrence": _concurrence(memorandum, speak),
        "protection": paragraphs(memorandum.protection),
        "payment": paragraphs(memorandum.payment),
        "decision": _decision(memorandum, speak),
        "distribution": [line(each) for each in memorandum.distribution],
    }  # fmt: skip


def amount_in(language: str, amount: Money) -> str:
    """An amount as the memorandum in `language` writes it. Raises ValueError for another language."""
    return _Speak(language, words(language)).money(amount)


def paragraphs(text: str) -> list[str]:
    """What was typed, a paragraph a line; empty lines only part paragraphs."""
    return [said for each in _LINES.split(text) if (said := line(each))]


def line(text: str) -> str:
    """One line of text that fits any column: a word longer than two dozen letters may be broken."""
    # Half a surrogate pair is no character; a browser cannot send one, a program could.
    whole = text.encode("utf-8", "replace").decode("utf-8")
    return _UNBROKEN.sub(r"\g<0>" + _ZERO_WIDTH_SPACE, whole.translate(_CONTROLS).strip())


class _Speak:
    """Days, amounts and labels in one language."""

    def __init__(self, language: str, words: Words) -> None:
        self._language = language
        # “es” alone would write 5000 without a separator, and in a column of amounts it must not.
        self._numbers = {"en": "en", "es": "es_CO"}[language]
        self.label = words.labels

    def day(self, day: date | None) -> str:
        return "" if day is None else format_date(day, "long", locale=self._language)

    def money(self, amount: Money | None) -> str:
        """`USD 1,250,000.50`, with the language's own separators; cents only where there are some."""
        if amount is None:
            return ""
        whole, cents = divmod(abs(amount.minor), 100)
        shape = "#,##0.00" if cents else "#,##0"
        number = format_decimal(f"{whole}.{cents:02d}", format=shape, locale=self._numbers)
        return line(f"{amount.currency}\u00a0{'-' if amount.minor < 0 else ''}{number}")

    def payment(self, amount: Money | None) -> str:
        return self.money(amount) or self.label["no_payment"]

    def hundredths(self, number: int) -> str:
        return format_decimal(f"{number // 100}.{number % 100:02d}", format="0.00", locale=self._numbers)


def _offer(memorandum: Memorandum, speak: _Speak) -> Printed:
    offer = memorandum.offer
    return {
        "ref": line(offer.ref), "version": str(offer.version), "published": speak.day(offer.published_on),
        "condition": paragraphs(offer.condition), "cap": speak.money(offer.cap),
    }  # fmt: skip


def _outcome(memorandum: Memorandum, speak: _Speak) -> Iterator[tuple[str, str]]:
    """The outcome's facts as (label, text), without those that are empty. The public reads a year, not a day."""
    outcome = memorandum.outcome
    when = ("year", str(outcome.on.year)) if memorandum.withheld else ("day", speak.day(outcome.on))
    scope = speak.label["international" if outcome.international else "domestic"]
    rows = (
        ("reference", outcome.ref), ("kind", outcome.kind), when, ("country", outcome.country),
        ("subject", outcome.subject), ("charge", outcome.charge), ("court", outcome.court),
        ("paragraph", outcome.paragraph), ("scope", scope), ("amount", speak.money(outcome.amount)),
    )  # fmt: skip
    yield from ((speak.label[name], line(text)) for name, text in rows if text)


def _contribution(each: Contribution, speak: _Speak) -> Printed:
    return {
        "source": line(each.source), "on": speak.day(each.told_on), "told": paragraphs(each.told),
        "used": paragraphs(each.used), "known": paragraphs(each.known),
        "corroborated": paragraphs(each.corroborated), "evidence": paragraphs(each.evidence),
        "attested": [line(f"{each.attested_by}, {each.agency}")],
    }  # fmt: skip


def _factor(each: Factor, speak: _Speak) -> Printed:
    scores = [
        {"member": line(one.member), "score": str(one.score), "sentence": paragraphs(one.sentence)}
        for one in each.scores
    ]
    mean = speak.hundredths(each.mean_hundredths)
    return {"name": line(each.name), "weight": f"{each.weight}\u00a0%", "mean": mean, "scores": scores}


def _recommendation(memorandum: Memorandum, speak: _Speak) -> Printed:
    recommendation = memorandum.recommendation
    shares = [
        {"source": line(each.source), "amount": speak.money(each.amount)} for each in recommendation.shares
    ]
    text = paragraphs(recommendation.text)
    return {"amount": speak.payment(recommendation.amount), "text": text, "shares": shares}


def _vote(memorandum: Memorandum, speak: _Speak) -> Printed:
    vote = memorandum.vote
    cast = [
        {"member": line(each.member), "ballot": str(each.ballot), "reason": paragraphs(each.reason)}
        for each in vote.cast
    ]
    counts = [str(count) for count in (vote.quorum, vote.in_favour, vote.against, vote.abstained)]
    return {"on": speak.day(vote.on), "counts": counts, "cast": cast, "dissent": paragraphs(vote.dissent)}


def _concurrence(memorandum: Memorandum, speak: _Speak) -> Printed:
    concurrence = memorandum.concurrence
    return {
        "needed": concurrence.needed, "on": speak.day(concurrence.on), "by": line(concurrence.by),
        "ref": line(concurrence.ref), "text": paragraphs(concurrence.text),
    }  # fmt: skip


def _decision(memorandum: Memorandum, speak: _Speak) -> Printed:
    decision = memorandum.decision
    return {
        "outcome": str(decision.outcome or ""), "amount": speak.money(decision.amount),
        "on": speak.day(decision.on), "by": line(decision.by), "reasons": paragraphs(decision.reasons),
        "signatures": [{"office": line(each.office), "name": line(each.name)} for each in decision.signatures],
    }  # fmt: skip
