"""How a 特困人员 is cared for: a place in an institution, or a carer at home by agreement (国发〔2016〕14号; S-042, S-043)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.business.assistance.models import CareAgreement, Place, Support
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.people.models import Person


def _persons(support: Support) -> Iterable[int]:
    return [support.person_id]


def _of_agreement(agreement: CareAgreement) -> Iterable[int]:
    return [agreement.support.person_id, agreement.carer_id]


@action("tekun.move", "变更供养方式", permission="register.write", persons=_persons)
def move_to(access: Any, support: Support, place: str, since: dt.date, home: str = "") -> Support:
    """Into an institution or back home. Money stays as it is; whoever has a place waits no longer."""
    support = _running(support)
    support.place, support.place_since, support.home = place, since, home
    support.waiting_since = None
    support.save()
    Entitlement.objects.filter(pk=support.entitlement_id).update(grade=place)
    if place == Place.COLLECTIVE:
        _end(support.agreements.filter(ended_on=None).first(), since, "已入住供养服务机构")
    return support


@action("tekun.admit", "安排入住供养服务机构", permission="register.write", persons=_persons)
def admit(access: Any, support: Support, *, home: str, since: str) -> Support:
    """A place was found. The day is today or earlier: nobody lives there from tomorrow."""
    if support.place == Place.COLLECTIVE:
        raise Refused("这位特困人员已在集中供养。换机构的，请先登记“回家分散供养”。")
    return move_to(access, support, Place.COLLECTIVE, dt.date.fromisoformat(since), home.strip())


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
