"""Text that was typed, made harmless to look at where escaping for HTML leaves it alone. Pure.

Control characters, terminal sequences, and the Unicode marks that turn text around or hide it are written out, so that
a name like `invoice<U+202E>fdp.exe` shows what it is. Marks that honest writing needs (joiners, direction marks)
stay in running text and are shown in names.
"""

import re

# Overrides, embeddings and isolates (UAX 9), zero-width spaces, interlinear and tag characters.
_HIDDEN = "\u202a-\u202e\u2066-\u2069\u200b\u2060-\u2064\ufeff\ufff9-\ufffb\u2028\u2029\U000e0000-\U000e007f"
_CONTROL = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_IN_TEXT = re.compile(f"[{_CONTROL}{_HIDDEN}]")
_IN_NAMES = re.compile(f"[{_CONTROL}{_HIDDEN}\t\n\r\u200c-\u200f\u061c]")


def visible(text: str) -> str:
    """Running text with every control, reordering or hidden character written out, as in `[U+202E]`.

    Line ends become plain new lines. Nothing is dropped.
    """
    return _IN_TEXT.sub(_written_out, text.replace("\r\n", "\n").replace("\r", "\n"))


def visible_name(name: str) -> str:
    """A name on one line; here the joiners and direction marks are written out as well."""
    return _IN_NAMES.sub(_written_out, name)


def _written_out(found: re.Match[str]) -> str:
    return f"[U+{ord(found.group()):04X}]"
