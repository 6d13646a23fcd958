"""Children by benefit, their standards, the coverage of villages with child directors, visits made in time."""

from __future__ import annotations

import datetime as dt

from django.db.models import Exists, F, OuterRef, Q, QuerySet

from minzheng.business.children.benefits import ORPHAN, STUDY_GRANT, UNATTENDED
from minzheng.business.children.gaps.models import GapState
from minzheng.business.children.models import ChildFile, Officer, ServiceGap
from minzheng.business.children.models.files import FileState
from minzheng.business.children.models.officers import Post
from minzheng.datacenter.indicators.benefits import entitled, kept, paid, ran, recipients_filter, standard
from minzheng.datacenter.indicators.words import Better, Drill, Formula, Indicator, Rows
from minzheng.foundation.benefits.months import last_day, next_month
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.tasks.models import State, Task

LINE = "儿童福利"

STANDARDS = (
    standard("children.orphan_institution", "孤儿集中养育标准", "orphan_standard_institution", line=LINE, unit="元/人·月", seed=""),
    standard("children.orphan_scattered", "散居孤儿养育标准", "orphan_standard_scattered", line=LINE, unit="元/人·月", seed=""),
    standard("children.unattended", "事实无人抚养儿童补贴标准", "unattended_standard", line=LINE, unit="元/人·月", seed=""),
)  # fmt: skip

PERSONS = tuple(
    Indicator(
        code=f"children.{benefit.code}_persons", title=f"{what}人数", line=LINE, unit="人", better=Better.NONE,
        counts=f"当月享受{benefit.title}的人", source="待遇台账", drill=Drill(benefit.code, recipients_filter),
        formula=Formula(numerator=Rows(entitled(benefit.code)), known=Rows(kept(benefit.code))),
    )
    for benefit, what in ((ORPHAN, "孤儿"), (UNATTENDED, "事实无人抚养儿童"), (STUDY_GRANT, "当月助学"))
)  # fmt: skip

SPENDING = Indicator(
    code="children.spending", title="儿童基本生活保障支出", line=LINE, unit="元", better=Better.NONE,
    counts="当月发放中已发的孤儿基本生活费、事实无人抚养儿童补贴、助学金", source="发放明细",
    formula=Formula(
        numerator=Rows(paid(ORPHAN.code, UNATTENDED.code, STUDY_GRANT.code), amount="amount_fen"),
        known=Rows(ran(ORPHAN.code, UNATTENDED.code, STUDY_GRANT.code)),
    ),
)  # fmt: skip


def present(month: dt.date, post: Post) -> Q:
    """Officers in a post on the month's last day."""
    day = last_day(month)
    return Q(post=post, since__lte=day) & (Q(until=None) | Q(until__gt=day))


def villages(month: dt.date) -> QuerySet[Region]:
    return Region.objects.on(month).filter(level=Level.VILLAGE)


def with_director(month: dt.date) -> QuerySet[Region]:
    there = Officer.objects.filter(present(month, Post.DIRECTOR), region=OuterRef("code"))
    return villages(month).filter(Exists(there))


def rosters(month: dt.date) -> QuerySet[Officer]:
    return Officer.objects.filter(post=Post.DIRECTOR)


COVERAGE = Indicator(
    code="children.directors", title="儿童主任村（社区）覆盖率", line=LINE, unit="%", covers=("S-123",),
    counts="月末有在任儿童主任的村（社区）", of="全部村（社区）", source="儿童主任和督导员名册", personal=False,
    formula=Formula(numerator=Rows(with_director, region="code"), denominator=Rows(villages, region="code"), known=Rows(rosters)),
)  # fmt: skip


def checked(month: dt.date) -> QuerySet[Officer]:
    """In post, with a clear check that counts on the month's last day."""
    day = last_day(month)
    clear = Q(checks__finding="clear", checks__checked_on__lte=day, checks__valid_until__gte=day)
    return Officer.objects.filter(present(month, Post.DIRECTOR), clear).distinct()


def in_post(month: dt.date) -> QuerySet[Officer]:
    return Officer.objects.filter(present(month, Post.DIRECTOR))


CHECKED = Indicator(
    code="children.directors_checked", title="儿童主任违法犯罪记录查询有效率", line=LINE, unit="%", covers=("S-123",),
    counts="月末查询结果有效的在任儿童主任", of="在任儿童主任", source="儿童主任和督导员名册", personal=False,
    formula=Formula(numerator=Rows(checked), denominator=Rows(in_post), known=Rows(rosters)),
)  # fmt: skip


def visits_due(month: dt.date) -> QuerySet[Task]:
    """Visits that had to be made in the month, those called back left out."""
    due = Task.objects.filter(kind="children.visit", due_on__gte=month, due_on__lt=next_month(month))
    return due.exclude(state=State.WITHDRAWN)


def visits_in_time(month: dt.date) -> QuerySet[Task]:
    """Made, not closed at the desk: then the outcome is empty and nobody saw the child."""
    return visits_due(month).filter(state=State.DONE, done_at__date__lte=F("due_on")).exclude(outcome="")


VISITS = Indicator(
    code="children.visits_in_time", title="儿童走访按期完成率", line=LINE, unit="%", covers=("S-118",),
    counts="截止日在当月、按期走访的任务", of="截止日在当月的儿童走访任务，撤回的除外", source="任务",
    formula=Formula(numerator=Rows(visits_in_time), denominator=Rows(visits_due), known=Rows(visits_due)),
)  # fmt: skip


def files_kept(month: dt.date) -> QuerySet[ChildFile]:
    day = last_day(month)
    return ChildFile.objects.exclude(state=FileState.DRAFT).filter(
        Q(closed_on=None) | Q(closed_on__gt=day), approved_on__lte=day
    )


def any_file(month: dt.date) -> QuerySet[ChildFile]:
    return ChildFile.objects.all()


FILES = Indicator(
    code="children.files", title="在册留守、困境儿童", line=LINE, unit="人", better=Better.NONE, covers=("S-118",),
    counts="月末在册的儿童档案", source="儿童档案",
    formula=Formula(numerator=Rows(files_kept), known=Rows(any_file)),
)  # fmt: skip


def gaps_found(month: dt.date) -> QuerySet[ServiceGap]:
    """Found by the month's end and really needed."""
    return ServiceGap.objects.filter(found_on__lte=last_day(month)).exclude(state=GapState.DROPPED)


def gaps_filled(month: dt.date) -> QuerySet[ServiceGap]:
    return gaps_found(month).filter(state=GapState.FILLED, closed_on__lte=last_day(month))


GAPS_FILLED = Indicator(
    code="children.gaps_filled", title="儿童服务缺口补齐率", line=LINE, unit="%", covers=("S-128",),
    counts="月末已由另一人确认补齐的缺口", of="月末以前发现的服务缺口，不再需要的除外", source="服务缺口台账",
    formula=Formula(numerator=Rows(gaps_filled), denominator=Rows(gaps_found), known=Rows(gaps_found)),
)  # fmt: skip
