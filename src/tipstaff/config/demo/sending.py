"""Sending a tip as a browser without a script does: fetch the form, fill it in, post it, read the answer."""

import re
import secrets
import urllib.error
import urllib.request
from html.parser import HTMLParser

from tipstaff.config.demo.story import InventedTip

PATIENCE = 30  # seconds for one request
_REFERENCE = re.compile(r"TIP-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}")


class NotTaken(Exception):
    """The door did not answer with a receipt."""


def send(door: str, tip: InventedTip) -> str:
    """Send `tip` to the door at the address `door`; the tip's reference. Raises NotTaken."""
    address = f"{door}/{tip.language}/tip/"
    hidden = _Hidden()
    hidden.feed(_request(address))
    answer = _request(address, hidden.fields | tip.fields | {"send": "1"})
    reference = _REFERENCE.search(answer)
    if reference is None:
        raise NotTaken(f"The door answered the form at {address} without a receipt.")
    return reference[0]


def _request(address: str, fields: dict[str, str] | None = None) -> str:
    request = urllib.request.Request(address)  # noqa: S310  always our own door's address
    if fields is not None:
        boundary = secrets.token_hex(16)
        parts = [
            f'--{boundary}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
            for name, value in fields.items()
        ]
        request.data = ("".join(parts) + f"--{boundary}--\r\n").encode()
        request.add_header("Content-Type", f"multipart/form-data; boundary={boundary}")
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310  as above
            body: bytes = answer.read()
    except urllib.error.HTTPError as error:
        raise NotTaken(f"The door answered {error.code} at {address}.") from None
    return body.decode()


class _Hidden(HTMLParser):
    """Collects a page's hidden fields."""

    def __init__(self) -> None:
        super().__init__()
        self.fields: dict[str, str] = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = dict(attrs)
        if tag == "input" and found.get("type") == "hidden" and found.get("name"):
            self.fields[str(found["name"])] = found.get("value") or ""
