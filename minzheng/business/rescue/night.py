"""What the night finds: limits near their end, notices that run out, people nobody has named in months. Twice finds nothing more."""

from __future__ import annotations

import datetime as dt
from functools import cache

from django.db.models import Q

from minzheng.business.rescue.models import (
    NoticeState,
    PublicNotice,
    Settlement,
    SettlementState,
    Stay,
    StayState,
)
from minzheng.business.rescue.settlement import due_after
from minzheng.business.rescue.tasks import ENDING, SETTLE
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def warn_of_limits(today: dt.date) -> int:
    """A task for each stay whose limit is near; a limit that was extended is a new one."""

    @cache
    def ahead(county: str) -> dt.timedelta:
        return dt.timedelta(days=int(figures(today, county)("rescue_warn_days")))

    stays = Stay.objects.exclude(state=StayState.LEFT).only("pk", "number", "region_id", "until")
    drafts = [
        TaskDraft(
            origin=f"rescue_ending:{one.pk}:{one.until}",
            region=one.region_id,
            title=ENDING.title,
            reason=f"{one.number}，期限到{one.until:%Y年%-m月%-d日}",
            detail={"stay": one.pk},
            within_days=max((one.until - today).days, 1),
        )
        for one in stays
        if one.until - ahead(one.region_id[:6].ljust(12, "0")) <= today
    ]
    return open_tasks(ENDING.code, drafts, today).count


def take_down_old_notices(today: dt.date) -> int:
    """Nobody's face stays public longer than the declared days."""
    old = PublicNotice.objects.filter(state=NoticeState.PUBLISHED, until__lt=today)
    return old.update(state=NoticeState.DOWN, down_on=today, reason="公告期满")


def remind_of_settlement(today: dt.date) -> int:
    """Once a month for whoever is still unknown after the months, until settled or named."""
    done = Settlement.objects.filter(state=SettlementState.SETTLED).values("stay")
    stays = Stay.objects.filter(~Q(state=StayState.LEFT), person=None).exclude(pk__in=done)
    drafts = [
        TaskDraft(
            origin=f"rescue_settle:{one.pk}:{today:%Y%m}",
            region=one.region_id,
            title=SETTLE.title,
            reason=f"{one.number}入站已超过三个月，仍查不明身份",
            detail={"stay": one.pk},
        )
        for one in stays
        if today > due_after(one)
    ]
    return open_tasks(SETTLE.code, drafts, today).count
