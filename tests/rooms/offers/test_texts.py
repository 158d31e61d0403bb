"""From draft to public: what is proposed is kept for good, and a second officer approves exactly that."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from tests.rooms.offers.conftest import NEXT_DAY, NOON, REF, begin_change, everything, offer_now, records
from tipstaff.kernel.decision import Refused
from tipstaff.kernel.money import Money
from tipstaff.offers import actions
from tipstaff.offers.models import Condition, Offer, OfferVersion, Step
from tipstaff.offers.queries import text_of
from tipstaff.offers.text import from_json


def saved(actor, **changes):
    offer = offer_now()
    text = replace(from_json(offer.draft), **changes)
    return actions.save_draft(ref=REF, text=text, revision=offer.draft_revision, actor=actor, now=NOON)


def test_what_is_proposed_is_kept_word_for_word(bring, programme):
    offer = bring("proposed")

    version = OfferVersion.objects.get(offer=offer)
    (text,) = programme.offers
    assert text_of(version) == text
    assert (version.number, version.digest, version.proposed_by) == (1, text.digest(), "ana")
    condition = Condition.objects.get(version=version)
    assert (condition.outcome, condition.paragraphs, condition.cap_minor) == (
        "arrest_and_or_conviction",
        ["b8", "b9"],
        400_000_00,
    )


def test_the_road_to_publication_leaves_its_records(bring):
    bring("published")

    assert records() == [
        ("offers.offer.drafted", "ana"),
        ("offers.programme.loaded", "ana"),
        ("offers.offer.proposed", "ana"),
        ("offers.offer.approved", "ben"),
        ("offers.offer.published", "ben"),
        ("offers.notice.put", "ben"),
    ]
    steps = Step.objects.order_by("id").values_list("move", "state", "version", "actor")
    assert list(steps) == [
        ("load", "draft", None, "ana"),
        ("propose", "proposed", 1, "ana"),
        ("approve", "approved", 1, "ben"),
        ("publish", "published", 1, "ben"),
    ]


def test_whoever_proposed_never_approves_even_with_both_roles(bring, eva):
    bring("draft")
    actions.propose_offer(ref=REF, actor=eva, now=NOON)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.approve_offer(ref=REF, version=1, actor=eva, now=NOON)

    assert refused.value.rules == ("offers.second-officer",)
    assert everything() == before


def test_a_text_put_in_the_place_of_the_one_that_was_read_is_not_approved(bring, ana, ben, eva):
    bring("proposed")
    actions.return_offer(ref=REF, reason="the sum", actor=eva, now=NOON)
    saved(ana, cap=Money(900_000_00, "USD"))
    actions.propose_offer(ref=REF, actor=ana, now=NOON)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.approve_offer(ref=REF, version=1, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.version-seen",)
    assert everything() == before


def test_a_returned_text_is_proposed_as_a_version_of_its_own(bring, ana, ben):
    bring("approved")

    offer = actions.return_offer(ref=REF, reason="a typing error", actor=ben, now=NOON)
    assert (offer.state, offer.proposed_version, offer.approved_by) == ("draft", None, "")
    actions.propose_offer(ref=REF, actor=ana, now=NOON)

    assert list(OfferVersion.objects.order_by("number").values_list("number", flat=True)) == [1, 2]
    assert Step.objects.get(move="return").reason == "a typing error"


def test_an_approval_does_not_outlive_the_text_it_was_given_to(bring, ana, ben):
    bring("approved")
    actions.return_offer(ref=REF, reason="again", actor=ben, now=NOON)
    actions.propose_offer(ref=REF, actor=ana, now=NOON)

    offer = offer_now()
    assert (offer.state, offer.proposed_by, offer.approved_by) == ("proposed", "ana", "")


def test_a_half_written_text_may_be_saved_and_not_proposed(bring, ana):
    bring("draft")
    saved(ana, title={"en": "Only in English", "es": ""}, cap=Money(26_000_000_00, "USD"))
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.propose_offer(ref=REF, actor=ana, now=NOON)

    assert refused.value.rules == ("offers.whole", "offers.ceiling")
    assert everything() == before


def test_a_draft_saved_by_a_colleague_meanwhile_is_not_overwritten(bring, ana, eva):
    offer = bring("draft")
    seen = offer.draft_revision
    saved(eva, summary={"en": "Eva's words", "es": "Palabras de Eva"})
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.save_draft(ref=REF, text=from_json(offer.draft), revision=seen, actor=ana, now=NOON)

    assert refused.value.rules == ("offers.draft-moved-on",)
    assert everything() == before


def test_saving_cannot_move_an_offer_to_another_name_or_law(bring, ana):
    bring("draft")

    offer = saved(ana, ref="HL-9", programme="Ridge Rewards", authority="Ridge Act", citation="Ridge Act 1")

    text = from_json(offer.draft)
    assert (text.ref, text.programme, text.authority) == (REF, "Harbour Rewards", "22 USC 2708")


def test_an_amendment_leaves_the_public_text_alone_until_it_is_published(bring, ana, ben):
    before = bring("published")
    begin_change(ana)
    actions.propose_offer(ref=REF, actor=ana, now=NOON)
    actions.approve_offer(ref=REF, version=2, actor=ben, now=NOON)

    during = offer_now()
    assert (during.state, during.public_version) == (before.state, 1)

    offer = actions.publish_offer(ref=REF, actor=ben, now=NOON)
    assert (offer.state, offer.amendment, offer.public_version, offer.draft) == ("amended", "none", 2, {})


def test_an_amendment_that_says_nothing_new_is_not_proposed(bring, ana):
    bring("published")
    actions.begin_amendment(ref=REF, actor=ana, now=NOON)
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.propose_offer(ref=REF, actor=ana, now=NOON)

    assert refused.value.rules == ("offers.amendment-differs", "offers.amendment-explained")
    assert everything() == before


def test_a_dropped_amendment_leaves_the_public_version_and_what_was_proposed(bring, ana):
    bring("published", "proposed")

    offer = actions.drop_amendment(ref=REF, actor=ana, now=NOON)

    assert (offer.public_version, offer.proposed_version, offer.draft) == (1, None, {})
    assert OfferVersion.objects.filter(offer=offer).count() == 2
    actions.begin_amendment(ref=REF, actor=ana, now=NOON)
    assert from_json(offer_now().draft).title["en"] == "The fire at the lighthouse"


@pytest.mark.parametrize("verb", ["return_offer", "suspend_offer", "withdraw_offer", "satisfy_offer"])
@pytest.mark.parametrize("reason", ["", "  ", "x" * 501])
def test_who_stops_an_offer_says_why(bring, ben, verb, reason):
    bring("proposed" if verb == "return_offer" else "published")
    before = everything()

    with pytest.raises(Refused) as refused:
        getattr(actions, verb)(ref=REF, reason=reason, actor=ben, now=NOON)

    assert refused.value.rules == ("offers.reason-given",)
    assert everything() == before


def test_a_text_whose_last_day_is_over_is_not_published(bring, ben):
    bring("approved")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.publish_offer(ref=REF, actor=ben, now=NEXT_DAY)

    assert refused.value.rules == ("offers.expiry-passed",)
    assert everything() == before


def test_a_suspended_offer_whose_last_day_is_over_is_not_opened_again(bring, ben):
    bring("suspended")
    before = everything()

    with pytest.raises(Refused) as refused:
        actions.resume_offer(ref=REF, actor=ben, now=NEXT_DAY)

    assert refused.value.rules == ("offers.expiry-passed",)
    assert everything() == before


@pytest.mark.parametrize("table", ["offerversion", "condition", "step", "publication"])
@pytest.mark.parametrize("act", ["UPDATE offers_{0} SET {1} = {1}", "DELETE FROM offers_{0}"])
def test_what_was_proposed_done_or_published_is_never_changed(bring, table, act):
    bring("published")
    column = "number" if table == "publication" else "id"
    before = everything()

    with (
        pytest.raises(IntegrityError, match="append_only"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(act.format(table, column))

    assert everything() == before


@pytest.mark.parametrize(
    "state, spoilt, constraint",
    [
        ("proposed", {"approved_by": "ana"}, "offer_is_approved_by_a_second_officer"),
        ("proposed", {"state": "approved"}, "approved_offer_names_its_approver"),
        ("approved", {"state": "published"}, "public_offer_has_a_version"),
        ("draft", {"state": "open"}, "offer_state_is_known"),
        ("published", {"amendment": "begun"}, "offer_amendment_is_known"),
        ("withdrawn", {"amendment": "draft"}, "only_running_offers_are_amended"),
    ],
)
def test_the_database_itself_refuses_what_must_never_be(bring, state, spoilt, constraint):
    bring(state)

    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Offer.objects.unscoped("a test spoils").filter(ref=REF).update(**spoilt)
