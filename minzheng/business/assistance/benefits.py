"""What social assistance pays each month."""

import datetime as dt

from minzheng.foundation.benefits.words import Benefit, Exclusion, Start, Unit
from minzheng.foundation.forms import Question
from minzheng.foundation.oneoffs.words import WITHOUT_HOME, OneOff, Over, Per
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
    excludes=(Exclusion("tekun", "民发〔2021〕43号 第三条", apart=True),),
)
TEKUN = Benefit(
    code="tekun",
    title="特困人员救助供养金",
    item="A4",
    by_visit=True,
    covers=("S-040",),
    unit=Unit.PERSON,
    amount="tekun_amount",
    start=Start.MONTH_AFTER_DECISION,
    cite="民发〔2021〕43号",
    programme="tekun",
    excludes=(
        Exclusion("orphan", "民发〔2021〕43号 第九条"),
        Exclusion("unattended", "民发〔2021〕43号 第九条"),
    ),
    ends_on=("death", "prison"),
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


def month_name(month: dt.date) -> str:
    return f"{month.year}年{month.month}月"


def winter_name(month: dt.date) -> str:
    """A heating season runs over the turn of the year: January belongs to the winter that began before."""
    first = month.year if month.month >= 7 else month.year - 1
    return f"{first}—{first + 1}年采暖季"


PRICE = Benefit(
    code="price_subsidy",
    title="价格临时补贴",
    item="",
    unit=Unit.HOUSEHOLD,
    amount="price_subsidy",
    start=Start.MONTH_OF_DECISION,
    cite="发改价格〔2021〕1553号",
    programme="price_subsidy",
    ends_on=(),
    once=True,
)
HEATING = Benefit(
    code="heating",
    title="取暖补助",
    item="",
    unit=Unit.HOUSEHOLD,
    amount="heating_subsidy",
    start=Start.MONTH_OF_DECISION,
    cite="各地规定",
    programme="heating",
    ends_on=(),
    once=True,
)
LIVING_ONCE = Benefit(
    code="living_once",
    title="临时生活补贴",
    item="",
    unit=Unit.HOUSEHOLD,
    amount="living_once",
    start=Start.MONTH_OF_DECISION,
    cite="各地发放通知",
    programme="living_once",
    ends_on=(),
    once=True,
)
PRICE_ROUND = OneOff(
    code="price",
    title="价格临时补贴",
    benefit="price_subsidy",
    over=(Over("tekun"), Over("orphan"), Over("unattended"), Over("dibao")),
    per=Per.PERSON,
    trigger="price_triggered",
    amount="price_subsidy",
    period=month_name,
    cite="发改价格〔2021〕1553号",
    figures=(
        Question(
            "cpi_growth",
            "居民消费价格同比涨幅（万分之一）",
            "number",
            min=-10000,
            max=10000,
            hint="上涨4.1%填410，下降填负数。",
        ),
        Question(
            "food_cpi_growth",
            "其中食品价格同比涨幅（万分之一）",
            "number",
            min=-10000,
            max=10000,
            hint="上涨6.0%填600。",
        ),
        WITHOUT_HOME,
    ),
    help="达到启动条件的月份，给低保、特困、孤儿和事实无人抚养儿童每人发一份，同一人只发一份。",
)
HEATING_ROUND = OneOff(
    code="heating",
    covers=("S-047",),
    title="取暖补助",
    benefit="heating",
    over=(Over("dibao"), Over("tekun", grades=("分散供养",))),
    per=Per.HOUSEHOLD,
    trigger="heating_due",
    amount="heating_subsidy",
    period=winter_name,
    cite="各地规定；2021年民政工作要点（分散供养特困人员）",
    figures=(Question("heating_open", "县级已决定本采暖季发放取暖补助", "agree"),),
    publicity="heating_publicity_days",
    help="每户每个采暖季一次：低保家庭和分散供养的特困人员；同一家庭只发一份，机构供养的不发。",
)
LIVING_ROUND = OneOff(
    code="living_once",
    covers=("S-048",),
    title="临时生活补贴",
    benefit="living_once",
    over=(Over("tekun"), Over("orphan"), Over("unattended"), Over("dibao")),
    per=Per.PERSON,
    trigger="living_once_due",
    amount="living_once",
    period=month_name,
    cite="各地发放通知（疫情等应急期间）",
    figures=(
        Question("living_once_decided", "县级已决定发放，名单按本月在册对象", "agree"),
        Question("living_once_fen", "每人发多少", "money", min=1, hint="以发放通知为准。"),
    ),
    publicity="heating_publicity_days",
    help="疫情、灾害等特殊时期，县级决定给在册的低保、特困、孤儿和事实无人抚养儿童每人发一次；名单公示后由另一人确认，同一人只发一份。",
)
