"""Files of children and the agreements with their carers, as registers: read by child officers only."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.business.children.actions import (
    approve_file,
    assign_officer,
    close_file,
    end_agreement,
    set_risk,
    sign_agreement,
)
from minzheng.business.children.actions_protection import record_credit, report_by_hand
from minzheng.business.children.gaps.actions import record_gap
from minzheng.business.children.gaps.models import ServiceGap
from minzheng.business.children.gaps.register import FACTS as GAP_FACTS
from minzheng.business.children.gaps.register import KIND, NOTE
from minzheng.business.children.models import CareAgreement, ChildFile
from minzheng.business.children.models.files import FileState, Group, Risk, link_person
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, RowAction, Search
from minzheng.foundation.tasks.models import Task

STATES = {FileState.DRAFT: "warn", FileState.KEPT: "ok", FileState.CLOSED: "neutral"}
RISKS = {Risk.HIGH: "bad", Risk.MEDIUM: "warn", Risk.LOW: "ok"}
RIGHTS: dict[str, Any] = {"read": "child.read", "export": "child.export", "reveal": "child.read"}


def is_draft(file: ChildFile) -> bool:
    return file.state == FileState.DRAFT


def is_kept(file: ChildFile) -> bool:
    return file.state == FileState.KEPT


def is_open(file: ChildFile) -> bool:
    return file.state != FileState.CLOSED


def people_of(files: Sequence[ChildFile]) -> Iterable[int]:
    return {file.person_id for file in files if file.person_id}


def agreements_of(file: ChildFile, on: dt.date) -> QuerySet[CareAgreement]:
    return file.agreements.order_by("-signed_on")


def gaps_of(file: ChildFile, on: dt.date) -> QuerySet[ServiceGap]:
    return file.gaps.order_by("-found_on", "-pk")


def visits_to(file: ChildFile, on: dt.date) -> QuerySet[Task]:
    return Task.objects.filter(kind="children.visit", origin__startswith=f"child_visit:{file.pk}:").order_by(
        "-due_on"
    )


FACTS = (
    Column("name", "姓名", "name"),
    Column("id_no", "身份证号", "id_no"),
    Column("region", "所在村（社区）", "region"),
    Column("group", "类别", "choice"),
    Column("risk", "风险", "badge", tones=RISKS),
    Column("state", "状态", "badge", tones=STATES),
    Column("officer", "责任儿童主任", "name", "officer__name"),
    Column("last_visit_on", "最近走访", "date"),
)
MORE = (
    Column("school", "就读学校", shown=False),
    Column("parents", "父母情况", shown=False),
    Column("carer_name", "实际照护人", "name", shown=False),
    Column("carer_relation", "与孩子关系", shown=False),
    Column("carer_phone", "照护人电话", "phone", shown=False),
    Column("risk_reason", "评估理由", shown=False),
    Column("interviewed_on", "入户日期", "date", shown=False),
    Column("approved_on", "核准日期", "date", shown=False),
    Column("closed_on", "销册日期", "date", shown=False),
    Column("close_reason", "销册原因", shown=False),
)
AGREEMENT_FACTS = (
    Column("child", "孩子", "name", "file__name"),
    Column("region", "所在村（社区）", "region"),
    Column("parent_name", "委托人", "name"),
    Column("carer_name", "被委托人", "name"),
    Column("carer_relation", "与孩子关系"),
    Column("signed_on", "签订日期", "date", sortable=True),
    Column("until", "到期日期", "date", sortable=True),
    Column("ended_on", "提前终止", "date"),
    Column("parent_phone", "委托人电话", "phone", shown=False),
    Column("carer_id_no", "被委托人身份证号", "id_no", shown=False),
)
FORM = Form(
    (
        Section(
            "child",
            "孩子",
            (
                Question("name", "姓名", "name"),
                Question("id_no", "身份证号", "id_no"),
                Question("region", "所在村（社区）", "region"),
                Question("group", "类别", "choice", options=tuple(Group.choices)),
                Question("school", "就读学校", required=False, max=60),
                Question(
                    "parents", "父母在哪里、做什么", required=False, hint="如：父母均在东莞务工。", max=120
                ),
            ),
        ),
        Section(
            "carer",
            "照护人和风险",
            (
                Question("carer_name", "现在由谁照顾", "name"),
                Question("carer_relation", "与孩子的关系", max=20),
                Question("carer_phone", "照护人电话", "phone", required=False),
                Question("interviewed_on", "入户日期", "date", tense="past"),
                Question("risk", "风险等级", "choice", options=tuple(Risk.choices)),
                Question(
                    "risk_reason", "为什么定这一级", hint="按监护、身体、心理、上学、居住安全说明。", max=200
                ),
            ),
        ),
    )
)
AGREEMENT = (
    Question("parent_name", "委托人（父或母）", "name"),
    Question("parent_phone", "委托人电话", "phone"),
    Question("carer_name", "被委托人", "name"),
    Question("carer_id_no", "被委托人身份证号", "id_no"),
    Question("carer_relation", "被委托人与孩子的关系", max=20),
    Question("signed_on", "签订日期", "date", tense="past"),
    Question("until", "到期日期", "date"),
    Question("child_consents", "已听取孩子的意见", "agree"),
)
CREDIT = (
    Question("name", "监护人姓名", "name"),
    Question("id_no", "监护人身份证号", "id_no"),
    Question("conduct", "失信行为", hint="如：多次拒不履行监护职责，经劝诫不改。", max=120),
    Question("basis", "依据文书", hint="判决书、告诫书、处罚决定的文号。", max=80),
)

FILES = Register(
    code="child_files",
    title="儿童档案",
    covers=("S-118",),
    model=ChildFile,
    icon="heart-handshake",
    unit="份",
    help="村里起草，乡镇核准，按风险等级定期走访。档案只有儿童主任、督导员和保护机构看得到。",
    write="child.draft",
    **RIGHTS,
    name=lambda file: f"{file.name}的档案",
    persons=people_of,
    columns=(*FACTS, *MORE),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("group", "类别", "choice", options=tuple(Group.choices)),
        Filter("risk", "风险", "choice", options=tuple(Risk.choices)),
        Filter("state", "状态", "choice", options=tuple(FileState.choices)),
        Filter("visited", "最近走访", "dates", "last_visit_on"),
        Filter("free", "还没有责任儿童主任", "yes_no", "officer__isnull"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    form=FORM,
    imports=Import(key=("id_no",), note="导入的档案是草稿，要由乡镇核准。", ready=link_person),
    actions=(
        RowAction(
            "approve", "核准", approve_file, permission="child.approve",
            confirm="核准后列入在册，按风险等级派发走访任务。", is_open=is_draft,
        ),
        RowAction(
            "assign", "指派儿童主任", assign_officer, permission="child.approve",
            confirm="由这位儿童主任负责走访；没有有效查询结果的不能指派。",
            questions=(Question("name", "儿童主任姓名", "name"),), is_open=is_open,
        ),
        RowAction(
            "risk", "调整风险等级", set_risk, permission="child.approve",
            confirm="按新的间隔走访，已派未走的走访重新派发。",
            questions=(
                Question("risk", "风险等级", "choice", options=tuple(Risk.choices)),
                Question("risk_reason", "理由", max=200),
            ),
            is_open=is_kept,
        ),
        RowAction(
            "agreement", "登记委托照护协议", sign_agreement, permission="child.write",
            confirm="登记以后可以打印告知书，交父母、照护人各一份。", questions=AGREEMENT, is_open=is_open, bulk=False,
        ),
        RowAction(
            "gap", "登记服务缺口", record_gap, permission="child.write", confirm="在“服务缺口”里安排、提供、确认。",
            questions=(KIND, NOTE), is_open=is_kept, bulk=False,
        ),
        RowAction(
            "report", "强制报告", report_by_hand, permission="child.write",
            confirm="马上报县未成年人保护机构；紧急的先拨打110。所写内容加密保存，只有保护机构能看。",
            questions=(Question("story", "发现了什么？", "long_text", min=4),), danger=True, bulk=False,
        ),
        RowAction(
            "credit", "记入监护信用", record_credit, permission="protection.write",
            confirm="有生效文书的才记；本人可以提出异议，改正后可以修复。", questions=CREDIT, danger=True, bulk=False,
        ),
        RowAction(
            "close", "销册", close_file, permission="child.approve", confirm="不再走访；档案保留，不删除。",
            questions=(Question("close_reason", "原因", hint="如：父母返乡、成年、迁出。", max=120),),
            is_open=is_open, danger=True,
        ),
    ),
    details=(
        Block("档案", (*FACTS, *MORE)),
        Related("服务缺口", GAP_FACTS[2:7], gaps_of, register="child_gaps", empty="没有登记的缺口"),
        Related("委托照护协议", AGREEMENT_FACTS[2:], agreements_of, register="child_agreements", empty="没有签订"),
        Related(
            "走访",
            (
                Column("due_on", "应走访", "date"),
                Column("state", "状态", "choice"),
                Column("done_at", "走访时间", "moment"),
                Column("result", "结果", read=lambda task: getattr(task.declared.outcome(task.outcome), "title", "")),
            ),
            visits_to,
            empty="还没有走访",
        ),
    ),
)  # fmt: skip
AGREEMENTS = Register(
    code="child_agreements",
    title="委托照护协议",
    covers=("S-118",),
    model=CareAgreement,
    icon="file-text",
    unit="份",
    help="在儿童档案里登记；到期前请督促续签。",
    write="child.write",
    **RIGHTS,
    persons=lambda rows: people_of([row.file for row in rows]),
    columns=AGREEMENT_FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("until", "到期日期", "dates"),
        Filter("running", "没有提前终止", "yes_no", "ended_on__isnull"),
    ),
    search=(Search("carer_name"), Search("parent_name"), Search("file__name")),
    search_hint="孩子、委托人或被委托人姓名（从姓开始）",
    actions=(
        RowAction(
            "end", "提前终止", end_agreement, permission="child.write",
            confirm="协议终止；换人照护的另行登记。", is_open=lambda row: row.ended_on is None, danger=True,
        ),
    ),
    links=lambda row: [("打印协议", reverse("desk:children:agreement", args=[row.pk]))],
    details=(Block("委托照护协议", AGREEMENT_FACTS),),
)  # fmt: skip
