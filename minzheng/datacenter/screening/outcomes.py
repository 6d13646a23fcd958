"""What a visit's answer sets going: the finding is closed with it, and the right thing is opened."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.tasks import FOLLOW_UP
from minzheng.datacenter.screening.wording import in_words
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.models import State as RightState
from minzheng.foundation.benefits.words import benefit, benefit_title
from minzheng.foundation.cases.api import open_case
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.people.actions import HEARD_AS, household_of
from minzheng.foundation.people.models import LifeEventKind, Person
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def settle(task: Task, outcome: str, note: str) -> None:
    """Close every finding that waited for this visit; of one that is confirmed, open what comes next.

    A task settled at the desk has no outcome: its reason is the note.
    """
    on = timezone.localdate(task.done_at) if task.done_at else dt.date.today()
    findings = list(Finding.objects.filter(origin=task.origin, state=State.DISPATCHED).order_by("month"))
    if not findings:
        return
    result = Result(outcome) if outcome else Result.AT_DESK
    if result is Result.CONFIRMED:
        note = "；".join(part for part in (note, follow(findings[-1], task, on)) if part)
    Finding.objects.filter(pk__in=[finding.pk for finding in findings]).update(
        state=State.CLOSED, result=result, note=note[:500], closed_on=on
    )


def follow(finding: Finding, task: Task, on: dt.date) -> str:
    """What was opened, in words."""
    match finding.kind:
        case Kind.ENTITLED_NOT_RECEIVING:
            return _help_to_apply(finding, task, on)
        case Kind.DEAD_PAID:
            return _announce_death(finding, task, on)
        case Kind.UNDETERMINED:
            return ""  # the facts are there now: the next run decides
        case Kind.DUPLICATE:
            return "列入待合并名单"
    return _hand_to_county(finding, on)


def _help_to_apply(finding: Finding, task: Task, on: dt.date) -> str:
    """A draft application in the visitor's own name (主动发现); granted without one where the benefit is proactive."""
    declared = benefit(finding.benefit)
    if declared.proactive:
        return "列入主动发放名单"
    household = finding.household
    applicant = finding.person or (household.head if household else None)
    if applicant is None or declared.item not in shelf(ServiceItem):
        return _hand_to_county(finding, on)
    try:
        with transaction.atomic():
            case = open_case(
                Access(task.done_by, on), declared.item, applicant, finding.region, Channel.DISCOVERY
            )
    except Refused as refused:
        return "；".join(refused.messages)
    except PermissionDenied:
        return _hand_to_county(finding, on)
    return f"已登记申请{case.number}"


def _announce_death(finding: Finding, task: Task, on: dt.date) -> str:
    """Every line hears of the death as of any other; a right that goes on nonetheless is the county's to stop."""
    person = Person.objects.get(pk=finding.person_id)
    died_on = person.died_on
    if died_on is not None and not person.life_events.filter(kind=LifeEventKind.DEATH).exists():
        event = person.life_events.create(
            kind=LifeEventKind.DEATH, happened_on=died_on, source="筛查核实", detail={"task": task.pk}
        )
        household = household_of(person, died_on)
        emit(
            HEARD_AS[LifeEventKind.DEATH],
            person=person.pk,
            household=household.pk if household else None,
            on=died_on.isoformat(),
            recorded_on=on.isoformat(),
            event=event.pk,
        )
    running = Entitlement.objects.filter(benefit=finding.benefit, until_month=None).exclude(
        state__in=[RightState.ENDED, RightState.VOID]
    )
    whose = {"household": finding.household_id} if finding.household_id else {"person": finding.person_id}
    return _hand_to_county(finding, on) if running.filter(**whose).exists() else "已停发"


def _hand_to_county(finding: Finding, on: dt.date) -> str:
    """The county reviews, changes or stops the right: a screening never does."""
    draft = TaskDraft(
        origin=f"{finding.origin}:follow",
        region=finding.region_id,
        household=finding.household_id,
        person=finding.person_id,
        title=f"{finding.get_kind_display()}：请办理（{benefit_title(finding.benefit)}）",
        reason=f"乡镇（街道）已核实属实。{in_words(finding)}"[:300],
        detail={"finding": finding.pk},
    )
    open_tasks(FOLLOW_UP.code, [draft], on)
    return "已转县级办理"
