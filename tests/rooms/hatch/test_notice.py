"""The notice: signed by the desk or not shown, read back exactly as it was written."""

import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.offices import TestOffice, Visitor, invented_offer
from tipstaff.door import bulletin
from tipstaff.hatch import actions, notice
from tipstaff.hatch.notice import NoticeWrong
from tipstaff.tlog.note import Signer, Verifier

SIGNER = Signer("harbour.example/notice", b"\1" * 32)
VERIFIER = Verifier.parse(SIGNER.vkey)


def test_what_is_written_is_read(office: TestOffice) -> None:
    assert notice.parse(SIGNER.sign(notice.text(office.notice)), VERIFIER) == office.notice


def test_another_key_is_refused(office: TestOffice) -> None:
    forged = Signer("harbour.example/notice", b"\2" * 32).sign(notice.text(office.notice))

    with pytest.raises(NoticeWrong, match="not signed"):
        notice.parse(forged, VERIFIER)


def test_a_notice_without_recipients_is_refused(office: TestOffice) -> None:
    with pytest.raises(NoticeWrong, match="no recipient"):
        notice.parse(SIGNER.sign(notice.text(replace(office.notice, recipients=()))), VERIFIER)


@given(st.text())
def test_no_text_breaks_the_reader(text: str) -> None:
    try:
        notice.parse(text, VERIFIER)
    except NoticeWrong:
        return
    raise AssertionError("only the desk's words are a notice")


NONSENSE = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
)


@given(NONSENSE)
def test_signed_nonsense_is_refused_too(content: object) -> None:
    line = json.dumps(content)
    with pytest.raises(NoticeWrong):
        notice.parse(SIGNER.sign(f"{notice.TITLE}\n1\n{line}\n"), VERIFIER)


def test_the_door_shows_a_newer_notice(office: TestOffice, visitor: Visitor) -> None:
    office.publish(offers=(invented_offer(), invented_offer(ref="HBR-2")))

    assert "HBR-2" in visitor.get("/en/").content.decode()


def test_the_door_shows_nothing_that_the_desk_did_not_sign(office: TestOffice, visitor: Visitor) -> None:
    forged = replace(office.notice, number=99, offers=(invented_offer(ref="FORGED-1"),))
    actions.put_notice(
        number=99, note=SIGNER.sign(notice.text(forged)), today=office.notice.offers[0].published
    )
    bulletin.forget()

    page = visitor.get("/en/").content.decode()

    assert "FORGED-1" not in page
    assert "HBR-1" in page, "the newest notice that is the desk's stays in force"


def test_the_door_never_goes_back(office: TestOffice, visitor: Visitor) -> None:
    old = office.notice
    office.publish(offers=(invented_offer(ref="HBR-7"),))
    assert "HBR-7" in visitor.get("/en/").content.decode()

    note = office.notice_signer.sign(notice.text(replace(old, number=1)))
    actions.put_notice(number=1, note=note, today=old.offers[0].published)

    assert "HBR-7" in visitor.get("/en/").content.decode()
