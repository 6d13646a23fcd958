"""Harm and temporary guardianship: registers of the protection centre, for nobody else."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from minzheng.business.children.actions_protection import (
    check_health,
    close_report,
    follow_up,
    leave_care,
    search_family,
    to_long_term,
    told_police,
)
from minzheng.business.children.from_rescue import take_over
from minzheng.business.children.models import HarmReport, Intake
from minzheng.business.children.models.protection import CareState, Reason, ReportState
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.people.models import Sex
from minzheng.foundation.registers import Block, Column, Filter, Register, RowAction, Search

WRITE = "protection.write"
RIGHTS: dict[str, Any] = {"read": "protection.read", "write": WRITE, "export": WRITE, "reveal": WRITE}
REGION = Filter("region", "所在地", "region", "region_id")


def has_left(intake: Intake) -> bool:
    return intake.state == CareState.LEFT and intake.follow_up_on is None


def is_expected(intake: Intake) -> bool:
    return intake.state == CareState.EXPECTED


def in_care(intake: Intake) -> bool:
    return intake.state == CareState.IN_CARE


INTAKE_FACTS = (
    Column("name", "姓名或代称", "name"),
    Column(
        "state",
        "状态",
        "badge",
        tones={
            CareState.EXPECTED: "bad",
            CareState.IN_CARE: "warn",
            CareState.LEFT: "ok",
            CareState.LONG_TERM: "info",
        },
    ),
    Column("number", "编号", "code"),
    Column("arrived_on", "入站日期", "date", sortable=True),
    Column("reason", "收留原因", "choice"),
    Column("region", "接收地", "region"),
    Column("health_on", "健康检查", "date", shown=False),
    Column("follow_up_on", "回访", "date", shown=False),
)
INTAKE_MORE = (
    Column("sex", "性别", "choice"),
    Column("age", "年龄（约）", "number"),
    Column("features", "体貌和随身物品"),
    Column("brought_by", "护送单位"),
    Column("hand_over_no", "移交文书"),
    Column("stay_no", "救助编号"),
    Column("staff", "接收人", "name"),
    Column("staff_two", "第二名接收人", "name"),
    Column("health", "健康检查结果"),
    Column("police_on", "通报公安查找", "date"),
    Column("dna_on", "采集DNA", "date"),
    Column("notice_on", "发布寻亲公告", "date"),
    Column("left_on", "离站日期", "date"),
    Column("left_to", "接走人（单位）"),
    Column("left_relation", "与孩子关系"),
    Column("follow_up", "回访情况"),
)
INTAKES = Register(
    code="child_intakes",
    title="临时监护",
    covers=("S-121",),
    model=Intake,
    icon="shield",
    unit="人",
    help="入站两人接收、健康检查、查找身份，离站发证明，30日内回访；超过3个月身份不明的转长期监护。",
    **RIGHTS,
    name=str,
    columns=INTAKE_FACTS,
    filters=(
        REGION,
        Filter("state", "状态", "choice", options=tuple(CareState.choices)),
        Filter("reason", "收留原因", "choice", options=tuple(Reason.choices)),
        Filter("arrived", "入站日期", "dates", "arrived_on"),
    ),
    search=(Search("number", "code"), Search("name")),
    search_hint="编号，或姓名（从姓开始）",
    form=Form(
        (
            Section(
                "child",
                "未成年人",
                (
                    Question("name", "姓名或代称", "text", hint="不知道姓名的，写代称，如“小星”。", max=60),
                    Question("id_no", "身份证号", "id_no", required=False),
                    Question("sex", "性别", "choice", options=tuple(Sex.choices)),
                    Question("age", "年龄（约）", "number", min=0, max=17, required=False),
                    Question("features", "体貌和随身物品", "long_text", min=2, max=1000),
                ),
            ),
            Section(
                "arrival",
                "入站",
                (
                    Question("reason", "收留原因", "choice", options=tuple(Reason.choices)),
                    Question("region", "接收地", "region"),
                    Question("arrived_on", "入站日期", "date", tense="past"),
                    Question("brought_by", "护送单位", hint="公安机关、乡镇（街道）、群众。", max=60),
                    Question("hand_over_no", "移交文书", hint="文号；群众护送的写“无”并报公安。", max=60),
                    Question("staff", "接收人", "name"),
                    Question("staff_two", "第二名接收人", "name"),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "take_over", "从救助站接收", take_over, permission=WRITE,
            confirm="救助站的床位随之空出，两边的档案互相注明编号；接收以后马上做健康检查。",
            questions=(
                Question("name", "姓名或代称", "text", max=60),
                Question("features", "体貌和随身物品", "long_text", min=2, max=1000),
                Question("staff", "接收人", "name"),
                Question("staff_two", "第二名接收人", "name"),
            ),
            is_open=is_expected, bulk=False,
        ),
        RowAction(
            "health", "登记健康检查", check_health, permission=WRITE, confirm="入站后立即检查。",
            questions=(
                Question("health_on", "检查日期", "date", tense="past"),
                Question("health", "检查结果", "long_text", min=2, max=1000),
            ),
            is_open=in_care, bulk=False,
        ),
        RowAction(
            "search", "登记查找身份和父母", search_family, permission=WRITE, confirm="没有做的留空。",
            questions=(
                Question("police_on", "通报公安日期", "date", tense="past", required=False),
                Question("dna_on", "采集DNA日期", "date", tense="past", required=False),
                Question("notice_on", "发布寻亲公告日期", "date", tense="past", required=False),
                Question("name", "查明的姓名", "text", required=False, max=60),
            ),
            is_open=in_care, bulk=False,
        ),
        RowAction(
            "leave", "登记离站", leave_care, permission=WRITE, confirm="可以打印离站证明；30日内回访。",
            questions=(
                Question("left_to", "接走人（单位）", max=60),
                Question("left_relation", "与孩子关系", max=20),
            ),
            is_open=in_care, bulk=False,
        ),
        RowAction(
            "follow_up", "登记离站回访", follow_up, permission=WRITE, confirm="回访任务随之办结。",
            questions=(
                Question("follow_up_on", "回访日期", "date", tense="past"),
                Question("follow_up", "回访情况", "long_text", min=2, max=1000),
            ),
            is_open=has_left, bulk=False,
        ),
        RowAction(
            "long_term", "转长期监护", to_long_term, permission=WRITE, confirm="由儿童福利机构长期监护。",
            questions=(Question("left_to", "儿童福利机构", max=60),), is_open=in_care, danger=True, bulk=False,
        ),
    ),
    links=lambda intake: [("打印离站证明", reverse("desk:children:leaving", args=[intake.pk]))] if intake.left_on else [],
    details=(Block("临时监护", (*INTAKE_FACTS, *INTAKE_MORE)),),
)  # fmt: skip

HARM_FACTS = (
    Column("found_on", "发现日期", "date", sortable=True),
    Column("region", "所在村（社区）", "region"),
    Column("file", "孩子", "name", "file__name"),
    Column("source", "来源"),
    Column(
        "state",
        "状态",
        "badge",
        tones={ReportState.NEW: "bad", ReportState.POLICE: "warn", ReportState.CLOSED: "ok"},
    ),
    Column("police_on", "报告公安", "date"),
    Column("police_no", "接警回执", "code", shown=False),
    Column("closed_on", "办结日期", "date", shown=False),
)
HARM = Register(
    code="child_harm",
    title="侵害线索",
    covers=("S-119", "S-121"),
    model=HarmReport,
    icon="alert-triangle",
    unit="条",
    help="强制报告的线索，只有未成年人保护机构看得到。",
    **RIGHTS,
    name=str,
    persons=lambda rows: {row.file.person_id for row in rows if row.file and row.file.person_id},
    columns=HARM_FACTS,
    filters=(
        REGION,
        Filter("state", "状态", "choice", options=tuple(ReportState.choices)),
        Filter("found", "发现日期", "dates", "found_on"),
    ),
    search=(Search("file__name"), Search("police_no", "exact")),
    search_hint="孩子姓名（从姓开始）或接警回执号",
    form=Form(
        (
            Section(
                "report",
                "侵害线索",
                (
                    Question("region", "孩子所在村（社区）", "region"),
                    Question("found_on", "发现日期", "date", tense="past"),
                    Question("source", "谁报告的", hint="学校、医院、村（居）委会、群众、热线。", max=40),
                    Question("story", "发现的情况", "long_text", min=4),
                ),
            ),
        )
    ),
    actions=(
        RowAction(
            "police", "登记报告公安", told_police, permission=WRITE, confirm="登记接警回执，处置任务随之办结。",
            questions=(
                Question("police_on", "报告日期", "date", tense="past"),
                Question("police_no", "接警回执", max=60),
            ),
            is_open=lambda row: row.state == ReportState.NEW, bulk=False,
        ),
        RowAction(
            "close", "办结", close_report, permission=WRITE, confirm="办结以后不能再改。",
            questions=(Question("result", "处置结果", "long_text", min=2),),
            is_open=lambda row: row.state == ReportState.POLICE, bulk=False,
        ),
    ),
    details=(Block("侵害线索", (*HARM_FACTS, Column("story", "发现的情况"), Column("result", "处置结果"))),),
)  # fmt: skip
