"""All published age vectors give the published result: success, or the right kind of refusal.

The vectors come with the npm package cctv-age, whose readme describes the heading of each.
"""

import hashlib
import zlib
from dataclasses import dataclass, field

import pytest

from tests.unit.sealed.npm import vectors
from tipstaff.sealed import armour
from tipstaff.sealed.age import Altered, NotForThisKey, NotSealed, Opener
from tipstaff.sealed.header import Source, encode, read_header, write_header
from tipstaff.sealed.recipients import Identity, ScryptIdentity, parse_identity

PUBLISHED = 143
ALTERED_HEADER, ALTERED_CONTENTS = "HMAC failure", "payload failure"


@dataclass
class Vector:
    expect: str = ""
    payload: str = ""
    armoured: bool = False
    identities: list[Identity] = field(default_factory=list)
    file: bytes = b""


def read_vector(raw: bytes) -> Vector:
    heading, _, body = raw.partition(b"\n\n")
    vector = Vector(file=body)
    for line in heading.decode("utf-8").splitlines():
        key, _, value = line.partition(": ")
        match key:
            case "expect":
                vector.expect = value
            case "payload":
                vector.payload = value
            case "armored":
                vector.armoured = value == "yes"
            case "identity":
                vector.identities.append(parse_identity(value))
            case "passphrase":
                vector.identities.append(ScryptIdentity(value))
            case "compressed":
                assert value == "zlib"
                vector.file = zlib.decompress(body)
            case "file key" | "comment":
                pass
            case _:
                raise AssertionError(f"the vector has an unknown key {key!r}")
    return vector


def outcome(vector: Vector) -> tuple[str, bytes]:
    """What happens when the vector's file is opened, in the words of the vectors, and what was released."""
    released = b""
    try:
        file = armour.read(vector.file) if vector.armoured else vector.file
    except NotSealed:
        return "armor failure", released
    try:
        for part in Opener.open_stream(_reader(file), vector.identities):
            released += part
    except NotSealed:
        return "header failure", released
    except NotForThisKey:
        return "no match", released
    except Altered as altered:
        return (ALTERED_HEADER if "header" in str(altered) else ALTERED_CONTENTS), released
    return "success", released


def _reader(file: bytes):
    left = memoryview(file)

    def read(size: int) -> bytes:
        nonlocal left
        part, left = left[:size], left[size:]
        return bytes(part)

    return read


@pytest.fixture(scope="module")
def published() -> dict[str, Vector]:
    return {name: read_vector(raw) for name, raw in vectors().items()}


def test_every_published_vector_gives_the_published_result(published, capsys):
    wrong = {}
    for name, vector in published.items():
        found, released = outcome(vector)
        if found != vector.expect:
            wrong[name] = f"expected {vector.expect}, got {found}"
        elif vector.payload and hashlib.sha256(released).hexdigest() != vector.payload:
            wrong[name] = "released other bytes than published"
        elif not vector.payload and released:
            wrong[name] = "released bytes where none were published"
    with capsys.disabled():
        print(f"\nage vectors: {len(published) - len(wrong)} of {len(published)} as published, 0 unsupported")
    assert wrong == {}
    assert len(published) == PUBLISHED


def test_a_header_that_can_be_read_is_written_again_byte_for_byte(published):
    readable = [v for v in published.values() if v.expect not in ("header failure", "armor failure")]
    for vector in readable:
        file = armour.read(vector.file) if vector.armoured else vector.file
        header = read_header(Source(_reader(file)))
        assert write_header(header.stanzas) == header.authenticated
        assert file.startswith(header.authenticated + b" " + encode(header.mac) + b"\n")
    assert len(readable) == 59


def test_armour_that_can_be_read_is_written_again_byte_for_byte(published):
    armoured = [v for v in published.values() if v.armoured and v.expect != "armor failure"]
    for vector in armoured:
        plain = vector.file.strip(b" \t\r\n").replace(b"\r\n", b"\n") + b"\n"
        assert armour.write(armour.read(vector.file)) == plain
    assert len(armoured) > 5
