"""The guardian's account is paid from a second person's confirmation until the ward comes of age or the guardian dies."""

from __future__ import annotations

import datetime as dt

import pytest

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import end, grant, reinstate
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.guardians.actions import begin_due, confirm, end_grown_up
from minzheng.foundation.guardians.models import Guardianship
from minzheng.foundation.payments.tests.office import Office
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.registers.actions import save_row
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registry.words import shelf

pytestmark = pytest.mark.django_db
NOW = dt.date(2026, 3, 2)


@pytest.fixture
def ward(cast):
    village = cast["xiuying"].person.region
    grandmother = Person.objects.create(
        name="舒桂香",
        region=village,
        id_no="431227195503070028",
        bank_name="农商行",
        bank_account="6217000000000009999",
    )
    child = Person.objects.create(
        name="舒小雨", region=village, id_no="431227201003050024", birth_date=dt.date(2010, 3, 5)
    )
    return child, grandmother


@pytest.fixture
def guarded(ward, access):
    child, grandmother = ward
    register = shelf(Register).get("guardianships")
    said = {
        "name": child.name, "id_no": child.id_no, "region": child.region_id, "guardian_name": grandmother.name,
        "guardian_id_no": grandmother.id_no, "relation": "祖母", "ground": "minor", "proof": "户口簿",
        "since": "2026-01-01",
    }  # fmt: skip
    return save_row(access("clerk", NOW), register, register.model(), said)


def granted(access, child, code="orphan"):
    why = Why("granted", "测试", NOW)
    return grant(access("approver", NOW), child, code=code, amount_fen=110_000, why=why, applied_on=NOW)


def test_old_and_new_rights_are_paid_to_the_guardian_once_another_person_confirmed(access, ward, guarded):
    child, grandmother = ward
    right = granted(access, child)
    assert right.payee == child
    Guardianship.objects.filter(pk=guarded.pk).update(maker=access("township", NOW).user.person)
    with pytest.raises(Refused, match="同一个人"):
        confirm(access("township", NOW), guarded)
    Guardianship.objects.filter(pk=guarded.pk).update(maker=access("clerk", NOW).user.person)
    confirm(access("township", NOW), guarded)
    right.refresh_from_db()
    assert right.payee == grandmother
    assert granted(access, child, "nursing_subsidy").payee == grandmother, "what is granted later as well"
    line = Office(access).make("2026-04", "orphan").lines.get()
    assert (line.payee, line.account_name, line.amount_fen) == (grandmother, "舒桂香", 110_000)


@pytest.mark.parametrize("event", ["birthday", "death"])
def test_it_ends_on_the_eighteenth_birthday_and_with_the_guardians_death(access, ward, guarded, event):
    child, grandmother = ward
    right = granted(access, child)
    confirm(access("township", NOW), guarded)
    if event == "birthday":
        assert [end_grown_up(dt.date(2028, 3, day)) for day in (4, 5, 6)] == [0, 1, 0]
    else:
        record_life_event(access("clerk", NOW), grandmother, LifeEventKind.DEATH, NOW, "死亡证明")
    assert Entitlement.objects.get(pk=right.pk).payee == child
    guarded.refresh_from_db()
    assert guarded.state == "ended"


def test_a_guardianship_that_begins_later_reaches_running_rights_on_its_day_and_those_that_run_again(
    access, ward, guarded
):
    child, grandmother = ward
    right = granted(access, child)
    first = dt.date(2026, 4, 1)
    Guardianship.objects.filter(pk=guarded.pk).update(since=first)
    confirm(access("township", NOW), guarded)
    assert Entitlement.objects.get(pk=right.pk).payee == child
    assert [begin_due(day) for day in (dt.date(2026, 3, 31), first, first)] == [0, 1, 0]
    assert Entitlement.objects.get(pk=right.pk).payee == grandmother
    end(access("approver", first), right, on=first, reason="death")
    Entitlement.objects.filter(pk=right.pk).update(payee=child)
    reinstate(access("approver", first), right)
    assert Entitlement.objects.get(pk=right.pk).payee == grandmother


def test_who_was_born_on_29_february_is_of_age_on_the_28th(access, ward, guarded):
    child, _ = ward
    confirm(access("township", NOW), guarded)
    Person.objects.filter(pk=child.pk).update(birth_date=dt.date(2012, 2, 29))
    days = (dt.date(2030, 2, 27), dt.date(2030, 2, 28), dt.date(2030, 3, 1))
    assert [end_grown_up(day) for day in days] == [0, 1, 0]
