"""How many old people are paid the allowance, and what it comes to."""

from __future__ import annotations

from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows

LINE = "养老"

PERSONS = Indicator(
    code="N27", title="享受高龄津贴人数", line=LINE, unit="人", seed="001", better=Better.NONE,
    counts="当月享受高龄津贴的老年人", source="待遇台账", drill=Drill(ALLOWANCE.code, recipients_filter),
    formula=Formula(numerator=Rows(entitled(ALLOWANCE.code)), known=Rows(kept(ALLOWANCE.code))),
)  # fmt: skip

SPENDING = Indicator(
    code="elderly.allowance_spending", title="高龄津贴支出", line=LINE, unit="元", better=Better.NONE,
    counts="当月发放中已发的高龄津贴，含补差和重发", source="发放明细",
    formula=Formula(
        numerator=Rows(paid(ALLOWANCE.code), amount="amount_fen"), known=Rows(ran(ALLOWANCE.code))
    ),
)  # fmt: skip
