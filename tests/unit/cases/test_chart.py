"""The register's bars: on one scale, and mirrored for those who read from right to left."""

import pytest

from tipstaff.cases.chart import WIDTH, bars
from tipstaff.cases.queries.outcomes import Total

TOTALS = (Total("arrest", 3, 1), Total("charge", 0, 0), Total("seizure", 1, 0))


@pytest.mark.parametrize("rtl", [False, True])
def test_bars_stand_on_one_scale(rtl):
    drawn = bars(TOTALS, rtl=rtl)

    arrest, seizure = drawn.bars
    assert [bar.kind for bar in drawn.bars] == ["arrest", "seizure"]
    assert arrest.confirmed.width + arrest.waiting.width == WIDTH
    assert seizure.confirmed.width * 3 == arrest.confirmed.width
    starts = (arrest.confirmed.x, arrest.waiting.x)
    assert starts == ((WIDTH / 4, 0) if rtl else (0, WIDTH * 3 / 4))


def test_nothing_gives_no_bars():
    assert bars((), rtl=False).bars == ()
