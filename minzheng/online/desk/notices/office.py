"""Who signs a notice: the office of the level at which it was issued."""

from __future__ import annotations

from minzheng.foundation.cases.models import Case, Notice
from minzheng.foundation.items.steps import Office
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region


def office_of(case: Case, notice: Notice) -> str:
    """晃洲镇人民政府, 某某街道办事处, 新晃侗族自治县民政局; before a case was passed on, the office that accepted it."""
    passed_on_later = case.moves.filter(marks__contains=["transferred"], pk__gte=notice.move_id).exists()
    region_id = case.accepted_in_id if passed_on_later else case.region_id
    office = case.service_item.step(notice.move.from_step).office
    level = (
        Level.COUNTY if office is Office.COUNTY else Level.TOWNSHIP
    )  # a village posts what the township signed
    code = region_id[: SIGNIFICANT_DIGITS[level]].ljust(12, "0")
    name = Region.objects.values_list("name", flat=True).get(code=code)
    if level == Level.COUNTY:
        return f"{name}民政局"
    return f"{name}办事处" if name.endswith("街道") else f"{name}人民政府"
