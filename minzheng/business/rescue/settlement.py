"""落户安置: listed after the months, registered by the police, approved by the county; then a Person with a household."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.rescue.identity import link_person
from minzheng.business.rescue.intake import locked
from minzheng.business.rescue.leaving import depart
from minzheng.business.rescue.models import Settlement, SettlementState, Stay, Way
from minzheng.business.rescue.searching import searched
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.actions import register_household
from minzheng.foundation.people.models import Household

WRITE, CONFIRM = "rescue.write", "rescue.confirm"


def due_after(stay: Stay) -> dt.date:
    """The last day before the list is open: the day that many months after the arrival."""
    return add_months(stay.arrived_on, int(figures(stay.arrived_on, stay.region_id)("rescue_settle_months")))


def whose(one: Settlement) -> tuple[int, ...]:
    return one.stay.persons


@action("rescue.settle_list", "列入落户安置名单", permission=WRITE, persons=lambda stay: stay.persons)
def list_for_settlement(access: Any, stay: Stay) -> Settlement:
    """Not before the months are over, and not without having searched."""
    now = locked(stay)
    if not now.is_unknown:
        raise Refused("身份已经查明，请办理返乡或接回，不列入落户安置。")
    if access.today <= due_after(now):
        raise Refused(f"入站还没有满三个月，{due_after(now):%Y年%-m月%-d日}以后才能列入。请继续寻亲。")
    if not searched(now):
        raise Refused("还没有报公安（DNA）查询并发布寻亲公告。请先完成寻亲，再列入名单。")
    if Settlement.objects.filter(stay=now).exclude(state=SettlementState.WITHDRAWN).exists():
        raise Refused("已经列入名单，不用再列。")
    made, _ = Settlement.objects.update_or_create(
        stay=now,
        defaults={
            "region_id": now.region_id, "state": SettlementState.LISTED, "listed_on": access.today,
            "listed_by": person_of(access),
        },
    )  # fmt: skip
    return made


def _in(one: Settlement, state: SettlementState) -> Settlement:
    now = Settlement.objects.select_for_update(of=["self"]).select_related("stay").get(pk=one.pk)
    if now.state != state:
        raise Refused(f"现在是“{now.get_state_display()}”，不能办这一步。请刷新页面。")
    return now


@action("rescue.settle_police", "登记公安户口登记", permission=WRITE, persons=whose)
def register_household_entry(
    access: Any, one: Settlement, *, name: str, id_no: str, police_no: str, police_on: str, home_region: str,
    category: str, place: str,
) -> Settlement:  # fmt: skip
    """What the police registered: a name, a number, a village. Nothing is made of it before the county approves."""
    now = _in(one, SettlementState.LISTED)
    day = dt.date.fromisoformat(str(police_on))
    if not now.listed_on <= day <= access.today:
        raise Refused({"police_on": "户口登记日期应在列入名单之后、今天之前，请核对。"})
    now.name, now.id_no, now.police_no, now.police_on = name.strip(), id_no, police_no.strip(), day
    now.home_region_id, now.category, now.place = home_region, category, place.strip()
    now.registered_by, now.state = person_of(access), SettlementState.REGISTERED
    now.save()
    return now


@action("rescue.settle", "核准落户安置", permission=CONFIRM, persons=whose)
def settle(access: Any, one: Settlement) -> Settlement:
    """By a third pair of eyes: master record, household, end of the stay and the look at benefits, in one transaction."""
    now = _in(one, SettlementState.REGISTERED)
    approver = another_person(access, now.listed_by_id, now.registered_by_id, did="列入、登记", does="核准")
    stay = locked(now.stay)
    if not stay.is_unknown:
        raise Refused("身份已经查明，不再落户安置。请撤回落户安置，办理返乡或接回。")
    link_person(access, stay, name=now.name, id_no=now.id_no, basis=f"公安户口登记{now.police_no}")
    person = stay.person
    assert person is not None
    person.region_id = person.hukou_region_id = now.home_region_id
    person.address = now.place
    person.save(update_fields=["region", "hukou_region", "address"])
    household = Household(
        region_id=now.home_region_id,
        category=now.category,
        head=person,
        address=now.place,
        since=access.today,
    )
    register_household(access, household, [(person, "本人")])
    now.household, now.approved_by, now.approved_on = household, approver, access.today
    now.state = SettlementState.SETTLED
    now.save()
    stay.destination = now.place
    depart(access, stay, Way.SETTLED, now.home_region_id)
    emit("rescue.settled", person=person.pk, household=household.pk, on=access.today.isoformat())
    return now


@action("rescue.settle_withdraw", "撤回落户安置", permission=WRITE, persons=whose)
def withdraw(access: Any, one: Settlement, *, note: str) -> Settlement:
    """The family was found after all."""
    now = Settlement.objects.select_for_update(of=["self"]).get(pk=one.pk)
    if now.state not in (SettlementState.LISTED, SettlementState.REGISTERED):
        raise Refused(f"现在是“{now.get_state_display()}”，不能撤回。")
    now.state, now.note = SettlementState.WITHDRAWN, note.strip()[:200]
    now.save(update_fields=["state", "note"])
    return now
