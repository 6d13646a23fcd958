"""A registry with a year of weddings, this week's bookings, divorces in every state, and old records to verify."""

from __future__ import annotations

import datetime as dt
from collections import Counter as Tally

from minzheng.business.marriage.bookings import COUNSEL, DIVORCE, WEDDING
from minzheng.business.marriage.care import record_counselling
from minzheng.business.marriage.certificates import issue_both
from minzheng.business.marriage.declining import decline_marriage
from minzheng.business.marriage.divorce import days_from
from minzheng.business.marriage.models import (
    Agreement,
    CounselSession,
    CreditRecord,
    Divorce,
    DivorceState,
    Kind,
    Marriage,
    MarriageEnd,
    Registrar,
    Registration,
    Registry,
    Source,
    Spouse,
)
from minzheng.business.marriage.numbers import next_number, next_receipt
from minzheng.business.marriage.review import Asked
from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.booking.actions import Guest, book, open_counter
from minzheng.foundation.booking.models import Booking, Counter, Hours, Slot, State
from minzheng.foundation.booking.plan import open_slots
from minzheng.foundation.calendar import default_calendar
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.people.models import Membership, Person

WEDDINGS, DIVORCES, BOOKED, CERTIFIED, OLD = 60, 6, 8, 2, 9
PLACE = {"address": "湖南省怀化市新晃侗族自治县晃洲镇人民路", "phone": "0745-6220000"}
AGREED = {
    "will": "双方自愿离婚。",
    "children": "女儿由女方抚养，男方每月给付抚养费八百元。",
    "property": "县城的住房归女方，存款各半。",
    "debts": "没有共同债务。",
}
Couple = tuple[Person, Person]


def fill_registry(officers: Officers, days: Days) -> int:
    """How many weddings stand in the register afterwards."""
    registry = _open(officers, days)
    couples = _couples(WEDDINGS)
    weddings = _weddings(registry, officers, couples, days)
    _divorces(registry, officers, weddings[:DIVORCES], days)
    _old_records(registry, officers, _couples(WEDDINGS + OLD)[WEDDINGS:])
    _bookings(officers, days)
    _beside(officers, couples, days)
    _one_refused(registry, officers, couples, days)
    return len(weddings)


def _open(officers: Officers, days: Days) -> Registry:
    """Three counters on the weekly plan, opened a month ago, and two qualified registrars."""
    began = days.today - dt.timedelta(days=28)
    counters = {}
    for word, quota in ((WEDDING, 3), (DIVORCE, 1), (COUNSEL, 1)):
        counter = Counter(kind=word.code, region_id=COUNTY, name=f"新晃侗族自治县民政局{word.title}", **PLACE)
        hours = [
            Hours(since=began, starts=dt.time(start), ends=dt.time(end), minutes=60, quota=quota)
            for start, end in ((9, 12), (14, 17))
        ]
        counters[word.code] = open_counter(officers.on("registrar", began), counter, hours)
        open_slots(counter, days.today)
    registry = Registry.objects.create(
        region_id=COUNTY,
        name="新晃侗族自治县民政局婚姻登记处",
        code=COUNTY[:6],
        counter=counters[WEDDING.code],
        **PLACE,
    )
    Registrar.objects.bulk_create(
        Registrar(
            registry=registry,
            region_id=COUNTY,
            user=officers.users[login],
            certificate_no=f"湘婚登{at:04d}",
            since=dt.date(2020, 1, 1),
        )
        for at, login in enumerate(("registrar", "registrar2"), 1)
    )
    return registry


def _couples(count: int) -> list[Couple]:
    """Heads and their spouses, young enough to have married lately, the man first."""
    rows = (
        Membership.objects.filter(
            relation="配偶", until=None, person__died_on=None, household__head__died_on=None,
            person__birth_date__gte="1975-01-01", household__head__birth_date__gte="1975-01-01",
        )
        .exclude(person__id_no=None)
        .select_related("person", "household__head")
        .order_by("-person__birth_date", "id")
    )  # fmt: skip
    found: list[Couple] = []
    for row in rows:
        one, other = row.household.head, row.person
        if {one.sex, other.sex} == {"1", "2"}:
            found.append((one, other) if one.sex == "1" else (other, one))
        if len(found) == count:
            break
    return found


