"""From a visit to an application: who was found in need need not be typed in a second time."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.db.models import Q, QuerySet

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level
from minzheng.foundation.tasks.lists import persons_of
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.online.portal.hall.catalogue import items_by_line
from minzheng.online.ui.forms import PlainForm


class ApplyForm(PlainForm):
    """Who of the family applies, and for what: the items of the hall, by line of business."""

    person = forms.ModelChoiceField(Person.objects.none(), label="谁来申请", empty_label=None)
    item = forms.ChoiceField(label="申请什么")

    def __init__(self, people: QuerySet[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["person"].label_from_instance = lambda person: person.name  # type: ignore[attr-defined]
        self.fields["item"].choices = [("", "请选择"), *_offered()]  # type: ignore[attr-defined]


def form_after(access: Access, made: TaskVisit, data: Any = None) -> ApplyForm | None:
    """The form of a visit that found somebody in need; None for every other, and for who may not open a case there."""
    outcome = made.task.declared.outcome(made.outcome)
    if not made.counted or outcome is None or not outcome.opens_case:
        return None
    people = _living(made.task, access.today)
    place = people.filter(region__level=Level.VILLAGE).values_list("region_id", flat=True).first()
    if place is None or not access.may("case.open", place):
        return None
    return ApplyForm(people, data)


def _living(task: Task, today: dt.date) -> QuerySet[Person]:
    """Whom the task is about, or who lives in its household; the dead apply for nothing."""
    return Person.objects.filter(Q(died_on=None) | Q(died_on__gt=today), pk__in=persons_of(task)).order_by(
        "pk"
    )


def _offered() -> list[tuple[str, list[tuple[str, str]]]]:
    return [
        (line, [(item.code, item.title) for item in items if not item.for_organisations])
        for line, items in items_by_line()
    ]
