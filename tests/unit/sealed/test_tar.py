"""The tar of one file: other programs list it, and we read back only what we would have written."""

import io
import subprocess
import tarfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tipstaff.sealed import tar
from tipstaff.sealed.tar import NotOurTar

NAMES = frozenset({"tip.json", "message.json"})
names = st.sampled_from(sorted(NAMES))
contents = st.binary(max_size=3000)


@given(names, contents, st.integers(0, 5000))
def test_what_is_packed_is_unpacked(name, data, padding):
    assert tar.unpack(tar.pack(name, data) + bytes(padding), NAMES) == (name, data)


@given(names, contents, st.integers(0, 5000))
def test_pythons_tarfile_reads_the_same(name, data, padding):
    with tarfile.open(fileobj=io.BytesIO(tar.pack(name, data) + bytes(padding)), mode="r:") as archive:
        (member,) = archive.getmembers()
        assert (member.name, member.size, member.mtime, member.uid, member.uname) == (
            name,
            len(data),
            0,
            0,
            "",
        )
        contents = archive.extractfile(member)
        assert contents is not None
        assert contents.read() == data


@pytest.mark.parametrize("padding", [0, 1, 512, 12_000, 30_000])
def test_gnu_tar_lists_it_without_a_word_of_complaint(padding):
    packed = tar.pack("tip.json", b"{}" * 400) + bytes(padding)
    done = subprocess.run(
        ["tar", "--list", "--verbose"], input=packed, capture_output=True, check=True, env={"TZ": "UTC"}
    )
    assert done.stdout.split() == [b"-rw-r--r--", b"0/0", b"800", b"1970-01-01", b"00:00", b"tip.json"]
    assert done.stderr == b""


PACKED = tar.pack("tip.json", b'{"text":"boats"}')


@given(st.integers(0, 511), st.integers(1, 255))
def test_no_byte_of_the_header_may_differ(place, flip):
    changed = bytearray(PACKED)
    changed[place] ^= flip
    with pytest.raises(NotOurTar):
        tar.unpack(bytes(changed), NAMES)


@given(st.integers(0, len(PACKED) - 1))
def test_a_tar_cut_short_is_refused(length):
    with pytest.raises(NotOurTar):
        tar.unpack(PACKED[:length], NAMES)


@given(st.integers(512 + 16, len(PACKED) - 1))
def test_nothing_hides_in_the_padding(place):
    changed = bytearray(PACKED)
    changed[place] = 1
    with pytest.raises(NotOurTar):
        tar.unpack(bytes(changed), NAMES)


def test_a_second_file_is_refused():
    with pytest.raises(NotOurTar):
        tar.unpack(PACKED[:-1024] + tar.pack("message.json", b"{}"), NAMES)


def test_a_file_of_another_name_is_refused():
    with pytest.raises(NotOurTar):
        tar.unpack(tar.pack("../tip.json", b"{}"), NAMES)


@given(st.binary(max_size=2000))
def test_any_bytes_are_refused(junk):
    with pytest.raises(NotOurTar):
        tar.unpack(junk, NAMES)
