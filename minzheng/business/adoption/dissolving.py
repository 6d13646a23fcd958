"""J3 解除收养登记: application, review within its days, one transaction for row, certificate and event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minzheng.business.adoption.accepting import WRITE, not_near
from minzheng.business.adoption.certificates import issue_end, issue_end_refusal, revoke_copies
from minzheng.business.adoption.clocks import days_from
from minzheng.business.adoption.models import Adoption, Dissolution, Standing
from minzheng.business.adoption.numbers import DISSOLVED, next_number
from minzheng.business.adoption.registering import REGISTER, lawful_parties, parents_of
from minzheng.business.adoption.review import born, known, refusals
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.at_counter import decline_waiting, finish_waiting
from minzheng.foundation.people.actions import life_event_of_register
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.rules import Decision, decide

REASONS = (
    "reason_dissolution_registry",
    "reason_dissolution_absent",
    "reason_dissolution_disputed",
    "reason_dissolution_unsettled",
)


def _parents(dissolution: Dissolution) -> Iterable[int]:
    return parents_of(dissolution.adoption)


@action("adoption.dissolve_accept", "受理解除收养登记申请", permission=WRITE, persons=parents_of)
def accept_dissolution(access: Any, adoption: Adoption, *, agreement: str) -> Dissolution:
    not_near(access, adoption.parents)
    if adoption.standing != Standing.VALID:
        raise Refused(f"这笔收养登记{adoption.get_standing_display()}，不用再办解除。请查登记簿核对。")
    if not agreement.strip():
        raise Refused({"agreement": "请写明解除协议的要点：孩子由谁抚养，生活费、补偿和财产怎样处理。"})
    try:
        with transaction.atomic():
            return Dissolution.objects.create(
                adoption=adoption,
                region_id=adoption.region_id,
                applied_on=access.today,
                due_on=days_from(access.today, "adoption_dissolve_days", adoption.region_id),
                agreement=agreement.strip(),
            )
    except IntegrityError:
        raise Refused("这笔收养登记已有一件解除申请没有办结，请接着办那一件。") from None


@action("adoption.dissolve", "解除收养登记", permission=WRITE, persons=_parents)
def dissolve(access: Any, dissolution: Dissolution, asked: Mapping[str, bool | None]) -> Dissolution:
    """No longer parents and child from today on; the certificate of adoption is void in the same transaction."""
    now, today = _open(dissolution), access.today
    person_of(access)
    decision = review(now, asked, access)
    if said := refusals(decision, "may_dissolve", "不予登记"):
        raise Refused(said)
    adoption = Adoption.objects.select_for_update(of=("self",)).get(pk=now.adoption_id)
    if adoption.standing != Standing.VALID:
        raise Refused(f"这笔收养登记刚刚{adoption.get_standing_display()}，请查登记簿核对。")
    now.number = next_number(DISSOLVED, now.region_id, today.year)
    now.step, now.closed_on, now.decision = Dissolution.Step.REGISTERED, today, decision.as_json()
    now.save()
    adoption.standing, adoption.ended_on, adoption.basis = Standing.DISSOLVED, today, now.number
    adoption.save(update_fields=["standing", "ended_on", "basis"])
    revoke_copies(access, adoption, f"已解除收养关系（{now.number}）")
    for holder in _parties(adoption, today):
        issue_end(access, now, holder, today)
    life_event_of_register(
        access, adoption.child, LifeEventKind.DISSOLUTION, today, REGISTER, detail={"adoption": adoption.pk}
    )
    finish_waiting(access, "J3", adoption.parents, permission=WRITE)
    return now


@action("adoption.dissolve_refuse", "不予解除收养登记", permission=WRITE, persons=_parents)
def refuse_dissolution(
    access: Any, dissolution: Dissolution, asked: Mapping[str, bool | None]
) -> Dissolution:
    """With every bar that the rules find, and a signed copy for each party; the adoption stands as it did."""
    now, today = _open(dissolution), access.today
    person_of(access)
    decision = review(now, asked, access)
    reasons = [f"{reason}。" for reason in decision.reasons]
    if decision["may_dissolve"] is not False or not reasons:
        raise Refused("按现在查明的情况没有法律障碍，不能作出不予登记的决定。没有查清的，请先问清、查清。")
    now.step, now.closed_on, now.decision = Dissolution.Step.REFUSED, today, decision.as_json()
    now.closed_why = " ".join(reasons)[:300]
    now.save()
    told = [
        issue_end_refusal(access, (now, holder), reasons, today) for holder in _parties(now.adoption, today)
    ]
    decline_waiting(
        access,
        "J3",
        now.adoption.parents,
        permission=WRITE,
        told=f"理由和救济途径见《{told[0].word.title}》。",
    )
    return now


def review(dissolution: Dissolution, asked: Mapping[str, bool | None], access: Any) -> Decision:
    household = {**asked, **born("child_", dissolution.adoption.child)}
    household.pop("child_sex", None)
    document = {
        "amounts": "fen",
        "on": access.today.isoformat(),
        "region": dissolution.region_id,
        "standards": settings.STANDARDS_SET,
        "household": known(household),
        "members": [],
    }
    return decide(document, want=["may_dissolve", *REASONS])


def _parties(adoption: Adoption, today: dt.date) -> list[Person]:
    """Who holds a paper of it: a minor holds none, its own account must not tell what the family keeps."""
    grown = adoption.child_id in lawful_parties(adoption, today)
    return [*adoption.parents, *([adoption.child] if grown else [])]


def _open(dissolution: Dissolution) -> Dissolution:
    now = Dissolution.objects.select_for_update(of=("self",)).get(pk=dissolution.pk)
    if now.step != Dissolution.Step.OPEN:
        raise Refused(f"这件解除申请{now.get_step_display()}，不能再办。请刷新页面核对。")
    return now
