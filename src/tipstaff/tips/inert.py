"""Making a stranger's files harmless to look at and to save; what is typed, `kernel.inert` makes visible."""

import re
import unicodedata

from tipstaff.kernel.inert import visible, visible_name

__all__ = ["kind_of", "safe_name", "visible", "visible_bytes", "visible_name"]

_TYPE = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def visible_bytes(data: bytes) -> str:
    """The bytes of a file as text: UTF-8 where it is that, what is not written out as `[0x1b]`."""
    return visible(data.decode("utf-8", errors="surrogateescape").translate(_SURROGATES))


def safe_name(reference: str, place: int) -> str:
    """The name a file is saved under: made from the tip's reference, never from the source's own name."""
    return f"{reference.lower()}-file-{place}.bin"


def kind_of(name: str) -> str:
    """The ending of the source's file name, for orientation only: `jpg`; empty when there is none."""
    found = _TYPE.search(unicodedata.normalize("NFKC", name))
    return found.group(1).lower() if found else ""


_SURROGATES = {0xDC00 + byte: f"[0x{byte:02x}]" for byte in range(0x80, 0x100)}
