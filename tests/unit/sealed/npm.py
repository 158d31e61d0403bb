"""What the tests take from npm: the published vectors and another reader of the age format."""

import base64
import json
import shutil
import subprocess
from pathlib import Path

WEB = Path(__file__).parents[3] / "web"
_INSTALL = "run `npm ci --prefix web`, or bin/setup with --dev, which does it"

# Programs for Node. They stand here, not in files, because they are a line or two and only tests run them.
_VECTORS = """
import * as vectors from "cctv-age";
const all = Object.entries(vectors).map(([name, bytes]) => [name, Buffer.from(bytes).toString("base64")]);
process.stdout.write(JSON.stringify(Object.fromEntries(all)));
"""
_OPEN = """
import { Decrypter } from "age-encryption";
const parts = [];
for await (const part of process.stdin) parts.push(part);
const opener = new Decrypter();
const key = process.argv[1];
if (key.startsWith("AGE-")) opener.addIdentity(key); else opener.addPassphrase(key);
process.stdout.write(await opener.decrypt(Buffer.concat(parts)));
"""
_SEAL = """
import { Encrypter } from "age-encryption";
const parts = [];
for await (const part of process.stdin) parts.push(part);
const sealer = new Encrypter();
for (const recipient of process.argv.slice(1)) sealer.addRecipient(recipient);
process.stdout.write(await sealer.encrypt(Buffer.concat(parts)));
"""


def vectors() -> dict[str, bytes]:
    """The published age test vectors by name, each a textual heading and an age file."""
    return {name: base64.b64decode(text) for name, text in json.loads(_node("cctv-age", _VECTORS)).items()}


def opened_by_npm(sealed: bytes, identity_or_passphrase: str) -> bytes:
    """What the age-encryption package finds in `sealed`."""
    return _node("age-encryption", _OPEN, identity_or_passphrase, given=sealed)


def sealed_by_npm(data: bytes, *recipients: str) -> bytes:
    """`data` as the age-encryption package seals it."""
    return _node("age-encryption", _SEAL, *recipients, given=data)


def _node(package: str, program: str, *arguments: str, given: bytes = b"") -> bytes:
    if not (WEB / "node_modules" / package / "package.json").exists():
        raise AssertionError(f"the npm package {package} is not installed in web/node_modules: {_INSTALL}")
    node = shutil.which("node")
    if node is None:
        raise AssertionError(f"there is no node on the PATH: {_INSTALL}")
    command = [node, "--input-type=module", "--eval", program, "--", *arguments]
    done = subprocess.run(command, cwd=WEB, input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout
