"""Envelopes to the desk and slots to the source: packed, padded, sealed, and opened again strictly."""

from collections.abc import Callable, Sequence
from functools import lru_cache

from tipstaff.sealed import tar
from tipstaff.sealed.age import NotForThisKey, open_sealed, seal
from tipstaff.sealed.claims import Claim, RewardNotice, Voucher
from tipstaff.sealed.fields import BadField, Fields, dump, load
from tipstaff.sealed.header import SealError
from tipstaff.sealed.items import (
    LIMITS,
    NOTICE_TEXT_BYTES,
    SLOT_TEXT_BYTES,
    Limits,
    Message,
    NotFromTheSource,
    Reply,
    SealedFile,
    Tip,
    read_message,
    read_reply,
    read_tip,
    tidied,
    typed,
    written,
)
from tipstaff.sealed.padding import bucket, pad_to
from tipstaff.sealed.recipients import BadKey, HybridIdentity, HybridRecipient, Identity, Recipient

__all__ = [
    "LIMITS",
    "NOTICE_TEXT_BYTES",
    "SLOTS",
    "SLOT_SIZE",
    "SLOT_TEXT_BYTES",
    "BadEnvelope",
    "Claim",
    "Limits",
    "Message",
    "NotFromTheSource",
    "Reply",
    "RewardNotice",
    "SealedFile",
    "Tip",
    "Voucher",
    "checked",
    "filler_slot",
    "open_envelope",
    "open_slot",
    "pack_envelope",
    "pack_slot",
    "typed",
]

SLOTS = 8
LARGEST = 1 << 20  # the largest bucket: all limits together, every character escaped, stay below it
_SLOT_PLAIN = 3072
# One hybrid recipient's header and nonce, and the tag of the one chunk: see docs/protocol.md, "Reply slot".
SLOT_SIZE = 1627 + 16 + _SLOT_PLAIN + 16
_NAMES: dict[str, Callable[[Fields], Tip | Message]] = {"tip.json": read_tip, "message.json": read_message}


class BadEnvelope(SealError, ValueError):
    """Sealed for us, but what is inside is not what was agreed; `reason` is a sentence without contents."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def pack_envelope(item: Tip | Message, recipients: Sequence[Recipient]) -> bytes:
    """`item` as a tar with one file, padded to its bucket and sealed to `recipients`.

    Texts are kept as typed but for line ends (see `typed`). Raises BadEnvelope for an item that would be
    refused on opening: what we seal, we can open.
    """
    item = tidied(item)
    name = "tip.json" if isinstance(item, Tip) else "message.json"
    fields = written(item)
    _read(name, Fields(fields))
    packed = tar.pack(name, dump(fields))
    size = bucket(len(packed))
    if size > LARGEST:
        raise BadEnvelope("the contents do not fit into the largest envelope")
    return seal(pad_to(packed, size), recipients)


def open_envelope(sealed: bytes, identities: Sequence[Identity]) -> Tip | Message:
    """What was packed. Raises NotSealed, NotForThisKey, Altered or BadEnvelope, all of them SealError."""
    if len(sealed) > 2 * LARGEST:
        raise BadEnvelope("the envelope is larger than any that we make")
    plain = open_sealed(sealed, identities)
    if len(plain) != bucket(len(plain)) or len(plain) > LARGEST:
        raise BadEnvelope("the envelope's contents are not padded as agreed")
    try:
        name, contents = tar.unpack(plain, frozenset(_NAMES))
        found = load(contents)
    except (tar.NotOurTar, BadField) as wrong:
        raise BadEnvelope(str(wrong)) from None
    item = _read(name, found)
    if isinstance(item, Tip):
        _check_reply(item.reply)
    return item


def checked(reply: Reply) -> Reply:
    """`reply` as it would be opened, to know beforehand that it can be packed. Raises BadEnvelope."""
    reply = tidied(reply)
    if len(reply.text.encode()) > SLOT_TEXT_BYTES:
        raise BadEnvelope(f"the text is longer than {SLOT_TEXT_BYTES} bytes: shorten it or write two")
    try:
        return read_reply(Fields(written(reply)))
    except BadField as wrong:
        raise BadEnvelope(str(wrong)) from None


def pack_slot(reply: Reply, recipient: HybridRecipient) -> bytes:
    """`reply` sealed to the source, in exactly SLOT_SIZE bytes. Raises BadEnvelope."""
    fields = written(checked(reply))
    # The text follows the heading as it is: inside the JSON, quotes and line ends would take twice the room.
    text = fields.pop("text").encode()
    heading = dump(fields | {"bytes": len(text)})
    return seal(pad_to(heading + b"\n" + text, _SLOT_PLAIN), [recipient])


def open_slot(slot: bytes, identity: HybridIdentity) -> Reply | None:
    """The reply in a slot, or None when it is not for us: a filler, as far as we can tell.

    Raises NotSealed, Altered or BadEnvelope when the slot is damaged.
    """
    if len(slot) != SLOT_SIZE:
        raise BadEnvelope(f"a slot has {SLOT_SIZE} bytes, this one {len(slot)}")
    try:
        plain = open_sealed(slot, [identity])
    except NotForThisKey:
        return None
    heading, _, rest = plain.partition(b"\n")
    try:
        found = load(heading)
        size = found.whole("bytes", 0, SLOT_TEXT_BYTES)
        if rest[size:] != bytes(len(rest) - size):
            raise BadField("the slot is not padded as agreed")
        return read_reply(found.with_text("text", rest[:size]))
    except BadField as wrong:
        raise BadEnvelope(str(wrong)) from None


def filler_slot() -> bytes:
    """SLOT_SIZE bytes that nobody can open and nobody can tell from a reply.

    Not plain random bytes: a key share and an ML-KEM ciphertext are recognisable, so a filler is a real
    sealed file, for a key whose private half was forgotten when it was made.
    """
    return seal(bytes(_SLOT_PLAIN), [_nobody()])


@lru_cache
def _nobody() -> HybridRecipient:
    return HybridIdentity.generate().recipient()


def _check_reply(text: str) -> None:
    """Refuses a tip whose source could never be answered; when packing, we made the key ourselves."""
    try:
        HybridRecipient.parse(text)
    except BadKey as wrong:
        raise BadEnvelope(f"the field reply is {wrong}") from None


def _read(name: str, found: Fields) -> Tip | Message:
    try:
        return _NAMES[name](found)
    except BadField as wrong:
        raise BadEnvelope(str(wrong)) from None