def _weddings(
    registry: Registry, officers: Officers, couples: list[Couple], days: Days
) -> list[Registration]:
    """Spread over a year, the numbers in the order of the days; the last few with their certificates."""
    dates = sorted(workdays_before(days.today, 4 * at) for at in range(len(couples)))
    marriages = Marriage.objects.bulk_create(
        Marriage(region_id=COUNTY, man=man, woman=woman, since=day)
        for (man, woman), day in zip(couples, dates, strict=True)
    )
    Spouse.objects.bulk_create(
        Spouse(marriage=one, person_id=key) for one in marriages for key in (one.man_id, one.woman_id)
    )
    rows, given = [], Tally[int]()
    for couple, day, marriage in zip(couples, dates, marriages, strict=True):
        given[day.year] += 1
        number = f"J{registry.code}-{day.year}-{given[day.year]:06d}"
        rows.append(_row(registry, officers, couple, Kind.MARRIAGE, day, marriage, number))
    NumberSeries.objects.bulk_create(
        NumberSeries(prefix=f"marriage-J{registry.code}-{year}", last=last) for year, last in given.items()
    )
    made: list[Registration] = Registration.objects.bulk_create(rows)
    for one in made[-CERTIFIED:]:
        issue_both(officers.on("registrar", one.registered_on), one)
    return made


def _row(
    registry: Registry,
    officers: Officers,
    couple: Couple,
    kind: Kind,
    day: dt.date,
    marriage: Marriage,
    number: str,
) -> Registration:
    man, woman = couple
    return Registration(
        kind=kind, number=number, registry=registry, region_id=COUNTY, registered_on=day,
        marriage=marriage, man=man, woman=woman, man_name=man.name, woman_name=woman.name,
        man_id_no=man.id_no or "", woman_id_no=woman.id_no or "", man_prior="single", woman_prior="single",
        registrar=officers.users["registrar"],
    )  # fmt: skip


def _divorces(registry: Registry, officers: Officers, weddings: list[Registration], days: Days) -> None:
    """One in each state: two in the cooling-off, one in its window, withdrawn, deemed withdrawn, registered."""
    # Days before today on which each was handed in; the longest holidays are shorter than the room left.
    ago = (5, 14, 42, 60, 120, 100)
    for wedding, back in zip(weddings, ago, strict=True):
        day = workdays_before(days.today - dt.timedelta(days=back), 0)
        while not default_calendar().is_workday(day):
            day -= dt.timedelta(days=1)
        due = days_from(day, COUNTY)
        one = Divorce(
            receipt_no=next_receipt(registry, day.year), registry=registry, region_id=COUNTY, marriage=wedding.marriage,
            man=wedding.man, woman=wedding.woman, applied_on=day, cooling_until=due.cooling_until,
            window_from=due.window_from, window_until=due.window_until, calendar=default_calendar().version,
            accepted_by=officers.users["registrar"],
        )  # fmt: skip
        if back == 60:
            one.state, one.withdrawn_by, one.closed_on = (
                DivorceState.WITHDRAWN,
                wedding.woman,
                due.cooling_until,
            )
        elif back == 120:
            one.state, one.closed_on = DivorceState.DEEMED, due.window_until + dt.timedelta(days=1)
        elif back == 100:
            _parted(registry, officers, wedding, one)
        one.save()
        Agreement.objects.create(
            divorce=one, region_id=COUNTY, man=one.man, woman=one.woman, content=AGREED, signed_on=day
        )


