"""The keys' page, over HTTP: who gets it, what a wrong passphrase is answered."""

from http import HTTPStatus
from typing import Any

import pytest
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpResponse
from django.test import RequestFactory

from tests.keepers import records
from tests.offices import PASSPHRASE, TestOffice, Visitor
from tipstaff.custody import holder, views
from tipstaff.people.access import Actor, NotAllowed


def answer(view: Any, actor: Actor, posted: dict[str, str] | None = None) -> HttpResponse:
    """What a page answers an officer who has signed in."""
    request: Any = (
        RequestFactory().get("/keys/") if posted is None else RequestFactory().post("/keys/", posted)
    )
    request.actor, request.user = actor, actor.ref
    request._messages = CookieStorage(request)
    response: HttpResponse = view(request)
    return response


def test_the_page_says_how_many_envelopes_wait(office: TestOffice, visitor: Visitor, ana: Actor) -> None:
    for number in range(3):
        visitor.tip(f"Boat number {number}.")

    page = answer(views.keys, ana).content.decode()

    assert "Locked" in page
    assert "3 wait to be opened" in page


def test_a_wrong_passphrase_gets_a_sentence_and_nothing_moves(office: TestOffice, ana: Actor) -> None:
    response = answer(views.unlock, ana, {"passphrase": "a wrong one"})

    assert response.status_code == HTTPStatus.CONFLICT
    assert "This is not the passphrase of the key file. Nothing was unlocked." in response.content.decode()
    assert "a wrong one" not in response.content.decode()
    assert holder.current().keyring is None


def test_the_right_one_leads_back_to_the_page(
    office: TestOffice, ana: Actor, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(holder, "_hooks", [])

    response = answer(views.unlock, ana, {"passphrase": PASSPHRASE})

    assert (response.status_code, response["Location"]) == (HTTPStatus.FOUND, "/keys/")
    assert "Unlocked" in answer(views.keys, ana).content.decode()
    assert answer(views.lock, ana, {}).status_code == HTTPStatus.FOUND
    assert holder.current().keyring is None


@pytest.mark.parametrize("typed", ["", "x" * 5000])
def test_nothing_and_far_too_much_are_refused_before_anything_is_derived(
    office: TestOffice, ana: Actor, typed: str
) -> None:
    response = answer(views.unlock, ana, {"passphrase": typed})

    assert response.status_code == HTTPStatus.BAD_REQUEST
    assert records() == []


def test_an_outsider_sees_no_page_and_one_who_may_only_lock_gets_no_form(
    office: TestOffice, ben: Actor, cleo: Actor
) -> None:
    with pytest.raises(NotAllowed):
        answer(views.keys, cleo)

    assert "id_passphrase" not in answer(views.keys, ben).content.decode()


@pytest.mark.parametrize("view", [views.unlock, views.lock])
def test_a_link_changes_nothing(office: TestOffice, ana: Actor, view: Any) -> None:
    assert answer(view, ana).status_code == HTTPStatus.METHOD_NOT_ALLOWED
