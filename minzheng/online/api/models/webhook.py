"""Events that partners are told of: who wants which, and each telling until it has arrived (outbox)."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey
from minzheng.online.api.models.client import ApiClient


class Subscription(models.Model):
    """Where one client wants to be told of which events. The secret signs; it is shown once and then only used."""

    id = RowKey()
    client = models.ForeignKey(ApiClient, models.PROTECT, related_name="subscriptions")
    url = models.URLField("接收地址", max_length=300)
    events = ArrayField(models.CharField(max_length=60), verbose_name="事件")
    secret = EncryptedJSONField("签名密钥")
    since = models.DateTimeField("登记时间", auto_now_add=True)
    ended_at = models.DateTimeField("停止时间", null=True, blank=True)

    class Meta:
        verbose_name = "事件订阅"
        constraints = [
            models.UniqueConstraint(
                fields=["client", "url"],
                condition=Q(ended_at__isnull=True),
                name="one_subscription_per_address",
            )
        ]

    def __str__(self) -> str:
        return f"{self.client} {self.url}"


class DeliveryState(models.TextChoices):
    WAITING = "waiting", "待送达"
    DELIVERED = "delivered", "已送达"
    DEAD = "dead", "未送达"


class Delivery(models.Model):
    """One event to one address. Written with the event itself, so that none is lost; `content` is what is sent."""

    subscription = models.ForeignKey(Subscription, models.PROTECT, related_name="deliveries")
    event = models.ForeignKey("events.Event", models.PROTECT, related_name="+")
    kind = models.CharField("事件", max_length=60)
    content = models.TextField("内容")
    state = models.CharField(
        "状态", max_length=10, choices=DeliveryState.choices, default=DeliveryState.WAITING
    )
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    made_at = models.DateTimeField("产生时间", auto_now_add=True)
    next_at = models.DateTimeField("下次尝试", null=True, blank=True)
    give_up_at = models.DateTimeField("最迟")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    answer = models.CharField("最近一次结果", max_length=200, blank=True)

    class Meta:
        verbose_name = "事件推送"
        indexes = [
            models.Index(fields=["next_at"], name="delivery_due", condition=Q(state="waiting")),
            models.Index(fields=["subscription", "-id"], name="delivery_of"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["subscription", "event"], name="one_delivery_per_event"),
            models.CheckConstraint(
                condition=Q(state="waiting") | Q(next_at__isnull=True), name="delivery_ended_is_not_due"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} #{self.pk}"
