"""Opening: two officers, two passphrases, ten minutes, once. Whatever else is tried moves nothing."""

from datetime import timedelta

import pytest

from tests.rooms.vault.conftest import ALMA, FIRST, NOON, REASON, SECOND, Clock, records, tables
from tipstaff.kernel.decision import Refused
from tipstaff.people.access import NotAllowed, NotVisible
from tipstaff.sealed.age import seal as age_seal
from tipstaff.vault import actions, holder, queries
from tipstaff.vault.keys import make, read_public
from tipstaff.vault.models import Opening, Request, Sealed

LATER = NOON + timedelta(minutes=9)


def ask(actor, ref, passphrase=FIRST, reason=REASON, now=NOON):
    return actions.ask_to_open(ref=ref, reason=reason, passphrase=passphrase, actor=actor, now=now)


def agree(actor, request, passphrase=SECOND, now=LATER):
    return actions.open_identity(request=request, passphrase=passphrase, actor=actor, now=now)


def rules(act):
    with pytest.raises(Refused) as refused:
        act()
    return refused.value.rules


def test_two_officers_open_it_and_both_are_recorded(alma, petra, quinn):
    request = ask(petra, alma)

    assert agree(quinn, request) == ALMA
    kept = Request.objects.get(ref=request)
    assert (kept.purpose, kept.reason, kept.asked_by, kept.asked_at) == ("open", REASON, "petra", NOON)
    opening = Opening.objects.get(request=kept)
    assert (opening.agreed_by, opening.agreed_at) == ("quinn", LATER)
    assert records() == [
        ("vault.identity.sealed", "petra"), ("vault.identity.open_asked", "petra"), ("vault.identity.opened", "quinn"),
    ]  # fmt: skip
    assert holder.current().half_open(request) is None
    assert Sealed.objects.count() == 1, "it stays sealed for the next time"


def test_the_same_officer_twice_is_refused_with_both_passphrases_and_nothing_moves(asked, petra):
    before = tables()

    assert rules(lambda: agree(petra, asked)) == ("vault.two-officers",)
    assert tables() == before


def test_a_request_serves_once(asked, petra, quinn):
    agree(quinn, asked)
    before = tables()

    assert rules(lambda: agree(quinn, asked)) == ("vault.request.used",)
    assert tables() == before


def test_every_reason_is_said_at_once(asked, petra, quinn):
    agree(quinn, asked)

    assert rules(lambda: agree(petra, asked)) == ("vault.two-officers", "vault.request.used")


@pytest.mark.parametrize("who, error", [("dora", NotAllowed), ("cleo", NotVisible)])
def test_others_neither_ask_nor_open_nor_look_at_the_request(alma, asked, request, who, error):
    actor, before = request.getfixturevalue(who), tables()

    for act in (
        lambda: ask(actor, alma),
        lambda: agree(actor, asked),
        lambda: queries.request_page(actor, asked, NOON),
    ):
        with pytest.raises(error):
            act()

    assert tables() == before


def test_unknown_references_are_not_there(folder, petra):
    with pytest.raises(NotVisible):
        ask(petra, "VLT-NONE")
    with pytest.raises(NotVisible):
        agree(petra, "VRQ-NONE")


@pytest.mark.parametrize("reason, rule", [(" \n", "vault.ask.reason"), ("x" * 1_001, "vault.ask.long")])
def test_without_a_fitting_reason_no_passphrase_is_tried(alma, petra, reason, rule):
    before = tables()

    assert rules(lambda: ask(petra, alma, "wrong", reason)) == (rule,)
    assert tables() == before


def test_a_wrong_first_passphrase_opens_nothing_and_is_recorded(alma, petra):
    assert rules(lambda: ask(petra, alma, SECOND)) == ("vault.key.passphrase",)

    assert not Request.objects.exists()
    assert records()[1:] == [("vault.identity.open_failed", "petra")]


