"""What travels sealed: a tip, a later message of the same source, and the desk's reply.

Each item says what it is, in which direction it goes and what it belongs to (mailbox, offer and version, the
notice that names the recipients): age binds no outside facts to a file, so what must not be moved elsewhere
stands inside and is checked on opening. No item shows its contents in `repr()`, so that no traceback does.
"""

import os
import re
from collections.abc import Sequence
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from tipstaff.sealed.claims import Claim, RewardNotice, Voucher, read_claim, read_notice, read_voucher
from tipstaff.sealed.fields import BadField, Fields, dump, keepable, load
from tipstaff.sealed.header import SealError


@dataclass(frozen=True, slots=True)
class Limits:
    """What one envelope and its files may hold; bytes where nothing else is said."""

    TEXT_CHARACTERS: int = 100_000
    FIELD_CHARACTERS: int = 10_000
    NAME_CHARACTERS: int = 255
    FILES: int = 10
    TOTAL_BYTES: int = 200_000_000
    PIECE: int = 1 << 20


LIMITS = Limits()
SLOT_TEXT_BYTES = 2500
NOTICE_TEXT_BYTES = 1000
_TIP, _MESSAGE, _REPLY = "tipstaff/tip/v1", "tipstaff/message/v1", "tipstaff/reply/v1"
_SIGNED = b"tipstaff/v1/message\n"
_MOST = 1 << 31
_OFFER = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_LANGUAGE = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8}){0,4}")
_REPLY_TO = 7 + 1946 + 6  # characters of a hybrid recipient: `age1pq1`, 1,216 bytes, the checksum
_STATE = re.compile(r"[a-z][a-z_-]{0,31}")


class NotFromTheSource(SealError):
    """The message is not signed by the key that its mailbox belongs to."""


@dataclass(frozen=True, slots=True)
class SealedFile:
    """One attached file. `size`: its real bytes, without padding; `sha256`: of the sealed file, in hex;
    `upload`: the id (hex, 16 bytes) under which it was staged; `place`: 0 to 9, as the sender chose them."""

    name: str
    size: int
    sha256: str
    upload: str
    place: int


@dataclass(frozen=True, slots=True, repr=False)
class Tip:
    """A source's first words. `mailbox`, `claim`: 32 bytes; `reply`: the recipient age1pq1… for answers;
    `notice`, `notice_sha256`: the notice that named the recipients; `offer`: None when about none of them;
    `day`: the UTC day of sealing; `sealed_by`: "door" or "browser"."""

    mailbox: bytes
    reply: str
    claim: bytes
    notice: int
    notice_sha256: str
    offer: str | None
    offer_version: int | None
    language: str
    text: str
    people: str
    places: str
    dates: str
    how: str
    may_ask: bool
    reward: bool
    files: tuple[SealedFile, ...]
    day: date
    sealed_by: str


