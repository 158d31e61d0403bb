"""An identity as it is sealed: an age file to the second key inside an age file to the first. Pure.

Inside stand the reference and the compartment too, so that a sealed identity put into another row is noticed. The
plain bytes are padded to a power of two before the inner seal: the size in the database tells no length.
"""

import json
from dataclasses import asdict, dataclass, field, fields

from tipstaff.sealed.age import SealError, open_sealed, seal
from tipstaff.sealed.padding import bucket, pad_to
from tipstaff.sealed.recipients import HybridIdentity
from tipstaff.vault.keys import Recipients


class OtherIdentity(SealError):
    """What was opened belongs to another reference: rows were exchanged."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """Who a source is, and what protects them. None of it appears in `repr()`."""

    name: str = field(repr=False)
    contact: str = field(default="", repr=False)
    family: str = field(default="", repr=False)
    protection: str = field(default="", repr=False)
    payee: str = field(default="", repr=False)
    notes: str = field(default="", repr=False)


def seal_details(details: Details, *, ref: str, compartment: str, to: Recipients) -> bytes:
    """The sealed bytes: neither key alone opens them."""
    said = {"version": 1, "ref": ref, "compartment": compartment, "identity": asdict(details)}
    plain = json.dumps(said, ensure_ascii=False).encode()
    return seal(seal(pad_to(plain, bucket(len(plain))), [to.second]), [to.first])


def open_outer(sealed: bytes, first: HybridIdentity) -> bytes:
    """The inner age file, which the second key still keeps shut. Raises SealError."""
    return open_sealed(sealed, [first])


def open_inner(half_open: bytes, second: HybridIdentity, *, ref: str, compartment: str) -> Details:
    """The identity. Raises NotForThisKey, OtherIdentity, or another SealError."""
    said = json.loads(open_sealed(half_open, [second]).rstrip(b"\0"))
    if (said["ref"], said["compartment"]) != (ref, compartment):
        raise OtherIdentity("what was opened belongs to another reference")
    known = {each.name for each in fields(Details)}
    return Details(**{name: text for name, text in said["identity"].items() if name in known})
