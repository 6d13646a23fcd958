"""Opening times by the calendar; nobody is booked twice or into a full hour."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.foundation.actions import Refused
from minzheng.foundation.booking.actions import (
    Guest,
    book,
    came,
    cancel,
    missed,
    open_counter,
    release_no_shows,
    remind,
    set_special_day,
)
from minzheng.foundation.booking.lists import days_of, own_bookings
from minzheng.foundation.booking.models import Booking, Counter, Hours, Party, Slot, SpecialDay, State
from minzheng.foundation.booking.plan import open_slots
from minzheng.foundation.events.bus import emit
from minzheng.foundation.events.models import Event
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.id_numbers import check_character

COUNTY = "431227000000"
TODAY = dt.date(2026, 2, 10)  # Tuesday before the Spring Festival


def number(sequence: int, born: str = "19950101") -> str:
    first = f"431227{born}{sequence:03d}"
    return first + check_character(first)


@pytest.fixture
def at(access):
    """The registrar on a day."""
    return lambda today=TODAY: access("registrar", today)


def open_registry(access, quota=2, kind="marriage", ends=11, **more) -> Counter:
    counter = Counter(kind=kind, region_id=COUNTY, name="新晃婚姻登记处", address="人民路1号")
    hours = Hours(since=access.today, starts=dt.time(9), ends=dt.time(ends), minutes=60, quota=quota, **more)
    return open_counter(access, counter, [hours])


def slot_on(counter: Counter, day: dt.date) -> Slot:
    return Slot.objects.filter(counter=counter, day=day).order_by("starts").first()


def couple(cast, partner: int = 1) -> list[Guest]:
    me = cast["xiuying"].person
    return [Guest(me.name, me.id_no), Guest("龙大山", number(partner))]


def open_days(counter: Counter) -> set[dt.date]:
    return set(Slot.objects.filter(counter=counter).values_list("day", flat=True))


@pytest.mark.django_db
def test_it_is_closed_on_holidays_and_open_on_swapped_working_weekends(at):
    days = open_days(open_registry(at()))
    assert dt.date(2026, 2, 14) in days  # a Saturday that is worked
    assert not days & {dt.date(2026, 2, day) for day in range(15, 24)}  # 15–23 Feb: Spring Festival
    assert {dt.date(2026, 2, 24), dt.date(2026, 2, 28)} <= days
    assert dt.date(2026, 3, 7) not in days  # a plain Saturday
    assert max(days) == dt.date(2026, 3, 12) == TODAY + dt.timedelta(days=30)


@pytest.mark.django_db
def test_it_opens_three_times_the_places_at_qixi_and_twice_opens_no_more(at):
    access = at(dt.date(2026, 8, 3))
    counter = open_registry(access)
    places = {one["day"]: one["places"] for one in days_of(counter, access.today)}
    assert (places[dt.date(2026, 8, 18)], places[dt.date(2026, 8, 19)]) == (4, 12)
    assert open_slots(counter, access.today) == 0


@pytest.mark.django_db
def test_it_closes_or_lengthens_a_day_and_keeps_what_is_booked(at, access, cast):
    counter = open_registry(at())
    day = dt.date(2026, 2, 12)
    slot = slot_on(counter, day)
    book(access("xiuying", TODAY), Booking(slot=slot), couple(cast))
    set_special_day(at(), SpecialDay(counter=counter, day=day, is_closed=True, reason="系统升级"))
    with pytest.raises(Refused, match="系统升级"):
        book(at(), Booking(slot=slot), [Guest("吴一", number(7)), Guest("吴二", number(8))])
    assert Booking.objects.get().state == State.BOOKED
    longer = SpecialDay(
        counter=counter,
        day=dt.date(2026, 2, 21),
        starts=dt.time(9),
        ends=dt.time(12),
        quota=1,
        reason="延时服务",
    )
    set_special_day(at(), longer)
    assert Slot.objects.filter(counter=counter, day=longer.day).count() == 3


@pytest.mark.django_db
def test_a_couple_books_once_a_day_and_both_see_it(at, access, cast):
    counter = open_registry(at())
    day = dt.date(2026, 2, 12)
    mine = access("xiuying", TODAY)
    first = book(mine, Booking(slot=slot_on(counter, day)), couple(cast))
    with pytest.raises(Refused, match="已经有一个"):
        book(mine, Booking(slot=slot_on(counter, day)), couple(cast, partner=2))
    partner = [Guest("石玉", number(3)), Guest("龙大山", number(1))]
    with pytest.raises(Refused, match="已经有一个"):  # the other one of the couple, with somebody else
        book(at(), Booking(slot=slot_on(counter, day)), partner)
    assert Slot.objects.get(pk=first.slot_id).taken == 1  # a refused booking takes no place
    assert list(own_bookings(mine)) == [first]
    cancel(mine, first)
    again = book(mine, Booking(slot=slot_on(counter, day)), couple(cast))
    assert Slot.objects.get(pk=again.slot_id).taken == 1


@pytest.mark.django_db
def test_nobody_books_for_strangers_alone_for_two_or_yesterday(at, access, cast):
    counter = open_registry(at())
    slot = slot_on(counter, dt.date(2026, 2, 12))
    strangers = [Guest("石玉", number(3)), Guest("龙大山", number(1))]
    with pytest.raises(PermissionDenied):
        book(access("xiuying", TODAY), Booking(slot=slot), strangers)
    with pytest.raises(Refused, match="2个人一起"):
        book(access("xiuying", TODAY), Booking(slot=slot), couple(cast)[:1])
    with pytest.raises(Refused, match="姓名和身份证号对不上"):
        book(
            access("xiuying", TODAY),
            Booking(slot=slot),
            [Guest("杨秀花", couple(cast)[0].id_no), strangers[1]],
        )
    with pytest.raises(Refused, match="已经过去"):
        book(at(dt.date(2026, 2, 13)), Booking(slot=slot), couple(cast))


@pytest.mark.django_db
def test_the_desk_notes_who_came_and_a_missed_place_is_free_again(at, access, cast):
    counter = open_registry(at(), quota=1)
    day = dt.date(2026, 2, 12)
    slot = slot_on(counter, day)
    made = book(access("xiuying", TODAY), Booking(slot=slot), couple(cast))
    with pytest.raises(Refused, match="不是今天"):
        came(at(), made)
    assert remind(day - dt.timedelta(days=1)) == 1
    assert remind(day - dt.timedelta(days=1)) == 0
    assert Event.objects.get(kind="booking.reminded").payload["bookings"] == [made.pk]
    missed(at(day), made)
    other = book(at(day), Booking(slot=slot), [Guest("吴一", number(7)), Guest("吴二", number(8))])
    came(at(day), other)
    with pytest.raises(Refused, match="已到场"):
        cancel(at(day), other, "改天")
    with pytest.raises(PermissionDenied):
        came(access("clerk", day), made)


@pytest.mark.django_db
def test_the_night_closes_what_nobody_came_for(at, access, cast):
    counter = open_registry(at())
    book(access("xiuying", TODAY), Booking(slot=slot_on(counter, dt.date(2026, 2, 12))), couple(cast))
    assert release_no_shows(dt.date(2026, 2, 12)) == 0
    assert release_no_shows(dt.date(2026, 2, 13)) == 1
    assert release_no_shows(dt.date(2026, 2, 13)) == 0
    assert not Party.objects.filter(stands=True).exists()


@pytest.mark.django_db
def test_a_counter_closes_with_the_place_that_it_stands_in(at, access, cast):
    today = at()
    hall = Facility.objects.create(
        kind="ash_hall", name="骨灰堂", region_id=COUNTY, opened_on=dt.date(2020, 1, 1)
    )
    counter = open_registry(today)
    counter.facility = hall
    counter.save()
    day = dt.date(2026, 2, 12)
    made = book(access("xiuying", TODAY), Booking(slot=slot_on(counter, day)), couple(cast))
    emit("facility.closed", facility=hall.pk, on=day.isoformat())
    counter.refresh_from_db()
    assert counter.closed_on == day
    assert set(Slot.objects.filter(day__gte=day).values_list("pk", flat=True)) == {made.slot_id}
    with pytest.raises(Refused, match="停止预约"):
        book(at(), Booking(slot=made.slot), [Guest("吴一", number(7)), Guest("吴二", number(8))])