def _parted(registry: Registry, officers: Officers, wedding: Registration, divorce: Divorce) -> None:
    marriage, day = wedding.marriage, divorce.window_from
    assert marriage is not None and wedding.man is not None and wedding.woman is not None
    number = next_number(Kind.DIVORCE, registry, day.year)
    row = _row(registry, officers, (wedding.man, wedding.woman), Kind.DIVORCE, day, marriage, number)
    row.save()
    divorce.state, divorce.closed_on, divorce.registration = DivorceState.REGISTERED, day, row
    Marriage.objects.filter(pk=marriage.pk).update(ended_on=day, end=MarriageEnd.DIVORCE)
    Spouse.objects.filter(marriage=marriage).update(stands=False)


def _old_records(registry: Registry, officers: Officers, couples: list[Couple]) -> None:
    """Entered from the boxes of the nineties; two of them do not fit what is known."""
    Registration.objects.bulk_create(
        Registration(
            kind=Kind.MARRIAGE, number=f"晃结字第{1998000 + at}号", registry=registry, region_id=COUNTY,
            registered_on=dt.date(2003, 3, 1) + dt.timedelta(days=37 * at), man=man, woman=woman, man_name=man.name,
            woman_name=woman.name, man_id_no=man.id_no or "", woman_id_no=woman.id_no or "", box_no=f"2003-{at}",
            registrar=officers.users["registrar"], source=Source.DISPUTED if at < 2 else Source.ENTERED,
            remark="档案上的出生日期与身份证不符" if at < 2 else "",
        )
        for at, (man, woman) in enumerate(couples)
    )  # fmt: skip


def _bookings(officers: Officers, days: Days) -> None:
    """Past ones that were kept or missed, and this week's, made by the registrar for people who called."""
    singles = Person.objects.filter(died_on=None, birth_date__range=("1996-01-01", "2003-01-01")).exclude(
        id_no=None
    )
    men = singles.filter(sex="1").order_by("id")[: 2 * BOOKED]
    women = singles.filter(sex="2").order_by("id")[: 2 * BOOKED]
    slots = Slot.objects.filter(counter__kind=WEDDING.code).order_by("day", "starts")
    past = list(slots.filter(day__lt=days.today)[: 3 * BOOKED : 3])
    coming = list(slots.filter(day__gte=days.today)[: 2 * BOOKED : 2])
    for at, (slot, man, woman) in enumerate(zip([*past, *coming], men, women, strict=False)):
        access = officers.on("registrar", min(days.today, slot.day))
        made = book(access, Booking(slot=slot), [Guest(one.name, one.id_no or "") for one in (man, woman)])
        if slot.day < days.today:
            Booking.objects.filter(pk=made.pk).update(state=State.MISSED if at % 7 == 3 else State.CAME)
            made.parties.update(stands=False)


def _one_refused(registry: Registry, officers: Officers, couples: list[Couple], days: Days) -> None:
    """Somebody who is married already came with another: told in writing."""
    man, woman = couples[3][0], couples[4][1]
    wanted = Registration(registry=registry, region_id=COUNTY, man=man, woman=woman)
    asked = Asked(both_present=True, near_kin=False, willing={man.pk: True, woman.pk: True})
    decline_marriage(officers.on("registrar", days.today - dt.timedelta(days=3)), wanted, asked)


def _beside(officers: Officers, couples: list[Couple], days: Days) -> None:
    """Counselling by both registrars, and one false declaration with its basis."""
    for at, (man, woman) in enumerate(couples[:5]):
        access = officers.on(("registrar", "registrar2")[at % 2], days.today - dt.timedelta(days=6 * at))
        talk = CounselSession(
            region_id=COUNTY, person=woman, partner=man, consented=True, result=("eased", "going_on")[at % 2],
            topic=("冷静期辅导", "婚姻调适", "婚前辅导")[at % 3],
        )  # fmt: skip
        record_counselling(access, talk, "演示数据：谈话内容。")
    CreditRecord.objects.create(
        person=couples[0][0], region_id=COUNTY, fact="申请结婚登记时隐瞒已婚", basis="公安机关证明（演示）",
        recorded_on=days.today, expires_on=days.today.replace(year=days.today.year + 5, day=1),
        recorded_by=officers.users["registrar"],
    )  # fmt: skip
