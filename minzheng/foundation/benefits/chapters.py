"""From when to when each benefit runs."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q, QuerySet

from minzheng.foundation.benefits.models import ONCE, Entitlement, State
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose

ENDED_FOR = {
    "death": "本人去世",
    "prison": "服刑或强制隔离戒毒",
    "move": "户籍迁出",
    "of_age": "已满规定年龄",
    "gradual_exit": "渐退期满",
}


def _rights(whose: Whose) -> QuerySet[Entitlement]:
    return Entitlement.objects.filter(whose.of("person", "household")).exclude(state=State.VOID)


def _month(day: dt.date | None) -> str:
    return f"{day.year}年{day.month}月" if day else ""


def _say_start(right: Entitlement) -> Said:
    if right.end_reason == ONCE:
        return Said(
            f"发放{benefit_title(right.benefit)}", f"一次性，列入{_month(right.since_month)}名单", "ok"
        )
    return Said(f"开始享受{benefit_title(right.benefit)}", f"自{_month(right.since_month)}起发放", "ok")


def _say_end(right: Entitlement) -> Said:
    why = ENDED_FOR.get(right.end_reason, "")
    return Said(f"{benefit_title(right.benefit)}发放至{_month(right.until_month)}", why)


BENEFITS = Chapter(
    code="benefits",
    title="待遇",
    past=(
        Strand(lambda whose: _rights(whose).filter(since_month__lte=whose.today), "since_month", _say_start, own=True),
        Strand(
            lambda whose: _rights(whose).filter(until_month__lte=whose.today).exclude(end_reason=ONCE),
            "until_month",
            _say_end,
            own=True,
        ),
    ),
    ahead=(
        Strand(lambda whose: _rights(whose).filter(since_month__gt=whose.today), "since_month", _say_start, own=True),
        Strand(
            lambda whose: _rights(whose).filter(until_month__gt=whose.today).exclude(end_reason=ONCE),
            "until_month",
            _say_end,
            own=True,
        ),
        Strand(
            lambda whose: _rights(whose).filter(
                Q(until_month=None), case_id=None, review_due__isnull=False
            ),
            "review_due",
            lambda right: Said(f"{benefit_title(right.benefit)}复核", "复核后决定是否调整", "info"),
            own=True,
        ),
    ),
)  # fmt: skip
