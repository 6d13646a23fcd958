"""Case conferences with their duties, and guardians' credit: registers of the protection centre, for nobody else."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.business.children.actions_protection import (
    assign_duty,
    close_conference,
    finish_duty,
    object_to,
    repair,
    settle_objection,
)
from minzheng.business.children.models import Conference, Duty, GuardianCredit
from minzheng.business.children.models.protection import CreditState
from minzheng.business.children.registers_protection import REGION, RIGHTS, WRITE
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

DUTY_FACTS = (
    Column("conference", "会商", "text", "conference__title"),
    Column("agency", "责任单位"),
    Column("work", "任务"),
    Column("due_on", "完成期限", "date", sortable=True),
    Column("done_on", "完成日期", "date"),
    Column("result", "完成情况", shown=False),
    Column("region", "所在地", "region", shown=False),
)


def duties_of(conference: Conference, on: dt.date) -> QuerySet[Duty]:
    return conference.duties.order_by("due_on")


CONFERENCE_FACTS = (
    Column("title", "议题", "name"),
    Column("region", "所在地", "region"),
    Column("held_on", "召开日期", "date", sortable=True),
    Column("minutes_no", "会议纪要文号", "code"),
    Column("closed_on", "办结日期", "date"),
)
CONFERENCES = Register(
    code="child_conferences",
    title="未成年人保护会商",
    covers=("S-119",),
    model=Conference,
    icon="users-group",
    unit="次",
    help="一事一议：召集公安、检察、法院、教育、卫健等单位，交办任务，都完成才办结。",
    **RIGHTS,
    name=str,
    columns=CONFERENCE_FACTS,
    filters=(REGION, Filter("held", "召开日期", "dates", "held_on"), Filter("open", "还没有办结", "yes_no", "closed_on__isnull")),
    search=(Search("title", "contains"), Search("minutes_no", "exact")),
    search_hint="议题或会议纪要文号",
    form=Form(
        (
            Section(
                "conference",
                "会商",
                (
                    Question("title", "议题", hint="不要写孩子的姓名。", max=80),
                    Question("region", "所在地", "region"),
                    Question("held_on", "召开日期", "date", tense="past"),
                    Question("minutes_no", "会议纪要文号", max=60),
                    Question("decision", "议定事项", "long_text", min=4),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "duty", "交办任务", assign_duty, permission=WRITE, confirm="到期前提醒督促。", bulk=False,
            questions=(
                Question("agency", "责任单位", max=60),
                Question("work", "做什么", max=200),
                Question("due_on", "完成期限", "date", tense="future"),
            ),
            is_open=lambda row: row.closed_on is None,
        ),
        RowAction(
            "close", "办结", close_conference, permission=WRITE, confirm="所有任务完成以后才能办结。",
            is_open=lambda row: row.closed_on is None,
        ),
    ),
    details=(
        Block("会商", (*CONFERENCE_FACTS, Column("decision", "议定事项"))),
        Related("交办任务", DUTY_FACTS[1:6], duties_of, register="child_duties", empty="还没有交办"),
    ),
)  # fmt: skip
DUTIES = Register(
    code="child_duties",
    title="会商任务",
    covers=("S-119",),
    model=Duty,
    icon="checklist",
    unit="项",
    help="在会商里交办；责任单位完成后登记。",
    **RIGHTS,
    name=str,
    columns=DUTY_FACTS,
    filters=(REGION, Filter("due", "完成期限", "dates", "due_on"), Filter("open", "还没有完成", "yes_no", "done_on__isnull")),
    search=(Search("agency"), Search("conference__title", "contains")),
    search_hint="责任单位或议题",
    actions=(
        RowAction(
            "done", "登记完成", finish_duty, permission=WRITE, confirm="登记以后不再督促。",
            questions=(Question("result", "完成情况", max=200),), is_open=lambda row: row.done_on is None,
        ),
    ),
    details=(Block("会商任务", DUTY_FACTS),),
)  # fmt: skip

CREDIT_FACTS = (
    Column("name", "监护人", "name"),
    Column("id_no", "身份证号", "id_no"),
    Column("region", "所在村（社区）", "region"),
    Column("conduct", "失信行为"),
    Column("basis", "依据文书"),
    Column("recorded_on", "记录日期", "date", sortable=True),
    Column(
        "state",
        "状态",
        "badge",
        tones={CreditState.RECORDED: "bad", CreditState.OBJECTED: "warn", CreditState.REPAIRED: "ok"},
    ),
)
CREDITS = Register(
    code="guardian_credits",
    title="监护信用记录",
    covers=("S-126",),
    model=GuardianCredit,
    icon="scale",
    unit="条",
    help="有生效文书的才记入，在儿童档案里登记；异议和修复由另一位同志处理。",
    **RIGHTS,
    name=lambda row: f"{row.name}的监护信用记录",
    columns=CREDIT_FACTS,
    filters=(REGION, Filter("state", "状态", "choice", options=tuple(CreditState.choices)), Filter("recorded", "记录日期", "dates", "recorded_on")),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="监护人姓名（从姓开始）或完整身份证号",
    actions=(
        RowAction(
            "object", "登记异议", object_to, permission=WRITE, confirm="异议处理期间不对外提供。", bulk=False,
            questions=(Question("objection", "异议理由", max=200),),
            is_open=lambda row: row.state == CreditState.RECORDED,
        ),
        RowAction(
            "settle", "处理异议", settle_objection, permission=WRITE, confirm="异议成立的撤销记录，不成立的维持。", bulk=False,
            questions=(Question("upheld", "异议成立", "yes_no"), Question("settled_why", "处理结论", max=200)),
            is_open=lambda row: row.state == CreditState.OBJECTED,
        ),
        RowAction(
            "repair", "信用修复", repair, permission=WRITE, confirm="已经改正、履行监护职责的，予以修复。", bulk=False,
            questions=(Question("settled_why", "修复理由", max=200),),
            is_open=lambda row: row.state == CreditState.RECORDED,
        ),
    ),
    details=(
        Block(
            "监护信用",
            (
                *CREDIT_FACTS,
                Column("objection", "异议理由"),
                Column("objected_on", "异议日期", "date"),
                Column("settled_why", "处理结论"),
                Column("settled_on", "处理日期", "date"),
            ),
        ),
    ),
)  # fmt: skip
