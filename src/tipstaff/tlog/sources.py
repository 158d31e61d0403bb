"""Where a verifier reads a log's files from: a folder or a web address. Nothing from there is trusted."""

import zlib
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from urllib.parse import quote, urlsplit

from tipstaff.tlog.hashing import HASH, TILE_WIDTH
from tipstaff.tlog.tiles import CHECKPOINT, LONGEST_ENTRY
from tipstaff.tlog.wrong import Wrong

type Source = Callable[[str], bytes | None]
"""source(path): the bytes of one of the log's files, such as `tile/0/000`; None when it has no such file."""

LONGEST_CHECKPOINT = 1_000_000
TIMEOUT_SECONDS = 30
_GONE = (404, 410)
# Compressing what does not compress makes it a little longer; and one byte too many shows a file too long.
_SLACK = 1024


class SourceWrong(Wrong):
    """A log's files cannot be read from where they are said to be."""


@contextmanager
def opened(place: str) -> Iterator[Source]:
    """The source for what a person typed: an address that begins with https:// or http://, else a folder.

    Raises SourceWrong.
    """
    scheme, mark, _ = place.partition("://")
    if not mark:
        yield folder(Path(place))
    elif scheme.lower() in ("http", "https"):
        with closing(Website(place)) as website:
            yield website
    else:
        raise SourceWrong(f"a log is read from https:// or http:// or from a folder, not from {scheme}://.")


def longest(path: str) -> int:
    """How many bytes the file at this path may have. No more is read of a longer one."""
    if path == CHECKPOINT:
        return LONGEST_CHECKPOINT
    return TILE_WIDTH * (2 + LONGEST_ENTRY) if path.startswith("tile/entries/") else TILE_WIDTH * HASH


def folder(root: Path) -> Source:
    """A log's files in a folder, laid out as they are on the web. Raises SourceWrong when there is none."""
    if not root.is_dir():
        raise SourceWrong(f"there is no folder {root}.")

    def read(path: str) -> bytes | None:
        try:
            with (root / path).open("rb") as file:
                return _bounded(path, file.read(longest(path) + 1))
        except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
            return None
        except OSError as error:
            raise SourceWrong(f"{path} cannot be read from {root}: {error.strerror}.") from None

    return read


class Website:
    """A log's files under a web address, over one connection that is kept open.

    Redirects are not followed: a log is where it says it is. Raises SourceWrong for an address that is none.
    """

    def __init__(self, address: str) -> None:
        try:
            parts = urlsplit(address)
            host, port = parts.hostname, parts.port
        except ValueError:
            host = port = None
        if not host or parts.query or parts.fragment or parts.username:
            raise SourceWrong(f"{address} is not the web address of a log.")
        kind = HTTPSConnection if parts.scheme.lower() == "https" else HTTPConnection
        self._address = address.rstrip("/")
        self._prefix = quote(parts.path.rstrip("/"), safe="/%")
        self._connection = kind(host, port, timeout=TIMEOUT_SECONDS)

    def __call__(self, path: str) -> bytes | None:
        """The file at this path, None when the site answers that there is none. Raises SourceWrong."""
        try:
            try:
                return self._fetch(path)
            except ConnectionError:
                # Servers close a connection that has served enough; the next one is as good.
                self.close()
                return self._fetch(path)
        except (OSError, HTTPException) as error:
            self.close()
            reason = getattr(error, "strerror", None) or str(error) or type(error).__name__
            raise SourceWrong(f"{self._address}/{path} cannot be read: {reason}.") from None

    def close(self) -> None:
        """Close the connection; the next call opens another."""
        self._connection.close()

    def _fetch(self, path: str) -> bytes | None:
        headers = {"Accept-Encoding": "gzip, identity", "User-Agent": "log-verifier"}
        self._connection.request("GET", f"{self._prefix}/{path}", headers=headers)
        with self._connection.getresponse() as response:
            data = response.read(longest(path) + _SLACK)
            if response.read(1):
                self.close()
            if response.status in _GONE:
                return None
            if response.status != 200:
                raise SourceWrong(
                    f"{self._address}/{path} answers with status {response.status}, not a file."
                )
            if response.headers.get("Content-Encoding", "").lower() == "gzip":
                data = _unpacked(path, data)
            return _bounded(path, data)


def _unpacked(path: str, data: bytes) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(data, longest(path) + 1)
    except zlib.error:
        raise SourceWrong(f"{path} came compressed and does not decompress.") from None


def _bounded(path: str, data: bytes) -> bytes:
    if len(data) > longest(path):
        raise SourceWrong(f"{path} is longer than the {longest(path)} bytes it may have.")
    return data
