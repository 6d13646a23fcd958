"""Placing somebody in an institution, letting them leave, closing and opening a house, following up."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.disability.care.models import CareNeed, Closure, Placement, State
from minzheng.business.disability.facilities import HOUSES
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.named import people_of
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

VISIT = "disability.care_visit"
DEATH = "死亡"
MOVED = "本人已迁到别的村（社区）"
AWAY = ("转院治疗", DEATH, "避险转移")  # what a closed house does not hold anybody back from


def _persons(row: Any) -> list[int]:
    return list(people_of([row]))


def _house(access: Any, name: str) -> Facility:
    """An open house by its whole name, within the user's own regions."""
    open_ones = access.scope("register.read", Facility.objects.on(access.today).filter(kind__in=HOUSES))
    found = list(open_ones.filter(name=name.strip()).select_for_update(of=("self",))[:2])
    if len(found) != 1:
        raise Refused({"house": "没有找到正在运营的这家机构。请照设施台账写全称。"})
    return found[0]


def closure_of(facility: int, on: dt.date) -> Closure | None:
    return Closure.objects.filter(facility=facility, since__lte=on, until=None).first()


def place(
    access: Any, row: Any, *, house: str, bed: str, ground: str, guardian: str, since: dt.date | str
) -> Placement:
    """The person of a row moves in. Refused: closed house, no free bed, lives in another institution."""
    day = dt.date.fromisoformat(str(since))
    facility = _house(access, house)
    if day > access.today or day < facility.opened_on:
        raise Refused({"since": "入住日期应在机构开办之后、今天之前，请核对。"})
    if closed := closure_of(facility.pk, access.today):
        raise Refused(f"{facility.name}从 {closed.since} 起封闭管理，暂不收住。请改选机构，或先上门照护。")
    if row.person is None:
        raise Refused("人员库里还没有这个人，请先在人员台账登记。")
    if not row.person.is_alive_on(day):
        raise Refused("人员档案登记此人已经去世，请核对。")
    beds, taken = facility.counts.get("beds"), Placement.objects.filter(facility=facility, until=None).count()
    if beds is not None and taken >= beds:
        raise Refused(f"{facility.name}登记床位 {beds} 张，已经住满。请改选机构，或先更正床位数。")
    try:
        with transaction.atomic():
            made = Placement.objects.create(
                name=row.name, id_no=row.id_no, person=row.person, region=facility.region, facility=facility,
                bed=bed.strip(), ground=ground, guardian=guardian, since=day,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这张床已有人住，或本人正住在别的机构。请核对床号，或先办理离开。") from None
    # Elder care hears of it too: nobody is cared for by two institutions at once.
    emit("home.admitted", person=row.person_id, facility=facility.pk, on=day.isoformat())
    return made


@action("care_need.place", "安排机构托养", permission="register.write", persons=_persons)
def place_needy(access: Any, need: CareNeed, **said: Any) -> Placement:
    current = _open(need)
    made = place(access, current, **said)
    _settle(current, State.PLACED, access.today)
    return made


@action("care_need.serve", "安排上门照护", permission="register.write", persons=_persons)
def serve(access: Any, need: CareNeed) -> CareNeed:
    """From now on ordered as services; the follow-up visits begin."""
    return _settle(_open(need), State.SERVED, access.today)


@action("care_need.close", "不再需要照护", permission="register.write", persons=_persons)
def close_need(access: Any, need: CareNeed, *, ended_for: str) -> CareNeed:
    current = _open(need)
    current.ended_for = ended_for[:60]
    withdraw_tasks([_origin(current)], ended_for, actor=access.user)
    return _settle(current, State.DONE, access.today)


@action("placement.leave", "办理离开机构", permission="register.write", persons=_persons)
def leave(access: Any, placement: Placement, *, until: dt.date | str, left_for: str) -> Placement:
    """Refused while the house is closed, but for treatment, death or danger."""
    current = Placement.objects.select_for_update(of=("self",)).get(pk=placement.pk)
    day = dt.date.fromisoformat(str(until))
    if current.until is not None:
        raise Refused("已经办过离开，不用再办。")
    if not current.since <= day <= access.today:
        raise Refused({"until": "离开日期应在入住之后、今天之前，请核对。"})
    if left_for not in AWAY and (closed := closure_of(current.facility_id, access.today)):
        raise Refused(f"机构从 {closed.since} 起封闭管理，除{'、'.join(AWAY)}外暂不离院。请在解除以后办理。")
    return _left(current, day, left_for)


def end_stays(person: int, on: dt.date, why: str) -> None:
    """A death, or the admission elsewhere, ends the stay and the follow-up by itself."""
    for one in Placement.objects.filter(person=person, until=None):
        _left(one, max(on, one.since), why)
    for need in CareNeed.objects.filter(person=person).exclude(state=State.DONE):
        need.state, need.ended_for = State.DONE, why
        need.save(update_fields=["state", "ended_for"])
        call_back(need, why)


def move_along(person: int) -> None:
    """Whoever moves is visited from the new village; what was sent out in the old one is called back."""
    home = Person.objects.get(pk=person).region_id
    for need in CareNeed.objects.filter(person=person).exclude(state=State.DONE).exclude(region=home):
        call_back(need, MOVED)
        need.region_id = home
        need.save(update_fields=["region"])


def call_back(need: CareNeed, why: str) -> None:
    withdraw_tasks([_origin(need)], why, actor=None, for_good=False)


def correct_end(person: int, was: dt.date, on: dt.date) -> None:
    """A surer source named another day of death: the bed was held to that day."""
    for one in Placement.objects.filter(person=person, until=was, left_for=DEATH):
        one.until = max(on, one.since)
        one.save(update_fields=["until"])


def _left(current: Placement, day: dt.date, left_for: str) -> Placement:
    current.until, current.left_for = day, left_for[:60]
    current.save(update_fields=["until", "left_for"])
    waiting = CareNeed.objects.filter(person=current.person_id, state=State.PLACED)
    waiting.filter(person__isnull=False).update(state=State.WAITING)
    return current


@action(
    "facility.close_house", "实行封闭管理", permission="home.file", region=lambda facility: facility.region_id
)
def close_house(
    access: Any, facility: Facility, *, since: dt.date | str, ordered_by: str, measures: str
) -> Closure:
    day = dt.date.fromisoformat(str(since))
    if facility.kind not in HOUSES or not facility.is_open_on(day):
        raise Refused("只有正在运营的精神卫生福利机构、残疾人托养机构可以实行封闭管理。")
    try:
        with transaction.atomic():
            return Closure.objects.create(
                facility=facility, region=facility.region, since=day, ordered_by=ordered_by, measures=measures
            )
    except IntegrityError:
        raise Refused("这家机构已在封闭管理中。请先解除，再另行登记。") from None


@action("closure.lift", "解除封闭管理", permission="home.file")
def lift(access: Any, closure: Closure, *, until: dt.date | str) -> Closure:
    current = Closure.objects.select_for_update(of=("self",)).get(pk=closure.pk)
    day = dt.date.fromisoformat(str(until))
    if current.until is not None:
        raise Refused("已经解除，不用再办。")
    if not current.since <= day <= access.today:
        raise Refused({"until": "解除日期应在开始之后、今天之前，请核对。"})
    current.until = day
    current.save(update_fields=["until"])
    return current


def send_visits(on: dt.date) -> int:
    """A follow-up for everybody in care whose day has come; one for each due day."""
    due = CareNeed.objects.filter(next_visit__lte=on, state__in=[State.SERVED, State.PLACED])
    drafts = [
        TaskDraft(
            origin=_origin(one),
            region=one.region_id,
            person=one.person_id,
            title="重度残疾人照护回访",
            reason=f"{one.get_state_display()}，按期回访",
        )
        for one in due.only("id", "region_id", "person_id", "state", "next_visit")
    ]
    return open_tasks(VISIT, drafts, on=on).count


def was_visited(origin: str, outcome: str, on: dt.date) -> None:
    """Closed at the desk, nobody was seen: the next visit is due all the same."""
    one = CareNeed.objects.select_for_update(of=("self",)).get(pk=int(origin.split(":")[1]))
    if one.state == State.DONE:
        return
    one.next_visit = _next(one, on)
    if outcome:
        one.seen_on = on
    if outcome == "rearrange":
        one.state = State.WAITING
    one.save(update_fields=["seen_on", "next_visit", "state"])


def _open(need: CareNeed) -> CareNeed:
    current = CareNeed.objects.select_for_update(of=("self",)).get(pk=need.pk)
    if current.state == State.DONE:
        raise Refused("这项需求已经办结。又需要照护的，请另行登记。")
    return current


def _settle(need: CareNeed, state: State, on: dt.date) -> CareNeed:
    need.state = state
    need.next_visit = None if state == State.DONE else _next(need, on)
    need.save()
    return need


def _next(need: CareNeed, on: dt.date) -> dt.date:
    return add_months(on, figures(on, need.region_id)("care_visit_months"))


def _origin(need: CareNeed) -> str:
    return f"care_need:{need.pk}:{need.next_visit or ''}"
