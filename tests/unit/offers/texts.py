"""An invented offer for the tests: who set fire to the lighthouse of Harbour."""

from datetime import date

from tipstaff.hatch.notice import Channel, Condition, Source
from tipstaff.kernel.money import Money
from tipstaff.offers.text import OfferText

HARBOUR_LIGHT = OfferText(
    ref="HL-1",
    programme="Harbour Rewards",
    authority="22 USC 2708",
    citation="22 U.S.C. 2708(b)(8)",
    agencies=("HP",),
    languages=("en", "es"),
    translated={"es": "ours"},
    title={"en": "The fire at the lighthouse", "es": "El incendio del faro"},
    summary={"en": "Who laid the fire?", "es": "¿Quién provocó el incendio?"},
    wording={"en": "Up to $500,000 for information", "es": "Hasta 500.000 dólares por información"},
    change={},
    cap=Money(500_000_00, "USD"),
    conditions=(
        Condition(
            outcome="arrest_and_or_conviction",
            target_kind="role",
            target={"en": "any leader of the Lamp Breakers", "es": "cualquier líder de los Rompefaros"},
            conduct={"en": "who ordered the fire", "es": "que ordenó el incendio"},
            region="Harbour",
            elements=("Harbour Code 12(a)",),
            paragraphs=("b8", "b9"),
            cap=Money(400_000_00, "USD"),
        ),
    ),
    channels=(
        Channel(
            kind="telephone",
            value="555-0100",
            label={"en": "Harbour line", "es": "Línea de Harbour"},
            hours="24/7",
            languages=("en",),
        ),
    ),
    announced=date(2026, 11, 2),
    expires=None,
    source=Source("Harbour Gazette", date(2026, 11, 2)),
)
