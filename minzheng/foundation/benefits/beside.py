"""What a person may hold beside what: the exclusivity matrix (handbook 0.4), nothing twice, one thing a month."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.benefits.words import Benefit, benefit
from minzheng.foundation.people.models import Household, Person


def free_month(code: str, person: Person, since: dt.date) -> dt.date:
    """Help that is given once is paid in one month's list; a second in the same month stands on the next one."""
    taken = Entitlement.objects.exclude(state=State.VOID).filter(
        benefit=code, person=person, since_month__gte=since
    )
    last = taken.order_by("-since_month").values_list("since_month", flat=True).first()
    return since if last is None else add_months(last, 1)


def refuse_excluded(declared: Benefit, household: Household | None, person: Person, since: dt.date) -> None:
    """Refused for what excludes it, and for the same benefit twice, of the person or of anybody in the household."""
    people = {person.pk}
    if household is not None:
        people |= {membership.person_id for membership in household.members_on(since)}
    held = Entitlement.objects.exclude(state=State.VOID).filter(
        Q(until_month__isnull=True) | Q(until_month__gte=since),
        Q(person__in=people) | Q(household__in=_households_of(people, since)),
    )
    if held.filter(benefit=declared.code).exists():
        raise Refused(f"本人或同住家庭成员已在享受“{declared.title}”，不能重复确认。请先核对原待遇。")
    excluded = declared.excluded_codes()
    for other in held.filter(benefit__in=excluded.keys() - declared.held_apart()):
        raise Refused(
            f"已在享受“{benefit(other.benefit).title}”，与“{declared.title}”不能同时享受"
            f"（{excluded[other.benefit]}）。请先办理原待遇的停发。"
        )


def _households_of(people: set[int], month: dt.date) -> list[int]:
    in_force = Q(memberships__until__isnull=True) | Q(memberships__until__gt=month)
    return list(
        Household.objects.filter(in_force, memberships__person__in=people)
        .values_list("pk", flat=True)
        .distinct()
    )
