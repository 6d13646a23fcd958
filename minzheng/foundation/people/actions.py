"""Writing master records: people, households, who lives where, and what happens in a life (handbook 0.7, DC8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import Q

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.life_events.effects import recorded
from minzheng.foundation.people.id_numbers import IdNumberError, parse_id_number
from minzheng.foundation.people.models import Household, LifeEvent, LifeEventKind, Membership, Person, Sex
from minzheng.foundation.regions.models import Region

# What other parts hear (events/bus.py); the payload is {person, household, on, recorded_on, event}.
HEARD_AS = {
    LifeEventKind.DEATH: "person.died",
    LifeEventKind.BIRTH: "person.born",
    LifeEventKind.MARRIAGE: "person.married",
    LifeEventKind.DIVORCE: "person.divorced",
    LifeEventKind.MOVE: "person.moved",
    LifeEventKind.PRISON: "person.imprisoned",
    LifeEventKind.RELEASE: "person.released",
    LifeEventKind.DISABILITY: "person.disability_changed",
    LifeEventKind.EMPLOYMENT: "person.employed",
    LifeEventKind.GRADUATION: "person.graduated",
    LifeEventKind.ADOPTION: "person.adopted",
    LifeEventKind.DISSOLUTION: "person.adoption_ended",
}

# As the household register says it (GB/T 4761); that a child was adopted is kept in no list of families.
CHILD_OF: dict[str, str] = {Sex.MALE: "子", Sex.FEMALE: "女"}


def _itself(person: Person) -> Iterable[int]:
    return [person.pk]


def _everyone_in(household: Household) -> Iterable[int]:
    return household.memberships.values_list("person_id", flat=True)


@action("person.register", "登记人员", permission="person.write", persons=_itself)
def register_person(access: Any, person: Person) -> Person:
    """Save a new person; sex and birth date are those of the identity number, if there is one."""
    if person.id_no:
        try:
            read = parse_id_number(person.id_no, access.today)
        except IdNumberError as error:
            raise Refused({"id_no": str(error)}) from None
        if Person.objects.filter(id_no=read.number).exists():
            raise Refused(
                {"id_no": "这个身份证号已经登记过。请按身份证号查找这个人，核对姓名后直接使用原记录。"}
            )
        person.id_no, person.sex, person.birth_date = read.number, read.sex, read.birth_date
    if person.birth_date and person.birth_date > access.today:
        raise Refused({"birth_date": "出生日期晚于今天，请核对。"})
    person.save(force_insert=True)
    return person


@action("household.register", "登记家庭", permission="person.write", persons=_everyone_in)
def register_household(access: Any, household: Household, members: Sequence[tuple[Person, str]]) -> Household:
    """Save a new household with its members as (person, relation to the head), the head first."""
    if not members or members[0][0] != household.head:
        raise Refused("请先登记户主，并把户主放在家庭成员的第一位。")
    household.save(force_insert=True)
    for person, relation in members:
        _join(household, person, relation, household.since)
    return household


@action("household.join", "增加家庭成员", permission="person.write", persons=_everyone_in)
def join_household(
    access: Any, household: Household, person: Person, relation: str, since: dt.date
) -> Membership:
    """A person belongs to the household from `since` on (birth, marriage, return)."""
    return _join(household, person, relation, since)


def _join(household: Household, person: Person, relation: str, since: dt.date) -> Membership:
    if person.memberships.filter(until=None).exists():
        raise Refused(f"{person.name}已在另一个家庭中。请先在原家庭办理减少成员，再登记到这个家庭。")
    order = household.memberships.count()
    return household.memberships.create(person=person, relation=relation, since=since, order=order)


@action("household.leave", "减少家庭成员", permission="person.write", persons=_everyone_in)
def leave_household(access: Any, household: Household, person: Person, until: dt.date) -> None:
    """`until` is the first day on which the person no longer belongs to the household."""
    membership = household.memberships.filter(person=person, until=None).first()
    if membership is None:
        raise Refused(f"{person.name}现在不是这个家庭的成员，无需减少。请刷新页面后再看。")
    if until <= membership.since:
        raise Refused(f"离开日期应晚于加入日期{membership.since:%Y年%m月%d日}。")
    membership.until = until
    membership.save(update_fields=["until"])


@action("person.life_event", "登记生命事件", permission="person.write", persons=_itself)
def record_life_event(
    access: Any,
    person: Person,
    kind: LifeEventKind,
    happened_on: dt.date,
    source: str,
    *,
    to_region: Region | None = None,
    detail: dict[str, Any] | None = None,
) -> LifeEvent:
    """Something happened to a person. The master record follows; every other effect is a handler's business.

    `to_region` is the new hukou place of a move. `detail` holds codes and dates only.
    """
    return _happened(access, person, kind, happened_on, source, to_region, detail)


@action("person.life_event", "登记生命事件", persons=_itself)
def life_event_of_register(
    access: Any,
    person: Person,
    kind: LifeEventKind,
    happened_on: dt.date,
    source: str,
    *,
    to_region: Region | None = None,
    detail: dict[str, Any] | None = None,
    to_household: Household | None = None,
) -> LifeEvent:
    """The same for a line whose register brings the event about (a marriage); the line's action judges the right.

    `to_region`: as above. `to_household`: the family that an adopted child belongs to from that day on (None: known by nobody yet).
    """
    return _happened(access, person, kind, happened_on, source, to_region, detail, to_household)


def _happened(
    access: Any,
    person: Person,
    kind: LifeEventKind,
    happened_on: dt.date,
    source: str,
    to_region: Region | None,
    detail: dict[str, Any] | None,
    to_household: Household | None = None,
) -> LifeEvent:
    if happened_on > access.today:
        raise Refused("发生日期晚于今天。事情发生之后再登记，或核对日期。")
    if person.died_on is not None and kind == LifeEventKind.DEATH:
        raise Refused(f"已登记{person.name}于{person.died_on:%Y年%m月%d日}死亡。如日期有误，请申请更正。")
    if person.died_on is not None and happened_on > person.died_on:
        raise Refused(f"{person.name}已于{person.died_on:%Y年%m月%d日}死亡，请核对人员和日期。")
    if person.life_events.filter(kind=kind, happened_on=happened_on, undone_on=None).exists():
        raise Refused("同一天的同一事件已经登记过，不需要再登记。")
    household = household_of(person, happened_on)
    detail = dict(detail or {})
    if kind == LifeEventKind.DEATH:
        detail["memberships"] = _end_life(person, happened_on)
    if kind == LifeEventKind.MOVE:
        if to_region is None:
            raise Refused({"to_region": "请选择迁入的村（社区）。"})
        detail["from"] = [person.hukou_region_id, person.region_id]
        person.hukou_region = person.region = to_region
        person.save(update_fields=["hukou_region", "region"])
    if kind == LifeEventKind.ADOPTION:
        detail |= _change_family(person, to_household, happened_on)
        household = to_household
    event = person.life_events.create(kind=kind, happened_on=happened_on, source=source, detail=detail)
    with recorded(access, event):
        emit(
            HEARD_AS[kind],
            person=person.pk,
            household=household.pk if household else None,
            on=happened_on.isoformat(),
            recorded_on=access.today.isoformat(),
            event=event.pk,
        )
    return event


def household_of(person: Person, on: dt.date) -> Household | None:
    """The household that the person belonged to on that day."""
    membership = (
        person.memberships.filter(Q(since__lte=on), Q(until=None) | Q(until__gt=on))
        .select_related("household")
        .first()
    )
    return membership.household if membership else None


def _change_family(child: Person, home: Household | None, on: dt.date) -> dict[str, Any]:
    """Out of the old family, into the new one, as a child like any other; says which rows, for an undoing."""
    moved: dict[str, Any] = {"left": None, "joined": None}
    old = child.memberships.filter(until=None).first()
    if old is not None and home is not None and old.household_id == home.pk:
        return moved
    since = on
    if old is not None:
        old.until = since = max(on, old.since + dt.timedelta(days=1))
        old.save(update_fields=["until"])
        moved["left"] = old.pk
    if home is not None:
        moved["joined"] = _join(home, child, CHILD_OF.get(child.sex, "子女"), since).pk
    return moved


def _end_life(person: Person, died_on: dt.date) -> list[int]:
    """The memberships that end with the life."""
    ended = []
    person.died_on = died_on
    person.save(update_fields=["died_on"])
    for membership in person.memberships.filter(until=None):
        # A newborn who died the same day still lived in the household for that day.
        membership.until = max(died_on, membership.since + dt.timedelta(days=1))
        membership.save(update_fields=["until"])
        ended.append(membership.pk)
    return ended
