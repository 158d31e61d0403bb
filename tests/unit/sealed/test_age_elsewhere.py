"""What we seal, others open, and what others seal, we open: Debian's `age` and the npm package."""

import json
import shutil
import subprocess
from datetime import date

import pytest

from tests.unit.sealed.cast import a_tip
from tests.unit.sealed.npm import opened_by_npm, sealed_by_npm
from tipstaff.sealed import armour
from tipstaff.sealed.age import CHUNK, NotForThisKey, Opener, Sealer, open_sealed, seal
from tipstaff.sealed.envelope import Reply, open_envelope, pack_envelope, pack_slot
from tipstaff.sealed.keyfile import Keyring, read_keyfile, write_keyfile
from tipstaff.sealed.recipients import (
    HybridIdentity,
    ScryptIdentity,
    ScryptRecipient,
    X25519Identity,
    parse_identity,
)

ANA, BEN = HybridIdentity.generate(), HybridIdentity.generate()
CARD, SPARE = X25519Identity.generate(), X25519Identity.generate()
SIZES = (0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK + 5)


def contents(size):
    return bytes(i * 11 % 253 for i in range(size))


def debian(*arguments, given=b""):
    program = shutil.which("age")
    assert program, "the program `age` is not installed: apt-get install age (bin/test does it as root)"
    done = subprocess.run([program, *map(str, arguments)], input=given, capture_output=True, check=False)
    assert done.returncode == 0, done.stderr.decode()
    return done.stdout


@pytest.fixture
def card(tmp_path):
    path = tmp_path / "card.txt"
    path.write_text(f"# a classical identity\n{CARD}\n")
    return path


@pytest.mark.parametrize("size", SIZES)
def test_debians_age_opens_what_we_seal(size, card):
    sealed = seal(contents(size), [SPARE.recipient(), CARD.recipient()])
    assert debian("--decrypt", "-i", card, given=sealed) == contents(size)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("armoured", [False, True])
def test_we_open_what_debians_age_seals(size, armoured):
    recipients = ["-r", CARD.recipient(), "-r", SPARE.recipient()]
    sealed = debian("--encrypt", *recipients, *["--armor"] * armoured, given=contents(size))
    assert armour.is_armoured(sealed) == armoured
    file = armour.read(sealed) if armoured else sealed
    assert open_sealed(file, [CARD]) == open_sealed(file, [SPARE]) == contents(size)
    with pytest.raises(NotForThisKey):
        open_sealed(file, [ANA])


def test_debians_age_opens_our_armour(card):
    text = armour.write(seal(contents(5000), [CARD.recipient()]))
    assert debian("--decrypt", "-i", card, given=text) == contents(5000)


def test_debians_age_opens_our_stream_and_we_open_its_file(card, tmp_path):
    piece, count = contents(CHUNK) * 3 + b"uneven", 40
    path, back = tmp_path / "stream.age", tmp_path / "back.age"
    sealer = Sealer([CARD.recipient(), SPARE.recipient()])
    with path.open("wb") as file:
        file.write(sealer.start())
        for _ in range(count):
            file.write(sealer.update(piece))
        file.write(sealer.finish())
    assert debian("--decrypt", "-i", card, path) == piece * count

    debian("--encrypt", "-r", SPARE.recipient(), "-o", back, given=piece * count)
    with back.open("rb") as file:
        assert b"".join(Opener.open_stream(file.read, [SPARE])) == piece * count


def test_debians_age_makes_keys_that_we_read():
    program = shutil.which("age-keygen")
    assert program, "the program `age-keygen` is not installed: apt-get install age"
    text = subprocess.run([program], capture_output=True, check=True, text=True).stdout
    public = next(line.split()[-1] for line in text.splitlines() if line.startswith("# public key"))
    identity = parse_identity(text.splitlines()[-1])
    assert str(identity.recipient()) == public


@pytest.mark.parametrize("size", SIZES)
def test_npm_opens_what_we_seal(size):
    sealed = seal(contents(size), [BEN.recipient(), ANA.recipient()])
    # Each recipient opens some: a start of Node is slow, and another test lets both open one file.
    assert opened_by_npm(sealed, str(ANA if size % 2 else BEN)) == contents(size)


@pytest.mark.parametrize("size", SIZES)
def test_we_open_what_npm_seals(size):
    sealed = sealed_by_npm(contents(size), str(BEN.recipient()), str(ANA.recipient()))
    assert open_sealed(sealed, [ANA]) == open_sealed(sealed, [BEN]) == contents(size)


def test_npm_opens_an_envelope_and_tar_lists_it():
    tip = a_tip()
    envelope = pack_envelope(tip, [ANA.recipient(), BEN.recipient()])
    plain = opened_by_npm(envelope, str(BEN))

    def tar(*arguments):
        return subprocess.run(["tar", *arguments], input=plain, capture_output=True, check=True)

    listed = tar("--list")
    assert (listed.stdout, listed.stderr) == (b"tip.json\n", b"")
    assert json.loads(tar("--extract", "--to-stdout").stdout)["text"] == tip.text
    assert open_envelope(seal(plain, [ANA.recipient()]), [ANA]) == tip


def test_npm_opens_a_reply_and_its_text_can_be_read():
    reply = Reply(bytes(32), 1, "message", None, "¿De qué color era la lancha?", date(2024, 6, 12))
    plain = opened_by_npm(pack_slot(reply, ANA.recipient()), str(ANA))
    assert plain.rstrip(b"\0").endswith(reply.text.encode())


def test_with_the_passphrase_alone_npm_opens_the_key_file_and_then_a_tip():
    keyring = Keyring.generate("tips.example.org/log").renewed()
    envelope = pack_envelope(a_tip(), [identity.recipient() for identity in keyring.identities])

    text = opened_by_npm(write_keyfile(keyring, "six plain words", log_n=10), "six plain words").decode()

    keys = [line for line in text.splitlines() if line and not line.startswith("#")]
    assert keys == [str(identity) for identity in keyring.identities]
    assert all(opened_by_npm(envelope, key).startswith(b"tip.json\0") for key in keys)


def test_npm_and_we_agree_on_passphrases():
    assert opened_by_npm(seal(b"keys", [ScryptRecipient("paßwort ñ", log_n=8)]), "paßwort ñ") == b"keys"


def test_debians_age_reads_the_lines_of_a_key_file(tmp_path):
    """Debian's age is too old for hybrid keys; that it skips our own lines can be tested with a classical one."""
    keyring = Keyring.generate("tips.example.org/log")
    text = open_sealed(write_keyfile(keyring, "words", log_n=4), [ScryptIdentity("words")]).decode()
    lines = [line for line in text.splitlines() if line.startswith("#")]
    path = tmp_path / "identities.txt"
    path.write_text("\n".join([*lines, str(CARD), ""]))
    assert debian("--decrypt", "-i", path, given=seal(b"tip", [CARD.recipient()])) == b"tip"
    assert read_keyfile(write_keyfile(keyring, "words", log_n=4), "words") == keyring
