"""The list, and the visits that follow from it: set-based, once, whoever runs it twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import connection
from django.db.models import Exists, OuterRef, Q
from django.db.models.functions import Left

from minzheng.business.elderly.visiting.models import Group, Risk, Visited
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.tasks.models import State, Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

KIND = "elderly.visit"
# 独居: the only member of the household; 空巢: nobody under the age beside them; 失能: the latest valid assessment.
# Who lives in an institution is looked after there. A new group is added to who is on the list already (the wife of a
# couple who is left alone), and is seen sooner; whoever came home from an institution is listed again. Nobody is taken
# off by this, and a group that somebody entered by hand stays.
_ENROL = """
    WITH old AS (
        SELECT p.id, p.region_id, p.birth_date, m.household_id FROM people_person p
        LEFT JOIN people_membership m ON m.person_id = p.id AND m.until IS NULL
        WHERE p.died_on IS NULL AND p.birth_date <= %(born)s AND p.region_id BETWEEN %(first)s AND %(last)s
            AND NOT EXISTS (SELECT FROM institutions_careplace c WHERE c.person_id = p.id AND c.kind = 'institution'
                AND c.since <= %(on)s AND (c.until IS NULL OR c.until > %(on)s))
    ),
    homes AS (
        SELECT o.id, count(*) AS size, bool_and(q.birth_date <= %(born)s) AS all_old
        FROM old o JOIN people_membership n ON n.household_id = o.household_id AND n.until IS NULL
        JOIN people_person q ON q.id = n.person_id AND q.died_on IS NULL GROUP BY o.id
    ),
    grade AS (
        SELECT DISTINCT ON (person_id) person_id, level FROM elderly_assessment
        WHERE valid_until >= %(on)s ORDER BY person_id, assessed_on DESC
    ),
    found AS (
        SELECT o.id, o.region_id, g.level, o.birth_date, array_remove(ARRAY[
            CASE WHEN h.size = 1 THEN 'alone' END,
            CASE WHEN h.size > 1 AND h.all_old THEN 'empty_nest' END,
            CASE WHEN g.level >= 2 THEN 'disabled' END], NULL) AS groups
        FROM old o LEFT JOIN homes h ON h.id = o.id LEFT JOIN grade g ON g.person_id = o.id
    )
    INSERT INTO elderly_visited (person_id, region_id, groups, risk, since, next_due)
    SELECT id, region_id, groups,
           CASE WHEN 'alone' = ANY(groups) AND level >= 2 THEN 'high'
                WHEN 'alone' = ANY(groups) AND birth_date <= %(very_old)s OR level >= 3 THEN 'medium' ELSE 'low' END,
           %(on)s, %(on)s::date + %(days)s
    FROM found WHERE cardinality(groups) > 0
    ON CONFLICT (person_id) DO UPDATE SET
        region_id = excluded.region_id, until = NULL,
        since = CASE WHEN elderly_visited.until IS NULL THEN elderly_visited.since ELSE excluded.since END,
        next_due = CASE WHEN elderly_visited.until IS NULL THEN least(elderly_visited.next_due, excluded.next_due)
                        ELSE excluded.next_due END,
        risk = CASE WHEN elderly_visited.until IS NULL AND array_position(%(risks)s, elderly_visited.risk::text)
                         <= array_position(%(risks)s, excluded.risk::text)
                    THEN elderly_visited.risk ELSE excluded.risk END,
        groups = ARRAY(SELECT one FROM unnest(elderly_visited.groups) AS one WHERE one <> ALL (%(known)s)
                       UNION SELECT unnest(excluded.groups) ORDER BY 1)
    WHERE elderly_visited.until IS NOT NULL OR NOT elderly_visited.groups @> excluded.groups
