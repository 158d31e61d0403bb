"""The office's folder: what `tipstaff init` makes before there is a database. Nothing is ever overwritten.

    desk/desk.key      the keys, an age file with a passphrase (sealed.keyfile)
    desk/secret        Django's secret key for the desk's sessions
    desk/public.json   the public half of everything (custody.queries.PublicKeys)
    door/log.seed      the door's key: signs the private checkpoints that senders take away; 32 bytes
    door/form.key      the secret behind the door's form tokens; 32 bytes
    door/notice.vkey   the desk's verifier key, which the door pins
    door/origin        the log's name
    data/              the databases of a small office (SQLite)

`door/` holds nothing of the desk's but a public key, so it can be copied to the host that faces the internet.
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path

from tipstaff.custody.public import PublicKeys, as_json
from tipstaff.sealed.keyfile import LOG_N, Keyring, write_keyfile
from tipstaff.tlog.note import Signer

SHORTEST_PASSPHRASE = 20


class FolderThere(Exception):
    """The folder holds an office already."""

    def __init__(self, path: Path) -> None:
        super().__init__(
            f"{path} exists already, and keys are never overwritten. Choose another folder with "
            "TIPSTAFF_OFFICE, or run `tipstaff doctor` to see what this one lacks."
        )


class WeakPassphrase(Exception):
    """The passphrase is too short to keep a copied key file shut."""

    def __init__(self) -> None:
        super().__init__(
            f"The passphrase of the key file has at least {SHORTEST_PASSPHRASE} characters: six random "
            "words, for example. Nothing was made."
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What an office is called and where it stands.

    `origin` names the log for ever (a host name and a path, no scheme); `name` and `answer_within` are texts
    by language; `head_hour` is UTC; `leave_to` is where the door's "leave" button leads.
    """

    origin: str
    compartment: str
    name: dict[str, str]
    answer_within: dict[str, str] = field(default_factory=lambda: {"en": "seven days", "es": "siete días"})
    head_hour: int = 3
    leave_to: str = "https://www.wikipedia.org/"
    demo: bool = False


def make(office: Path, plan: Plan, passphrase: str, *, log_n: int = LOG_N) -> PublicKeys:
    """Make the office's folder with new keys. Raises FolderThere or WeakPassphrase; then nothing was made.

    `log_n` is scrypt's work factor; tests take a small one.
    """
    for there in (office / "desk", office / "door"):
        if there.exists() and any(there.iterdir()):
            raise FolderThere(there)
    if len(passphrase) < SHORTEST_PASSPHRASE:
        raise WeakPassphrase
    keyring = Keyring.generate(plan.origin)
    seed = secrets.token_bytes(32)
    public = _public(keyring, Signer(plan.origin, seed), plan)

    for name in ("desk", "door", "data"):
        (office / name).mkdir(mode=0o700, parents=True, exist_ok=True)
    _write(office / "desk" / "desk.key", write_keyfile(keyring, passphrase, log_n))
    _write(office / "desk" / "secret", secrets.token_urlsafe(48).encode())
    _write(office / "desk" / "public.json", as_json(public))
    _write(office / "door" / "log.seed", seed)
    _write(office / "door" / "form.key", secrets.token_bytes(32))
    _write(office / "door" / "notice.vkey", f"{public.notice_vkey}\n".encode())
    _write(office / "door" / "origin", f"{plan.origin}\n".encode())
    return public


def _public(keyring: Keyring, door: Signer, plan: Plan) -> PublicKeys:
    return PublicKeys(
        recipients=tuple(str(identity.recipient()) for identity in keyring.identities),
        origin=plan.origin,
        door_vkey=door.vkey,
        desk_vkey=Signer(keyring.names.head, keyring.head).vkey,
        notice_vkey=Signer(keyring.names.notice, keyring.notice).vkey,
        head_hour=plan.head_hour,
        compartment=plan.compartment,
        name=plan.name,
        answer_within=plan.answer_within,
        leave_to=plan.leave_to,
        demo=plan.demo,
    )


def _write(path: Path, data: bytes) -> None:
    # Owner only from the first moment on, and never over something that is there.
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(data)
        file.flush()
        os.fsync(file.fileno())
