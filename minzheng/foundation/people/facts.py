"""What is known about a household on a day, as the document that the rules read (docs/facts.md).

Several sources may say different things. The better source wins; of one source, the later sheet:

    申请人申报  <  any other register  <  our own registers (fact_views)  <  入户调查  <  核对

A result of the data check holds only until its own expiry (the sheet's `until`). An absent fact is unknown.
`sheets_merged` is the one place that says so; the population reading (population.py) uses it too.
"""

from __future__ import annotations

import datetime as dt
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db import connection
from django.db.models import Q

from minzheng.foundation.people.fact_view import FactView
from minzheng.foundation.people.models import Category, Household, Membership, Person, Sex
from minzheng.foundation.people.relations import to_applicant
from minzheng.foundation.registry.words import shelf

DECLARED, VISITED, CHECKED = "申请人申报", "入户调查", "核对"
RANK = {DECLARED: 0, VISITED: 3, CHECKED: 4}
OTHER_RANK, VIEW_RANK = 1, 2

CATEGORY = {Category.URBAN: "城市", Category.RURAL: "农村"}
SEX = {Sex.MALE: "男", Sex.FEMALE: "女"}
# Master records answer these; a sheet that repeats them is not asked.
FROM_MASTER = frozenset({"category", "birth_date", "sex", "alive", "relation"})


def rank_of(source: str) -> int:
    """How good a source is; the better one wins."""
    views = {view.title: VIEW_RANK for view in shelf(FactView)}
    return (RANK | views).get(source, OTHER_RANK)


def sheets_merged(subject: str) -> str:
    """SQL: (subject_id, facts) of the sheets in force on %(on)s; `subject` is person or household."""
    if subject not in ("person", "household"):
        raise ValueError(subject)
    ranks = " ".join(f"WHEN '{source}' THEN {rank}" for source, rank in RANK.items())
    sheets = f"SELECT id, {subject}_id, values, source, since, until FROM people_factsheet"  # noqa: S608
    if views := stated_by_registers(subject):
        ranks += "".join(f" WHEN '{view.title}' THEN {VIEW_RANK}" for view in shelf(FactView))
        sheets = f"{sheets} UNION ALL {views}"
    return (
        f"SELECT {subject}_id AS subject_id, fact_merge(jsonb_strip_nulls(values)"  # noqa: S608
        f" ORDER BY CASE source {ranks} ELSE {OTHER_RANK} END, since, id) AS facts"
        f" FROM ({sheets}) AS sheet WHERE since <= %(on)s AND (until IS NULL OR until > %(on)s)"
        f" AND {subject}_id IS NOT NULL"
    )


def stated_by_registers(subject: str) -> str:
    """SQL: (id, …_id, values, source, since, until) of what our own registers say; "" when none says anything."""
    return " UNION ALL ".join(
        f"SELECT id, {subject}_id, values, '{view.title}', since, until FROM ({sql}) AS {view.code}"  # noqa: S608
        for view in shelf(FactView)
        if view.subject == subject and (sql := view.sql())
    )


def facts_document(household: Household, on: dt.date) -> dict[str, Any]:
    """The household with its members of that day; members keep the order of `members_on`.

    `who` says how a member is related, never who it is: the decision trace is kept for ever.
    """
    return next(facts_documents([household], on))


def facts_documents(households: Sequence[Household], on: dt.date) -> Iterator[dict[str, Any]]:
    """The documents of many households in three queries, in their order."""
    keys = [household.pk for household in households]
    living_there: dict[int, list[Membership]] = defaultdict(list)
    in_force = Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on)
    for membership in (
        Membership.objects.filter(*in_force, household__in=keys)
        .select_related("person")
        .order_by("order", "id")
    ):
        living_there[membership.household_id].append(membership)
    people = [membership.person_id for memberships in living_there.values() for membership in memberships]
    of_household, of_person = _facts_of("household", keys, on), _facts_of("person", people, on)
    for household in households:
        yield {
            "amounts": "fen",
            "on": on.isoformat(),
            "region": household.region_id,
            "household": {
                **of_household.get(household.pk, {}),
                "category": CATEGORY[Category(household.category)],
            },
            "members": list(_members(living_there[household.pk], of_person, on)),
        }


def person_document(person: Person, on: dt.date) -> dict[str, Any]:
    """One person alone, with the facts of the household they live in: for what is judged by the person."""
    membership = (
        person.memberships.filter(Q(since__lte=on), Q(until__isnull=True) | Q(until__gt=on))
        .select_related("household")
        .first()
    )
    household: dict[str, Any] = {}
    if membership is not None:
        of_household = _facts_of("household", [membership.household_id], on)
        category = CATEGORY[Category(membership.household.category)]
        household = {**of_household.get(membership.household_id, {}), "category": category}
    alone = Membership(person=person, relation="本人")
    facts = _facts_of("person", [person.pk], on)
    return {
        "amounts": "fen",
        "on": on.isoformat(),
        "region": person.region_id,
        "household": household,
        "members": list(_members([alone], facts, on)),
    }


def _members(
    memberships: list[Membership], facts: dict[int, dict[str, Any]], on: dt.date
) -> Iterator[dict[str, Any]]:
    seen: Counter[str] = Counter()
    for membership in memberships:
        person, relation = membership.person, membership.relation
        seen[relation] += 1
        yield {
            **facts.get(person.pk, {}),
            "who": relation if seen[relation] == 1 else f"{relation}{seen[relation]}",
            "relation": to_applicant(relation),
            "birth_date": person.birth_date.isoformat() if person.birth_date else None,
            "sex": SEX.get(Sex(person.sex)),
            "alive": person.is_alive_on(on),
        }


def _facts_of(subject: str, keys: list[int], on: dt.date) -> dict[int, dict[str, Any]]:
    with connection.cursor() as cursor:
        cursor.execute(
            f"{sheets_merged(subject)} AND {subject}_id = ANY(%(keys)s) GROUP BY 1", {"on": on, "keys": keys}
        )
        return {key: json.loads(facts) for key, facts in cursor.fetchall()}
