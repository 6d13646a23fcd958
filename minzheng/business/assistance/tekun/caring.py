"""How a 特困人员 is cared for: a place in an institution, or a carer at home by agreement (国发〔2016〕14号; S-042, S-043)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable
from typing import Any

from django.db.models import QuerySet

from minzheng.business.assistance.models import CareAgreement, Place, Support
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rooms import Home, homes_for
from minzheng.foundation.people.models import Person


def _persons(support: Support) -> Iterable[int]:
    return [support.person_id]


def _of_agreement(agreement: CareAgreement) -> Iterable[int]:
    return [agreement.support.person_id, agreement.carer_id]


def living_in(homes: Collection[int]) -> Iterable[tuple[int, int]]:
    """(home, person) of everybody who is supported there."""
    there = Support.objects.filter(home__in=homes, entitlement__until_month=None)
    return there.exclude(entitlement__state=State.VOID).values_list("home_id", "person_id")


def homes(support: Support, on: dt.date) -> list[Home]:
    """Where this person could live: the county's homes that take 特困人员 in, but for the present one."""
    found = homes_for("tekun", support.region_id[:6], on, living_in)
    return [one for one in found if one.facility.pk != support.home_id]


@action("tekun.move", "变更供养方式", persons=_persons)
def move_to(access: Any, support: Support, place: str, since: dt.date, home: int | None = None) -> Support:
    """Into an institution or back home; the right is judged by who calls: a deed below, a case step, a home's record.

    Money stays as it is; whoever has a place waits no longer.
    """
    support = _running(support)
    if since < support.place_since:
        raise Refused({"since": f"现在的供养方式从 {support.place_since} 起，变更不能更早，请核对。"})
    support.place, support.place_since, support.home_id = place, since, home
    support.waiting_since = None
    support.save()
    Entitlement.objects.filter(pk=support.entitlement_id).update(grade=place)
    if place == Place.COLLECTIVE:
        _end(support.agreements.filter(ended_on=None).first(), since, "已入住供养服务机构")
    return support


@action("tekun.admit", "安排入住供养服务机构", permission="register.write", persons=_persons)
def admit(access: Any, support: Support, *, home: str, since: str) -> Support:
    """A bed was found, or another home. The day is today or earlier: nobody lives there from tomorrow."""
    day = dt.date.fromisoformat(since)
    # The last bed is given once: whoever comes second waits for the first, and then finds it taken.
    Facility.objects.select_for_update().filter(pk=int(home)).first()
    chosen = next((one for one in homes(support, access.today) if str(one.facility.pk) == home), None)
    if chosen is None:
        raise Refused({"home": "这家机构不在本县收住特困人员的机构里，或者本人正住在那里。请重新选择。"})
    if chosen.is_full:
        raise Refused({"home": f"{chosen.facility.name}已经住满。请改选有空床的机构，或登记轮候。"})
    if day < chosen.facility.opened_on:
        raise Refused({"since": f"{chosen.facility.name}从 {chosen.facility.opened_on} 起开办，请核对日期。"})
    moved = move_to(access, support, Place.COLLECTIVE, day, chosen.facility.pk)
    # Elder care hears of it: nobody is cared for at home and in an institution at once.
    emit("home.admitted", person=support.person_id, facility=chosen.facility.pk, on=day.isoformat())
    return moved


def came_to_live(person: int, facility: int, on: dt.date) -> None:
    """A home took somebody in who is supported: that is where they are supported from now on (handbook 0.7)."""
    for support in _of(person).exclude(home=facility):
        move_to(SystemAccess.on(on), support, Place.COLLECTIVE, max(on, support.place_since), facility)


def left_home(person: int, facility: int, on: dt.date) -> None:
    for support in _of(person).filter(home=facility):
        move_to(SystemAccess.on(on), support, Place.SCATTERED, max(on, support.place_since))


def _of(person: int) -> QuerySet[Support]:
    running = Support.objects.filter(person=person, entitlement__until_month=None)
    return running.exclude(entitlement__state=State.VOID)


@action("tekun.go_home", "回家分散供养", permission="register.write", persons=_persons)
def go_home(access: Any, support: Support, *, since: str) -> Support:
    return move_to(access, support, Place.SCATTERED, dt.date.fromisoformat(since))


@action("tekun.wait", "登记入住轮候", permission="register.write", persons=_persons)
def wait_for_place(access: Any, support: Support) -> Support:
    """Wants to live in an institution: on the waiting list, which must be empty (应养尽养)."""
    support = _running(support)
    if support.place == Place.COLLECTIVE or support.waiting_since is not None:
        raise Refused("这位特困人员已经入住或已在轮候，不用再登记。")
    support.waiting_since = access.today
    support.save()
    return support


@action("tekun.unwait", "撤销入住轮候", permission="register.write", persons=_persons)
def stop_waiting(access: Any, support: Support, *, reason: str) -> Support:
    """Changed their mind; the reason stays in the history's audit entry."""
    support = _running(support)
    if support.waiting_since is None:
        raise Refused("这位特困人员没有在轮候。")
    support.waiting_since = None
    support.save()
    return support


@action("tekun.agree", "签订委托照料协议", permission="register.write", persons=_persons)
def sign_agreement(
    access: Any, support: Support, *, carer_id_no: str, relation: str, duties: str, signed_on: str
) -> CareAgreement:
    """One carer at a time, known by identity number, alive, and not the person themselves."""
    support = _running(support)
    if support.place == Place.COLLECTIVE:
        raise Refused("集中供养的由机构照料，不签委托照料协议。")
    carer = Person.objects.filter(id_no=carer_id_no).first()
    if carer is None:
        raise Refused({"carer_id_no": "人员台账里没有这个身份证号，请先登记照料人。"})
    if carer.pk == support.person_id or not carer.is_alive_on(access.today):
        raise Refused({"carer_id_no": "不能由本人或已故人员照料，请另选照料人。"})
    if support.agreements.filter(ended_on=None).exists():
        raise Refused("已有生效的照料协议，请先终止原协议，再签新的。")
    return CareAgreement.objects.create(
        support=support,
        carer=carer,
        region_id=support.region_id,
        relation=relation,
        duties=duties,
        signed_on=dt.date.fromisoformat(signed_on),
    )


@action("tekun.disagree", "终止委托照料协议", permission="register.write", persons=_of_agreement)
def end_agreement(access: Any, agreement: CareAgreement, *, ended_on: str, reason: str) -> CareAgreement:
    if agreement.ended_on is not None:
        raise Refused("这份协议已经终止。")
    _end(agreement, dt.date.fromisoformat(ended_on), reason)
    return agreement


def _end(agreement: CareAgreement | None, on: dt.date, reason: str) -> None:
    if agreement is None:
        return
    if on < agreement.signed_on:
        raise Refused(f"协议签订于 {agreement.signed_on}，终止日期不能更早，请核对。")
    agreement.ended_on, agreement.end_reason = on, reason[:120]
    agreement.save()


def _running(support: Support) -> Support:
    support = Support.objects.select_for_update(of=("self",)).select_related("entitlement").get(pk=support.pk)
    if support.entitlement.state in {State.ENDED, State.VOID}:
        raise Refused("救助供养已经终止，不能再变更照料情况。")
    return support
