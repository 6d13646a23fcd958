"""Keeping the register of parents: what an application states, what an officer verifies, what a life event changes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from typing import TYPE_CHECKING, Any

from minzheng.business.children.states import ParentState, Side

if TYPE_CHECKING:  # items are read without a database, too (`minzheng clocks`)
    from minzheng.business.children.models import Parent
    from minzheng.foundation.cases.models import Case
    from minzheng.foundation.people.models import Person
    from minzheng.foundation.regions.models import Region

# Field of the register ← the fact's name without father_ or mother_; the two that are no facts come from the form.
FIELDS = {
    "state": "state",
    "since": "state_since",
    "term_months": "term_months",
    "disability_type": "disability_type",
    "disability_grade": "disability_grade",
    "illness_listed": "illness_listed",
    "search_since": "search_since",
    "loss_proved": "loss_proved",
    "caring": "caring",
    "name": "name",
    "id_no": "id_no",
}
OF_PERSON = ("name", "id_no", "person")


def keep_parents(case: Case, answers: Mapping[str, Any], source: str, on: dt.date) -> Collection[str]:
    """Put what was said about the parents into the register; returns the names of the facts that it now holds."""
    kept = []
    for side in Side:
        stated = {
            field: answers[f"{side.value}_{key}"]
            for key, field in FIELDS.items()
            if answers.get(f"{side.value}_{key}") not in (None, "")
        }
        if stated:
            lay_parent(case.applicant, side, stated, source, on, case.region)
        kept += [f"{side.value}_{key}" for key in FIELDS]
    return kept


def lay_parent(
    child: Person,
    side: Side,
    stated: Mapping[str, Any],
    source: str,
    on: dt.date,
    region: Region | None = None,
) -> Parent:
    """From `on` on this is known of the parent: what was known before is kept where the state is the same."""
    from minzheng.business.children.models import Parent
    from minzheng.foundation.people.models import Person

    present = Parent.objects.select_for_update().filter(child=child, side=side, until=None).first()
    known: dict[str, Any] = {}
    if present is not None:
        same = stated.get("state", present.state) == present.state
        names = FIELDS.values() if same else OF_PERSON
        known = {name: getattr(present, name) for name in (*names, "person")}
    values = known | dict(stated)
    values.setdefault("state", ParentState.WELL)
    if values.get("id_no") and (present is None or values["id_no"] != present.id_no):
        values["person"] = Person.objects.filter(id_no=values["id_no"]).first()
    if present is not None and present.since >= on:
        for name, value in {**_blank(), **values, "source": source}.items():
            setattr(present, name, value)
        present.save()
        return present
    if present is not None:
        present.until = on
        present.save(update_fields=["until"])
    return Parent.objects.create(
        child=child, side=side, region=region or child.region, source=source, since=on, **values
    )


def forget(parent: int, source: str, on: dt.date) -> list[Parent]:
    """What this source said of the parent on that day was not so: what was known before holds on, without a gap.

    The wrong row stays, in force on no day. A row that was rewritten since is left to its officer. Returns the rows
    that hold now.
    """
    from minzheng.business.children.models import Parent

    held = []
    for wrong in Parent.objects.select_for_update().filter(
        person=parent, source=source, since=on, until=None
    ):
        before = Parent.objects.filter(child=wrong.child_id, side=wrong.side, until=on).exclude(pk=wrong.pk)
        present = before.order_by("-since", "-pk").first()
        wrong.until = on
        wrong.save(update_fields=["until"])
        if present is not None:
            present.until = None
            present.save(update_fields=["until"])
            held.append(present)
    return held


def _blank() -> dict[str, Any]:
    """Every field of the situation as not known."""
    from minzheng.business.children.models import Parent

    return {
        field: Parent._meta.get_field(field).get_default()
        for field in FIELDS.values()
        if field not in OF_PERSON
    }


def children_of(parent: int) -> list[Parent]:
    """The present rows of every child of this person."""
    from minzheng.business.children.models import Parent

    return list(Parent.objects.filter(person=parent, until=None).select_related("child", "region"))


def known_of_parents(case: Case) -> dict[str, Any]:
    """What the register says now, for the form of an officer who verifies: the application may be years old."""
    from minzheng.business.children.models import Parent

    record: dict[str, Any] = {}
    for row in Parent.objects.filter(child=case.applicant, until=None):
        for key, field in FIELDS.items():
            value = getattr(row, field)
            if value not in (None, ""):
                record[f"{row.side}_{key}"] = value.isoformat() if isinstance(value, dt.date) else value
    return record
