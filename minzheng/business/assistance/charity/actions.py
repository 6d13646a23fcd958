"""Proposed by one officer, approved by another within the project's money; given against a receipt."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum

from minzheng.business.assistance.charity.models import CharityAid, State
from minzheng.foundation.accounts.behind import another_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.relatives import related_to
from minzheng.foundation.people.named import people_of


def _persons(row: CharityAid) -> list[int]:
    return list(people_of([row]))


def _current(row: CharityAid) -> CharityAid:
    return CharityAid.objects.select_for_update(of=("self",)).get(pk=row.pk)


@action("charity_aid.approve", "核定慈善资助", permission="one_off.confirm", persons=_persons)
def approve(access: Any, row: CharityAid, *, agree: bool) -> CharityAid:
    """Not by who proposed it, not for oneself or a near relative (慈善法: 不得指定或变相指定利害关系人为受益人)."""
    current = _current(row)
    if current.state != State.PROPOSED:
        raise Refused("已经核定过，不用再办。")
    judge = another_person(access, current.maker_id, did="提出", does="核定")
    if related_to([judge.pk], {current.id_no}, access.today):
        raise Refused("受益人是您本人或近亲属，应当回避。请由另一位同志核定。")
    current.state = State.APPROVED if agree else State.REFUSED
    current.checker = judge
    current.save(update_fields=["state", "checker"])
    return current


@action("charity_aid.give", "登记发放", permission="register.write", persons=_persons)
def give(access: Any, row: CharityAid, *, receipt: str) -> CharityAid:
    current = _current(row)
    if current.state != State.APPROVED or current.given_on is not None:
        raise Refused("只有已核定、还没有发放的可以登记发放。")
    current.given_on, current.receipt = access.today, receipt.strip()
    current.save(update_fields=["given_on", "receipt"])
    return current


def spent(project: str, year: int) -> int:
    """Whole fen given in the year."""
    given = CharityAid.objects.filter(project=project, year=year, given_on__isnull=False)
    return given.aggregate(fen=Sum("amount_fen"))["fen"] or 0
