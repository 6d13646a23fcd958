"""How many old people are paid the allowance, and what it comes to."""

from __future__ import annotations

from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.business.elderly.counting import (
    assessed,
    listed,
    moderate_or_worse,
    on_time,
    running_beds,
    served,
    signed,
)
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.services.models import Order

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

VISITED = Indicator(
    code="elderly.visited", title="特殊困难老年人月探访率", line=LINE, unit="%", better=Better.MORE,
    covers=("S-105",), counts="当月探访过的", of="当月在册的探访关爱对象", source="探访关爱台账",
    formula=Formula(numerator=Rows(on_time), denominator=Rows(listed), known=Rows(listed)),
)  # fmt: skip

ASSESSED = Indicator(
    code="elderly.disabled", title="中度以上失能老年人数", line=LINE, unit="人", better=Better.NONE,
    counts="当月有有效评估、结论为中度以上失能的老年人", source="能力评估台账",
    formula=Formula(numerator=Rows(moderate_or_worse), known=Rows(assessed)),
)  # fmt: skip

BEDS = Indicator(
    code="elderly.care_beds", title="家庭养老床位", line=LINE, unit="张", better=Better.MORE, covers=("S-092",),
    counts="当月运行的家庭养老床位", source="家庭养老床位台账", personal=False,
    formula=Formula(numerator=Rows(running_beds), known=Rows(lambda month: CareBed.objects.all())),
)  # fmt: skip

SIGNED = Indicator(
    code="elderly.signed", title="有效医养签约数", line=LINE, unit="份", better=Better.MORE, covers=("S-107",),
    counts="当月有效的医养签约", source="医养签约台账",
    formula=Formula(numerator=Rows(signed), known=Rows(lambda month: ClinicContract.objects.all())),
)  # fmt: skip

RATED = Indicator(
    code="services.confirmed", title="完成并确认的养老服务", line=LINE, unit="单", better=Better.MORE,
    covers=("S-077",), counts="当月确认的服务工单", source="服务工单", personal=False,
    formula=Formula(numerator=Rows(served), known=Rows(lambda month: Order.objects.all())),
)  # fmt: skip
