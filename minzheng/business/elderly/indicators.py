"""How many old people are paid the allowance, and what it comes to."""

from __future__ import annotations

from minzheng.business.elderly import counting
from minzheng.business.elderly.basics.models import Guaranteed
from minzheng.business.elderly.benefits import ALLOWANCE
from minzheng.business.elderly.daycare.models import Attendance
from minzheng.business.elderly.estates.indicators import FOUR_RATES, IN_STEP
from minzheng.business.elderly.fraud.indicators import RECOVERED, SETTLED
from minzheng.business.elderly.homecare.models import CareBed
from minzheng.business.elderly.medical.models import ClinicContract
from minzheng.business.elderly.training.models import Course, Trade
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Period, Rows
from minzheng.foundation.facilities.models import Facility, Seat
from minzheng.foundation.services.models import Order

__all__ = ["FOUR_RATES", "IN_STEP", "RECOVERED", "SETTLED"]
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
    formula=Formula(numerator=Rows(counting.on_time), denominator=Rows(counting.listed), known=Rows(counting.listed)),
)  # fmt: skip

ASSESSED = Indicator(
    code="elderly.disabled", title="中度以上失能老年人数", line=LINE, unit="人", better=Better.NONE,
    counts="当月有有效评估、结论为中度以上失能的老年人", source="能力评估台账",
    formula=Formula(numerator=Rows(counting.moderate_or_worse), known=Rows(counting.assessed)),
)  # fmt: skip

BEDS = Indicator(
    code="elderly.care_beds", title="家庭养老床位", line=LINE, unit="张", better=Better.MORE, covers=("S-092",),
    counts="当月运行的家庭养老床位", source="家庭养老床位台账", personal=False,
    formula=Formula(numerator=Rows(counting.running_beds), known=Rows(lambda month: CareBed.objects.all())),
)  # fmt: skip

SIGNED = Indicator(
    code="elderly.signed", title="有效医养签约数", line=LINE, unit="份", better=Better.MORE, covers=("S-107",),
    counts="当月有效的医养签约", source="医养签约台账",
    formula=Formula(numerator=Rows(counting.signed), known=Rows(lambda month: ClinicContract.objects.all())),
)  # fmt: skip

RATED = Indicator(
    code="services.confirmed", title="完成并确认的养老服务", line=LINE, unit="单", better=Better.MORE,
    covers=("S-077",), counts="当月确认的服务工单", source="服务工单", personal=False,
    formula=Formula(numerator=Rows(counting.served), known=Rows(lambda month: Order.objects.all())),
)  # fmt: skip

GUARANTEED = Indicator(
    code="elderly.guaranteed", title="基本养老服务落实率", line=LINE, unit="%", better=Better.MORE, covers=("S-077",),
    counts="清单内已经得到的服务（人项）", of="清单内应当得到的服务（人项）", source="基本养老服务落实",
    drill=Drill("basic-elder-services", lambda month: {"given": "False"}, title="查看还没有得到的"),
    formula=Formula(
        numerator=Rows(counting.given_services), denominator=Rows(counting.due_services),
        known=Rows(lambda month: Guaranteed.objects.all()),
    ),
)  # fmt: skip

HOMES_SIGNED = Indicator(
    code="N21", title="养老机构与医疗机构签约率", line=LINE, unit="%", better=Better.MORE, covers=("S-107",),
    seed="003", period=Period.POINT, counts="与医疗机构签约有效的养老机构", of="开着的养老机构",
    source="养老机构医养签约", personal=False, drill=Drill("home-signing", lambda month: {}),
    formula=Formula(
        numerator=Rows(counting.homes_signed), denominator=Rows(counting.homes_open), known=Rows(counting.homes_open)
    ),
)  # fmt: skip

STREETS_WITH_A_CENTRE = Indicator(
    code="N22a", title="街道综合养老服务中心覆盖率", line=LINE, unit="%", better=Better.MORE, covers=("S-095",),
    seed="003", period=Period.POINT, counts="有开着的综合养老服务中心的街道", of="全部街道", note="镇和乡不计",
    source="设施台账、行政区划", personal=False,
    formula=Formula(
        numerator=Rows(counting.streets_with_a_centre, "code"), denominator=Rows(counting.streets, "code"),
        known=Rows(lambda month: Facility.objects.all()),
    ),
)  # fmt: skip

MUTUAL_POINTS = Indicator(
    code="elderly.mutual_points", title="农村互助养老点", line=LINE, unit="处", better=Better.MORE, covers=("S-104",),
    counts="开着的互助养老点", source="设施台账", personal=False, drill=Drill("mutual-points", lambda month: {}),
    formula=Formula(numerator=Rows(counting.points), known=Rows(lambda month: Facility.objects.all())),
)  # fmt: skip

MUTUAL_SHARE = Indicator(
    code="elderly.mutual_share", title="互助养老点覆盖率", line=LINE, unit="%", better=Better.MORE, covers=("S-104",),
    counts="有互助养老点的村（社区）", of="有村（居）委会驻地的村（社区）", source="设施台账", personal=False,
    formula=Formula(
        numerator=Rows(counting.villages_with_a_point), denominator=Rows(lambda month: Seat.objects.all()),
        known=Rows(lambda month: Seat.objects.all()),
    ),
)  # fmt: skip

DAY_CARE = Indicator(
    code="elderly.day_care", title="日间照料人次", line=LINE, unit="人次", better=Better.MORE, covers=("S-096",),
    counts="当月到日间照料中心的人次", source="日间照料签到", drill=Drill("day-care-days", lambda month: {}),
    formula=Formula(
        numerator=Rows(counting.day_visits), known=Rows(lambda month: Attendance.objects.all())
    ),
)  # fmt: skip


def _trained(trade: Trade) -> Indicator:
    return Indicator(
        code=f"elderly.trained_{trade.value}", title=f"培训结业的{trade.label}", line=LINE, unit="人",
        better=Better.MORE, covers=("S-109",), seed="003", counts="本年度结业的学员", source="养老培训学员",
        drill=Drill("trainees", lambda month: {"trade": trade.value}),
        formula=Formula(
            numerator=Rows(lambda month: counting.trained(month, trade.value)),
            known=Rows(lambda month: Course.objects.all()),
        ),
    )  # fmt: skip


WORKFORCE = Indicator(
    code="N28", title="养老从业人员培训人数", line=LINE, unit="人", better=Better.MORE, covers=("S-109",), seed="001",
    counts="本年度在养老培训班结业的人，结业几个班的只算一次", source="养老培训学员", drill=Drill("trainees", lambda month: {}),
    formula=Formula(numerator=Rows(counting.workforce), known=Rows(lambda month: Course.objects.all())),
)  # fmt: skip

TRAINED = tuple(_trained(trade) for trade in Trade)
