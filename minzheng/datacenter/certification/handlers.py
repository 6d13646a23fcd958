"""What the certification hears of its visits: nobody is suspended before two unanswered contacts (EX42)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.utils import timezone

from minzheng.datacenter.certification.certify import in_words, origin_of
from minzheng.datacenter.certification.models import Certification, Outcome
from minzheng.datacenter.certification.tasks import FOLLOW_UP, VISIT
from minzheng.foundation.benefits.actions import resume, suspend
from minzheng.foundation.benefits.models import State
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import benefit
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.events.bus import on
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

OUT_OF_REACH = "静默认证例外，多次联系不上"


@on("task.contacted")
def suspend_after_unanswered_contacts(task: int, kind: str, contacts: int, **_: Any) -> None:
    """Held, not lost: the months stay owed and are paid when somebody has been reached."""
    if kind != VISIT.code:
        return
    one, today = _of(task), _day_of(task)
    limit = int(figures(today, one.region_id, settings.STANDARDS_SET)("unanswered_contacts"))
    if contacts < limit or one.entitlement.state in (State.SUSPENDED, State.ENDED, State.VOID):
        return
    suspend(SystemAccess.on(today), one.entitlement, from_month=next_month(today), reason=OUT_OF_REACH)
    _became(one, Outcome.SUSPENDED)


@on("task.done")
def keep_what_the_visit_found(task: int, kind: str, outcome: str, **_: Any) -> None:
    if kind != VISIT.code:
        return
    one, today = _of(task), _day_of(task)
    if outcome == "changed":
        _hand_to_county(one, today)
        return
    if one.outcome == Outcome.SUSPENDED and one.entitlement.state == State.SUSPENDED:
        silent = benefit(one.benefit).silent
        why = Why("certified", silent.cite if silent else "", today)
        resume(SystemAccess.on(today), one.entitlement, from_month=next_month(today), pay_held=True, why=why)
    _became(one, Outcome.VISITED)


def _hand_to_county(one: Certification, today: dt.date) -> None:
    draft = TaskDraft(
        origin=f"{origin_of(one)}:follow",
        region=one.region_id,
        person=one.person_id,
        title=f"{FOLLOW_UP.title}（{benefit(one.benefit).title}）",
        reason=in_words(one),
        detail={"certification": one.pk},
    )
    open_tasks(FOLLOW_UP.code, [draft], today)
    _became(one, Outcome.DOUBTED)


def _of(task: int) -> Certification:
    key = Task.objects.values_list("detail__certification", flat=True).get(pk=task)
    return Certification.objects.select_related("entitlement").get(pk=key)


def _day_of(task: int) -> dt.date:
    """The day of the last visit: what it sets going counts from then."""
    visit = Task.objects.get(pk=task).visits.order_by("-made_at").first()
    return timezone.localdate(visit.made_at) if visit is not None else dt.date.today()


def _became(one: Certification, outcome: Outcome) -> None:
    one.outcome = outcome
    one.save(update_fields=["outcome"])
