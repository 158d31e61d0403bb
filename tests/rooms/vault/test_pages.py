"""The vault's pages over HTTP: who gets which answer, the name on one answer only, and what comes back."""

import pytest
from django.urls import reverse

from tests.rooms.tips.officers import Desk, text
from tests.rooms.vault.conftest import ALMA, FIRST, REASON, SECOND, tables
from tipstaff.vault import urls
from tipstaff.vault.models import Request, Sealed

pytestmark = pytest.mark.usefixtures("protectors", "folder")
SCRIPT = "<script>alert(1)</script> \u202egnp.exe"
FORM = {
    "compartment": "harbour", "name": ALMA.name, "contact": ALMA.contact, "family": ALMA.family,
    "protection": ALMA.protection, "payee": ALMA.payee, "notes": SCRIPT,
}  # fmt: skip


def seal(desk: Desk) -> str:
    """Seal her; returns the page of her identity."""
    answer = desk.fill("/vault/seal/", **FORM)
    assert answer.status_code == 302, text(answer)
    return str(answer["Location"])


def ask(desk: Desk, page: str, kind: str = "ask") -> str:
    """Ask; returns the page of the request."""
    answer = desk.fill(f"{page}{kind}/", reason=REASON, passphrase=FIRST)
    assert answer.status_code == 302, text(answer)
    return f"/vault/requests/{Request.objects.latest('id').ref}/"


def test_the_whole_way_through_two_browsers(browser) -> None:
    petra, quinn = browser("petra"), browser("quinn")
    page = seal(petra)
    request = ask(petra, page)

    assert "Waits for a second officer; you asked for it yourself." in text(petra.get(request))
    assert REASON in text(quinn.get(request))
    answer = quinn.post(f"{request}open/", passphrase=SECOND)

    assert answer.status_code == 200
    assert answer["Cache-Control"] == "no-store"
    shown = answer.content.decode()
    assert all(said in text(answer) for said in (ALMA.name, ALMA.contact, ALMA.family, ALMA.payee))
    assert "<script>alert" not in shown
    again = quinn.post(f"{request}open/", passphrase=SECOND)
    assert again.status_code == 409
    assert "it serves once" in text(again)
    for desk in (petra, quinn):
        for path in ("/vault/", page, request):
            assert "Alma" not in desk.get(path).content.decode(), path
    assert "by Petra Pike and Quinn Quay" in text(petra.get("/vault/"))


def test_the_same_officer_is_told_so_and_sees_no_name(browser) -> None:
    petra = browser("petra")
    request = ask(petra, seal(petra))

    answer = petra.post(f"{request}open/", passphrase=SECOND)

    assert answer.status_code == 409
    assert "A second officer must agree to it." in text(answer)
    assert "Alma" not in answer.content.decode()


@pytest.mark.parametrize(
    "fields, status, says",
    [
        ({"name": " "}, 409, "The name is missing"),
        ({"notes": "x" * 10_001}, 409, "One field holds 10,001 characters; 10,000 fit."),
        ({"notes": "x" * 20_001}, 422, "far too long"),
        ({"compartment": "ridge"}, 422, "Nothing was done."),
    ],
)
def test_what_was_typed_comes_back_with_the_sentence_and_nothing_is_kept(
    browser, fields, status, says
) -> None:
    answer = browser("petra").fill("/vault/seal/", **FORM | fields)

    assert answer.status_code == status
    assert says in text(answer)
    assert ALMA.protection.replace("’", "’") in answer.content.decode().replace("&#x27;", "'")
    assert not Sealed.objects.exists()


def test_a_spanish_desk_is_refused_in_spanish(browser) -> None:
    petra = browser("petra")
    petra.client.cookies["desk-language"] = "es"

    answer = petra.fill("/vault/seal/", **FORM | {"name": " "})

    assert answer.status_code == 409
    assert "Falta el nombre: sin él no se identifica a nadie." in text(answer)


def test_a_wrong_passphrase_comes_back_with_the_reason_and_without_itself(browser) -> None:
    petra = browser("petra")
    page = seal(petra)

    answer = petra.post(f"{page}ask/", reason=REASON, passphrase="a wrong one")

    assert answer.status_code == 409
    assert "This is not the passphrase of vault-first.key." in text(answer)
    assert REASON in answer.content.decode()
    assert "a wrong one" not in answer.content.decode()


def test_two_browsers_destroy_it(browser) -> None:
    petra, quinn = browser("petra"), browser("quinn")
    page = seal(petra)
    request = ask(petra, page, "ask-to-destroy")

    assert "A second officer must agree" in text(petra.post(f"{request}destroy/"))
    assert quinn.fill(f"{request}destroy/").status_code == 302
    assert "Destroyed" in text(petra.get(page))
    refused = petra.post(f"{page}ask-to-destroy/", reason="Once more.")
    assert refused.status_code == 409
    assert "Nothing of it is left" in text(refused) or "Destroyed" in text(refused)


@pytest.mark.parametrize(
    "who, sees", [("nobody", 302), ("dora", 403), ("ben", 403), ("cleo", 403), ("kim", 403)]
)
def test_nobody_else_gets_any_page_and_nothing_moves(browser, who, sees) -> None:
    petra = browser("petra")
    page = seal(petra)
    ask(petra, page)
    request = Request.objects.get()
    desk = browser(who) if who != "nobody" else Desk(None)
    before = tables()

    for pattern in urls.urlpatterns:
        named = pattern.name in ("agree", "open", "destroy")
        given = (
            {"ref": request.ref if named else request.identity.ref} if "ref" in str(pattern.pattern) else {}
        )
        for act in (desk.get, desk.post):
            answer = act(reverse(f"vault:{pattern.name}", kwargs=given))
            assert answer.status_code in ({302} if who == "nobody" else {403, 404, 405, 422}), pattern.name
            assert not answer.content or "Alma" not in answer.content.decode()

    assert desk.get("/vault/").status_code == sees
    assert tables() == before


@pytest.mark.parametrize("count", [1, 8])
def test_the_list_costs_the_same_for_one_and_for_many(browser, django_assert_max_num_queries, count) -> None:
    petra = browser("petra")
    for _ in range(count):
        ask(petra, seal(petra))

    with django_assert_max_num_queries(9):
        assert petra.get("/vault/").status_code == 200


def test_the_list_is_cut_into_pages(browser, monkeypatch) -> None:
    monkeypatch.setattr("tipstaff.vault.views.PAGE", 2)
    petra = browser("petra")
    refs = [seal(petra).split("/")[2] for _ in range(3)]

    first = petra.get("/vault/").content.decode()
    assert [ref for ref in refs if ref in first] == refs[1:]
    following = first.split('rel="next" href="')[1].split('"')[0]
    rest = petra.get(f"/vault/{following}").content.decode()
    assert [ref for ref in refs if ref in rest] == refs[:1]
    assert petra.get("/vault/?before=nonsense").status_code == 200


def test_a_form_without_the_pages_token_does_nothing(browser) -> None:
    petra = browser("petra")
    answer = petra.client.post("/vault/seal/", FORM)

    assert answer.status_code == 403
    assert not Sealed.objects.exists()
