"""What old people are paid each month."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.benefits.words import Benefit, Exclusion, SilentCertification, Start, Unit
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person


def age_reached(person: Person, on: dt.date) -> dt.date | None:
    """The birthday on which the allowance begins; for one born on 29 February, the 28th of a common year (DC3)."""
    if person.birth_date is None:
        return None
    first_age = figures(on, person.hukou_region_id or person.region_id)("elder_allowance_first_age")
    return add_months(person.birth_date, 12 * first_age)


ALLOWANCE = Benefit(
    code="elder_allowance",
    title="高龄津贴",
    item="E1",
    covers=("S-030", "S-078"),
    unit=Unit.PERSON,
    amount="elder_allowance_amount",
    start=Start.MONTH_REACHED,
    reached=age_reached,
    proactive=True,
    backpay="elder_backpay_months",
    cite="老年人权益保障法 第三十三条；各地规定",
    silent=SilentCertification("各地高龄津贴发放办法（生存认证）"),
    programme="elder_allowance",
    bands=("elder_allowance_second_age", "elder_allowance_third_age"),
    follows_hukou=True,
)

SERVICES = Benefit(
    code="elder_services",
    title="养老服务购买",
    item="",
    covers=("S-063", "S-065"),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="财政部令第102号 政府购买服务管理办法",
    programme="elder_services",
)
CARE_SUBSIDY = Benefit(
    code="elder_care",
    title="养老服务（护理）补贴",
    item="E2",
    covers=("S-079",),
    unit=Unit.PERSON,
    amount="elder_care_amount",
    start=Start.MONTH_AFTER_DECISION,
    cite="各地养老服务补贴办法",
    programme="elder_care",
    excludes=(Exclusion("tekun", "各地养老服务补贴办法（特困人员由供养资金保障）"),),
    follows_hukou=True,
)
CARE_BEDS = Benefit(
    code="care_beds",
    title="家庭养老床位补贴",
    item="",
    covers=("S-092",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="各地家庭养老床位管理办法",
    programme="care_beds",
)
RENOVATIONS = Benefit(
    code="renovations",
    title="适老化改造费用",
    item="",
    covers=("S-106",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="民发〔2020〕86号",
    programme="renovations",
)
DAY_CARE = Benefit(
    code="day_care",
    title="日间照料中心运营补贴",
    item="",
    covers=("S-096",),
    unit=Unit.ORGANISATION,
    amount="",
    start=Start.MONTH_OF_DECISION,
    once=True,
    ends_on=(),
    cite="各地社区日间照料中心运营补贴办法",
    programme="day_care",
)