@dataclass(frozen=True, slots=True, repr=False)
class Message:
    """A source's later words, or with `claim` its answer about a reward, which comes alone. Signed with the
    claim key, the answer too; make one with `Message.signed`."""

    mailbox: bytes
    notice: int
    notice_sha256: str
    text: str
    files: tuple[SealedFile, ...]
    day: date
    nonce: bytes
    signature: bytes
    claim: Claim | None = None

    @classmethod
    def signed(
        cls,
        key: Ed25519PrivateKey,
        *,
        mailbox: bytes,
        notice: int,
        notice_sha256: str,
        text: str,
        day: date,
        files: Sequence[SealedFile] = (),
        claim: Claim | None = None,
    ) -> "Message":
        """A message of the source whose claim key is `key`, about nothing but `mailbox`."""
        nonce, unsigned = os.urandom(16), b""
        draft = tidied(cls(mailbox, notice, notice_sha256, text, tuple(files), day, nonce, unsigned, claim))
        return replace(draft, signature=key.sign(draft.signed_bytes()))

    def signed_bytes(self) -> bytes:
        """A label of our own, then the canonical JSON of all fields but the signature."""
        unsigned = written(self)
        del unsigned["signature"]
        return _SIGNED + dump(unsigned)

    def verify(self, claim_public: bytes) -> None:
        """Raises NotFromTheSource unless the holder of `claim_public` (32 bytes) signed this message."""
        try:
            Ed25519PublicKey.from_public_bytes(claim_public).verify(self.signature, self.signed_bytes())
        except (InvalidSignature, ValueError):
            raise NotFromTheSource("the signature does not fit: another key wrote this message") from None


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What the desk writes into one slot of a mailbox: a public state, a notice of a reward, a voucher, a text.

    `kind`: "state", "reward" or "voucher" (then the field of that name is set, and no other of the three) or
    "message"; `number` counts from 1 in each mailbox; `text`: at most SLOT_TEXT_BYTES bytes of UTF-8, with a
    notice or a voucher NOTICE_TEXT_BYTES."""

    mailbox: bytes
    number: int
    kind: str
    state: str | None
    text: str
    day: date
    reward: RewardNotice | None = None
    voucher: Voucher | None = None


def typed(text: str) -> str:
    """`text` as it is kept: line ends become LF; what cannot be written at all becomes U+FFFD, visibly."""
    if keepable(text):
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("\0", "\ufffd").encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")


def tidied[T: Tip | Message | Reply | SealedFile | Claim | RewardNotice | Voucher](item: T) -> T:
    """`item` with each text in it, however deep, as `typed` keeps it."""
    changes: dict[str, Any] = {}
    for entry in fields(item):
        value = getattr(item, entry.name)
        if isinstance(value, str) and not keepable(value):
            changes[entry.name] = typed(value)
        elif entry.name == "files":
            changes["files"] = tuple(map(tidied, value))
        elif isinstance(value, Claim | Voucher):
            changes[entry.name] = tidied(value)
    return replace(item, **changes) if changes else item


def written(item: Tip | Message | Reply) -> dict[str, Any]:
    """The JSON object of `item`; bytes become hex and days ISO dates."""
    kind, to = {Tip: (_TIP, "desk"), Message: (_MESSAGE, "desk"), Reply: (_REPLY, "source")}[type(item)]
    contents: dict[str, Any] = plain(item)
    return {"tipstaff": kind, "to": to} | contents


def plain(value: Any) -> Any:
    """`value` in what JSON has: objects for our own kinds, hex for bytes, ISO for days, lists for tuples."""
    if isinstance(value, bytes):
        return value.hex()
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple):
        return [plain(each) for each in value]
    if is_dataclass(value):
        return {entry.name: plain(getattr(value, entry.name)) for entry in fields(value)}
    return value


def read_tip(found: Fields) -> Tip:
    """Raises BadField when a field is not as `docs/protocol.md` says."""
    _heading(found, _TIP, "desk")
    offer = None if found.none("offer") else found.pattern("offer", _OFFER, "an offer's reference")
    version = None if found.none("offer_version") else found.whole("offer_version", 1, _MOST)
    if (offer is None) != (version is None):
        raise BadField("the fields offer and offer_version stand together or not at all")
    tip = Tip(
        mailbox=bytes.fromhex(found.hex("mailbox", 32)),
        reply=found.text("reply", _REPLY_TO, _REPLY_TO),
        claim=bytes.fromhex(found.hex("claim", 32)),
        notice=found.whole("notice", 1, _MOST),
        notice_sha256=found.hex("notice_sha256", 32),
        offer=offer,
        offer_version=version,
        language=found.pattern("language", _LANGUAGE, "a language tag"),
        text=found.text("text", LIMITS.TEXT_CHARACTERS, 1),
        people=found.text("people", LIMITS.FIELD_CHARACTERS),
        places=found.text("places", LIMITS.FIELD_CHARACTERS),
        dates=found.text("dates", LIMITS.FIELD_CHARACTERS),
        how=found.text("how", LIMITS.FIELD_CHARACTERS),
        may_ask=found.flag("may_ask"),
        reward=found.flag("reward"),
        files=_files(found),
        day=found.day("day"),
        sealed_by=found.one_of("sealed_by", "door", "browser"),
    )
    found.done()
    return tip


def read_message(found: Fields) -> Message:
    """Raises BadField when a field is not as `docs/protocol.md` says. The signature is not checked here."""
    _heading(found, _MESSAGE, "desk")
    message = Message(
        mailbox=bytes.fromhex(found.hex("mailbox", 32)),
        notice=found.whole("notice", 1, _MOST),
        notice_sha256=found.hex("notice_sha256", 32),
        text=found.text("text", LIMITS.TEXT_CHARACTERS),
        files=_files(found),
        day=found.day("day"),
        nonce=bytes.fromhex(found.hex("nonce", 16)),
        signature=bytes.fromhex(found.hex("signature", 64)),
        claim=None if found.none("claim") else found.inner("claim", read_claim),
    )
    found.done()
    if not message.text and not message.files and message.claim is None:
        raise BadField("a message has a text or a file, or the answer about a reward")
    if message.claim is not None and (message.text or message.files):
        raise BadField("the answer about a reward comes alone, without a text or a file")
    return message


def read_signed(signed: bytes, signature: bytes) -> Message:
    """The message whose `signed_bytes` these are. Raises BadField; the signature is not checked here."""
    if not signed.startswith(_SIGNED):
        raise BadField("these are not the signed bytes of a message")
    return read_message(load(signed.removeprefix(_SIGNED)).with_text("signature", signature.hex().encode()))


def read_reply(found: Fields) -> Reply:
    """Raises BadField when a field is not as `docs/protocol.md` says."""
    _heading(found, _REPLY, "source")
    kind = found.one_of("kind", "state", "message", "reward", "voucher")
    reply = Reply(
        mailbox=bytes.fromhex(found.hex("mailbox", 32)),
        number=found.whole("number", 1, _MOST),
        kind=kind,
        state=found.pattern("state", _STATE, "a state's name") if kind == "state" else None,
        text=found.text("text", SLOT_TEXT_BYTES),
        day=found.day("day"),
        reward=found.inner("reward", read_notice) if kind == "reward" else None,
        voucher=found.inner("voucher", read_voucher) if kind == "voucher" else None,
    )
    for name in ("state", "reward", "voucher"):
        if name != kind and not found.none(name):
            raise BadField(f"the field {name} stands only in a {name}")
    if kind in ("reward", "voucher") and len(reply.text.encode()) > NOTICE_TEXT_BYTES:
        raise BadField(f"the text beside a {kind} has at most {NOTICE_TEXT_BYTES} bytes")
    found.done()
    return reply


def _heading(found: Fields, kind: str, to: str) -> None:
    found.one_of("tipstaff", kind)
    found.one_of("to", to)


def _files(found: Fields) -> tuple[SealedFile, ...]:
    files = found.many("files", LIMITS.FILES, _file)
    if sum(file.size for file in files) > LIMITS.TOTAL_BYTES:
        raise BadField(f"the files together are larger than {LIMITS.TOTAL_BYTES} bytes")
    places, uploads = {file.place for file in files}, {file.upload for file in files}
    if not len(places) == len(uploads) == len(files):
        raise BadField("two of the files have one place or one upload")
    return files


def _file(found: Fields) -> SealedFile:
    return SealedFile(
        name=found.text("name", LIMITS.NAME_CHARACTERS, 1),
        size=found.whole("size", 0, LIMITS.TOTAL_BYTES),
        sha256=found.hex("sha256", 32),
        upload=found.hex("upload", 16),
        place=found.whole("place", 0, LIMITS.FILES - 1),
    )
