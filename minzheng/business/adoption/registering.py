"""J1 登记: review, row, number, certificates, the family and the life event in one transaction; again, and cancelled."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.adoption.accepting import WRITE, close_application, not_near, still_open
from minzheng.business.adoption.certificates import issue_copy, revoke_copies
from minzheng.business.adoption.evaluating import is_evaluator
from minzheng.business.adoption.models import Adoption, Application, Evaluation, Reissue, Standing, State
from minzheng.business.adoption.numbers import AGAIN, REGISTERED, next_number
from minzheng.business.adoption.review import is_adult, refusals, review
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.life_events.actions import undo_of_register
from minzheng.foundation.people.actions import household_of, life_event_of_register
from minzheng.foundation.people.models import LifeEventKind, Person

REGISTER = "民政登记"  # what the event's source says: not more than that


def _parents(application: Application) -> Iterable[int]:
    return [person.pk for person in application.parents]


def parents_of(adoption: Adoption) -> Iterable[int]:
    return adoption.parent_keys


@action("adoption.register", "收养登记", permission=WRITE, persons=_parents)
def register(access: Any, application: Application) -> Adoption:
    """Parents and child from today on. Refused with one sentence for each bar, or for what has not been found out.

    Whoever evaluated the family does not register it. Two clerks at once never share a number, and the database keeps
    a child from having two families.
    """
    now, today = still_open(application), access.today
    registrar = person_of(access)
    not_near(access, now.parents)
    evaluation = Evaluation.objects.filter(application=now).first()
    if evaluation is not None and is_evaluator(evaluation, registrar.pk):
        raise Refused("您参加了这个家庭的收养评估，评估和登记不能是同一个人，请由另一位登记员办理。")
    # Both counters of one family queue up here: the number of its children is read after the other has finished.
    list(Person.objects.select_for_update().filter(pk__in=_parents(now)).order_by("pk"))
    decision = review(now, today)
    if said := refusals(decision, "may_adopt", "不予登记"):
        raise Refused(said)
    adoption = Adoption(
        number=next_number(REGISTERED, now.region_id, today.year),
        region_id=now.region_id,
        application=now,
        adopter=now.adopter,
        spouse=now.spouse,
        child=now.child,
        kind=now.kind,
        registered_on=today,
        registrar=access.user,
        decision=decision.as_json(),
    )
    try:
        with transaction.atomic():
            adoption.save(force_insert=True)
    except IntegrityError:
        raise Refused("这个孩子刚刚已经登记收养，请查登记簿核对。") from None
    for holder in adoption.parents:
        issue_copy(access, adoption, holder, adoption.number, today)
    adoption.event = life_event_of_register(
        access,
        now.child,
        LifeEventKind.ADOPTION,
        today,
        REGISTER,
        detail={"adoption": adoption.pk},
        to_household=household_of(now.adopter, today),
    )
    adoption.save(update_fields=["event"])
    close_application(now, State.REGISTERED, today, "")
    return adoption


@action("adoption.reissue", "补领收养登记证", permission=WRITE, persons=parents_of)
def reissue(access: Any, adoption: Adoption, person: Person, *, reason: str) -> Reissue:
    """For a party who stands here: an adopter, or the adopted person of full age. The old copy is void at once."""
    now, today = _standing(adoption), access.today
    if person.pk not in lawful_parties(now, today):
        raise Refused("只能给收养人，或者已成年的被收养人补领。请核对身份证。")
    if not reason.strip():
        raise Refused({"reason": "请写明补领的原因，例如“遗失”。"})
    made = Reissue.objects.create(
        number=next_number(AGAIN, now.region_id, today.year),
        adoption=now,
        region_id=now.region_id,
        holder=person,
        reason=reason.strip(),
        on=today,
        by=access.user,
    )
    revoke_copies(access, now, f"补领：{reason.strip()}", holder=person.pk)
    issue_copy(access, now, person, made.number, today)
    return made


@action("adoption.cancel", "撤销收养登记", permission=WRITE, persons=parents_of)
def cancel(access: Any, adoption: Adoption, *, basis: str) -> None:
    """Registered on false papers: void from the beginning (民法典 第一千一百一十三条). Its effects are taken back with it.

    By another person than the registrar, on a judgment or a decision that can be named.
    """
    another_person(access, adoption.registrar.person_id, did="登记", does="撤销")
    if not basis.strip():
        raise Refused({"basis": "请填写查实弄虚作假的文书编号，并留存副本。"})
    now = _standing(adoption)
    now.standing, now.ended_on, now.basis = Standing.CANCELLED, access.today, basis.strip()[:200]
    now.save(update_fields=["standing", "ended_on", "basis"])
    revoke_copies(access, now, f"收养登记已撤销（{now.basis}）"[:200])
    if now.event is not None:
        undo_of_register(access, now.event, f"登记已撤销（{now.basis}）")


def lawful_parties(adoption: Adoption, today: dt.date) -> set[int]:
    """Who may ask about it: the adopters, and the adopted person once of age."""
    return {
        *adoption.parent_keys,
        *([adoption.child_id] if is_adult(adoption.child, today, adoption.region_id) else []),
    }


def _standing(adoption: Adoption) -> Adoption:
    now = Adoption.objects.select_for_update(of=("self",)).get(pk=adoption.pk)
    if now.standing != Standing.VALID:
        raise Refused(f"这笔收养登记{now.get_standing_display()}，不能再办。请查登记簿核对。")
    return now
