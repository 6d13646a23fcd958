"""Searching for a family: what was asked of whom, notices, reports of missing people, and matches that people decide."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.rescue.models.stays import Stay
from minzheng.foundation.accounts.models import User
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person, Sex
from minzheng.foundation.regions.models import Region


class SearchWay(models.TextChoices):
    TALK = "talk", "甄别谈话、辨听口音"
    POLICE = "police", "公安机关查询、人像比对"
    DNA = "dna", "采集DNA入库比对"
    HOME = "home", "联系自述户籍地核查"
    MEDIA = "media", "报刊、广播电视、网络发布"
    NETWORK = "network", "全国救助寻亲网发布"


class SearchResult(models.TextChoices):
    WAITING = "waiting", "等待反馈"
    NONE = "none", "没有结果"
    FOUND = "found", "查到线索"


@with_history
class Search(models.Model):
    """One attempt, with its time: whom one asked, under which reference, and what came back."""

    id = RowKey()
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="searches")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    at = models.DateTimeField("时间")
    way = models.CharField("方式", max_length=8, choices=SearchWay.choices)
    asked_of = models.CharField("向谁查询（发布）", max_length=60)
    reference = models.CharField("编号（DNA样本号、回执号）", max_length=60, blank=True)
    result = models.CharField("结果", max_length=8, choices=SearchResult.choices)
    answered_on = models.DateField("反馈日期", null=True, blank=True)
    note = EncryptedTextField("说明", kind="text", max_length=500, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "寻亲查询"
        indexes = [models.Index(fields=["region", "id"], name="search_region")]

    def __str__(self) -> str:
        return f"{self.get_way_display()} {self.at:%Y-%m-%d %H:%M}"


class NoticeState(models.TextChoices):
    DRAFT = "draft", "待审核"
    PUBLISHED = "published", "已发布"
    RETURNED = "returned", "未通过"
    DOWN = "down", "已撤下"


@with_history
class PublicNotice(models.Model):
    """寻亲公告: what the public may read, frozen when it is drafted; seen by nobody before a second person approved it."""

    token = models.CharField(max_length=32, unique=True)
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="notices")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄（约）")
    found_on = models.DateField("发现日期")
    found_at = models.CharField("发现地点", max_length=60)
    text = models.CharField("公告内容", max_length=500)
    photo = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    state = models.CharField("状态", max_length=10, choices=NoticeState.choices, default=NoticeState.DRAFT)
    drafted_by = models.ForeignKey(Person, models.PROTECT, verbose_name="起草人", related_name="+")
    drafted_on = models.DateField("起草日期")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    published_on = models.DateField("发布日期", null=True, blank=True)
    until = models.DateField("公告截止", null=True, blank=True)
    down_on = models.DateField("撤下日期", null=True, blank=True)
    reason = models.CharField("退回或撤下原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "寻亲公告"
        indexes = [
            models.Index(fields=["region", "id"], name="rescue_notice_region"),
            models.Index(fields=["-published_on", "id"], name="rescue_notice_public"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["stay"], condition=Q(state__in=["draft", "published"]), name="one_notice_per_stay"
            ),
            models.CheckConstraint(
                condition=Q(published_on__isnull=True)
                | (Q(decided_by__isnull=False, until__isnull=False) & ~Q(decided_by=F("drafted_by"))),
                name="notice_approved_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"寻亲公告 {self.pk}"


class ReportState(models.TextChoices):
    OPEN = "open", "查找中"
    FOUND = "found", "已找到"
    WITHDRAWN = "withdrawn", "已撤回"


class Reporter(models.TextChoices):
    FAMILY = "family", "亲属"
    POLICE = "police", "公安机关"
    STATION = "station", "其他救助站"


@with_history
class MissingReport(models.Model):
    """走失人员: somebody is looked for. What a family hands in is theirs: they see it, and what became of it."""

    id = RowKey()
    number = models.CharField("编号", max_length=30, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="受理地", related_name="+")
    name = models.CharField("走失人姓名", max_length=60)
    id_no = EncryptedTextField("走失人身份证号", kind="id_no", max_length=18, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    birth_year = models.PositiveSmallIntegerField("出生年份（约）", null=True, blank=True)
    lost_on = models.DateField("走失日期")
    lost_at = models.CharField("走失地点", max_length=120)
    home = models.CharField("家庭住址", max_length=120)
    dialect = models.CharField("口音", max_length=40, blank=True)
    height_cm = models.PositiveSmallIntegerField("身高（厘米）", null=True, blank=True)
    features = EncryptedTextField("体貌特征、衣着", kind="text", max_length=1000)
    photo = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField("报告人", max_length=8, choices=Reporter.choices)
    reporter = models.ForeignKey(
        Person, models.PROTECT, verbose_name="网上报告人", null=True, blank=True, related_name="+"
    )
    reporter_name = models.CharField("联系人", max_length=60)
    reporter_relation = models.CharField("与走失人关系", max_length=20)
    reporter_phone = EncryptedTextField("联系电话", kind="phone", max_length=20)
    police_no = models.CharField("报警回执", max_length=60, blank=True)
    reported_on = models.DateField("报告日期")
    state = models.CharField("状态", max_length=10, choices=ReportState.choices, default=ReportState.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    made_by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "走失人员"
        indexes = [models.Index(fields=["region", "id"], name="missing_region")]

    def __str__(self) -> str:
        return self.number


class MatchState(models.TextChoices):
    PROPOSED = "proposed", "等另一人核定"
    CONFIRMED = "confirmed", "是同一人"
    REJECTED = "rejected", "不是同一人"


@with_history
class Match(models.Model):
    """Somebody thinks that the one who stays is the one who is missed; another person decides. Never the program.

    `score` (0–100) and `reasons` [{label, points, most, why}] are those of the day on which it was proposed.
    """

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="matches")
    report = models.ForeignKey(MissingReport, models.PROTECT, related_name="matches")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    score = models.PositiveSmallIntegerField("相符程度")
    reasons = models.JSONField("逐项理由")
    basis = models.CharField("初核意见", max_length=200)
    proposed_by = models.ForeignKey(Person, models.PROTECT, verbose_name="初核人", related_name="+")
    proposed_on = models.DateField("初核日期")
    state = models.CharField("状态", max_length=10, choices=MatchState.choices, default=MatchState.PROPOSED)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("核定日期", null=True, blank=True)
    note = models.CharField("核定意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "寻亲比对"
        indexes = [models.Index(fields=["region", "id"], name="match_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["stay", "report"], condition=~Q(state="rejected"), name="one_rescue_match_of_a_pair"
            ),
            models.UniqueConstraint(
                fields=["stay"], condition=Q(state="confirmed"), name="one_confirmed_match_per_stay"
            ),
            models.CheckConstraint(
                condition=Q(state="proposed")
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("proposed_by"))),
                name="match_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay}–{self.report}"