def test_a_wrong_second_passphrase_leaves_the_request_good(asked, quinn):
    assert rules(lambda: agree(quinn, asked, FIRST)) == ("vault.key.passphrase",)

    assert not Opening.objects.exists()
    assert records()[-1] == ("vault.identity.open_failed", "quinn")
    assert agree(quinn, asked) == ALMA


def test_five_wrong_ones_make_that_officer_wait_and_nobody_else(alma, petra, quinn, clock: Clock):
    for _ in range(5):
        assert rules(lambda: ask(petra, alma, "wrong")) == ("vault.key.passphrase",)

    with pytest.raises(Refused, match="Minutes to wait: 11"):
        ask(petra, alma)
    assert ask(quinn, alma)
    clock.now += 601
    assert ask(petra, alma)


def test_after_ten_minutes_it_is_asked_anew(asked, quinn, alma, petra):
    before = tables()

    assert rules(lambda: agree(quinn, asked, now=NOON + timedelta(minutes=10))) == ("vault.request.expired",)
    assert tables() == before
    assert (
        agree(quinn, ask(petra, alma, now=NOON + timedelta(minutes=11)), now=NOON + timedelta(minutes=12))
        == ALMA
    )


def test_memory_forgets_by_its_own_clock(asked, quinn, clock: Clock):
    clock.now += 600

    assert rules(lambda: agree(quinn, asked)) == ("vault.request.forgotten",)
    assert not holder.current()._half_open


def test_another_process_says_that_it_does_not_hold_it(asked, quinn):
    holder.current().drop(asked)
    before = tables()

    with pytest.raises(Refused, match="started anew") as refused:
        agree(quinn, asked)

    assert refused.value.rules == ("vault.request.forgotten",)
    assert tables() == before
    (row,) = queries.identities(quinn, LATER, limit=9)
    assert [each.standing for each in row.requests] == ["forgotten"]


@pytest.mark.parametrize("half", ["first", "second"])
def test_a_key_file_that_was_carried_away_is_named(alma, asked, petra, quinn, folder, half):
    (folder / f"vault-{half}.key").unlink()
    before = tables()

    with pytest.raises(Refused, match=f"vault-{half}.key is not in the desk’s folder"):
        ask(petra, alma) if half == "first" else agree(quinn, asked)

    assert tables() == before


def test_other_keys_of_the_same_passphrases_open_nothing(alma, asked, petra, quinn, folder):
    for path in folder.iterdir():
        path.unlink()
    make(folder, FIRST, SECOND, log_n=4)
    before = tables()

    assert rules(lambda: ask(petra, alma)) == ("vault.key.unfit",)
    assert rules(lambda: agree(quinn, asked)) == ("vault.key.unfit",)
    assert tables() == before


def test_an_exchanged_row_is_noticed(alma, petra, quinn, folder):
    other = actions.seal_identity(compartment="harbour", details=ALMA, actor=quinn, now=NOON)
    bodies = {sealed.identity.ref: sealed.body for sealed in Sealed.objects.select_related("identity")}
    Sealed.objects.filter(identity__ref=alma).update(body=bodies[other])

    request = ask(petra, alma)
    assert rules(lambda: agree(quinn, request)) == ("vault.key.unfit",)
    assert not Opening.objects.exists()


def test_a_request_to_open_destroys_nothing_and_the_other_way_round(alma, asked, petra, quinn):
    destruction = actions.ask_to_destroy(ref=alma, reason=REASON, actor=petra, now=NOON)
    before = tables()

    with pytest.raises(NotVisible):
        actions.destroy_identity(request=asked, actor=quinn, now=LATER)
    with pytest.raises(NotVisible):
        agree(quinn, destruction)

    assert tables() == before


def test_nonsense_in_the_row_is_a_sentence(alma, petra, folder):
    for body in (b"nonsense", age_seal(b"no age file", [read_public(folder).first])):
        Sealed.objects.update(body=body)
        if body == b"nonsense":
            assert rules(lambda: ask(petra, alma)) == ("vault.key.unfit",)
        else:
            assert ask(petra, alma)
