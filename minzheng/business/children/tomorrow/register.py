"""Treatments of the 明天计划, as a list for those who decide on them."""

from __future__ import annotations

from minzheng.business.children.tomorrow.models import Treatment, TreatmentState
from minzheng.foundation.people.named import people_of
from minzheng.foundation.registers import Block, Column, Filter, Register, Search

FACTS = (
    Column("person", "孩子", "name", "person__name"),
    Column("region", "所在村（社区）", "region"),
    Column("hospital", "定点医院", path="hospital__name"),
    Column(
        "state",
        "状态",
        "badge",
        tones={TreatmentState.TREATED: "info", TreatmentState.BILLED: "warn", TreatmentState.CHECKED: "ok"},
    ),
    Column("approved_on", "确认日期", "date", sortable=True),
    Column("ceiling_fen", "核定额度", "money"),
    Column("own_fen", "资助金额", "money"),
    Column("settled_in", "结算月份", "month"),
    Column("visited_on", "回访", "date"),
)
MORE = (
    Column("plan", "诊断和治疗方案"),
    Column("admitted_on", "入院", "date"),
    Column("discharged_on", "出院", "date"),
    Column("total_fen", "总费用", "money"),
    Column("next_visit", "回访不晚于", "date"),
    Column("recovery", "恢复情况"),
)
TREATMENTS = Register(
    code="tomorrow_plan",
    title="明天计划治疗",
    covers=("S-116",),
    model=Treatment,
    icon="stethoscope",
    unit="次",
    help="由确认资助的办件自动登记；费用复核以后按月和医院结算，出院后按期回访。",
    read="case.handle",
    write="case.handle",
    export="child.export",
    name=lambda one: f"{one.person.name}的治疗",
    persons=people_of,
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("state", "状态", "choice", options=tuple(TreatmentState.choices)),
        Filter("approved", "确认日期", "dates", "approved_on"),
        Filter("unpaid", "还没有结算", "yes_no", "settled_in__isnull"),
        Filter("unseen", "还没有回访", "yes_no", "visited_on__isnull"),
    ),
    search=(Search("person__name"), Search("person__id_no", "exact")),
    search_hint="孩子姓名（从姓开始）或完整身份证号",
    details=(Block("资助", FACTS), Block("治疗和费用", MORE)),
)
