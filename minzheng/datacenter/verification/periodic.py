"""定期核对: all recipients of a benefit in a region, each source asked in bulk, the facts written by a few statements."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.db import connection, transaction
from django.db.models import Q

from minzheng.datacenter.verification.actions import NOT_CONNECTED, add_requests, connected, next_number
from minzheng.datacenter.verification.connections import connections
from minzheng.datacenter.verification.models import Authorisation, Check, Request, Subject
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.exchange.words import Purpose, Source, SourceField
from minzheng.foundation.people.facts import CHECKED
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules import default_counter

RECEIVING = [State.ACTIVE, State.SUSPENDED, State.EXITING]


@dataclass(frozen=True)
class Opened:
    """The month's check; `without` counts recipients who are not asked about, for want of a consent in force."""

    check: Check
    people: int
    without: int
    is_new: bool


def open_month(region: Region, benefit: Benefit, month: dt.date, today: dt.date) -> Opened:
    """Open the periodic check of a month (its first day), or find it: a second run asks nobody anew.

    Refused when nothing is connected, or the month has not begun.
    """
    if month > today:
        raise Refused("这个月还没有开始，不能核对。请选择本月或以前的月份。")
    found = Check.objects.filter(case=None, region=region, benefit=benefit.code, month=month).first()
    if found is not None:
        return Opened(found, found.subjects.count(), 0, False)
    sources = connected()
    if not sources:
        raise Refused(NOT_CONNECTED)
    members = _recipients(region, benefit, month)
    consents = _consents({one.person_id for one in members}, today)
    with transaction.atomic():
        check = Check.objects.create(
            number=next_number(region, today.year), purpose=Purpose.REVIEW.value, region=region, started_on=today,
            benefit=benefit.code, month=month,
        )  # fmt: skip
        Subject.objects.bulk_create(
            (
                Subject(
                    check_of=check, person_id=one.person_id, household_id=one.household_id,
                    authorisation=consents[one.person_id],
                )
                for one in members
                if one.person_id in consents
            ),
            batch_size=5000,
        )  # fmt: skip
        lines = connections()
        groups = {}
        for source in sources:
            covered = sorted(
                k for k, one in consents.items() if one.covers(source.code, check.purpose, today)
            )
            most = lines[source.code].max_persons
            groups[source.code] = [covered[at : at + most] for at in range(0, len(covered), most)]
        add_requests(check, sources, groups)
        record(
            "check.periodic",
            "发起定期核对",
            actor=None,
            subject=check,
            region=region.code,
            people=len(consents),
        )
    return Opened(check, len(consents), len({one.person_id for one in members}) - len(consents), True)


def _recipients(region: Region, benefit: Benefit, month: dt.date) -> list[Membership]:
    """Everybody in a household that receives the benefit, and whoever receives it alone; one row a person."""
    rights = Entitlement.objects.filter(within(region.prefix), benefit=benefit.code, state__in=RECEIVING)
    in_force = Q(since__lte=month), Q(until=None) | Q(until__gt=month)
    concerned = Q(household__in=rights.exclude(household=None).values("household")) | Q(
        person__in=rights.filter(household=None).values("person")
    )
    return list(Membership.objects.filter(*in_force, concerned).order_by("person_id").distinct("person_id"))


def _consents(people: set[int], today: dt.date) -> dict[int, Authorisation]:
    """The latest consent to periodic checks that is in force, by person."""
    found = Authorisation.objects.filter(
        person__in=people, withdrawn_on=None, since__lte=today, until__gt=today,
        purposes__contains=[Purpose.REVIEW.value],
    )  # fmt: skip
    return {one.person_id: one for one in found.order_by("since", "id")}


def write_facts(check: Check) -> int:
    """Sheets (source 核对) from a periodic check's answers, for members and households; how many were written.

    A household's sum needs every member's answer. A register that does not hold everything (complete=False) cannot
    make less of what is in force. Writing again replaces nothing and adds nothing.
    """
    if check.state != Check.State.READY:
        return 0
    with transaction.atomic():
        moved = Check.objects.filter(pk=check.pk, state=Check.State.READY).update(state=Check.State.RECORDED)
        return sum(_write(check, entity) for entity in ("person", "household")) if moved else 0


def _write(check: Check, entity: str) -> int:
    catalogue = default_counter().book.catalogue
    told = {request.source for request in Request.objects.filter(check_of=check)}
    kept = [
        (source, field)
        for source in shelf(Source)
        if source.code in told
        for field in source.fields
        if field.fact in catalogue and catalogue[field.fact].entity == entity and field.complete
    ]
    if not kept:
        return 0
    values = " UNION ALL ".join(_values(entity, source, field) for source, field in kept)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO people_factsheet ({entity}_id, values, source, since, until, recorded_at)"  # noqa: S608
            f" SELECT subject, jsonb_object_agg(fact, value), %(checked)s, %(since)s, min(until), now()"
            f" FROM ({values}) AS told WHERE value IS NOT NULL GROUP BY subject",
            {"check": check.pk, "checked": CHECKED, "since": check.started_on},
        )
        return cursor.rowcount


def _values(entity: str, source: Source, field: SourceField) -> str:
    """SQL: (subject, fact, value, until) of one field; NULL where any answer of the subject is unknown.

    Codes and keys are our own declarations, never anything typed.
    """
    said = f"a.values->'{field.key}'"
    if field.kind == "things":
        value = (
            "(SELECT count(DISTINCT thing->>'id') FROM verification_subject s2"  # noqa: S608
            " JOIN verification_answer a2 ON a2.person_id = s2.person_id AND a2.check_of_id = s2.check_of_id"
            f" AND a2.is_current AND a2.source = '{source.code}',"
            f" jsonb_array_elements(coalesce(a2.values->'{field.key}', '[]'::jsonb)) AS thing"
            f" WHERE s2.check_of_id = %(check)s AND s2.{entity}_id = s.{entity}_id)"
        )
    else:
        value = f"coalesce(sum(({said})::bigint), 0)"
    return (
        f"SELECT s.{entity}_id AS subject, '{field.fact}' AS fact,"  # noqa: S608
        f" CASE WHEN bool_and(coalesce(a.state = 'none' OR (a.state = 'found' AND {said} IS NOT NULL), false))"
        f" THEN {value} END AS value, min(a.valid_until) AS until"
        f" FROM {MEMBERS if entity == 'household' else 'verification_subject'} s"
        " LEFT JOIN verification_answer a ON a.check_of_id = %(check)s AND a.person_id = s.person_id"
        f" AND a.is_current AND a.source = '{source.code}'"
        f" WHERE s.check_of_id = %(check)s AND s.{entity}_id IS NOT NULL GROUP BY s.{entity}_id"
    )


# Every present member of the households concerned: one who has not consented leaves the household's sum unknown.
MEMBERS = (
    "(SELECT DISTINCT h.check_of_id, m.household_id, m.person_id FROM verification_subject h"
    " JOIN people_membership m ON m.household_id = h.household_id AND m.until IS NULL"
    " WHERE h.check_of_id = %(check)s)"
)
