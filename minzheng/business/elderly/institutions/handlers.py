"""What homes do when something happens elsewhere: a resident dies, is graded anew; a facility changes; the night comes."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.elderly.assessment.actions import ITEM as ASSESSMENT
from minzheng.business.elderly.institutions import rating
from minzheng.business.elderly.institutions.actions.beds import changed_grades, regrade
from minzheng.business.elderly.institutions.actions.deaths import (
    DEATH,
    leave_on_the_right_day,
    left_by_death,
    live_there_again,
)
from minzheng.business.elderly.institutions.actions.filing import filed, handed_in, must_file_again
from minzheng.business.elderly.institutions.actions.residents import end_residence
from minzheng.business.elderly.institutions.models import Check, Home, Resident
from minzheng.business.elderly.institutions.subsidies.actions import set_grade
from minzheng.business.elderly.institutions.subsidies.applying import E9, listed, refuse_twice, verified
from minzheng.business.elderly.institutions.watch import warn
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import on
from minzheng.foundation.people.models import LifeEventKind

FILING = "E4"


@document_guard
def pictures_of_a_mended_hazard(access: Any, document: Document) -> Sight | None:
    """Officers of the home's place, and the home itself; nobody's person is on record with them."""
    checks = Check.objects.filter(proofs=document).select_related("home__facility")
    seen = access.scope("register.read", checks, "home__facility__region_id").first()
    found = seen or access.own(checks, "home__facility__organisation_id").first()
    return Sight((), found.home.facility.region_id) if found else None


@on("person.died")
def leaves_by_death(person: int, on: str, **_: Any) -> None:
    """The day of death still counts as a day in the bed."""
    day = dt.date.fromisoformat(on) + dt.timedelta(days=1)
    for resident in Resident.objects.filter(person_id=person, left_on__isnull=True):
        end_residence(resident, max(day, resident.admitted_on), DEATH)


@on("person.death_corrected")
def left_on_another_day(person: int, on: str, was: str, recorded_on: str, **_: Any) -> None:
    access = SystemAccess.on(dt.date.fromisoformat(recorded_on))
    for resident in left_by_death(person, dt.date.fromisoformat(was)):
        leave_on_the_right_day(access, resident, dt.date.fromisoformat(on))


@on("person.event_undone")
def did_not_die(person: int, kind: str, on: str, recorded_on: str, **_: Any) -> None:
    if kind != LifeEventKind.DEATH:
        return
    access = SystemAccess.on(dt.date.fromisoformat(recorded_on))
    for resident in left_by_death(person, dt.date.fromisoformat(on)):
        live_there_again(access, resident)


@on("case.granted")
def graded_anew(item: str, case: int, **_: Any) -> None:
    """An assessment was approved; what it says is a fact from its own day on, the bed follows from today."""
    if item == ASSESSMENT:
        found = Case.objects.get(pk=case)
        regrade(found.applicant_id, found.decided_on or dt.date.today())


@on("case.submitted")
def application_was_handed_in(item: str, case: int, **_: Any) -> None:
    if item == FILING:
        handed_in(Case.objects.get(pk=case))
    if item == E9.code:
        refuse_twice(Case.objects.get(pk=case))


@on("case.filed")
def home_is_filed(item: str, case: int, log: int, **_: Any) -> None:
    if item == E9.code:
        listed(Case.objects.get(pk=case))
    if item == FILING:
        move = CaseMove.objects.select_related("actor").get(pk=log)
        filed(Access(move.actor, move.on), Case.objects.get(pk=case))


@on("case.accepted")
def application_is_taken_up(item: str, case: int, log: int, on: str, **_: Any) -> None:
    """E5: the rating begins. E9: an officer vouches for it, so it is compared with the register first."""
    if item == rating.E5.code:
        move = CaseMove.objects.select_related("actor").get(pk=log)
        rating.begin(Access(move.actor, move.on), Case.objects.get(pk=case))
    if item == E9.code:
        verified(Case.objects.get(pk=case), dt.date.fromisoformat(on))


@on("rating.applied")
def rated_only_when_ready(facility: int | None, on: str, **_: Any) -> None:
    if home := Home.objects.filter(pk=facility).select_related("facility").first():
        rating.refuse_unready(home, dt.date.fromisoformat(on))


@on("rating.granted")
def rated(facility: int | None, grade: int, on: str, until: str, **_: Any) -> None:
    day = dt.date.fromisoformat(on)
    if home := Home.objects.filter(pk=facility).first():
        set_grade(home, grade, day, dt.date.fromisoformat(until))
        rating.finish(facility, day, "rated")


@on("rating.refused")
def not_rated(facility: int | None, on: str, reason: str, **_: Any) -> None:
    rating.finish(facility, dt.date.fromisoformat(on), "unrated", reason)


@on("rating.lowered")
def rated_lower(facility: int | None, grade: int, on: str, **_: Any) -> None:
    if home := Home.objects.filter(pk=facility).first():
        set_grade(home, grade, dt.date.fromisoformat(on), home.grade_until)


@on("rating.withdrawn")
def rated_no_more(facility: int | None, on: str, **_: Any) -> None:
    if home := Home.objects.filter(pk=facility).first():
        set_grade(home, 0, dt.date.fromisoformat(on), None)


@on("facility.changed")
def filed_again(facility: int, **_: Any) -> None:
    if home := Home.objects.filter(pk=facility).first():
        must_file_again(home)


@on("facility.closed")
def closes_empty(facility: int, **_: Any) -> None:
    """Nobody is left behind: the residents are settled elsewhere first (令66 第三十条)."""
    if Resident.objects.filter(home_id=facility, left_on__isnull=True).exists():
        raise Refused("机构里还有老人。请先妥善安置、办理离院，再关闭机构。")


@on("night.came")
def look_after_homes(day: str, **_: Any) -> None:
    """Grades that changed (or expired) count from today; then what is missing is told."""
    today = dt.date.fromisoformat(day)
    for person in changed_grades(today):
        regrade(person, today)
    warn(today)
