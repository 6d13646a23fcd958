"""Rosters of child directors and supervisors; what is known of their checks and training; the log of 儿童之家."""

from __future__ import annotations

import datetime as dt

from django.db.models import Case, OuterRef, QuerySet, Subquery, When

from minzheng.business.children.actions import add_training, leave_post, log_opening, record_check
from minzheng.business.children.facilities import CHILD_HOME
from minzheng.business.children.models import Officer, OpeningDay, RecordCheck, Training
from minzheng.business.children.models.officers import Finding, Post
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, RowAction, Search

RIGHTS = {
    "read": "child.read",
    "write": "child.approve",
    "export": "child.approve",
    "reveal": "child.approve",
}


def roster() -> QuerySet[Officer]:
    """With the day until which the latest check clears; nothing where the latest found a record."""
    latest = RecordCheck.objects.filter(officer=OuterRef("pk")).order_by("-checked_on", "-pk")[:1]
    cleared = Case(When(finding=Finding.CLEAR, then="valid_until"), default=None)
    return Officer.objects.annotate(cleared_until=Subquery(latest.values_list(cleared)))


def checks_of(officer: Officer, on: dt.date) -> QuerySet[RecordCheck]:
    return officer.checks.order_by("-checked_on")


def trainings_of(officer: Officer, on: dt.date) -> QuerySet[Training]:
    return officer.trainings.order_by("-held_on")


def in_post(officer: Officer) -> bool:
    return officer.until is None


FACTS = (
    Column("name", "姓名", "name"),
    Column("post", "岗位", "choice"),
    Column("region", "所在村（社区）", "region"),
    Column("phone", "电话", "phone"),
    Column("since", "任职日期", "date", sortable=True),
    Column("until", "离任日期", "date", shown=False),
    Column("cleared_until", "查询有效期至", "date"),
    Column("subsidy_fen", "岗位补贴（每月）", "money"),
    Column("id_no", "身份证号", "id_no", shown=False),
    Column("remark", "备注", shown=False),
)
OFFICERS = Register(
    code="child_officers",
    title="儿童主任和督导员",
    covers=("S-123", "S-124"),
    model=Officer,
    rows=roster,
    icon="users",
    unit="人",
    help="村（社区）设儿童主任，乡镇（街道）设儿童督导员；每年查询违法犯罪记录，没有有效结果的不能指派。",
    **RIGHTS,
    name=str,
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("post", "岗位", "choice", options=tuple(Post.choices)),
        Filter("present", "在任", "yes_no", "until__isnull"),
        Filter("cleared", "查询有效期至", "dates", "cleared_until"),
        Filter("unchecked", "没有有效查询", "yes_no", "cleared_until__isnull"),
    ),
    search=(Search("name"), Search("id_no", "exact")),
    search_hint="姓名（从姓开始）或完整身份证号",
    form=Form(
        (
            Section(
                "officer",
                "儿童主任、督导员",
                (
                    Question("name", "姓名", "name"),
                    Question("id_no", "身份证号", "id_no"),
                    Question("phone", "电话", "phone"),
                    Question("post", "岗位", "choice", options=tuple(Post.choices)),
                    Question("region", "所在村（社区）", "region", hint="督导员选乡镇（街道）驻地的村或社区。"),
                    Question("since", "任职日期", "date", tense="past"),
                    Question("subsidy_fen", "岗位补贴（每月）", "money", required=False),
                    Question("remark", "备注", required=False, max=120),
                ),
            ),
        )
    ),
    imports=Import(key=("id_no", "region"), note="同一人在同一村只写一行。"),
    actions=(
        RowAction(
            "check", "登记违法犯罪记录查询", record_check, permission="child.approve",
            confirm="没有记录的一年有效；有记录的立即离任，名下儿童另行指派。",
            questions=(
                Question("checked_on", "查询日期", "date", tense="past"),
                Question("finding", "结果", "choice", options=tuple(Finding.choices)),
                Question("reply_no", "回函编号", max=60),
            ),
            is_open=in_post,
        ),
        RowAction(
            "training", "登记培训", add_training, permission="child.write", confirm="记入培训档案。",
            questions=(
                Question("held_on", "培训日期", "date", tense="past"),
                Question("subject", "内容", max=120),
                Question("hours", "学时", "number", min=1, max=200),
                Question("passed", "考核合格", "yes_no", required=False),
            ),
        ),
        RowAction(
            "leave", "离任", leave_post, permission="child.approve", confirm="名下儿童需要另行指派。",
            questions=(Question("until", "离任日期", "date"),), is_open=in_post, danger=True,
        ),
    ),
    details=(
        Block("任职", FACTS),
        Related(
            "违法犯罪记录查询",
            (
                Column("checked_on", "查询日期", "date"),
                Column("finding", "结果", "badge", tones={Finding.CLEAR: "ok", Finding.RECORD: "bad"}),
                Column("valid_until", "有效期至", "date"),
                Column("reply_no", "回函编号"),
            ),
            checks_of,
            empty="还没有查询过，不能接触儿童",
        ),
        Related(
            "培训",
            (
                Column("held_on", "日期", "date"),
                Column("subject", "内容"),
                Column("hours", "学时", "number"),
                Column("passed", "考核合格", "yes_no"),
            ),
            trainings_of,
            empty="还没有培训记录",
        ),
    ),
)  # fmt: skip


