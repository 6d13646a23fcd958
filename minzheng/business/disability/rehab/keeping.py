"""A plan begins with the confirmation, is served every month, checked every quarter, and ends by itself with a death."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from minzheng.business.disability.rehab.models import Rehab
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import county_of
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items.figures import figures
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.actions import ask
from minzheng.foundation.services.matching import contracts_on
from minzheng.foundation.services.models import Channel, Order, State
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

ITEM, SERVICE, CHECK = "D3", "mind_rehab", "disability.rehab_check"


def begin(case: Case, approval: CaseMove) -> Rehab:
    """What was assessed and planned becomes a plan that runs."""
    planned = case.moves.filter(move="plan").order_by("-id")[0].record
    provider = Organisation.objects.filter(uscc=planned["uscc"].strip().upper()).first()
    if provider is None:
        raise Refused("计划里的服务机构还没有登记。请先在单位台账登记，再退回更正。")
    try:
        with transaction.atomic():
            return Rehab.objects.create(
                person=case.applicant, region=case.region, case=case, provider=provider, level=planned["level"],
                plan=planned["rehab_plan"], since=approval.on, next_check=_next(approval.on, case.region_id),
            )  # fmt: skip
    except IntegrityError:
        raise Refused("本人正在接受社区康复服务。请先办结原来的，再确认新的计划。") from None


def end_rehab(case: int, on: dt.date, why: str) -> None:
    for one in Rehab.objects.filter(case=case, until=None):
        one.until, one.ended_for = max(on, one.since), why[:60]
        one.save(update_fields=["until", "ended_for"])
        call_back(one, why)


def call_back(plan: Rehab, why: str) -> None:
    withdraw_tasks([_origin(plan)], why, actor=None, for_good=False)


def close_cases(person: int, why: str, on: dt.date) -> None:
    for one in Rehab.objects.filter(person=person, until=None).select_related("case"):
        do_move(SystemAccess.on(on), one.case, "close", {"reason": why})


def move_along(person: int) -> None:
    """Within the county the new township looks; in another one the plan stays where its provider has the contract."""
    home = Person.objects.get(pk=person).region_id
    for one in Rehab.objects.filter(person=person, until=None).exclude(region=home):
        if county_of(one.region_id) == county_of(home):
            call_back(one, "本人已迁到别的村（社区）")
            one.region_id = home
            one.save(update_fields=["region"])


def order_the_month(on: dt.date) -> int:
    """This month's service for every plan whose provider has a contract; once a month, whoever runs it again."""
    month = on.replace(day=1)
    served = Order.objects.filter(kind=SERVICE, asked_at__date__gte=month).exclude(state=State.CANCELLED)
    contracted = set(
        contracts_on(on).filter(kinds__contains=[SERVICE]).values_list("provider_id", "region_id")
    )
    due = Rehab.objects.filter(until=None, since__lte=on).exclude(person__in=served.values("person"))
    orders = 0
    for one in due.select_related("person", "person__region", "provider"):
        if (one.provider_id, county_of(one.region_id)) in contracted:
            ask(SystemAccess.on(on), one.person, kind=SERVICE, channel=Channel.PLAN, provider=one.provider)
            orders += 1
    return orders


def send_checks(on: dt.date) -> int:
    """A visit for each quarter that has come; one for each due day."""
    due = Rehab.objects.filter(until=None, next_check__lte=on).only(
        "id", "person_id", "region_id", "next_check"
    )
    drafts = [
        TaskDraft(
            origin=_origin(one),
            region=one.region_id,
            person=one.person_id,
            title="社区康复每季复评",
            reason="上次评估已满一个季度",
        )
        for one in due
    ]
    return open_tasks(CHECK, drafts, on=on).count


def was_checked(origin: str, outcome: str, record: dict[str, Any], on: dt.date) -> None:
    """What the visit found: the plan goes on at the level seen, or the goal is reached and the case ends.

    Closed at the desk, nobody was seen: the next check is due all the same.
    """
    one = (
        Rehab.objects.select_for_update(of=("self",)).select_related("case").get(pk=int(origin.split(":")[1]))
    )
    if one.until is not None:
        return
    one.next_check = _next(on, one.region_id)
    if outcome:
        one.level, one.last_check = record.get("level") or one.level, on
    one.save(update_fields=["level", "last_check", "next_check"])
    if outcome == "reached":
        heard = SystemAccess.on(timezone.localdate())
        do_move(heard, one.case, "close", {"reason": "复评达到康复目标，办结"})


def _next(on: dt.date, region: str) -> dt.date:
    return add_months(on, figures(on, region)("rehab_check_months"))


def _origin(one: Rehab) -> str:
    return f"rehab:{one.pk}:{one.next_check.isoformat()}"
