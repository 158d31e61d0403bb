"""The text of a PDF as typst writes it: enough of a reader to see which words stand on which page, and no more."""

import re
import zlib

_OBJECT = re.compile(rb"(?:^|\n)(\d+) 0 obj\n(.*?)\nendobj", re.DOTALL)
_STREAM = re.compile(rb"stream\n(.*)\nendstream", re.DOTALL)
_FONT = re.compile(rb"/(f\d+) (\d+) 0 R")
_CHAR = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]+)>")
_RANGE = re.compile(rb"<([0-9A-F]{4})> <([0-9A-F]{4})> <([0-9A-F]+)>")
_SHOWN = re.compile(rb"/(f\d+) [\d.]+ Tf|(\()|<([0-9A-Fa-f]+)>(?!>)")
_IN_A_STRING = re.compile(rb"\\([0-7]{1,3}|.)|([()])|([^()\\]+)", re.DOTALL)
_NAMED = {b"n": b"\n", b"r": b"\r", b"t": b"\t", b"b": b"\b", b"f": b"\f"}


def pages_of(pdf: bytes) -> list[str]:
    """What stands on each page, in the order in which it is drawn, without spaces: a line's end may hold none."""
    objects = {int(number): body for number, body in _OBJECT.findall(pdf)}
    (tree,) = [body for body in objects.values() if b"/Type /Pages" in body or b"/Type/Pages" in body]
    kids = re.search(rb"/Kids\s*\[(.*?)\]", tree, re.DOTALL)
    assert kids
    return [_page(objects, int(number)) for number in re.findall(rb"(\d+) 0 R", kids[1])]


def _page(objects: dict[int, bytes], number: int) -> str:
    page = objects[number]
    contents = re.search(rb"/Contents (\d+) 0 R", page)
    assert contents
    resources = re.search(rb"/Resources (\d+) 0 R", page)
    named = _FONT.findall(objects[int(resources[1])] if resources else page)
    shapes = {name: _shapes(objects, int(font)) for name, font in named}
    content, at, font, said = _stream(objects[int(contents[1])]), 0, b"", list[str]()
    while found := _SHOWN.search(content, at):
        chosen, literal, digits = found.groups()
        at, font = found.end(), chosen or font
        raw = bytes.fromhex((digits or b"").decode())
        if literal:
            raw, at = _literal(content, at)
        said += [shapes[font].get(raw[each : each + 2].hex().upper(), "") for each in range(0, len(raw), 2)]
    return re.sub(r"[\s\u200b]+", "", "".join(said))


def _literal(content: bytes, at: int) -> tuple[bytes, int]:
    """The bytes of a string in parentheses, which may hold others in pairs, and where it ends."""
    raw, depth = b"", 1
    while found := _IN_A_STRING.match(content, at):
        escaped, parenthesis, plain = found.groups()
        at = found.end()
        depth += {b"(": 1, b")": -1}.get(parenthesis, 0)
        if not depth:
            return raw, at
        raw += _unescaped(escaped) if escaped else parenthesis or plain
    raise AssertionError("a string without an end")


def _shapes(objects: dict[int, bytes], font: int) -> dict[str, str]:
    """From the codes of one font to characters, as its ToUnicode map has them."""
    found = re.search(rb"/ToUnicode (\d+) 0 R", objects[font])
    assert found, "a font whose letters cannot be read again"
    text, shapes = _stream(objects[int(found[1])]), {}
    for first, last, start in _RANGE.findall(text):
        for step in range(int(last, 16) - int(first, 16) + 1):
            shapes[f"{int(first, 16) + step:04X}"] = chr(int(start, 16) + step)
    for block in re.findall(rb"beginbfchar\n(.*?)endbfchar", text, re.DOTALL):
        for code, said in _CHAR.findall(block):
            shapes[code.decode()] = bytes.fromhex(said.decode()).decode("utf-16-be")
    return shapes


def _stream(body: bytes) -> bytes:
    found = _STREAM.search(body)
    assert found
    return zlib.decompress(found[1]) if b"FlateDecode" in body else found[1]


def _unescaped(said: bytes) -> bytes:
    return bytes([int(said, 8) & 255]) if said.isdigit() else _NAMED.get(said, said)
