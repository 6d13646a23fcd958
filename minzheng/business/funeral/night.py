"""What the night finds: bodies beyond their days, terms near their end, filings that run out. Twice finds nothing more."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, OuterRef, Q

from minzheng.business.funeral.deaths import rank_of
from minzheng.business.funeral.models import Agent, Reception, ReceptionState, Source, Use
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.deaths import state_death
from minzheng.foundation.people.models import LifeEvent, LifeEventKind
from minzheng.foundation.regions.models import Level, Region, within
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def end_lives(today: dt.date) -> int:
    """Cremations whose death is not on the master record (entered in bulk, or restored): the benefits end tonight.

    Not of somebody whose death an officer has undone: who was cremated there is the county's task, not the night's.
    """
    undone = LifeEvent.objects.filter(
        person=OuterRef("person"), kind=LifeEventKind.DEATH, undone_on__isnull=False
    )
    cremated = Reception.objects.filter(
        ~Exists(undone), state=ReceptionState.CREMATED, person__died_on=None
    ).select_related("person")
    access, found = Access(None, today), 0
    for one in cremated:
        state_death(
            access,
            one.person,
            one.died_on,
            Source.CREMATION.label,
            rank_of(Source.CREMATION, today, one.region_id),
        )
        found += 1
    return found


def find_overdue(today: dt.date) -> None:
    late = Reception.objects.filter(state=ReceptionState.HELD, storage_until__lt=today)
    drafts = [
        TaskDraft(
            origin=f"storage:{one.pk}:{one.storage_until}",
            region=one.region_id,
            household=None,
            person=None,
            title="遗体存放到期",
            reason=f"接收编号{one.number}，存放期限到{one.storage_until:%Y年%-m月%-d日}，没有火化也没有延期",
            detail={"reception": one.pk},
        )
        for one in late
    ]
    if drafts:
        open_tasks("funeral.storage", drafts, on=today, actor=None)


def notice_terms(today: dt.date) -> int:
    """Once a term: from the notice day on. County by county, as each has its own number of months."""
    told = 0
    for county in Region.objects.filter(
        level=Level.COUNTY, code__in=_counties(Use.objects.filter(ended_on=None, noticed_on=None))
    ):
        last = add_months(today, int(figures(today, county.code)("burial_notice_months")))
        due = Use.objects.filter(
            within(county.prefix), ended_on=None, noticed_on=None, until__lte=last
        ).select_related("spot__place__facility")
        uses = list(due.order_by("until")[:2000])
        drafts = [
            TaskDraft(
                origin=f"burial:{one.pk}:{one.until}",
                region=one.region_id,
                household=None,
                person=None,
                title="使用期限将满",
                reason=f"{one.spot.place.facility.name}{one.spot}，使用期限到{one.until:%Y年%-m月%-d日}",
                detail={"use": one.pk},
            )
            for one in uses
        ]
        if drafts:
            open_tasks("funeral.renewal", drafts, on=today, actor=None)
            told += Use.objects.filter(pk__in=[one.pk for one in uses]).update(noticed_on=today)
    return told


def find_unfiled_agents(today: dt.date) -> None:
    due = Agent.objects.filter(Q(valid_until__lte=add_months(today, 1)), struck_reason="").select_related(
        "organisation"
    )
    drafts = [
        TaskDraft(
            origin=f"agent:{one.pk}:{one.valid_until}",
            region=one.region_id,
            household=None,
            person=None,
            title="代理备案到期",
            reason=f"{one.organisation.name}的备案到{one.valid_until:%Y年%-m月%-d日}",
            detail={"agent": one.pk},
        )
        for one in due
    ]
    if drafts:
        open_tasks("funeral.agent", drafts, on=today, actor=None)


def _counties(uses: object) -> set[str]:
    codes = set(uses.values_list("region_id", flat=True).distinct())  # type: ignore[attr-defined]
    return {code[:6].ljust(12, "0") for code in codes}
