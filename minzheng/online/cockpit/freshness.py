"""How fresh the data behind the figures are: the last run of each part of the data centre, and what is broken."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from django.urls import reverse

from minzheng.datacenter.deliveries.models import Delivery
from minzheng.datacenter.indicators.models import IndicatorValue
from minzheng.datacenter.screening.models import ScreeningRun
from minzheng.datacenter.signals.models import RunState, SignalRun
from minzheng.datacenter.statistics.models import MonthlyReport
from minzheng.foundation.regions.models import Region, within

OLD = dt.timedelta(days=35)  # everything runs once a month at least


@dataclass(frozen=True)
class Part:
    """One line: what it is, when it last ran (None: never here), and how that is to be judged in words."""

    title: str
    url: str
    last: dt.datetime | None
    tone: str
    words: str


def parts_of(region: Region, now: dt.datetime) -> list[Part]:
    inside = within(region.prefix[:6])  # the data centre runs by county
    screened = ScreeningRun.objects.filter(inside).order_by("-finished_at").first()
    signalled = SignalRun.objects.filter(inside).order_by("-ran_at").first()
    broken = 0
    if signalled is not None:
        broken = SignalRun.objects.filter(inside, month=signalled.month, state=RunState.BROKEN).count()
    delivered = Delivery.objects.filter(inside).order_by("-created_at").first()
    computed = IndicatorValue.objects.filter(region=region).order_by("-computed_at").first()
    reported = MonthlyReport.objects.filter(region=region).order_by("-id").first()
    return [
        _part("全员筛查", "desk:clearing", screened and screened.finished_at, now),
        _part("监测预警", "desk:signals", signalled and signalled.ran_at, now, broken and f"{broken} 项失灵"),
        _part("部门数据", "desk:data:deliveries", delivered and delivered.created_at, now),
        _part("指标", "desk:indicators:index", computed and computed.computed_at, now),
        _part("统计月报", "desk:statistics:index", reported and reported.made_at, now),
    ]


def _part(
    title: str, route: str, last: dt.datetime | None, now: dt.datetime, trouble: str | int | None = None
) -> Part:
    if trouble:
        tone, words = "bad", str(trouble)
    elif last is None:
        tone, words = "neutral", "还没有运行"
    elif now - last > OLD:
        tone, words = "warn", "超过35天没有更新"
    else:
        tone, words = "ok", "正常"
    return Part(title, reverse(route), last, tone, words)
