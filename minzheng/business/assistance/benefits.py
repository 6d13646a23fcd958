"""What social assistance pays each month."""

from minzheng.foundation.benefits.words import Benefit, Exclusion, Start, Unit
from minzheng.foundation.reserves.words import Reserve

DIBAO = Benefit(
    code="dibao",
    title="最低生活保障金",
    item="A1",
    unit=Unit.HOUSEHOLD,
    amount="monthly_payment",
    start=Start.MONTH_AFTER_DECISION,
    cite="民发〔2021〕57号 第二十五条",
    programme="dibao",
    whose="counted",
    excludes=(Exclusion("tekun", "民发〔2021〕43号 第三条"),),
)

TEMPORARY = Benefit(
    code="temporary",
    title="临时救助金",
    item="A7",
    unit=Unit.PERSON,
    amount="spending_amount",
    start=Start.MONTH_OF_DECISION,
    cite="国发〔2014〕47号",
    programme="temporary",
    ends_on=(),
    once=True,
)
TEMPORARY_RESERVE = Reserve(
    code="temporary",
    covers=("S-046",),
    title="乡镇临时救助备用金",
    programme="temporary",
    items=("A6", "A7"),
    cap="temporary_small_cap",
    ceiling="reserve_ceiling",
    floor_percent="reserve_floor_percent",
    cite="国发〔2014〕47号；民发〔2018〕23号",
)
