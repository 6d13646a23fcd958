"""Indicators that belong to no single line: reported ones, the clocks of all cases, the payments of all benefits."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, QuerySet

from minzheng.datacenter.indicators.catalogue import read_catalogue
from minzheng.datacenter.indicators.programmes import SEEDED, programme_indicators
from minzheng.datacenter.indicators.words import Formula, Indicator, Rows
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.cases.models import Case, CaseClock
from minzheng.foundation.payments.models import PaymentLine
from minzheng.foundation.tasks.models import State, Task

# What a programme's undertakings say is computed, and reported by nobody.
REPORTED = tuple(one for one in read_catalogue() if one.code not in SEEDED)
PROGRAMMES = programme_indicators()


def decided(month: dt.date) -> QuerySet[Case]:
    return Case.objects.filter(decided_on__gte=month, decided_on__lt=next_month(month))


def decided_in_time(month: dt.date) -> QuerySet[Case]:
    """Decided without any limit overrun."""
    overrun = CaseClock.objects.filter(case=OuterRef("pk"), is_earliest=False, stopped_on__gt=F("due_on"))
    return decided(month).filter(~Exists(overrun))


def answered(month: dt.date) -> QuerySet[PaymentLine]:
    """Lines of the month's runs about which the bank has given an answer."""
    return PaymentLine.objects.filter(month=month).exclude(result="")


def paid(month: dt.date) -> QuerySet[PaymentLine]:
    return answered(month).filter(result="00")


CASES_IN_TIME = Indicator(
    code="cases.in_time",
    title="按期办结率",
    line="办件",
    unit="%",
    counts="当月作出决定、没有任何时限超期的办件",
    of="当月作出决定的办件",
    formula=Formula(numerator=Rows(decided_in_time), denominator=Rows(decided), known=Rows(decided)),
    source="办件和时限",
)

PAYMENTS_SUCCESS = Indicator(
    code="payments.success",
    title="发放成功率",
    line="资金",
    unit="%",
    counts="当月发放中回盘成功的笔数",
    of="当月发放中已有回盘的笔数",
    formula=Formula(numerator=Rows(paid), denominator=Rows(answered), known=Rows(answered)),
    source="发放明细和代发机构回盘",
)


def due(month: dt.date) -> QuerySet[Task]:
    """Tasks that had to be done in the month, those withdrawn left out."""
    return Task.objects.filter(due_on__gte=month, due_on__lt=next_month(month)).exclude(state=State.WITHDRAWN)


def done_in_time(month: dt.date) -> QuerySet[Task]:
    return due(month).filter(state=State.DONE, done_at__date__lte=F("due_on"))


TASKS_IN_TIME = Indicator(
    code="tasks.in_time",
    title="走访任务按期完成率",
    line="办件",
    unit="%",
    counts="截止日在当月、按期办结的任务",
    of="截止日在当月的任务，撤回的除外",
    formula=Formula(numerator=Rows(done_in_time), denominator=Rows(due), known=Rows(due)),
    source="任务",
)
