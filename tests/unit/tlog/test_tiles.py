"""Paths, widths and bundles, with the examples of c2sp.org/tlog-tiles."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.tlog.logs import Log
from tipstaff.tlog.tiles import (
    BundleWrong,
    PathWrong,
    TilePath,
    decode_bundle,
    encode_bundle,
    entries_path,
    hash_tiles,
    is_public,
    leaf_tile,
    parse_tile_path,
    tile_path,
    width_at,
)

WRITTEN = {
    "tile/0/000": TilePath(0, 0, 256),
    "tile/1/067.p/12": TilePath(1, 67, 12),
    "tile/0/x001/x234/067": TilePath(0, 1_234_067, 256),
    "tile/63/999.p/255": TilePath(63, 999, 255),
    "tile/entries/x001/000": TilePath(None, 1000, 256),
    "tile/entries/000.p/1": TilePath(None, 0, 1),
}


@pytest.mark.parametrize("path", WRITTEN)
def test_paths_as_they_are_written(path):
    level, number, width = parsed = parse_tile_path(path)
    assert parsed == WRITTEN[path]
    assert (entries_path(number, width) if level is None else tile_path(level, number, width)) == path


@given(st.integers(0, 63), st.integers(0, 10**18), st.integers(1, 256))
def test_every_path_is_read_back(level, number, width):
    assert parse_tile_path(tile_path(level, number, width)) == TilePath(level, number, width)
    assert parse_tile_path(entries_path(number, width)) == TilePath(None, number, width)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "checkpoint",
        "tile/0/0",
        "tile/0/00",
        "tile/0/0000",
        "tile/0/x000/001",  # a number has one spelling
        "tile/0/001/067",
        "tile/0/x001",
        "tile/00/000",
        "tile/64/000",
        "tile/-1/000",
        "tile/0/000.p/0",
        "tile/0/000.p/01",
        "tile/0/000.p/256",
        "tile/0/000.p/",
        "tile/0/000/",
        "tile/0/000\n",
        "/tile/0/000",
        "tile/0/../checkpoint",
        "tile/0/٠٠٠",
        "tile/Entries/000",
    ],
)
def test_no_other_path_is_read(path):
    with pytest.raises(PathWrong):
        parse_tile_path(path)


@given(st.text(max_size=40))
def test_any_text_is_a_path_as_we_write_it_or_none(text):
    try:
        level, number, width = parse_tile_path(text)
    except PathWrong:
        return
    assert (entries_path(number, width) if level is None else tile_path(level, number, width)) == text


@pytest.mark.parametrize("level, number, width", [(-1, 0, 1), (64, 0, 1), (0, -1, 1), (0, 0, 0), (0, 0, 257)])
def test_there_are_no_such_tiles(level, number, width):
    with pytest.raises(ValueError):
        tile_path(level, number, width)


def test_the_example_of_70000():
    tiles = list(hash_tiles(70_000))
    assert tiles.count(TilePath(0, 273, 112)) == 1
    assert [tile.width for tile in tiles if tile.level == 0] == [256] * 273 + [112]
    assert [tile.width for tile in tiles if tile.level == 1] == [256, 17]
    assert [tile.width for tile in tiles if tile.level == 2] == [1]
    assert len(tiles) == 277


def test_the_example_of_256():
    assert list(hash_tiles(256)) == [TilePath(0, 0, 256), TilePath(1, 0, 1)]
    assert list(hash_tiles(0)) == []


@pytest.mark.parametrize("size", [0, 1, 255, 256, 257, 65_536, 70_000])
def test_public_files_are_those_of_the_head(size):
    shown = set(hash_tiles(size))
    for level in range(4):
        for number in range(300):
            for width in (1, 17, 112, 255, 256):
                tile = TilePath(level, number, width)
                assert is_public(tile, size) == (tile in shown)
                assert is_public(TilePath(None, number, width), size) == (TilePath(0, number, width) in shown)


def test_what_lies_beyond_the_head_has_no_width():
    assert width_at(256, 0, 1) == 0
    assert width_at(0, 0, 0) == 0
    assert width_at(300, 1, 0) == 1


@given(st.lists(st.binary(max_size=40), max_size=30) | st.integers(0, 256).map(lambda n: Log(n).entries))
def test_a_bundle_is_read_back(entries):
    assert decode_bundle(encode_bundle(entries)) == entries


@given(st.binary(max_size=200))
def test_any_bytes_are_a_bundle_as_we_write_it_or_none(data):
    try:
        entries = decode_bundle(data)
    except BundleWrong:
        return
    assert encode_bundle(entries) == data


def test_a_cut_bundle_says_where():
    with pytest.raises(BundleWrong, match="in the middle of entry 1"):
        decode_bundle(encode_bundle([b"one", b"two"])[:-1])


def test_an_entry_has_at_most_65535_bytes():
    longest = bytes(65_535)
    assert decode_bundle(encode_bundle([longest])) == [longest]
    with pytest.raises(ValueError):
        encode_bundle([longest + b"\0"])


def test_the_tile_over_entries():
    log = Log(300)
    assert leaf_tile(log.entries[:256]) == log.read(0, 0, 256)
