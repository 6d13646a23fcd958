"""Prices rose: the county enters what the statistics office published, another confirms the total (发改价格〔2021〕1553号)."""

from __future__ import annotations

from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.oneoffs.actions import confirm, enter
from minzheng.foundation.oneoffs.models import Distribution
from minzheng.foundation.oneoffs.select import preview
from minzheng.foundation.regions.models import Region

# Growth over the year before, in hundredths of a percent.
GROWTH = {"cpi_growth": 410, "food_cpi_growth": 100}


def subsidise_prices(officers: Officers, days: Days) -> Distribution:
    """Confirmed; the finance officer of the visitor makes its list."""
    made = enter(
        officers.on("reviewer", days.today),
        Region.objects.get(code=COUNTY),
        kind="price",
        month=days.pay_month,
        figures=GROWTH,
        evidence=f"怀发改价〔{days.today.year}〕62号",
    )
    total = sum(part.fen for part in preview(made))
    return confirm(officers.on("approver", days.today), made, expected_fen=total)
