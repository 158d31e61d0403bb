"""A load client for the door: whole submissions (form page, post, receipt) over kept connections.

One process, one selector, bounded in number; it takes as little of the machine as it can, because the door runs
on the same cores.
"""

import selectors
import socket
import time
from dataclasses import dataclass, field

TOKEN = b'name="token" value="'
WORD = b'class="word"'
BOUNDARY = b"----submission"
FORM = b"GET /en/tip/ HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
RECEIVE = 1 << 18


@dataclass(slots=True)
class Outcome:
    """What a run gave: seconds each submission took, and what went wrong."""

    seconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    elapsed: float = 0.0

    def percentile(self, share: float) -> float:
        """The time (ms) that `share` of the submissions did not exceed."""
        ordered = sorted(self.seconds) or [0.0]
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] * 1000


class _Sender:
    """One connection that sends one submission after the other."""

    def __init__(self, address: tuple[str, int], body: bytes) -> None:
        self.socket = socket.create_connection(address)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.socket.setblocking(False)
        self._body = body
        self._unsent = memoryview(b"")
        self._answer = bytearray()
        self._posting = False
        self.began = 0.0

    def begin(self) -> None:
        self.began = time.perf_counter()
        self._posting = False
        self._send(FORM)

    def _send(self, request: bytes) -> None:
        self._answer.clear()
        self._unsent = memoryview(request)
        self.push()

    def push(self) -> bool:
        """Send what the socket takes; True while something is left."""
        while self._unsent:
            try:
                self._unsent = self._unsent[self.socket.send(self._unsent) :]
            except BlockingIOError:
                return True
        return False

    @property
    def pending(self) -> bool:
        return bool(self._unsent)

    def pull(self) -> str | None:
        """Read what came. Returns None while a submission goes on, "" when it is done, else what was wrong."""
        try:
            came = self.socket.recv(RECEIVE)
        except BlockingIOError:
            return None
        if not came:
            return "the connection was closed"
        self._answer += came
        head = self._answer.find(b"\r\n\r\n")
        if head < 0:
            return None
        length = int(self._answer[:head].lower().split(b"content-length:")[1].split(b"\r\n")[0])
        if len(self._answer) < head + 4 + length:
            return None
        return self._answered()

    def _answered(self) -> str | None:
        if not self._answer.startswith(b"HTTP/1.1 200"):
            return self._answer[:40].decode("latin-1")
        if self._posting:
            return "" if self._answer.count(WORD) == 12 else "no receipt"
        start = self._answer.index(TOKEN) + len(TOKEN)
        token = bytes(self._answer[start : self._answer.index(b'"', start)])
        self._posting = True
        self._send(self._body.replace(b"{token}", token, 1))
        return None


def submission(text_bytes: int, file_bytes: int) -> bytes:
    """The whole HTTP request of a post, with `{token}` where the form's token goes (48 bytes once filled)."""
    parts = [
        _part(b"token", b"{token}"),
        _part(b"text", (b"seen at the old pier " * (text_bytes // 21 + 1))[:text_bytes]),
    ]
    if file_bytes:
        name = b'form-data; name="files"; filename="photo.jpg"\r\nContent-Type: image/jpeg'
        parts.append(
            b"--%s\r\nContent-Disposition: %s\r\n\r\n%s\r\n" % (BOUNDARY, name, b"\xff" * file_bytes)
        )
    body = b"".join([*parts, b"--%s--\r\n" % BOUNDARY])
    length = len(body) - len(b"{token}") + 48
    return (
        b"POST /en/tip/ HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: multipart/form-data; boundary=%s\r\n"
        b"Content-Length: %d\r\n\r\n" % (BOUNDARY, length)
    ) + body


def run(port: int, *, concurrency: int, count: int, text_bytes: int = 1024, file_bytes: int = 0) -> Outcome:
    """Send `count` whole submissions over `concurrency` connections to 127.0.0.1:`port`, and no more."""
    outcome, started = Outcome(), 0
    body = submission(text_bytes, file_bytes)
    waiting = selectors.DefaultSelector()
    begin = time.perf_counter()
    for _ in range(min(concurrency, count)):
        sender = _Sender(("127.0.0.1", port), body)
        waiting.register(sender.socket, selectors.EVENT_READ, sender)
        sender.begin()
        started += 1
    while waiting.get_map():
        for key, events in waiting.select(timeout=60):
            sender = key.data
            if events & selectors.EVENT_WRITE:
                sender.push()
            done = sender.pull() if events & selectors.EVENT_READ else None
            if done is not None:
                (
                    outcome.errors.append(done)
                    if done
                    else outcome.seconds.append(time.perf_counter() - sender.began)
                )
                if started < count and not done:
                    started += 1
                    sender.begin()
                else:
                    waiting.unregister(sender.socket)
                    sender.socket.close()
                    continue
            wanted = selectors.EVENT_READ | (selectors.EVENT_WRITE if sender.pending else 0)
            if wanted != key.events:
                waiting.modify(sender.socket, wanted, sender)
    outcome.elapsed = time.perf_counter() - begin
    return outcome


def _part(name: bytes, value: bytes) -> bytes:
    return b'--%s\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (BOUNDARY, name, value)
