"""One check and its requests: who was asked about whom, and how far each has come."""

from __future__ import annotations

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from minzheng.datacenter.verification.models.consent import Authorisation
from minzheng.foundation.cases.models import Case
from minzheng.foundation.exchange.words import PURPOSES
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region


class Check(models.Model):
    """One check of a case's family (`case`), or the periodic one of all recipients of a benefit in a region."""

    class State(models.TextChoices):
        ASKING = "asking", "等待部门反馈"
        READY = "ready", "报告已形成"
        RECORDED = "recorded", "结果已登记"
        CANCELLED = "cancelled", "已取消"

    number = models.CharField("核对报告编号", max_length=24, unique=True)
    purpose = models.CharField(
        "用途", max_length=12, choices=[(p.value, title) for p, title in PURPOSES.items()]
    )
    case = models.ForeignKey(
        Case, models.PROTECT, verbose_name="办件", null=True, blank=True, related_name="checks"
    )
    benefit = models.CharField("待遇", max_length=40, blank=True)
    month = models.DateField("月份", null=True, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    started_on = models.DateField("发起日期")
    started_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="发起人", null=True, blank=True, related_name="+"
    )
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKING)
    went_on_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="决定不再等待", null=True, blank=True, related_name="+"
    )
    went_on_on = models.DateField("决定日期", null=True, blank=True)
    went_on_reason = models.CharField("不再等待的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "核对"
        indexes = [models.Index(fields=["region", "id"], name="check_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=Q(state="asking"), name="one_open_check_a_case"
            ),
            models.UniqueConstraint(
                fields=["region", "benefit", "month"],
                condition=Q(case__isnull=True),
                name="one_periodic_check_a_month",
            ),
        ]

    def __str__(self) -> str:
        return self.number


class Subject(models.Model):
    """One person whom a check is about, and the consent that it rests on."""

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="subjects")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    authorisation = models.ForeignKey(Authorisation, models.PROTECT, related_name="+")
    order = models.SmallIntegerField(default=0)

    class Meta:
        verbose_name = "核对对象"
        ordering = ["order", "id"]
        constraints = [models.UniqueConstraint(fields=["check_of", "person"], name="one_subject_a_check")]

    def __str__(self) -> str:
        return str(self.person)


class RequestState(models.TextChoices):
    NEW = "new", "待发送"
    SENT = "sent", "已发出"
    WAITING = "waiting", "等待反馈"
    ANSWERED = "answered", "已反馈"
    PARTIAL = "partial", "部分反馈"
    FAILED = "failed", "反馈不可用"
    UNKNOWN = "unknown", "没有反馈"
    CANCELLED = "cancelled", "已取消"


OPEN = [RequestState.NEW, RequestState.SENT, RequestState.WAITING]


def new_request_id() -> str:
    """Made and kept before anything is sent: every try of one enquiry bears the same id."""
    return uuid.uuid4().hex


class Request(models.Model):
    """One enquiry to one source about some people. Tried again under its own id until it is answered or given up.

    `is_accepted`: the source has said 202; from then on it is only polled. `body_sha256` is that of the first try,
    because the same id with another body would be another enquiry.
    """

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="requests")
    source = models.CharField("数据来源", max_length=40)
    request_id = models.CharField("请求编号", max_length=32, unique=True, default=new_request_id)
    persons = ArrayField(models.BigIntegerField(), verbose_name="人员")
    fields = ArrayField(models.CharField(max_length=40), verbose_name="信息项")
    period_from = models.DateField("信息期间起")
    period_until = models.DateField("信息期间止")
    state = models.CharField("状态", max_length=10, choices=RequestState.choices, default=RequestState.NEW)
    tries = models.PositiveSmallIntegerField("已试次数", default=0)
    is_accepted = models.BooleanField("对方已受理", default=False)
    body_sha256 = models.CharField(max_length=64, blank=True)
    asked_at = models.DateTimeField("首次发出", null=True, blank=True)
    answered_at = models.DateTimeField("反馈时间", null=True, blank=True)
    next_try_at = models.DateTimeField("下次查询", null=True, blank=True)
    problem = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "核对请求"
        ordering = ["source", "id"]
        indexes = [models.Index(fields=["next_try_at"], name="request_due", condition=Q(state__in=OPEN))]

    def __str__(self) -> str:
        return f"{self.source} {self.request_id}"

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class SourceHealth(models.Model):
    """The circuit breaker of one source: after several failures in a row nobody knocks until `closed_until`."""

    source = models.CharField(primary_key=True, max_length=40)
    failures = models.PositiveSmallIntegerField(default=0)
    closed_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        verbose_name = "数据来源状态"

    def __str__(self) -> str:
        return self.source
