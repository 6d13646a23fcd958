"""任务 as a list to steer by: what is open where, who has it, what is late; hand over many at once."""

from __future__ import annotations

import datetime as dt

from django.db.models import QuerySet

from minzheng.foundation.forms import Question
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, RowAction, Search
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.actions import (
    close_task,
    confirm_task,
    extend_task,
    hand_over_task,
    return_task,
    send_back_task,
    take_task,
)
from minzheng.foundation.tasks.lists import OFFICE, common_kinds, people_of, visits_of, with_overdue
from minzheng.foundation.tasks.models import Escalated, State, Task
from minzheng.foundation.tasks.words import TaskKind

TONES = {
    State.OPEN: "warn",
    State.TAKEN: "info",
    State.REPORTED: "info",
    State.DONE: "ok",
    State.WITHDRAWN: "neutral",
}
REASON = Question("reason", "理由", "long_text", min=2, max=200)


def tasks() -> QuerySet[Task]:
    found = Task.objects.select_related("household__head", "person", "region", "office", "holder", "done_by")
    return with_overdue(found.filter(kind__in=common_kinds()), dt.date.today())


def who(task: Task) -> str:
    """The person, the head of the household, or what else it is about."""
    if task.person is not None:
        return task.person.name
    return task.household.head.name if task.household is not None else task.subject


def outcome(task: Task) -> str:
    known = task.declared.outcome(task.outcome) if task.kind in shelf(TaskKind) else None
    return known.title if known else task.outcome


def kinds() -> tuple[tuple[str, str], ...]:
    return tuple((kind.code, kind.title) for kind in shelf(TaskKind) if kind.reads == "task.read")


TASKS = Register(
    code="tasks",
    title="任务",
    model=Task,
    icon="checklist",
    unit="项",
    help="谁在哪一天前去办什么。超期未办的逐级上报；办结的结果会回到派发它的业务。",
    rows=tasks,
    region=OFFICE,
    read="task.read",
    write="task.oversee",
    name=lambda task: task.title,
    persons=people_of,
    columns=(
        Column("title", "任务", "name"),
        Column("who", "对象", read=who),
        Column("region", "所在地", "region"),
        Column("due_on", "截止", "date", sortable=True),
        Column("state", "状态", "badge", tones=TONES),
        Column("holder", "承办人", read=lambda task: str(task.holder or "")),
        Column("escalated_to", "上报", "choice"),
        Column("contacts", "未联系上（次）", "number", shown=False),
        Column("outcome", "结果", read=outcome, shown=False),
        Column("opened_on", "派发", "date", shown=False),
        Column("office", "承办单位", "region", shown=False),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("kind", "种类", "choice", options=kinds),
        Filter("overdue", "超期", "yes_no"),
        Filter("escalated", "上报", "choice", "escalated_to", options=tuple(Escalated.choices)[1:]),
        Filter("unheld", "没有人领取", "yes_no", "holder__isnull"),
        Filter("region", "所在地", "region", OFFICE),
        Filter("due", "截止", "dates", "due_on"),
    ),
    search=(Search("household__head__name"), Search("person__name"), Search("holder__display_name"), Search("title")),
    search_hint="对象、承办人的姓名（从姓开始）或任务名称",
    actions=(
        RowAction(
            "take", "领取", take_task, "task.handle", "领取以后由您承办，同事的清单里不再出现。",
            is_open=lambda task: task.state == State.OPEN,
        ),
        RowAction(
            "hand_over", "转交", hand_over_task, "task.oversee", "交给另一位同事承办。",
            questions=(
                Question("to", "交给谁", "text", hint="同事的姓名；有同名的写登录名。", max=60),
                Question("reason", "说明", "long_text", required=False, max=200),
            ),
            is_open=lambda task: task.is_to_do,
        ),
        RowAction(
            "return", "退回", return_task, "task.handle", "退回承办单位，由别人领取。",
            questions=(REASON,),
            is_open=lambda task: task.state == State.TAKEN,
        ),
        RowAction(
            "extend", "延长时限", extend_task, "task.oversee", "截止日往后推；谁延长的、为什么，都留有记录。",
            questions=(Question("days", "延长几天", "number", min=1, max=60, unit="天"), REASON),
            is_open=lambda task: task.is_to_do,
        ),
        RowAction(
            "confirm", "复核通过", confirm_task, "task.oversee", "结果由您复核，任务办结。",
            is_open=lambda task: task.state == State.REPORTED,
        ),
        RowAction(
            "send_back", "退回重访", send_back_task, "task.oversee", "请走访人再去一次；原来的记录保留。",
            questions=(REASON,),
            is_open=lambda task: task.state == State.REPORTED,
        ),
        RowAction(
            "close", "不走访办结", close_task, "task.oversee", "不再派人走访，直接办结。请写明怎样核实的。",
            questions=(REASON,),
            is_open=lambda task: task.is_to_do,
            danger=True,
        ),
    ),
    details=(
        Block(
            "任务",
            (
                Column("title", "任务", "name"),
                Column("reason", "原因"),
                Column("who", "对象", read=who),
                Column("region", "所在地", "region"),
                Column("office", "承办单位", "region"),
                Column("state", "状态", "badge", tones=TONES),
                Column("holder", "承办人", read=lambda task: str(task.holder or "")),
                Column("opened_on", "派发日期", "date"),
                Column("due_on", "截止日期", "date"),
                Column("escalated_to", "上报", "choice"),
                Column("contacts", "未联系上（次）", "number"),
                Column("outcome", "结果", read=outcome),
                Column("note", "说明"),
                Column("done_by", "办结人", read=lambda task: str(task.done_by or "")),
                Column("done_at", "办结时间", "moment"),
            ),
        ),
        Related(
            "走访记录",
            (
                Column("made_at", "时间", "moment"),
                Column("made_by", "走访人", read=lambda visit: str(visit.made_by)),
                Column("outcome", "结果", read=lambda visit: visit.outcome_title),
                Column("note", "补充说明"),
                Column("counted", "计入办理", "yes_no"),
            ),
            visits_of,
            empty="还没有人去过",
        ),
    ),
)  # fmt: skip
