"""Whose tasks, where: to do, watched, found. Every list is one scoped query over indexed columns."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import BooleanField, ExpressionWrapper, Q, QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import IS_TO_DO, Escalated, Task, TaskVisit
from minzheng.foundation.tasks.words import TaskKind

OFFICE = "office_id"


def readable(access: Access, tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Without the kinds that are not this user's to know of (visits to children: child.read)."""
    hidden = [kind.code for kind in shelf(TaskKind) if not access.may(kind.reads)]
    return tasks.exclude(kind__in=hidden) if hidden else tasks


def common_kinds() -> list[str]:
    """Kinds that stand in the common register; a confidential one is kept in a register of its line."""
    return [kind.code for kind in shelf(TaskKind) if kind.reads == "task.read"]


def to_do(access: Access) -> QuerySet[Task]:
    """What waits for the user: in hand, open at the own office, or reported up to it. The most urgent first.

    A township does not see every village's visits here, only what the villages left undone.
    """
    user = access.user
    if user is None or not access.may("task.handle"):
        return Task.objects.none()
    offices = [a.region_id for a in access.assignments if a.region_id in _held(access)]
    mine = Q(holder=user) | Q(holder=None, office__in=offices)
    for code in offices:
        level = {9: Escalated.TOWNSHIP, 6: Escalated.COUNTY}.get(len(prefix_of(code)))
        if level is not None:
            mine |= within(prefix_of(code), OFFICE) & Q(escalated_to=level)
    found = access.scope("task.handle", Task.objects.filter(IS_TO_DO), OFFICE).filter(mine)
    return readable(access, found).order_by("due_on", "id")


def to_confirm(access: Access) -> QuerySet[Task]:
    """Reports that wait for a second person (four eyes), but not the user's own."""
    if access.user is None:
        return Task.objects.none()
    scoped = access.scope("task.oversee", Task.objects.filter(state="reported"), OFFICE)
    return readable(access, scoped).exclude(done_by=access.user).order_by("due_on", "id")


def watched(access: Access) -> QuerySet[Task]:
    """督办: overdue tasks where one oversees, the most overdue first."""
    late = Task.objects.filter(IS_TO_DO, due_on__lt=access.today)
    return readable(access, access.scope("task.oversee", late, OFFICE)).order_by("due_on", "id")


def with_overdue(tasks: QuerySet[Task], today: dt.date) -> QuerySet[Task]:
    """Adds `overdue`, spelled so that the index of open tasks serves a filter on it."""
    is_late = ExpressionWrapper(IS_TO_DO & Q(due_on__lt=today), output_field=BooleanField())
    return tasks.annotate(overdue=is_late)


def find_task(access: Access, pk: int, permission: str = "task.read") -> Task:
    """The task for whoever may see it; the look is recorded. 404 otherwise."""
    tasks = Task.objects.select_related("region", "office", "person", "household__head", "holder", "done_by")
    task = access.get(permission, readable(access, tasks), OFFICE, pk=pk)
    record_read("查看任务", actor=access.user, subject=task, persons=persons_of(task), region=task.office_id)
    return task


def persons_of(task: Task) -> list[int]:
    """Whom a look at the task is a look at: the person, or everyone in the household."""
    return sorted(people_of([task]))


def people_of(tasks: Sequence[Task]) -> set[int]:
    """The same for a page of tasks, in one query."""
    households = {task.household_id for task in tasks if task.household_id}
    members = Membership.objects.filter(household__in=households, until=None) if households else []
    found = {membership.person_id for membership in members}
    return found | {task.person_id for task in tasks if task.person_id}


def visits_of(task: Task, on: dt.date) -> QuerySet[TaskVisit]:
    return task.visits.select_related("made_by", "task").order_by("-made_at", "-id")


def _held(access: Access) -> set[str]:
    from minzheng.foundation.accounts.permissions import roles_with

    roles = roles_with("task.handle")
    return {a.region_id for a in access.assignments if a.role in roles}
