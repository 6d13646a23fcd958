"""What social assistance pays each month."""

from minzheng.foundation.benefits.words import Benefit, Exclusion, Start, Unit

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
