"""Making a stranger's text harmless to look at.

Escaping for HTML is the template's work. This module deals with what escaping leaves alone: control
characters, terminal sequences, and the Unicode marks that turn text around or hide it, so that a name like
`invoice<U+202E>fdp.exe` shows what it is. Marks that honest writing needs (joiners, the two direction marks)
stay in running text and are shown in names.
"""

import re
import unicodedata

# Overrides, embeddings and isolates (UAX 9), zero-width spaces, interlinear and tag characters.
_HIDDEN = "\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\u2028\u2029\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_IN_TEXT = re.compile(f"[{_CONTROL}{_HIDDEN}]")
_IN_NAMES = re.compile(f"[{_CONTROL}{_HIDDEN}\t\n\r\u200c-\u200f\u061c]")
_TYPE = re.compile(r"\.([A-Za-z0-9]{1,5})$")


def visible(text: str) -> str:
    """Running text with every control, reordering or hidden character written out, as in `[U+202E]`.

    Line ends become plain new lines. Nothing is dropped.
    """
    return _IN_TEXT.sub(_written_out, text.replace("\r\n", "\n").replace("\r", "\n"))


def visible_name(name: str) -> str:
    """A name on one line; here the joiners and direction marks are written out as well."""
    return _IN_NAMES.sub(_written_out, name)


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


def _written_out(found: re.Match[str]) -> str:
    return f"[U+{ord(found.group()):04X}]"


_SURROGATES = {0xDC00 + byte: f"[0x{byte:02x}]" for byte in range(0x80, 0x100)}
