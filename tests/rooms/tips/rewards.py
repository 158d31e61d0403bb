"""A reward in Harbour, as the room of awards would tell of it, and what a source may answer. Invented, like all
here."""

from datetime import date

from tipstaff.kernel.money import Money
from tipstaff.people.access import Actor
from tipstaff.sealed.claims import QUESTIONS, window_challenge
from tipstaff.sealed.envelope import Claim, RewardNotice, Voucher

# Somebody of the room of awards: no verb of this room, no compartment.
IDA = Actor("ida", "harbour-police", frozenset())
CASE = "CLM-4KQ7-M2XC-9TR8"
CODE = "VCH-4KQ7-M2XC-9TRC-0A1B-2N"
NUMBER = "042917"
PLACE = "the marmalade window"
NOTICE = RewardNotice(CASE, bytes(range(32)), QUESTIONS, date(2026, 12, 20), None)
LATER_NOTICE = RewardNotice(CASE, bytes(range(32, 64)), (), date(2026, 11, 20), date(2027, 1, 20))
VOUCHER = Voucher(CASE, CODE, Money(123_456_78, "USD"), PLACE, date(2026, 12, 1), date(2026, 12, 31))
ACCEPT = Claim(
    CASE, NOTICE.challenge, "accept", dict.fromkeys(QUESTIONS, "unknown") | {"official": "yes"}, ""
)
DECLINE = Claim(CASE, NOTICE.challenge, "decline", {}, "")
REVIEW = Claim(CASE, LATER_NOTICE.challenge, "review", {}, "The greengage pier was mine, too.")
COLLECT = Claim(CASE, window_challenge(CODE, NUMBER), "collect", {}, "")
# Words of all this that no reader of a tip may see.
UNSEEN = ("123,456", "12345678", PLACE, CODE, CASE, "greengage", "official", "Damson")
