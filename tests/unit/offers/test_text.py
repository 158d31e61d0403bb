"""An offer's text written down and read back, and what its digest notices."""

import json
from dataclasses import fields, replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.unit.offers.texts import HARBOUR_LIGHT
from tipstaff.hatch.notice import Channel, Condition, Source
from tipstaff.kernel.money import Money
from tipstaff.offers.text import OfferText, from_json, to_json

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=8)
by_language = st.dictionaries(st.sampled_from(["en", "es", "quc"]), words)
lists = st.lists(words, max_size=2).map(tuple)
money = st.builds(Money, st.integers(1, 10**12), st.sampled_from(["USD", "EUR"]))
texts = st.builds(
    OfferText,
    **dict.fromkeys(("ref", "programme", "authority", "citation"), words),
    **dict.fromkeys(("translated", "title", "summary", "wording", "change"), by_language),
    agencies=lists,
    languages=lists,
    cap=money,
    conditions=st.lists(
        st.builds(Condition, words, words, by_language, by_language, words, lists, lists, money), max_size=2
    ).map(tuple),
    channels=st.lists(st.builds(Channel, words, words, by_language, words, lists), max_size=2).map(tuple),
    announced=st.dates(),
    expires=st.none() | st.dates(),
    source=st.builds(Source, words, st.dates()),
)
CHANGED = {
    "cap": Money(1, "USD"),
    "announced": date(2000, 1, 1),
    "expires": date(2030, 1, 1),
    "source": Source("Ridge Gazette", date(2026, 11, 2)),
    "conditions": (),
    "channels": (),
}


@given(texts)
def test_a_text_reads_back_as_it_was_written(text):
    assert from_json(json.loads(json.dumps(to_json(text)))) == text


@given(texts)
def test_the_order_in_which_a_database_keeps_keys_changes_no_digest(text):
    shuffled = dict(reversed(to_json(text).items()))

    assert from_json(shuffled).digest() == text.digest()


@pytest.mark.parametrize("field", [field.name for field in fields(OfferText)])
def test_a_change_of_any_field_changes_the_digest(field):
    old = getattr(HARBOUR_LIGHT, field)
    changed = {dict: {"en": "changed"}, tuple: ("changed",), str: "changed"}.get(type(old))
    other = replace(HARBOUR_LIGHT, **{field: CHANGED.get(field, changed)})

    assert other.digest() != HARBOUR_LIGHT.digest()
    assert other.says_the_same(HARBOUR_LIGHT) == (field == "change")
