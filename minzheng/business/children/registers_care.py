"""Visits to children, for those who oversee them; the ledger of activities for left-behind women."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.business.children.models.women import KINDS, WomenActivity
from minzheng.business.children.tasks import CHECK, FILE, VISIT
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.registers import Block, Column, Filter, Import, Register, Related, RowAction, Search
from minzheng.foundation.tasks.actions import extend_task, hand_over_task
from minzheng.foundation.tasks.lists import with_overdue
from minzheng.foundation.tasks.models import Escalated, State, Task
from minzheng.foundation.tasks.registers import TONES

OURS = (VISIT, FILE, CHECK)
TITLES = tuple((kind.code, kind.title) for kind in OURS)


def our_tasks() -> QuerySet[Task]:
    found = Task.objects.filter(kind__in=[kind.code for kind in OURS])
    return with_overdue(found.select_related("person", "region", "office", "holder"), dt.date.today())


def people_of(tasks: Sequence[Task]) -> Iterable[int]:
    return {task.person_id for task in tasks if task.person_id}


def outcome(task: Task) -> str:
    known = task.declared.outcome(task.outcome)
    return known.title if known else ""


TASK_FACTS = (
    Column("kind", "任务", "choice", options=TITLES),
    Column("person", "孩子", "name", "person__name"),
    Column("office", "承办村（乡镇）", "region"),
    Column("reason", "原因"),
    Column("due_on", "截止日期", "date", sortable=True),
    Column("state", "状态", "badge", tones=TONES),
    Column("holder", "承办人", "name", "holder__display_name"),
    Column("outcome", "结果", read=outcome),
    Column("escalated_to", "上报", "choice", shown=False),
)
VISITS = Register(
    code="child_visits",
    title="儿童走访和任务",
    covers=("S-118",),
    model=Task,
    rows=our_tasks,
    icon="route",
    unit="项",
    help="走访、核准、查询任务；走访人在手机“走访”里登记，到期没有走访的逐级上报。",
    region="office_id",
    read="child.read",
    write="child.write",
    export="child.export",
    name=lambda task: task.title,
    persons=people_of,
    columns=TASK_FACTS,
    filters=(
        Filter("office", "承办地", "region", "office_id"),
        Filter("kind", "任务", "choice", options=TITLES),
        Filter("state", "状态", "choice", options=tuple(State.choices)),
        Filter("overdue", "已超期", "yes_no", "overdue"),
        Filter("escalated", "上报", "choice", "escalated_to", options=tuple(Escalated.choices)),
        Filter("due", "截止日期", "dates", "due_on"),
    ),
    search=(Search("person__name"),),
    search_hint="孩子姓名（从姓开始）",
    actions=(
        RowAction(
            "hand_over", "转交", hand_over_task, permission="task.oversee", confirm="由这位同志承办。",
            questions=(Question("to", "转交给（姓名或登录名）"), Question("reason", "说明", required=False)),
            is_open=lambda task: task.is_to_do,
        ),
        RowAction(
            "extend", "延长时限", extend_task, permission="task.oversee", confirm="写明理由，留痕备查。",
            questions=(Question("days", "延长几日", "number", min=1, max=60), Question("reason", "理由", min=2)),
            is_open=lambda task: task.is_to_do,
        ),
    ),
    details=(Block("任务", TASK_FACTS),),
)  # fmt: skip


def same_place(activity: WomenActivity, on: dt.date) -> QuerySet[WomenActivity]:
    """What this village did in the same year: whether all five were done."""
    year = activity.held_on.year
    return WomenActivity.objects.filter(region=activity.region, held_on__year=year).order_by("held_on")


WOMEN_FACTS = (
    Column("kind", "哪一项", "choice", options=KINDS),
    Column("region", "所在村（社区）", "region"),
    Column("held_on", "日期", "date", sortable=True),
    Column("persons", "参加人数", "number"),
    Column("content", "内容"),
)
WOMEN = Register(
    code="women_activities",
    title="留守妇女“五个一”",
    covers=("S-129",),
    model=WomenActivity,
    icon="users",
    unit="次",
    help="只记活动和人数，不记姓名。五项内容由当地定（默认见 five_ones.yaml）。",
    columns=WOMEN_FACTS,
    filters=(
        Filter("region", "所在地", "region", "region_id"),
        Filter("kind", "哪一项", "choice", options=KINDS),
        Filter("held", "日期", "dates", "held_on"),
    ),
    search=(Search("content", "contains"),),
    search_hint="内容",
    form=Form(
        (
            Section(
                "activity",
                "活动",
                (
                    Question("kind", "哪一项", "choice", options=KINDS),
                    Question("region", "所在村（社区）", "region"),
                    Question("held_on", "日期", "date", tense="past"),
                    Question("persons", "参加人数", "number", min=0, max=5000),
                    Question("content", "做了什么", max=200),
                ),
            ),
        )
    ),
    imports=Import(key=("region", "kind", "held_on"), note="同村同项同日的视为同一次。"),
    details=(
        Block("活动", WOMEN_FACTS),
        Related("本村当年的活动", WOMEN_FACTS[:1] + WOMEN_FACTS[2:], same_place),
    ),
)
