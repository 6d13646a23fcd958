"""Master records: who may write them, and what a life event changes."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.events.models import Event
from minzheng.foundation.people.actions import (
    join_household,
    leave_household,
    record_life_event,
    register_household,
    register_person,
)
from minzheng.foundation.people.id_numbers import check_character
from minzheng.foundation.people.models import Household, LifeEventKind, Person

VILLAGE = "431227107203"
TODAY = dt.date(2026, 9, 1)


def id_no(first_17: str) -> str:
    return first_17 + check_character(first_17)


def newcomer(name="吴小妹", first_17="43122719900101772", **more) -> Person:
    return Person(name=name, id_no=id_no(first_17), region_id=VILLAGE, **more)


@pytest.fixture
def family(cast, access):
    """杨秀英 and her husband, a household since 2010."""
    clerk = access("clerk", TODAY)
    wife = cast["xiuying"].person
    husband = register_person(clerk, newcomer("吴建平", "43122719760704771"))
    household = Household(region_id=VILLAGE, category="rural", head=wife, since=dt.date(2010, 1, 1))
    return register_household(clerk, household, [(wife, "户主"), (husband, "配偶")])


def test_it_takes_sex_and_birth_date_from_the_number(access):
    person = register_person(access("clerk", TODAY), newcomer())
    assert (person.sex, person.birth_date) == ("2", dt.date(1990, 1, 1))
    assert AuditEntry.objects.get(action="person.register").persons == [person.pk]


def test_it_refuses_a_number_that_is_taken_and_says_what_to_do(access):
    register_person(access("clerk", TODAY), newcomer())
    with pytest.raises(Refused, match="直接使用原记录"):
        register_person(access("clerk", TODAY), newcomer("吴小美"))


@pytest.mark.parametrize("born", [dt.date(2026, 9, 2)])
def test_it_refuses_a_person_who_is_born_tomorrow(access, born):
    with pytest.raises(Refused, match="晚于今天"):
        register_person(access("clerk", TODAY), Person(name="吴未来", birth_date=born, region_id=VILLAGE))


def test_it_lets_no_officer_of_another_county_register_here(access):
    with pytest.raises(PermissionDenied):
        register_person(access("outsider", TODAY), newcomer())
    assert not Person.objects.filter(name="吴小妹").exists()


def test_it_keeps_a_person_in_one_household_only(family, access):
    child = register_person(access("clerk", TODAY), newcomer("吴小宝", "43122720200101771"))
    join_household(access("clerk", TODAY), family, child, "子", TODAY)
    other = Household.objects.create(region_id=VILLAGE, category="rural", head=child, since=TODAY)
    with pytest.raises(Refused, match="已在另一个家庭中"):
        join_household(access("clerk", TODAY), other, child, "子", TODAY)


def test_it_counts_a_member_until_the_day_of_leaving(family, access):
    husband = family.memberships.get(relation="配偶").person
    leave_household(access("clerk", TODAY), family, husband, dt.date(2026, 8, 20))
    assert husband.pk in family.members_on(dt.date(2026, 8, 19)).values_list("person_id", flat=True)
    assert husband.pk not in family.members_on(dt.date(2026, 8, 20)).values_list("person_id", flat=True)


def test_it_ends_a_life_once_and_tells_the_others(family, access):
    husband = family.memberships.get(relation="配偶").person
    clerk = access("clerk", TODAY)
    record_life_event(clerk, husband, LifeEventKind.DEATH, dt.date(2026, 8, 31), "卫健")
    husband.refresh_from_db()
    assert not husband.is_alive_on(dt.date(2026, 8, 31)) and husband.is_alive_on(dt.date(2026, 8, 30))
    assert not husband.memberships.filter(until=None).exists()
    told = Event.objects.get(kind="person.died").payload
    assert (told["person"], told["household"], told["on"]) == (husband.pk, family.pk, "2026-08-31")
    with pytest.raises(Refused, match="已登记吴建平于2026年08月31日死亡"):
        record_life_event(clerk, husband, LifeEventKind.DEATH, TODAY, "殡葬")


def test_it_records_no_event_of_tomorrow(family, access):
    with pytest.raises(Refused, match="晚于今天"):
        record_life_event(
            access("clerk", TODAY), family.head, LifeEventKind.MARRIAGE, dt.date(2026, 9, 2), "婚姻登记"
        )


def test_it_moves_the_hukou_with_the_person(family, access, regions):
    target = regions["431227101200"]
    record_life_event(
        access("clerk", TODAY), family.head, LifeEventKind.MOVE, TODAY, "公安", to_region=target
    )
    assert Person.objects.get(pk=family.head_id).hukou_region == target