"""


def enrol(county: str, on: dt.date) -> int:
    """Who lives alone, in an empty nest or has lost ability comes onto the county's list, or there into another group;
    returns for how many people that is new."""
    stated = figures(on, county)
    years = stated("visiting_first_age")
    with connection.cursor() as cursor:
        cursor.execute(
            _ENROL,
            {
                "on": on,
                "born": _years_before(on, years),
                "risks": list(Risk.values),
                "known": [Group.ALONE, Group.EMPTY_NEST, Group.DISABLED],
                "very_old": _years_before(on, stated("elder_allowance_first_age")),
                "days": stated("visiting_low_days"),
                "first": county[:6].ljust(12, "0"),
                "last": county[:6].ljust(12, "9"),
            },
        )
        return int(cursor.rowcount)


def enrol_everywhere(on: dt.date) -> int:
    """Every county in which families are kept."""
    homes = (
        Household.objects.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct()
    )
    return sum(enrol(county.ljust(12, "0"), on) for county in homes)


def _years_before(on: dt.date, years: int) -> dt.date:
    try:
        return on.replace(year=on.year - years)
    except ValueError:  # 29 February
        return on.replace(year=on.year - years, day=28)


def send(on: dt.date) -> int:
    """A visit for everybody whose day has come; one for each due day. Returns how many tasks are new."""
    due = Visited.objects.filter(until=None, next_due__lte=on, person__died_on=None)
    return open_tasks(KIND, list(_drafts(due)), on=on).count


def _drafts(due: Any) -> Iterator[TaskDraft]:
    for one in due.only("id", "person_id", "region_id", "next_due", "groups", "risk"):
        yield TaskDraft(
            origin=_origin(one.pk, one.next_due),
            region=one.region_id,
            person=one.person_id,
            title="探访关爱",
            reason=f"{one}老人，{one.get_risk_display()}风险，按期看望",
            detail={"visited": one.pk},
        )


def _origin(pk: int, due: dt.date) -> str:
    return f"visiting:{pk}:{due.isoformat()}"


def came_back(origin: str, outcome: str, record: dict[str, Any], on: dt.date) -> None:
    """The visit was made: the next one is due by the risk that the visitor saw."""
    one = Visited.objects.select_for_update().filter(pk=int(origin.split(":")[1])).first()
    if one is None:
        return
    one.risk = record.get("risk") or one.risk
    one.next_due = on + dt.timedelta(days=figures(on, one.region_id)(f"visiting_{one.risk}_days"))
    if outcome:  # closed at the desk, nobody was seen: the next one is due all the same
        one.last_visit, one.well = max(on, one.last_visit or on), record.get("well", one.well)
    one.save(update_fields=["risk", "last_visit", "next_due", "well"])


def take_off(person: int, on: dt.date, why: str) -> None:
    """No more visits: death, or an institution that looks after the elder now."""
    for one in Visited.objects.filter(person=person, until=None):
        one.until = on
        one.save(update_fields=["until"])
        withdraw_tasks([_origin(one.pk, one.next_due)], why, actor=None, for_good=False)


def correct_end(person: int, was: dt.date, on: dt.date) -> None:
    """The day of death by which somebody was taken off was another one."""
    for one in Visited.objects.filter(person=person, until=was):
        one.until = on
        one.save(update_fields=["until"])


def put_back(person: int, ended_on: dt.date, on: dt.date) -> None:
    """Taken off for a death that was none: visited again, today if the visit was due meanwhile."""
    for one in Visited.objects.filter(person=person, until=ended_on):
        one.until, one.next_due = None, max(one.next_due, on)
        one.save(update_fields=["until", "next_due"])


def move_along(person: int, on: dt.date) -> None:
    """Whoever moves is visited in the new village; what was sent out in the old one is called back."""
    home = Person.objects.get(pk=person).region_id
    for one in Visited.objects.filter(person=person, until=None).exclude(region=home):
        origin = _origin(one.pk, one.next_due)
        withdraw_tasks([origin], "老人已迁到别的村（社区）", actor=None, for_good=False)
        one.region_id, one.next_due = home, max(one.next_due, on)
        one.save(update_fields=["region", "next_due"])


@action("visiting.list", "列入探访关爱", permission="register.write", persons=lambda person: [person.pk])
def put_on(access: Any, person: Person, *, groups: list[str], risk: str) -> Visited:
    """By hand, for what no register knows (留守, 计划生育特殊家庭)."""
    if not person.is_alive_on(access.today):
        raise Refused("本人已登记去世，不能列入。")
    days = figures(access.today, person.region_id)(f"visiting_{risk}_days")
    one, made = Visited.objects.get_or_create(
        person=person,
        defaults={
            "region": person.region, "groups": groups, "risk": risk, "since": access.today,
            "next_due": access.today + dt.timedelta(days=days),
        },
    )  # fmt: skip
    if not made:
        due = access.today + dt.timedelta(days=days)
        one.next_due = due if one.until is not None else min(one.next_due, due)
        one.groups, one.risk, one.until = sorted({*one.groups, *groups}), risk, None
        one.save()
    return one


def on_time(month: dt.date) -> Any:
    """Those of them who were seen in the month (月探访率): by the visit that was made then, or as the latest one."""
    last = last_day(month)
    made = Task.objects.filter(
        kind=KIND, person=OuterRef("person"), state=State.DONE, done_at__date__range=(month, last)
    ).exclude(outcome="")
    return listed(month).filter(Q(last_visit__range=(month, last)) | Exists(made))


def listed(month: dt.date) -> Any:
    """Who was on the list for the whole month."""
    return Visited.objects.filter(since__lte=month).exclude(until__lte=last_day(month))
