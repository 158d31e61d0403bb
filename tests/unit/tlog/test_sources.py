"""Reading a log from a folder and from a web server that may be wrong, slow to say so, or hostile."""

import gzip
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.unit.tlog.logs import DESK, Log, write
from tipstaff.tlog import sources
from tipstaff.tlog.sources import LONGEST_CHECKPOINT, SourceWrong, opened
from tipstaff.tlog.verify import Trust, verify_log, verify_proof

LOG = Log(600)
FILES = LOG.files()


@dataclass
class Site:
    """A web server with a log at /log, and what its answers are like."""

    files: dict[str, bytes]
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    hang_up_after: int | None = None
    asked: list[str] = field(default_factory=list)
    connections: int = 0
    address: str = ""


@pytest.fixture
def site() -> Iterator[Site]:
    here = Site(dict(FILES))

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def setup(self):
            here.connections += 1
            super().setup()

        def do_GET(self):
            here.asked.append(self.path)
            if len(here.asked) == here.hang_up_after:
                self.close_connection = True
                return
            body = here.files.get(self.path.removeprefix("/log/"))
            self.send_response(here.status if body is not None else 404)
            for name, value in here.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(body or b"")))
            self.end_headers()
            self.wfile.write(body or b"")

        def log_message(self, *args):
            pass

    class Server(ThreadingHTTPServer):
        def handle_error(self, request, client_address):
            """A reader that hangs up in the middle is what some of these tests are about."""

    with Server(("127.0.0.1", 0), Handler) as server:
        here.address = f"http://127.0.0.1:{server.server_port}/log"
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield here
        server.shutdown()
        thread.join()


def read(place, path="checkpoint"):
    with opened(place) as source:
        return source(path)


def test_a_folder(tmp_path):
    place = str(write(FILES, tmp_path))
    assert {path: read(place, path) for path in FILES} == FILES
    assert read(place, "tile/0/009") is None
    assert read(place, "tile/0") is None  # a folder where a file should be
    assert read(place, "checkpoint/000") is None  # a file where a folder should be


def test_there_is_no_such_folder(tmp_path):
    with pytest.raises(SourceWrong, match="there is no folder"):
        read(str(tmp_path / "nowhere"))


def test_a_file_in_a_folder_that_is_too_long(tmp_path):
    write({"checkpoint": bytes(LONGEST_CHECKPOINT + 1)}, tmp_path)
    with pytest.raises(SourceWrong, match="checkpoint is longer than the 1000000 bytes"):
        read(str(tmp_path))


def test_a_file_that_cannot_be_read(tmp_path, monkeypatch):
    def refuse(self, mode):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    with pytest.raises(SourceWrong, match="checkpoint cannot be read from .*: Permission denied"):
        read(str(tmp_path))


@pytest.mark.parametrize("ending", ["", "/"])
def test_a_website(site, ending):
    with opened(site.address + ending) as source:
        assert verify_log(source, Trust.of(DESK.verifier)).head.checkpoint.size == 600
        assert source("tile/0/009") is None
    assert set(site.asked) == {f"/log/{path}" for path in FILES} | {"/log/tile/0/009"}
    assert site.connections == 1


def test_the_same_files_are_asked_for_whichever_leaf_matters(site):
    asked = []
    for index in (0, 599):
        proof = verify_proof(LOG.proof(index, DESK), Trust.of(DESK.verifier))
        site.asked.clear()
        with opened(site.address) as source:
            verify_log(source, Trust.of(DESK.verifier), proofs=[proof])
        asked.append(list(site.asked))
    assert asked[0] == asked[1]


def test_a_server_that_hangs_up_is_asked_again(site):
    site.hang_up_after = 3
    with opened(site.address) as source:
        assert verify_log(source, Trust.of(DESK.verifier)).head.checkpoint.size == 600
    assert site.connections == 2


def test_a_compressed_file(site):
    site.files = {path: gzip.compress(data) for path, data in FILES.items()}
    site.headers = {"Content-Encoding": "gzip"}
    with opened(site.address) as source:
        assert verify_log(source, Trust.of(DESK.verifier)).head.checkpoint.size == 600


def test_a_compressed_file_that_grows_too_long(site):
    site.headers = {"Content-Encoding": "gzip"}
    for size in (1_000_000, 20_000_000):
        site.files = {"tile/0/000": gzip.compress(bytes(size))}
        with pytest.raises(SourceWrong, match="longer than the 8192 bytes"):
            read(site.address, "tile/0/000")


def test_a_file_that_does_not_decompress(site):
    site.headers = {"Content-Encoding": "gzip"}
    with pytest.raises(SourceWrong, match="does not decompress"):
        read(site.address)


def test_a_long_answer_is_not_read_to_its_end(site):
    site.files = {"tile/0/000": bytes(5_000_000)}
    with pytest.raises(SourceWrong, match="longer than the 8192 bytes"):
        read(site.address, "tile/0/000")


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_redirects_are_not_followed(site, status):
    site.status, site.headers = status, {"Location": "/log/tile/0/000"}
    with pytest.raises(SourceWrong, match=f"answers with status {status}"):
        read(site.address)
    assert site.asked == ["/log/checkpoint"]


@pytest.mark.parametrize("status", [403, 500, 503])
def test_another_answer_is_told(site, status):
    site.status = status
    with pytest.raises(SourceWrong, match=f"/log/checkpoint answers with status {status}, not a file"):
        read(site.address)


def test_nobody_answers():
    with socket.socket() as closed:
        closed.bind(("127.0.0.1", 0))  # ours, and not listening
        place = f"http://127.0.0.1:{closed.getsockname()[1]}"
        with pytest.raises(SourceWrong, match=f"{place}/checkpoint cannot be read: Connection refused"):
            read(place)


def test_somebody_never_answers(monkeypatch):
    monkeypatch.setattr(sources, "TIMEOUT_SECONDS", 0.05)
    with (
        socket.create_server(("127.0.0.1", 0)) as silent,
        pytest.raises(SourceWrong, match="cannot be read: timed out"),
    ):
        read(f"http://127.0.0.1:{silent.getsockname()[1]}")


@pytest.mark.parametrize(
    "place",
    [
        "ftp://example.org/log",
        "file:///etc",
        "http://",
        "https:///log",
        "http://[::1",
        "http://example.org:port/",
        "https://example.org/log?key=1",
        "https://example.org/log#top",
        "https://name@example.org/log",
    ],
)
def test_what_is_no_address(place):
    with pytest.raises(SourceWrong):
        read(place)
