"""Homes that have had their works."""

from minzheng.business.elderly.homecare.register import SEARCH, WHO, people_of
from minzheng.business.elderly.renovation.models import Renovation
from minzheng.foundation.registers import Column, Filter, Register

RENOVATIONS = Register(
    code="renovations",
    title="适老化改造",
    covers=("S-106",),
    model=Renovation,
    icon="tools",
    unit="户",
    help="由验收合格的办件自动登记，一户一次；费用按月结算给施工单位。",
    name=lambda one: f"{one.person.name}家的适老化改造",
    persons=people_of,
    columns=(
        *WHO,
        Column("works", "改造项目", read=lambda one: "、".join(one.works)),
        Column("provider", "施工单位", path="provider__name"),
        Column("cost_fen", "费用", "money"),
        Column("accepted_on", "验收", "date", sortable=True),
        Column("settled_in", "结算月份", "month"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("accepted", "验收日期", "dates", "accepted_on"),
        Filter("unpaid", "还没有结算", "yes_no", "settled_in__isnull"),
    ),
    search=SEARCH,
    search_hint="姓名（从姓开始）或完整身份证号",
)
