"""Mutual-aid points with their helpers, rota and activities; the network of county, township and village."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, Max, Q, QuerySet

from minzheng.business.elderly.mutual.actions import (
    add_activity,
    add_helper,
    helper_leaves,
    keep_turn,
    plan_turns,
)
from minzheng.business.elderly.mutual.models import Duty, MutualActivity, MutualHelper
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search

KIND = "mutual_aid"


def points() -> QuerySet[Facility]:
    return Facility.objects.filter(kind=KIND).annotate(
        helper_count=Count("mutual_helpers", filter=Q(mutual_helpers__until=None), distinct=True),
        activity_count=Count("mutual_activities", distinct=True),
        last_activity=Max("mutual_activities__on"),
    )


def is_open(point: Facility) -> bool:
    return point.closed_on is None


def rota(point: Facility, on: dt.date) -> Any:
    turns = Duty.objects.filter(helper__facility=point, on__gte=on - dt.timedelta(days=7))
    return turns.select_related("helper").order_by("on")[:40]


FACTS = (
    Column("name", "互助点", "name"),
    Column("region", "所在村（社区）", "region"),
    Column("helper_count", "互助员", "number"),
    Column("activity_count", "活动", "number"),
    Column("last_activity", "最近活动", "date"),
    Column("opened_on", "开办", "date"),
    Column("closed_on", "关闭", "date", shown=False),
)
POINTS = Register(
    code="mutual-points",
    title="农村互助养老点",
    covers=("S-104",),
    model=Facility,
    rows=points,
    icon="home",
    unit="处",
    help="互助点在设施台账开办；互助员、值班和活动在这里登记。",
    columns=FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("open", "开着", "yes_no", "closed_on__isnull"),
    ),
    search=(Search("name", "contains"),),
    search_hint="互助点名称",
    actions=(
        RowAction(
            "helper",
            "登记互助员",
            add_helper,
            "register.write",
            "登记后可以排值班。",
            questions=(
                Question("name", "姓名", "name"),
                Question("phone", "联系电话", "phone", required=False),
                Question("helps", "结对帮扶几位老人", "number", min=0, max=50, required=False, unit="人"),
            ),
            is_open=is_open,
            bulk=False,
        ),
        RowAction(
            "rota",
            "排值班",
            plan_turns,
            "register.write",
            "互助员每天一人，轮流值班；已经排好的日子不动。",
            questions=(
                Question("first", "从哪天", "date", tense="future"),
                Question("last", "到哪天", "date", tense="future"),
            ),
            is_open=is_open,
            bulk=False,
        ),
        RowAction(
            "activity",
            "登记活动",
            add_activity,
            "register.write",
            "写明哪天、做了什么、来了多少老人。",
            questions=(
                Question("on", "日期", "date", tense="past"),
                Question("kind", "种类", "choice", options=tuple(MutualActivity.Kind.choices)),
                Question("title", "做了什么", min=2, max=100),
                Question("attended", "参加老人", "number", min=1, max=2000, unit="人"),
            ),
            is_open=is_open,
            bulk=False,
        ),
    ),
    details=(
        Block(
            "互助点", (*FACTS, Column("address", "地址"), Column("phone_public", "对外电话", "text", "phone"))
        ),
        Related(
            "互助员",
            (
                Column("name", "姓名", "name"),
                Column("helps", "结对（人）", "number"),
                Column("since", "开始", "date"),
                Column("until", "退出", "date"),
            ),
            lambda point, on: point.mutual_helpers.order_by("until", "id"),
            register="mutual-helpers",
            empty="还没有互助员",
        ),
        Related(
            "值班",
            (
                Column("on", "日期", "date"),
                Column("helper", "互助员", "name", "helper__name"),
                Column("kept", "到岗", "yes_no"),
                Column("seen", "看望（人）", "number"),
            ),
            rota,
            register="mutual-duties",
            empty="还没有排班",
        ),
        Related(
            "活动",
            (
                Column("on", "日期", "date"),
                Column("kind", "种类", "choice"),
                Column("title", "做了什么"),
                Column("attended", "参加（人）", "number"),
            ),
            lambda point, on: point.mutual_activities.order_by("-on")[:40],
            empty="还没有活动",
        ),
    ),
)
HELPERS = Register(
    code="mutual-helpers",
    title="互助员",
    covers=("S-104",),
    model=MutualHelper,
    icon="users",
    unit="人",
    columns=(
        Column("name", "姓名", "name"),
        Column("facility", "互助点", path="facility__name"),
        Column("region", "所在村（社区）", "region"),
        Column("phone", "联系电话", "phone"),
        Column("helps", "结对（人）", "number"),
        Column("since", "开始", "date", sortable=True),
        Column("until", "退出", "date"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("here", "在岗", "yes_no", "until__isnull"),
    ),
    search=(Search("name"), Search("facility__name")),
    search_hint="姓名或互助点（从第一个字开始）",
    actions=(
        RowAction(
            "leave", "登记退出", helper_leaves, "register.write", "今天起不再值班，已排的班撤下。",
            is_open=lambda one: one.until is None,
        ),
    ),
)  # fmt: skip
DUTIES = Register(
    code="mutual-duties",
    title="互助值班",
    covers=("S-104",),
    model=Duty,
    icon="calendar-event",
    unit="班",
    name=lambda duty: f"{duty.helper.name} {duty.on:%m月%d日}",
    columns=(
        Column("on", "日期", "date", sortable=True),
        Column("helper", "互助员", "name", "helper__name"),
        Column("facility", "互助点", path="helper__facility__name"),
        Column("region", "所在村（社区）", "region"),
        Column("kept", "到岗", "yes_no"),
        Column("seen", "看望（人）", "number"),
    ),
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("on", "日期", "dates", "on"),
        Filter("kept", "到岗", "yes_no", "kept"),
    ),
    search=(Search("helper__name"), Search("helper__facility__name")),
    search_hint="互助员或互助点（从第一个字开始）",
    actions=(
        RowAction(
            "keep",
            "登记值班情况",
            keep_turn,
            "register.write",
            "值班以后登记，没有到岗的也如实登记。",
            questions=(
                Question("kept", "到岗了吗？", "yes_no"),
                Question("seen", "看望了几位老人", "number", min=0, max=200, required=False, unit="人"),
            ),
        ),
    ),
)
