"""线索: both ways in side by side, each with its source, and what became of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.datacenter.leads.actions import apply_for_lead, drop_lead, refer_lead
from minzheng.datacenter.leads.models import Lead, State
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

TONES = {
    State.NEW: "warn",
    State.CONFIRMED: "info",
    State.CASE: "ok",
    State.REFERRED: "ok",
    State.NO_NEED: "neutral",
}


def leads() -> QuerySet[Lead]:
    return Lead.objects.select_related("region", "reported_by", "task", "case")


def people_of(shown: Sequence[Lead]) -> Iterable[int]:
    return [lead.person_id for lead in shown if lead.person_id]


def is_confirmed(lead: Lead) -> bool:
    return lead.state == State.CONFIRMED


SEEN = (
    Column("need", "需要", "choice"),
    Column("name", "姓名", "name"),
    Column("region", "所在村（社区）", "region"),
    Column("source", "来源", "choice"),
    Column("reported_on", "反映日期", "date", sortable=True),
    Column("state", "状态", "badge", tones=TONES),
)

LEADS = Register(
    code="leads",
    title="困难线索",
    covers=("S-055",),
    model=Lead,
    icon="speakerphone",
    unit="条",
    help="走访发现的和群众反映的都在这里，注明来源；先入户核实，再转申请、转介或说明不需要。",
    rows=leads,
    read="task.read",
    write="task.oversee",
    name=lambda lead: f"{lead.name}的{lead.get_need_display()}线索",
    persons=people_of,
    columns=(*SEEN, Column("reported_by", "反映人", read=lambda lead: str(lead.reported_by or ""), shown=False)),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("source", "来源", "choice"),
        Filter("need", "需要", "choice"),
        Filter("region", "所在地", "region", "region_id"),
        Filter("reported", "反映日期", "dates", "reported_on"),
    ),
    search=(Search("name"), Search("phone", "exact")),
    search_hint="姓名（从姓开始）或联系电话",
    actions=(
        RowAction(
            "apply", "转为申请", apply_for_lead, "case.open", "开好一份申请草稿，在“代为申请”里接着填。",
            questions=(
                Question("item", "申请什么事项", "text", hint="事项的名称或编号，例如 A1。", max=60),
                Question("id_no", "身份证号", "id_no", required=False, hint="线索里没有对应人员时填写。"),
            ),
            is_open=is_confirmed,
            bulk=False,
        ),
        RowAction(
            "refer", "转介", refer_lead, "task.oversee", "转给有关部门或社会力量帮助，线索办结。",
            questions=(Question("to", "转给哪里", "text", hint="例如县医疗保障局、县残联。", max=100),),
            is_open=is_confirmed,
        ),
        RowAction(
            "drop", "不需要救助", drop_lead, "task.oversee", "线索办结，不再跟进。",
            questions=(Question("reason", "理由", "long_text", min=2, max=200),),
            is_open=is_confirmed,
        ),
    ),
    details=(
        Block(
            "线索",
            (
                *SEEN,
                Column("story", "情况"),
                Column("address", "住址"),
                Column("phone", "联系电话", "phone"),
                Column("knows", "本人知情", "yes_no"),
                Column("reported_by", "反映人", read=lambda lead: str(lead.reported_by or "")),
                Column("due_on", "最迟核实", "date", "task__due_on"),
                Column("case", "办件", read=lambda lead: str(lead.case.number if lead.case else "")),
                Column("note", "处理说明"),
                Column("settled_on", "办结日期", "date"),
            ),
        ),
    ),
)  # fmt: skip