def openings_of(home: Facility, on: dt.date) -> QuerySet[OpeningDay]:
    return OpeningDay.objects.filter(home=home).order_by("-day")[:60]


def homes() -> QuerySet[Facility]:
    return Facility.objects.filter(kind=CHILD_HOME.code)


OPENING_FACTS = (
    Column("home", "儿童之家", "text", "home__name"),
    Column("region", "所在村（社区）", "region"),
    Column("day", "日期", "date", sortable=True),
    Column("hours", "开放小时", "number"),
    Column("children", "到场儿童", "number"),
    Column("activity", "活动内容"),
)
OPENINGS = Register(
    code="child_home_days",
    title="儿童之家开放记录",
    covers=("S-125",),
    model=OpeningDay,
    icon="calendar",
    unit="次",
    help="在儿童之家的设施页登记；只记人数，不记是哪些孩子。",
    write="child.write",
    columns=OPENING_FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("day", "日期", "dates", "day"),
    ),
    search=(Search("home__name", "contains"),),
    search_hint="儿童之家名称",
    details=(Block("开放记录", OPENING_FACTS),),
)

HOME_FACTS = (
    Column("name", "名称", "name"),
    Column("region", "所在村（社区）", "region"),
    Column("address", "地址"),
    Column("size", "规模", read=lambda home: home.size),
    Column("opened_on", "开办日期", "date", sortable=True),
    Column("state", "状态", "badge", tones={"open": "ok", "paused": "warn"}),
)
HOMES = Register(
    code="child_homes",
    title="儿童之家",
    covers=("S-125",),
    model=Facility,
    rows=homes,
    icon="home-heart",
    unit="处",
    help="在“设施”台账里登记，这里记开放情况。",
    read="child.read",
    write="child.write",
    export="child.approve",
    columns=HOME_FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("opened", "开办日期", "dates", "opened_on"),
    ),
    search=(Search("name", "contains"),),
    search_hint="名称",
    actions=(
        RowAction(
            "opening", "登记开放", log_opening, permission="child.write", confirm="一天记一次。", bulk=False,
            questions=(
                Question("day", "日期", "date", tense="past"),
                Question("hours", "开放几个小时", "number", min=1, max=24),
                Question("children", "来了多少孩子", "number", min=0, max=500),
                Question("activity", "做了什么", max=120),
            ),
        ),
    ),
    details=(Block("儿童之家", HOME_FACTS), Related("开放记录", OPENING_FACTS[2:], openings_of, empty="还没有开放记录")),
)  # fmt: skip
