"""Indicators of the last months, targets, a frozen monthly report and one that waits to be checked."""

from __future__ import annotations

from minzheng.business.assistance.reports import DIBAO_MONTHLY
from minzheng.datacenter.indicators.compute import compute
from minzheng.datacenter.indicators.targets import DEMO, load_targets
from minzheng.datacenter.statistics import actions
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.benefits.months import add_months

MONTHS = 6


def count_months(officers: Officers, days: Days) -> int:
    """How many values were computed. 舒丽 hands in the report of the month before last, 田文斌 freezes it."""
    load_targets()
    load_targets(DEMO)
    values = sum(compute(add_months(days.pay_month, -back)).total for back in range(MONTHS))
    for month in (add_months(days.pay_month, -2), add_months(days.pay_month, -1)):
        actions.make_reports(month)
    report = MonthlyReport.objects.get(
        table=DIBAO_MONTHLY.code, region_id=COUNTY, month=add_months(days.pay_month, -2)
    )
    notes = {one["key"]: "演示数据：按入户核实结果变化。" for one in report.findings}
    actions.submit(officers.on("reviewer", days.today), report, notes)
    actions.freeze(officers.on("approver", days.today), report)
    return values
