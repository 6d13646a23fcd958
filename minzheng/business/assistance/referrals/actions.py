"""Handed on, accepted, answered; whoever does not answer in time is asked."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.assistance.referrals.measures import measure
from minzheng.business.assistance.referrals.models import Referral, State, due_after
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.named import people_of
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

OVERDUE = "assistance.referral"


def _persons(row: Referral) -> list[int]:
    return list(people_of([row]))


def _current(row: Referral, *states: str) -> Referral:
    current = Referral.objects.select_for_update(of=("self",)).get(pk=row.pk)
    if current.state not in states:
        raise Refused(f"这件转介{current.get_state_display()}，不能这样办。请刷新页面查看。")
    return current


@action("referral.measure", "按措施转介", permission="register.write", persons=lambda person: [person.pk])
def refer(access: Any, person: Person, *, code: str, agrees: bool) -> Referral:
    """One measure of the catalogue that fits the person's status, with the person's yes (个人信息保护法 第二十三条)."""
    asked = measure(code)
    if not agrees:
        raise Refused({"agrees": "转给其他部门要本人同意。请先说明转给谁、办什么，征得同意。"})
    try:
        with transaction.atomic():
            return Referral.objects.create(
                name=person.name, id_no=person.id_no, person=person, region=person.region,
                department=asked.department, measure=asked.code, matter=asked.title, agrees=True,
                sent_on=access.today, due_on=due_after(access.today, person.region_id),
            )  # fmt: skip
    except IntegrityError:
        raise Refused(f"“{asked.title}”已经转出，正在等部门反馈。请在“转介”台账里跟进。") from None


@action("referral.accept", "登记部门受理", permission="register.write", persons=_persons)
def accept(access: Any, row: Referral, *, contact: str) -> Referral:
    current = _current(row, State.SENT)
    current.state, current.contact = State.ACCEPTED, contact[:60]
    current.save(update_fields=["state", "contact"])
    return current


@action("referral.answer", "登记部门反馈", permission="register.write", persons=_persons)
def answer(access: Any, row: Referral, *, result: str, answer: str) -> Referral:
    current = _current(row, State.SENT, State.ACCEPTED)
    current.state = State.DONE if result == "done" else State.RETURNED
    current.answered_on, current.answer = access.today, answer[:200]
    current.save(update_fields=["state", "answered_on", "answer"])
    withdraw_tasks([_origin(current)], "部门已反馈", actor=access.user)
    return current


def ask_the_late(on: dt.date) -> int:
    """Somebody of the township calls the department that has not answered; once for each referral."""
    late = Referral.objects.filter(state__in=[State.SENT, State.ACCEPTED], due_on__lt=on)
    drafts = [
        TaskDraft(
            origin=_origin(one),
            region=one.region_id,
            person=one.person_id,
            title="催办转介",
            reason=f"{one.get_department_display()}部门应在 {one.due_on} 前反馈",
        )
        for one in late.only("id", "region_id", "person_id", "department", "due_on")
    ]
    return open_tasks(OVERDUE, drafts, on=on).count


def _origin(row: Referral) -> str:
    return f"referral:{row.pk}"
