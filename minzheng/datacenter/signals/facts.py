"""The facts that signals read: those of the population, and on top those that the department's own books answer.

Both readings get the same: `columns_for` for a whole county, `documents_for` for the few that an officer looks at.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from minzheng.datacenter.signals.words import OwnFact
from minzheng.foundation.people.facts import facts_documents
from minzheng.foundation.people.models import Household, Membership
from minzheng.foundation.people.population import Columns, population_columns
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.catalogue import Fact


def columns_for(prefix: str, on: dt.date, names: Iterable[str]) -> Columns:
    """Every open household under a region with the named facts, own facts included."""
    catalogue = default_counter().book.catalogue
    names = list(names)
    columns = population_columns(prefix, on, names, catalogue)
    for own in shelf(OwnFact):
        if own.code in names:
            fact = catalogue[own.code]
            answers = answers_of(own, prefix, on)
            if fact.entity == "household":
                columns.households[own.code] = _column(fact, columns.household_ids, answers)
            else:
                columns.members[own.code] = _column(fact, columns.person_ids, answers)
    return columns


def answers_of(
    own: OwnFact, prefix: str, on: dt.date, only: Sequence[int] | None = None
) -> dict[int, int | bool]:
    """{person or household: engine value} where the books say something."""
    scope = {
        "first": prefix.ljust(12, "0"),
        "last": prefix.ljust(12, "9"),
        "on": on,
        "only": None if only is None else list(only),
    }
    with connection.cursor() as cursor:
        cursor.execute(own.select, scope)
        return dict(cursor.fetchall())


def _column(fact: Fact, ids: Any, answers: dict[int, int | bool]) -> tuple[Any, Any]:
    """(values, known) for `ids`; who has no answer keeps the default, or is unknown."""
    import numpy as np

    dtype = np.bool_ if fact.kind.name == "bool" else np.int64
    values = np.full(len(ids), fact.default or 0, dtype)
    known = np.full(len(ids), fact.default is not None)
    if answers:
        order = np.argsort(ids, kind="stable")
        keys = np.fromiter(answers, np.int64, len(answers))
        given = np.array([int(value) for value in answers.values()], np.int64).astype(dtype)
        at = np.searchsorted(ids[order], keys)
        at = np.minimum(at, len(ids) - 1) if len(ids) else at
        hit = ids[order][at] == keys if len(ids) else np.zeros(len(keys), bool)
        values[order[at[hit]]] = given[hit]
        known[order[at[hit]]] = True
    return values, known


def documents_for(households: Sequence[Household], on: dt.date) -> Iterator[dict[str, Any]]:
    """The households' facts documents (docs/facts.md) with the own facts filled in."""
    catalogue = default_counter().book.catalogue
    keys = [household.pk for household in households]
    living: dict[int, list[int]] = {household: [] for household in keys}
    for membership in members_on(keys, on):
        living[membership.household_id].append(membership.person_id)
    people = [person for persons in living.values() for person in persons]
    answers = {
        own.code: answers_of(own, "", on, keys if catalogue[own.code].entity == "household" else people)
        for own in shelf(OwnFact)
    }
    for household, document in zip(households, facts_documents(households, on), strict=True):
        for name, given in answers.items():
            kind = catalogue[name].kind
            if catalogue[name].entity == "household":
                _put(document["household"], name, kind, given, household.pk)
            else:
                for person, member in zip(living[household.pk], document["members"], strict=True):
                    _put(member, name, kind, given, person)
        yield document


def _put(facts: dict[str, Any], name: str, kind: Any, given: dict[int, int | bool], key: int) -> None:
    """The books' word replaces whatever a sheet said."""
    facts.pop(name, None)
    if key in given:
        facts[name] = kind.plain(given[key])


def members_on(households: list[int], on: dt.date) -> Iterable[Membership]:
    """Memberships in the order of `facts_documents`."""
    in_force = Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on)
    return Membership.objects.filter(*in_force, household__in=households).order_by("order", "id")
