"""Every exchange with another department: why, on whose authority, what was asked, how it ended (S-028)."""

from __future__ import annotations

import pgtrigger
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone

from minzheng.foundation.exchange.words import PURPOSES
from minzheng.foundation.regions.models import Region


class Direction(models.TextChoices):
    ASKED = "asked", "向对方查询"
    RECEIVED = "received", "接收对方文件"
    GIVEN = "given", "提供给对方"


class Outcome(models.TextChoices):
    """How it ended. UNKNOWN is what stands from the first moment: a call that was cut off may have arrived."""

    UNKNOWN = "unknown", "没有结果"
    ANSWERED = "answered", "已反馈"
    PARTIAL = "partial", "部分反馈"
    ACCEPTED = "accepted", "已受理，待反馈"
    REFUSED = "refused", "对方拒绝"
    FAILED = "failed", "失败"


class ExchangeCall(models.Model):
    """One call over the wire, or one file. Holds codes and counts; never anything about a single person.

    Tries of one request share `request_id`. `authorisation` says what it rests on: consents and a case's number, or
    the law where no consent is needed. `period` is the time that the answer covers.
    """

    source = models.CharField("数据来源", max_length=40)
    purpose = models.CharField(
        "用途", max_length=12, choices=[(p.value, title) for p, title in PURPOSES.items()]
    )
    direction = models.CharField("方向", max_length=8, choices=Direction.choices, default=Direction.ASKED)
    fields = ArrayField(models.CharField(max_length=40), verbose_name="信息项", default=list)
    authorisation = models.CharField("授权或依据", max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    persons_count = models.PositiveIntegerField("人数", default=0)
    period_from = models.DateField("信息期间起", null=True, blank=True)
    period_until = models.DateField("信息期间止", null=True, blank=True)
    requester = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="经办人", null=True, blank=True, related_name="+"
    )
    request_id = models.CharField("请求编号", max_length=64, blank=True)
    started_at = models.DateTimeField("开始时间", default=timezone.now)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    outcome = models.CharField("结果", max_length=8, choices=Outcome.choices, default=Outcome.UNKNOWN)
    records = models.PositiveIntegerField("记录数", default=0)
    bytes = models.PositiveBigIntegerField("字节数", default=0)
    problem = models.CharField("说明", max_length=300, blank=True)

    class Meta:
        verbose_name = "部门信息共享记录"
        indexes = [
            models.Index(fields=["region", "id"], name="exchange_region"),
            models.Index(fields=["started_at", "id"], name="exchange_time"),
            models.Index(fields=["request_id"], name="exchange_request", condition=~Q(request_id="")),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(finished_at__isnull=True) | Q(finished_at__gte=F("started_at")),
                name="exchange_ends_after_start",
            ),
            models.CheckConstraint(condition=~Q(authorisation=""), name="exchange_rests_on_something"),
        ]
        triggers = [
            pgtrigger.Protect(name="exchange_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="exchange_is_final",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__finished_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.started_at:%Y-%m-%d %H:%M}"
