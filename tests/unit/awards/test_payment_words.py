"""Everything that a payment's page shows has words, and each refusal's rule says what it rests on."""

import re
from pathlib import Path

from tipstaff.awards import payment_words as words
from tipstaff.awards.policy import claim, payout, window
from tipstaff.awards.policy.payout import KINDS, NewVoucher, Return
from tipstaff.awards.queries.arranging import IN_ORDER
from tipstaff.awards.states import ClaimState, PayoutState, Verdict
from tipstaff.sealed.claims import ANSWERS, QUESTIONS
from tipstaff.sealed.claims import KINDS as ANSWER_KINDS


def test_everything_has_words() -> None:
    assert words.CLAIMS.keys() == set(ClaimState)
    assert words.PAYOUTS.keys() == set(PayoutState)
    assert words.QUESTIONS.keys() == set(QUESTIONS)
    assert words.ANSWERS.keys() == {*ANSWERS, *ANSWER_KINDS}
    assert words.VERDICTS.keys() == set(Verdict) - IN_ORDER
    assert words.CHECKS.keys() == set(KINDS)
    assert words.NEW_VOUCHERS.keys() == set(NewVoucher)
    assert words.RETURNS.keys() == set(Return)


def test_every_rule_is_used_and_every_used_rule_is_listed() -> None:
    for room in (claim, payout, window):
        assert room.__file__ is not None
        source = Path(room.__file__).read_text(encoding="utf-8")
        used = set(re.findall(r"Refusal\(\s*\"(awards\.[a-z-]+)\"", source))
        listed = set(re.findall(r"^    \"(awards\.[a-z-]+)\":", source, re.MULTILINE))
        assert used - listed <= {"awards.payee-checked"}, room.__name__
        assert listed <= used, room.__name__
