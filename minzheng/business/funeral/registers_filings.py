"""Eco-burials, bodies from elsewhere, agents, councils."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.urls import reverse

from minzheng.business.funeral.filings import (
    strike_agent,
)
from minzheng.business.funeral.models import (
    Agent,
    Council,
    EcoBurial,
    Transport,
)
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Column, Filter, Import, Register, RowAction, Search

READ, WRITE = "funeral.read", "funeral.write"


def persons(rows: Sequence[Any]) -> Iterable[int]:
    return {row.person_id for row in rows}


def both(rows: Sequence[Any]) -> Iterable[int]:
    return {key for row in rows for key in (row.person_id, row.family_id)}


ECO_BURIALS = Register(
    code="eco_burials",
    title="节地生态安葬",
    covers=("S-155",),
    model=EcoBurial,
    rows=lambda: EcoBurial.objects.select_related("person", "family", "case"),
    icon="flower",
    unit="例",
    help="海葬、树葬、花葬、草坪葬、深埋。家属在服务大厅或窗口申请（F2），一人核实、另一人核定，按发放批次打到家属账户。",
    read=READ,
    write=WRITE,
    persons=both,
    columns=(
        Column("person", "逝者", "name", "person__name"),
        Column("family", "领取家属", "name", "family__name"),
        Column("method", "方式", "choice"),
        Column("done_on", "安葬日期", "date", sortable=True),
        Column("proof_no", "安葬证明", "code"),
        Column("reward_fen", "奖补", "money"),
        Column("decided_on", "核定日期", "date"),
    ),
    filters=(
        Filter("method", "方式", "choice"),
        Filter("done", "安葬日期", "dates", "done_on"),
    ),
    search=(Search("person__name"), Search("proof_no", "exact")),
    search_hint="姓名（从姓开始）或证明编号",
    links=lambda one: [("打开办件", reverse("desk:case", args=[one.case.number]))],
)
TRANSPORTS = Register(
    code="body_transports",
    title="遗体异地运输接收",
    model=Transport,
    rows=lambda: Transport.objects.select_related("to_home", "case"),
    icon="route",
    unit="件",
    help="外地遗体运入本县，家属在服务大厅或窗口申请（F3），一日内开具接收证明。",
    read=READ,
    write=WRITE,
    persons=persons,
    columns=(
        Column("person_name", "逝者", "name"),
        Column("from_place", "运出地"),
        Column("to_home", "接收的殡仪馆", read=lambda one: one.to_home.name),
        Column("issued_on", "开具日期", "date", sortable=True),
    ),
    filters=(Filter("issued", "开具日期", "dates", "issued_on"),),
    search=(Search("person_name"),),
    search_hint="姓名（从姓开始）",
    links=lambda one: [("打开办件", reverse("desk:case", args=[one.case.number]))],
)
AGENTS = Register(
    code="funeral_agents",
    title="殡葬代理备案",
    model=Agent,
    rows=lambda: Agent.objects.select_related("organisation"),
    icon="briefcase",
    unit="家",
    help="提供殡葬代理服务的单位在服务大厅备案（F5），一年一次，期满前重新提交。",
    read=READ,
    write=WRITE,
    columns=(
        Column("organisation", "代理机构", "name", "organisation__name"),
        Column("services", "代理服务"),
        Column("filed_on", "备案日期", "date", sortable=True),
        Column("valid_until", "有效期至", "date"),
        Column("struck_reason", "注销原因", shown=False),
    ),
    filters=(Filter("until", "有效期至", "dates", "valid_until"),),
    search=(Search("organisation__name"),),
    search_hint="机构名称",
    actions=(
        RowAction(
            "strike",
            "注销",
            strike_agent,
            WRITE,
            "注销以后不能再代理。",
            questions=(Question("reason", "原因", "text", min=2, max=120),),
            is_open=lambda one: not one.struck_reason,
            danger=True,
            bulk=False,
        ),
    ),
)
COUNCILS = Register(
    code="custom_councils",
    title="红白理事会",
    covers=("S-160",),
    model=Council,
    icon="users-group",
    unit="个",
    help="一村一个。章程写明红白喜事怎样简办，报乡镇备案。",
    read=READ,
    write="register.write",
    columns=(
        Column("region", "村（社区）", "region"),
        Column("head_name", "会长", "name"),
        Column("members", "成员", "number"),
        Column("founded_on", "成立日期", "date", sortable=True),
        Column("charter_on", "章程通过", "date"),
        Column("limits", "宴席、礼金约定"),
        Column("filed_on", "备案日期", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("filed", "未备案", "yes_no", "filed_on__isnull"),
    ),
    search=(Search("head_name"),),
    search_hint="会长姓名",
    form=Form(
        (
            Section(
                "council",
                "红白理事会",
                (
                    Question("region", "村（社区）", "region"),
                    Question("head_name", "会长", "name"),
                    Question("members", "成员人数", "number", min=3, max=50),
                    Question("founded_on", "成立日期", "date", tense="past"),
                    Question("charter_on", "章程通过日期", "date", tense="past", required=False),
                    Question("limits", "宴席、礼金约定", "text", required=False, max=200),
                    Question("filed_on", "备案日期", "date", tense="past", required=False),
                ),
            ),
        )
    ),
    imports=Import(key=("region",), note="一村一个，同一个村（社区）视为同一行。"),
)
