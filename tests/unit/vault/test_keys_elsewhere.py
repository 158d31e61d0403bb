"""If Tipstaff itself is lost: the two key files and another program for age still open a sealed identity."""

import json

from tests.unit.sealed import npm
from tipstaff.vault.keys import Half, key_path, make
from tipstaff.vault.sealing import Details, seal_details

FIRST, SECOND = "seven green bottles on the wall", "nobody counts the gulls in winter"


def test_another_program_takes_off_both_seals(tmp_path):
    to = make(tmp_path, FIRST, SECOND, log_n=4)
    sealed = seal_details(Details(name="Alma Quill"), ref="VLT-1", compartment="harbour", to=to)

    for half, passphrase in ((Half.FIRST, FIRST), (Half.SECOND, SECOND)):
        lines = npm.opened_by_npm(key_path(tmp_path, half).read_bytes(), passphrase).decode().splitlines()
        [key] = [line for line in lines if not line.startswith("#")]
        sealed = npm.opened_by_npm(sealed, key)

    assert json.loads(sealed.rstrip(b"\0"))["identity"]["name"] == "Alma Quill"
