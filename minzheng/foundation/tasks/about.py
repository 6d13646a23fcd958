"""Whom tasks are about, in a few queries for a whole list: the person, the household, or what the kind says."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Sequence

from django.db.models import Q

from minzheng.foundation.people.models import Membership
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.words import About


def about_of(tasks: Sequence[Task], on: dt.date) -> dict[int, About]:
    """By key of the task. `tasks` come with person and household__head (select_related)."""
    numbers = _numbers({task.household_id for task in tasks if task.household_id}, on)
    found = {task.pk: _itself(task, numbers) for task in tasks}
    of_kind: dict[str, list[Task]] = defaultdict(list)
    for task in tasks:
        of_kind[task.kind].append(task)
    for listed in of_kind.values():
        if (about := listed[0].declared.about) is not None:
            found |= about(listed)
    return found


def _itself(task: Task, numbers: dict[int, tuple[tuple[str, str], ...]]) -> About:
    person, household = task.person, task.household
    address = (household.address if household else "") or (person.address if person else "")
    if person is not None:
        own = ((person.name, person.phone),) if person.phone else ()
        return About(person.name, address, own or numbers.get(task.household_id or 0, ()))
    if household is not None:
        return About(household.head.name, address, numbers.get(household.pk, ()))
    return About(task.subject)


def _numbers(households: set[int], on: dt.date) -> dict[int, tuple[tuple[str, str], ...]]:
    """Members with a telephone, the head first."""
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    members = Membership.objects.filter(in_force, household__in=households).exclude(person__phone="")
    found: dict[int, list[tuple[str, str]]] = defaultdict(list)
    for row in members.order_by("order", "id").values_list("household_id", "person__name", "person__phone"):
        found[row[0]].append((row[1], row[2]))
    return {household: tuple(listed) for household, listed in found.items()}
