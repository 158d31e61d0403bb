"""ASCII armour: an age file as text, for mail and clipboards.

Source: the age v1 specification, "ASCII armor": strict PEM (RFC 7468, section 3) with its own label. White
space around the block and CRLF line ends are allowed, nothing else.
"""

from base64 import b64encode
from binascii import Error as NotBase64
from binascii import a2b_base64

from tipstaff.sealed.header import NotSealed

BEGIN = b"-----BEGIN AGE ENCRYPTED FILE-----"
END = b"-----END AGE ENCRYPTED FILE-----"
_COLUMNS = 64
_WHITE = b" \t\r\n"


def write(sealed: bytes) -> bytes:
    """`sealed` as text with LF line ends, one at the very end."""
    text = b64encode(sealed)
    lines = [text[i : i + _COLUMNS] for i in range(0, len(text), _COLUMNS)]
    return b"\n".join([BEGIN, *lines, END, b""])


def read(text: bytes) -> bytes:
    """The bytes inside the armour. Raises NotSealed for anything but the one canonical spelling."""
    lines = text.strip(_WHITE).replace(b"\r\n", b"\n").split(b"\n")
    if len(lines) < 2 or lines[0] != BEGIN or lines[-1] != END:
        raise NotSealed("the armour's first or last line is missing")
    body = lines[1:-1]
    if any(len(line) != _COLUMNS for line in body[:-1]) or (body and not 0 < len(body[-1]) <= _COLUMNS):
        raise NotSealed("a line of the armour is not 64 columns wide")
    joined = b"".join(body)
    try:
        sealed = a2b_base64(joined, strict_mode=True)
    except NotBase64:
        raise NotSealed("the armour holds something that is not base64") from None
    if b64encode(sealed) != joined:
        raise NotSealed("the armour is not canonical base64")
    return sealed


def is_armoured(text: bytes) -> bool:
    """Whether `text` claims to be armour: to choose a reader, not to trust it."""
    return text.lstrip(_WHITE).startswith(BEGIN)
