"""J1 受理: who wants to adopt whom, where the child comes from (sealed at once), and what is found out by and by."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.adoption.certificates import issue_refusal
from minzheng.business.adoption.models import Adoption, Application, Origin, Standing, State
from minzheng.business.adoption.numbers import next_application
from minzheng.business.adoption.review import (
    CHILDREN,
    COUNTED,
    OF_ADOPTER,
    OF_CASE,
    adopted_by,
    refusals,
    review,
)
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.at_counter import finish_waiting
from minzheng.foundation.people.models import Membership, Person

WRITE = "adoption.write"
# Answers that may be changed while the application is open.
KEYS = {*OF_CASE, CHILDREN, *(f"{side}.{key}" for side in ("adopter", "spouse") for key in OF_ADOPTER)}


def parents_of(application: Application) -> Iterable[int]:
    """Whom an entry is about: the adopters. The child's own trail tells nothing of it."""
    return [key for key in (application.adopter_id, application.spouse_id) if key is not None]


@action("adoption.accept", "受理收养登记申请", permission=WRITE, persons=parents_of)
def accept(
    access: Any,
    application: Application,
    asked: Mapping[str, Any],
    origin: Mapping[str, str],
    *,
    may_be_told: bool = False,
) -> Application:
    """`application` comes with its people, kind and placer. `origin` is sealed; `asked` by question, unknown left out."""
    today, child = access.today, application.child
    not_near(access, application.parents)
    for person in (*application.parents, child):
        if not person.is_alive_on(today):
            raise Refused(f"{person.name}已登记死亡，请核对证件和本人。")
    if Adoption.objects.filter(child=child, standing=Standing.VALID).exists():
        raise Refused("这个孩子已经有有效的收养登记，请查登记簿核对；要重新收养的，先办理解除。")
    if not any(text.strip() for text in origin.values()):
        raise Refused({"found": "请填写孩子的来历（送养人、捡拾和报案情况），填写后密封保存。"})
    application.asked = _clean(application, asked)
    application.accepted_on, application.accepted_by = today, access.user
    application.number = next_application(application.region_id, today.year)
    try:
        with transaction.atomic():
            application.save(force_insert=True)
    except IntegrityError as clash:
        if "one_open_adoption_per_child" not in str(clash):
            raise
        raise Refused("这个孩子已有一件收养申请没有办结，请先办结原来的申请。") from None
    Origin.objects.create(
        application=application,
        region_id=application.region_id,
        content=dict(origin),
        may_be_told=may_be_told,
    )
    finish_waiting(access, "J1", application.parents, permission=WRITE)
    return application


@action("adoption.find_out", "登记查明的情况", permission=WRITE, persons=parents_of)
def find_out(access: Any, application: Application, asked: Mapping[str, Any]) -> Application:
    """What was asked or looked up since; what is not answered stays as it was."""
    now = still_open(application)
    now.asked = now.asked | _clean(now, asked)
    now.save(update_fields=["asked"])
    return now


@action("adoption.refuse", "不予收养登记", permission=WRITE, persons=parents_of)
def refuse(access: Any, application: Application) -> None:
    """With every bar that the rules find; what is merely unknown is no reason to refuse."""
    now = still_open(application)
    decision = review(now, access.today)
    if decision["may_adopt"] is not False:
        raise Refused("按现在查明的情况没有法律障碍，不能作出不予登记的决定。请先登记查明的情况。")
    close_application(now, State.REFUSED, access.today, " ".join(refusals(decision, "may_adopt", "不予登记")))
    issue_refusal(access, now, [f"{reason}。" for reason in decision.reasons], access.today)


@action("adoption.withdraw", "撤回收养登记申请", permission=WRITE, persons=parents_of)
def withdraw(access: Any, application: Application, *, reason: str) -> None:
    if not reason.strip():
        raise Refused({"reason": "请写明撤回的原因。"})
    close_application(still_open(application), State.WITHDRAWN, access.today, reason.strip())


def still_open(application: Application) -> Application:
    """The locked, current row."""
    now = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    if not now.is_open:
        raise Refused(f"这件申请{now.get_state_display()}（{now.closed_on}），不能再办。请刷新页面核对。")
    return now


def not_near(access: Any, persons: Iterable[Person]) -> None:
    """Who lives with one of them stands aside (handbook 0.6)."""
    keys = {person.pk for person in persons}
    homes = Membership.objects.filter(person__in=keys, until=None).values("household")
    near = keys | set(
        Membership.objects.filter(household__in=homes, until=None).values_list("person", flat=True)
    )
    if access.user is not None and access.user.person_id in near:
        raise Refused("您是当事人或同住的家庭成员，应当回避，请由另一位工作人员办理。")


def close_application(application: Application, state: State, on: dt.date, why: str) -> None:
    application.state, application.closed_on, application.closed_why = state, on, why[:500]
    application.save(update_fields=["state", "closed_on", "closed_why"])


def _clean(application: Application, asked: Mapping[str, Any]) -> dict[str, Any]:
    """What is known of it; with a number of children goes which adoptions it counts."""
    told = {key: value for key, value in asked.items() if key in KEYS and value is not None}
    if CHILDREN in told:
        told[COUNTED] = list(adopted_by(application.parents).values_list("pk", flat=True))
    return told
