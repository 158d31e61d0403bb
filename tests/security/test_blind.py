"""Who decides on a reward never reads what a source wrote, nor by what name the office knows its tip."""

from base64 import b32encode, b64encode
from collections.abc import Iterator

import pytest

from tests.offices import TestOffice
from tests.security.expected import expected
from tests.security.people import INSPECTOR
from tests.security.permissions import WholeDesk, furnish
from tipstaff.awards.models import Award, SourceClaim
from tipstaff.tips.models import Message, Tip

BLIND = (
    "member", "attorney", "secretary", "delegate", "paymaster", "witness", "treasurer", "clerk", "head-of-mission",
    "auditor", INSPECTOR,
)  # fmt: skip
WORDS = "the bittern booms behind the brickworks"
# An auditor reads who did what to which tip; what stands in the tip is no part of a record.
RECORDS = "audit:index"
# What a source answers is read where it is asked and arranged, and on no other page.
ASKING = {"awards:payment"}


@pytest.fixture
def whole(office: TestOffice) -> WholeDesk:
    """A desk on which tips have words of their own, and colleagues have written references where they should not."""
    whole = furnish(office)
    Tip.objects.unscoped("a test arranges").update(text=WORDS)
    Message.objects.exclude(text="").update(text=WORDS)
    for award in Award.objects.unscoped("a test arranges"):
        tip = award.shares.order_by("id").values_list("tip", flat=True)[0]
        award.reason = f"{tip} led there."
        award.save(update_fields=["reason"])
    SourceClaim.objects.update(review_reason=WORDS)
    return whole


def canaries() -> Iterator[str]:
    """What names a source or its tip, in every writing in which a page could show it."""
    yield WORDS
    for tip in Tip.objects.unscoped("a test looks"):
        mailbox = bytes(tip.mailbox)
        yield from (tip.ref, mailbox.hex(), b64encode(mailbox).decode(), b32encode(mailbox).decode())


def pages(whole: WholeDesk, who: str) -> Iterator[tuple[str, str]]:
    """Every page that the officer may read."""
    table = expected()
    for name, path in whole.addresses():
        if table.get((name, "GET"), {}).get(who) == 200:
            answer = whole.desk(who).get(path)
            assert answer.status_code == 200, name
            if answer["Content-Type"].startswith("text/"):
                yield name, answer.content.decode()


@pytest.mark.parametrize("who", BLIND)
def test_security_37_who_decides_on_a_reward_reads_no_tip(whole: WholeDesk, who: str) -> None:
    unseen = sorted(canaries())
    read = 0

    for name, page in pages(whole, who):
        read += 1
        found = {canary for canary in unseen if canary in page}
        if name in ASKING:
            found -= {WORDS}
        if name == RECORDS:
            found = {canary for canary in found if not canary.startswith("TIP-")}
        assert found == set(), name
    assert read > 12, "there were pages at all"


def test_security_37_what_sources_answered_is_read_by_who_asks_and_who_arranges(whole: WholeDesk) -> None:
    payment = whole.address("awards:payment")

    readers = {who for who in (*BLIND, "protector") if whole.desk(who).get(payment).status_code == 200}

    assert readers == {"clerk", "protector"}


def test_security_37_who_pays_and_who_witnesses_reach_nothing_but_the_window() -> None:
    """By the table, which every answer is compared with: no tip, case, award, offer, rule, book, name or paper."""
    own = ("account_", "mfa_", "desk:")
    reached = {
        who: {
            name
            for (name, _), row in expected().items()
            if row[who] not in (302, 403, 404, 405) and not name.startswith(own)
        }
        for who in ("paymaster", "witness")
    }

    assert reached == {
        "paymaster": {
            "awards:payments", "awards:present", "awards:payout", "awards:hand_over", "awards:receipt",
        },
        "witness": {"awards:to_witness", "awards:witness"},
    }  # fmt: skip
