"""Base64 that is read in one spelling only, so that two files that differ never mean the same."""

import base64
import binascii


def encode(raw: bytes) -> str:
    """The standard base64 of these bytes (RFC 4648, section 4)."""
    return base64.b64encode(raw).decode("ascii")


def decode(text: str) -> bytes:
    """The bytes that `encode` writes as `text`. Any other spelling of them raises ValueError."""
    try:
        raw = base64.b64decode(text.encode("ascii"), validate=True)
    except (UnicodeError, binascii.Error) as error:
        raise ValueError("not base64") from error
    if encode(raw) != text:
        raise ValueError("not the one spelling of these bytes")
    return raw
