"""Nobody handles a near relative's case (民发〔2021〕57号; handbook 0.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import Q

from minzheng.foundation.accounts.models import Assignment, User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.cases.models import Case, StaffRelative
from minzheng.foundation.people.models import Membership, Person
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS


def is_near_relative(user: User, case: Case, on: dt.date) -> bool:
    """Whether the officer is one of the case's people, lives with one, or has declared one as near relative."""
    return user.person_id is not None and bool(related_to({user.person_id}, _id_numbers(case), on))


def relatives_among_staff(case: Case, on: dt.date) -> bool:
    """Whether anyone who handles cases over this region is near to the case's people: then it is kept apart."""
    above = [case.region_id[:digits].ljust(12, "0") for digits in SIGNIFICANT_DIGITS.values()]
    officers = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on),
        region_id__in=above,
        role__in=roles_with("case.handle"),
        since__lte=on,
        user__person__isnull=False,
    ).values_list("user__person_id", flat=True)
    return bool(related_to(set(officers), _id_numbers(case), on))


def _id_numbers(case: Case) -> set[str]:
    numbers = set(case.persons.values_list("id_no", flat=True))
    organisation = case.organisation
    stated = (
        (case.handler.id_no if case.handler else None, organisation.legal_rep_id_no)
        if organisation
        else (case.applicant.id_no,)
    )
    return numbers | {number for number in stated if number}


def related_to(officers: Iterable[int], id_numbers: set[str], on: dt.date) -> set[int]:
    """Those of the officers (person ids) who are near to the holders of the identity numbers."""
    officers = set(officers)
    declared = StaffRelative.objects.filter(
        Q(until__isnull=True) | Q(until__gt=on), officer__in=officers, id_no__in=id_numbers, since__lte=on
    ).values_list("officer_id", flat=True)
    in_force = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gt=on))
    at_home = (
        Membership.objects.filter(in_force, person__in=officers)
        .filter(
            Q(household__memberships__until__isnull=True) | Q(household__memberships__until__gt=on),
            household__memberships__since__lte=on,
            household__memberships__person__id_no__in=id_numbers,
        )
        .values_list("person_id", flat=True)
    )
    themselves = Person.objects.filter(pk__in=officers, id_no__in=id_numbers).values_list("pk", flat=True)
    return {*declared, *at_home, *themselves}
