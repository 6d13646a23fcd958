"""What a programme plans, where it is done, what was checked there, which problems were found and how they ended."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.programmes.penalties import Penalty, penalty_on
from minzheng.foundation.programmes.words import Point, Programme
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

USER = "accounts.User"


@with_history
class PlanNumber(models.Model):
    """What a region plans for one target in a year: whole units, or fen. Its parts below may be shared out."""

    programme = models.CharField("行动", max_length=40)
    target = models.CharField("目标", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    number = models.BigIntegerField("计划数")
    document = models.CharField("依据文件", max_length=120)
    made_by = models.ForeignKey(USER, models.PROTECT, verbose_name="制定人", related_name="+")

    class Meta:
        verbose_name = "行动计划数"
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "target", "year", "region"], name="one_plan_number_a_region"
            ),
            models.CheckConstraint(condition=Q(number__gte=0), name="plan_number_is_no_less_than_0"),
        ]

    def __str__(self) -> str:
        return f"{self.programme} {self.target} {self.year}"


class State(models.TextChoices):
    PLANNED = "planned", "未开始"
    STARTED = "started", "实施中"
    REPORTED = "reported", "待验收"
    DONE = "done", "已完成"
    STOPPED = "stopped", "已中止"


OPEN = (State.PLANNED, State.STARTED, State.REPORTED)


@with_history
class Undertaking(models.Model):
    """One unit's part in a programme in a year: a home that is rebuilt, a county that tries something out.

    `unit_key` names the unit ("facility:17", "region:431227000000", "item:2022:晃州镇敬老院"), so that planning it
    twice makes nothing twice. `progress` is per cent of the work; funds are whole fen.
    """

    programme = models.CharField("行动", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    unit_key = models.CharField("单位", max_length=120, blank=True)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="机构", null=True, blank=True, related_name="undertakings"
    )
    name = models.CharField("名称", max_length=100)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.PLANNED)
    owner = models.CharField("责任单位", max_length=60, blank=True)
    starts_on = models.DateField("计划开工", null=True, blank=True)
    due_on = models.DateField("计划完成")
    started_on = models.DateField("实际开工", null=True, blank=True)
    done_on = models.DateField("完成日期", null=True, blank=True)
    progress = models.PositiveSmallIntegerField("进度（%）", default=0)
    funds_fen = models.BigIntegerField("计划资金", default=0)
    paid_fen = models.BigIntegerField("已支付资金", default=0)
    note = models.CharField("说明", max_length=300, blank=True)
    reported_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="报完成人", null=True, blank=True, related_name="+"
    )
    accepted_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="验收人", null=True, blank=True, related_name="+"
    )
    proofs = models.ManyToManyField(
        Document, verbose_name="完成证明", related_name="proved_undertakings", blank=True
    )

    class Meta:
        verbose_name = "行动项目"
        indexes = [
            models.Index(fields=["region", "id"], name="undertaking_region"),
            models.Index(fields=["programme", "year", "region"], name="undertaking_programme"),
            models.Index(fields=["due_on", "id"], name="undertaking_due"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["programme", "year", "unit_key"], name="a_unit_is_planned_once_a_year"
            ),
            models.CheckConstraint(condition=Q(progress__lte=100), name="progress_is_per_cent"),
            models.CheckConstraint(condition=Q(funds_fen__gte=0, paid_fen__gte=0), name="funds_are_no_less_than_0"),
            models.CheckConstraint(
                condition=~Q(state="done") | Q(done_on__isnull=False, accepted_by__isnull=False),
                name="what_is_done_was_accepted",
            ),
            models.CheckConstraint(
                condition=Q(accepted_by__isnull=True) | ~Q(accepted_by=F("reported_by")),
                name="accepted_by_another_than_reported",
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.name

    def clean(self) -> None:
        """What is entered by hand is told apart by its name and place."""
        self.unit_key = self.unit_key or f"item:{self.region_id}:{self.name}"

    @property
    def declared(self) -> Programme:
        return shelf(Programme).get(self.programme)

    @property
    def is_open(self) -> bool:
        return self.state in OPEN

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.due_on < today


@with_history
class Figure(models.Model):
    """What an undertaking plans and has reached of one target of its programme: whole units, or fen."""

    undertaking = models.ForeignKey(Undertaking, models.CASCADE, related_name="figures")
    target = models.CharField("目标", max_length=40)
    planned = models.BigIntegerField("计划数", default=0)
    reached = models.BigIntegerField("已完成数", null=True, blank=True)  # None: nobody has reported yet

    class Meta:
        verbose_name = "行动数"
        constraints = [
            models.UniqueConstraint(fields=["undertaking", "target"], name="one_figure_a_target"),
            models.CheckConstraint(
                condition=Q(planned__gte=0) & (Q(reached__isnull=True) | Q(reached__gte=0)),
                name="figure_is_no_less_than_0",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.undertaking_id} {self.target}"


@with_history
class StepDone(models.Model):
    """A milestone that was reached or a gate that was passed, with its proof. Never changed afterwards."""

    undertaking = models.ForeignKey(Undertaking, models.CASCADE, related_name="steps_done")
    step = models.CharField("节点", max_length=40)
    done_on = models.DateField("日期")
    note = models.CharField("说明", max_length=200, blank=True)
    proofs = models.ManyToManyField(Document, related_name="proved_steps", blank=True)
    made_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")

    class Meta:
        verbose_name = "行动节点"
        constraints = [models.UniqueConstraint(fields=["undertaking", "step"], name="a_step_is_done_once")]

    def __str__(self) -> str:
        return f"{self.undertaking_id} {self.step}"


class Answer(models.TextChoices):
    OK = "ok", "符合"
    FAILS = "fails", "不符合"
    NOT_HERE = "not_here", "不适用"


@with_history
class Check(models.Model):
    """The last look at one point of the check-list."""

    undertaking = models.ForeignKey(Undertaking, models.CASCADE, related_name="checks")
    point = models.CharField("检查项", max_length=40)
    answer = models.CharField("结果", max_length=10, choices=Answer.choices)
    note = models.CharField("说明", max_length=200, blank=True)
    checked_on = models.DateField("检查日期")
    checked_by = models.ForeignKey(USER, models.PROTECT, verbose_name="检查人", related_name="+")

    class Meta:
        verbose_name = "行动检查"
        constraints = [models.UniqueConstraint(fields=["undertaking", "point"], name="one_answer_a_point")]

    def __str__(self) -> str:
        return f"{self.undertaking_id} {self.point}"


class ProblemLevel(models.TextChoices):
    GENERAL = "general", "一般"
    MAJOR = "major", "重大"


class ProblemState(models.TextChoices):
    FOUND = "found", "待交办"
    ASSIGNED = "assigned", "整改中"
    FIXED = "fixed", "待复核"
    VERIFIED = "verified", "已销号"


@with_history
class Problem(models.Model):
    """Something wrong that was found, and its closed loop: found → assigned → fixed with proof → verified by another.

    `round` counts how often it was assigned: a fix that is not good enough is assigned anew.
    """

    undertaking = models.ForeignKey(Undertaking, models.PROTECT, related_name="problems")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    key = models.UUIDField("设备记录号", unique=True)  # a report that is sent twice is kept once
    point = models.CharField("检查项", max_length=40, blank=True)
    title = models.CharField("问题", max_length=200)
    level = models.CharField("等级", max_length=10, choices=ProblemLevel.choices)
    state = models.CharField("状态", max_length=10, choices=ProblemState.choices, default=ProblemState.FOUND)
    found_on = models.DateField("发现日期")
    found_by = models.ForeignKey(USER, models.PROTECT, verbose_name="发现人", related_name="+")
    found_photos = models.ManyToManyField(Document, related_name="found_problems", blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    measure = models.CharField("整改要求", max_length=200, blank=True)
    assigned_on = models.DateField("交办日期", null=True, blank=True)
    assigned_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="交办人", null=True, blank=True, related_name="+"
    )
    due_on = models.DateField("整改期限", null=True, blank=True)
    round = models.PositiveSmallIntegerField("交办次数", default=0)
    fixed_on = models.DateField("整改日期", null=True, blank=True)
    fixed_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="整改登记人", null=True, blank=True, related_name="+"
    )
    fix_note = models.CharField("怎么改的", max_length=500, blank=True)
    fixed_photos = models.ManyToManyField(Document, related_name="fixed_problems", blank=True)
    verified_on = models.DateField("复核日期", null=True, blank=True)
    verified_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="复核人", null=True, blank=True, related_name="+"
    )
    verdict = models.CharField("复核意见", max_length=200, blank=True)
    published_on = models.DateField("公布日期", null=True, blank=True)

    class Meta:
        verbose_name = "行动问题"
        indexes = [
            models.Index(fields=["region", "id"], name="problem_region"),
            models.Index(fields=["undertaking", "state"], name="problem_undertaking"),
            models.Index(
                fields=["published_on"], name="problem_published", condition=Q(published_on__isnull=False)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(verified_by__isnull=True) | ~Q(verified_by=F("fixed_by")),
                name="verified_by_another_than_fixed",
            ),
            models.CheckConstraint(
                condition=~Q(state="verified") | Q(verified_by__isnull=False, fixed_by__isnull=False),
                name="what_is_closed_was_fixed_and_verified",
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="problem_is_kept", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="problem_moves",
                field="state",
                transitions=[("found", "assigned"), ("assigned", "fixed"), ("fixed", "verified"), ("fixed", "assigned")],
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    @property
    def declared_point(self) -> Point | None:
        return self.undertaking.declared.point(self.point) if self.point else None

    @property
    def penalty(self) -> Penalty | None:
        """What the law of the day on which it was found attaches to it."""
        point = self.declared_point
        return penalty_on(point.penalty, self.found_on) if point is not None and point.penalty else None

    @property
    def is_open(self) -> bool:
        return self.state != ProblemState.VERIFIED

    def is_late(self, today: dt.date) -> bool:
        return self.is_open and self.due_on is not None and self.due_on < today
