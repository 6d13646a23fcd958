"""One rating from self-score to plaque: who scored what, who voted how, what was said in publicity, how it ended."""

from __future__ import annotations

import datetime as dt

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.words import ScoreSheet, Version

USER = "accounts.User"


class State(models.TextChoices):
    SELF = "self", "自评"
    SITE = "site", "现场评分"
    COMMITTEE = "committee", "委员会表决"
    PUBLICITY = "publicity", "公示"
    SCORED = "scored", "已评分"
    GRANTED = "granted", "已授牌"
    REFUSED = "refused", "未达到等级"
    WITHDRAWN = "withdrawn", "已取消等级"
    EXPIRED = "expired", "已过期"
    REPLACED = "replaced", "已更换等级"


UNDER_WAY = (State.SELF, State.SITE, State.COMMITTEE, State.PUBLICITY)


@with_history
class Assessment(models.Model):
    """One rating of one subject. `subject_key` is "facility:17", "region:…" or the organisation's own name for it.

    `version` is the sheet's version of the day on which it began. `sums` are points by part, `grading` is the whole
    explanation of the grade, kept for ever: {grade, title, total, clauses: [{text, ok, cite}]}.
    """

    sheet = models.CharField("评分表", max_length=40)
    version = models.CharField("版本", max_length=30)
    subject_key = models.CharField("对象", max_length=80)
    name = models.CharField("名称", max_length=100)
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="机构", null=True, blank=True, related_name="assessments"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SELF)
    opened_on = models.DateField("申报日期")
    due_on = models.DateField("办结期限")
    opened_by = models.ForeignKey(USER, models.PROTECT, verbose_name="申报人", related_name="+")
    confirmed = models.JSONField("已确认的条件", default=list, blank=True)
    self_total = models.PositiveSmallIntegerField("自评总分", null=True, blank=True)
    sums = models.JSONField("各部分得分", default=dict, blank=True)
    total = models.PositiveSmallIntegerField("总分", null=True, blank=True)
    grade = models.PositiveSmallIntegerField("等级", null=True, blank=True)
    grading = models.JSONField("等级的理由", default=dict, blank=True)
    public_from = models.DateField("公示开始", null=True, blank=True)
    public_until = models.DateField("公示截止", null=True, blank=True)
    granted_on = models.DateField("授牌日期", null=True, blank=True)
    granted_by = models.ForeignKey(
        USER, models.PROTECT, verbose_name="授牌人", null=True, blank=True, related_name="+"
    )
    valid_until = models.DateField("有效期至", null=True, blank=True)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    reason = models.CharField("原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "等级评定"
        indexes = [
            models.Index(fields=["region", "id"], name="assessment_region"),
            models.Index(fields=["sheet", "subject_key"], name="assessment_subject"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["sheet", "subject_key"],
                condition=Q(state__in=["self", "site", "committee", "publicity"]),
                name="one_rating_under_way",
            ),
            models.UniqueConstraint(
                fields=["sheet", "subject_key"], condition=Q(state="granted"), name="one_grade_in_force"
            ),
            models.CheckConstraint(
                condition=~Q(state="granted")
                | Q(grade__gte=1, granted_on__isnull=False, valid_until__isnull=False),
                name="what_is_granted_has_a_grade_and_a_term",
            ),
            models.CheckConstraint(
                condition=Q(granted_by__isnull=True) | ~Q(granted_by=F("opened_by")),
                name="granted_by_another_than_applied",
            ),
        ]
        triggers = [pgtrigger.Protect(name="assessment_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return self.name

    @property
    def declared(self) -> ScoreSheet:
        return shelf(ScoreSheet).get(self.sheet)

    @property
    def points_sheet(self) -> Version:
        return self.declared.version(self.version)

    @property
    def grade_title(self) -> str:
        return str(self.grading.get("title", ""))

    @property
    def is_under_way(self) -> bool:
        return self.state in UNDER_WAY

    def is_late(self, today: dt.date) -> bool:
        return self.is_under_way and self.due_on < today


@with_history
class AwardSplit(models.Model):
    """How a sum was shared out by scores (S-068): {assessment key: fen}, which add up to the sum exactly."""

    sheet = models.CharField("评分表", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    year = models.PositiveSmallIntegerField("年度")
    pool_fen = models.BigIntegerField("奖励资金")
    shares = models.JSONField("分配")
    made_on = models.DateField("日期")
    made_by = models.ForeignKey(USER, models.PROTECT, verbose_name="制定人", related_name="+")

    class Meta:
        verbose_name = "绩效奖励分配"
        constraints = [
            models.CheckConstraint(condition=Q(pool_fen__gt=0), name="award_pool_is_positive"),
            models.UniqueConstraint(fields=["sheet", "region", "year"], name="one_split_a_year"),
        ]

    def __str__(self) -> str:
        return f"{self.sheet} {self.year}"


class Duty(models.TextChoices):
    SITE = "site", "现场评分"
    COMMITTEE = "committee", "委员会"


class Choice(models.TextChoices):
    AGREE = "agree", "同意"
    DISAGREE = "disagree", "不同意"
    ABSTAIN = "abstain", "弃权"


@with_history
class Seat(models.Model):
    """Somebody who scores or votes. One person sits on one side only, and says first that no tie binds them."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="seats")
    user = models.ForeignKey(USER, models.PROTECT, verbose_name="人员", related_name="+")
    duty = models.CharField("职责", max_length=10, choices=Duty.choices)
    declared_at = models.DateTimeField("承诺无利害关系", null=True, blank=True)
    finished_at = models.DateTimeField("提交时间", null=True, blank=True)
    vote = models.CharField("表决", max_length=10, choices=Choice.choices, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "评定人员"
        constraints = [models.UniqueConstraint(fields=["assessment", "user"], name="one_seat_a_person")]

    def __str__(self) -> str:
        return f"{self.user}"


@with_history
class ItemScore(models.Model):
    """Points for one item: the institution's own (`seat` empty), or an assessor's."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="scores")
    seat = models.ForeignKey(Seat, models.CASCADE, null=True, blank=True, related_name="scores")
    item = models.CharField("评分项", max_length=40)
    points = models.PositiveSmallIntegerField("得分")
    note = models.CharField("说明", max_length=200, blank=True)
    evidence = models.ManyToManyField(Document, related_name="score_evidence", blank=True)

    class Meta:
        verbose_name = "评分"
        constraints = [
            models.UniqueConstraint(
                fields=["assessment", "item"], condition=Q(seat__isnull=True), name="one_own_score_an_item"
            ),
            models.UniqueConstraint(fields=["seat", "item"], name="one_score_an_item_and_assessor"),
        ]

    def __str__(self) -> str:
        return f"{self.item} {self.points}"


@with_history
class Objection(models.Model):
    """What somebody said against the proposed grade during publicity. Unanswered, it stops the plaque."""

    assessment = models.ForeignKey(Assessment, models.CASCADE, related_name="objections")
    told_on = models.DateField("收到日期")
    text = models.CharField("异议", max_length=500)
    answer = models.CharField("答复", max_length=500, blank=True)
    answered_on = models.DateField("答复日期", null=True, blank=True)
    made_by = models.ForeignKey(USER, models.PROTECT, verbose_name="登记人", related_name="+")

    class Meta:
        verbose_name = "公示异议"

    def __str__(self) -> str:
        return self.text
