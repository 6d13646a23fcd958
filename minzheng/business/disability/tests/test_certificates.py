"""Certificates: one row a version; what they say counts from the day of issue to the day of expiry."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.business.disability.handlers import review_beside_the_care_of_the_old
from minzheng.business.disability.models import Certificate
from minzheng.business.disability.registers import CERTIFICATES
from minzheng.business.disability.tests.journey import Journey
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.registers.actions import save_row

pytestmark = pytest.mark.django_db


def stored(cast) -> Person:
    return Person.objects.get(pk=cast["xiuying"].person_id)


def certificate(person, grade="二级", issued="2016-03-01", until="2026-02-28", **more):
    return Certificate.objects.create(
        id_no=person.id_no, name=person.name, region=person.region, kind="肢体", grade=grade,
        issued_on=issued, valid_until=until, **more,
    )  # fmt: skip


def grade_on(person, day: str) -> str | None:
    return person_document(person, dt.date.fromisoformat(day))["members"][0].get("disability_grade")


@pytest.mark.parametrize(
    ("day", "grade"),
    [("2016-02-29", None), ("2016-03-01", "二级"), ("2026-02-28", "二级"), ("2026-03-01", None)],
)
def test_it_speaks_from_its_issue_to_its_last_day(cast, day, grade):
    person = stored(cast)
    certificate(person)
    assert grade_on(person, day) == grade


def test_a_new_grade_counts_from_its_own_day_and_the_old_one_is_not_forgotten(cast):
    """Changed in the middle of a month: the month is judged by its last day."""
    person = stored(cast)
    certificate(person, "二级", until="2036-02-28")
    certificate(person, "三级", "2025-06-16", "2035-06-15")
    assert [grade_on(person, day) for day in ("2025-06-15", "2025-06-16")] == ["二级", "三级"]


def test_an_older_certificate_does_not_come_back_when_the_newer_is_cancelled(cast):
    person = stored(cast)
    certificate(person, until="2036-02-28")
    certificate(person, "三级", "2025-06-16", "2035-06-15", cancelled_on="2026-01-10")
    assert [grade_on(person, day) for day in ("2026-01-09", "2026-01-10")] == ["三级", None]


def test_the_register_takes_one_by_hand_and_refuses_one_that_ends_before_it_begins(access, cast):
    person = stored(cast)
    answers = {
        "name": person.name, "id_no": person.id_no, "region": person.region_id, "kind": "肢体",
        "grade": "一级", "issued_on": "2024-02-29", "valid_until": "2034-02-28",
    }  # fmt: skip
    save_row(access("clerk"), CERTIFICATES, Certificate(), answers)
    assert grade_on(person, "2024-02-29") == "一级"
    with pytest.raises(Exception, match="有效期应晚于发证日期"):
        save_row(
            access("clerk"),
            CERTIFICATES,
            Certificate(),
            answers | {"valid_until": "2024-02-29", "issued_on": "2024-03-01"},
        )


@pytest.mark.covers(
    "S-134", by="minzheng/business/disability/handlers.py", screen="/desk/registers/nursing_subsidy/"
)
def test_a_new_grade_brings_the_case_onto_the_desk_and_stops_from_the_month_after(access, cast):
    person = stored(cast)
    certificate(person, until="2036-02-28")
    journey = Journey(access, "D2", dt.date(2026, 3, 2), care_months=8).granted(on=dt.date(2026, 3, 20))
    certificate(person, "三级", "2026-06-16", "2036-06-15")
    journey.on = dt.date(2026, 6, 20)
    clerk = access("clerk", journey.on)
    record_life_event(clerk, person, LifeEventKind.DISABILITY, dt.date(2026, 6, 16), "残联")
    journey.case.refresh_from_db()
    assert journey.case.step == "recheck" and "township_clerk" in journey.case.waiting_for
    with pytest.raises(Refused, match="不符合条件"):
        journey.move("clerk", "keep", {"opinion": "没有变化。"})
    journey.move("clerk", "propose_stop", {"opinion": "等级变为三级。"})
    journey.on = dt.date(2026, 7, 3)
    journey.move("approver", "confirm_stop", {"opinion": "同意停发。"})

    assert Entitlement.objects.get(benefit="nursing_subsidy").until_month == dt.date(2026, 7, 1)


@pytest.mark.parametrize(("benefit", "step"), [("elder_care", "recheck"), ("elder_allowance", "active")])
def test_the_care_of_the_old_brings_nursing_onto_the_desk_and_the_allowance_does_not(
    access, cast, benefit, step
):
    person = stored(cast)
    certificate(person, until="2036-02-28")
    journey = Journey(access, "D2", dt.date(2026, 3, 2), care_months=8).granted(on=dt.date(2026, 3, 20))
    review_beside_the_care_of_the_old(benefit=benefit, applicant=person.pk, on="2026-06-20")
    journey.case.refresh_from_db()
    assert journey.case.step == step
