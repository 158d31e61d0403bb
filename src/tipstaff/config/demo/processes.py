"""Several processes as one: started, watched, and all stopped when one ends or the person says so."""

import socket
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Mapping, Sequence
from pathlib import Path

PATIENCE = 30.0  # seconds until a server must answer
GRACE = 15.0  # seconds a process has to end by itself


class PortTaken(Exception):
    """Something else listens there."""

    def __init__(self, port: int, option: str) -> None:
        super().__init__(f"Port {port} is in use on this machine. Choose another with {option} PORT.")


class Ended(Exception):
    """A process ended that should have gone on."""


def free(port: int, option: str) -> None:
    """Raises PortTaken unless a server can listen at `port` here."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            raise PortTaken(port, option) from None


class Processes:
    """The demo's processes; each writes into a file of its own in `logs`."""

    def __init__(self, logs: Path, environment: Mapping[str, str]) -> None:
        self._logs = logs
        self._environment = dict(environment)
        self._running: dict[str, subprocess.Popen[bytes]] = {}

    def start(self, name: str, command: Sequence[str]) -> None:
        """Start `command`, in a session of its own: Ctrl-C reaches us, and we stop it in order."""
        self._logs.mkdir(mode=0o700, parents=True, exist_ok=True)
        with self._log(name).open("wb") as log:
            self._running[name] = subprocess.Popen(  # noqa: S603  our own programs, no shell
                list(command),
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=subprocess.STDOUT,
                start_new_session=True,
            )

    def run(self, name: str, command: Sequence[str]) -> None:
        """Run `command` to its end. Raises Ended when it fails."""
        self.start(name, command)
        if self._running.pop(name).wait(PATIENCE):
            raise Ended(f"The {name} was not done; see {self._log(name)}.")

    def wait_for(self, name: str, address: str) -> None:
        """Wait until the server `name` answers at `address`. Raises Ended."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            self.check()
            try:
                with urllib.request.urlopen(address, timeout=2):  # noqa: S310  our own server's address
                    return
            except (OSError, urllib.error.URLError):
                time.sleep(0.1)
        raise Ended(f"The {name} does not answer at {address}; see {self._log(name)}.")

    def check(self) -> None:
        """Raises Ended when one of them is not running any more."""
        for name, process in self._running.items():
            if process.poll() is not None:
                raise Ended(f"The {name} ended by itself; see {self._log(name)}.")

    def stop(self) -> None:
        """Ask all to end, the last started first, and wait for each; one that does not is killed."""
        running = list(self._running.values())[::-1]
        for process in running:
            process.terminate()
        for process in running:
            try:
                process.wait(GRACE)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self._running.clear()

    def _log(self, name: str) -> Path:
        return self._logs / f"{name}.log"
