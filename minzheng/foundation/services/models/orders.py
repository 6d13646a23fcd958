"""One service for one person, and what was complained of. Money is whole fen."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models.contracts import Contract, Worker
from minzheng.foundation.services.words import ServiceKind, kind_of


class State(models.TextChoices):
    ASKED = "asked", "待接单"
    ACCEPTED = "accepted", "已接单"
    STARTED = "started", "服务中"
    DONE = "done", "待确认"
    CONFIRMED = "confirmed", "已确认，待结算"
    SETTLED = "settled", "已结算"
    REJECTED = "rejected", "不予结算"
    CANCELLED = "cancelled", "已取消"


OPEN = (State.ASKED, State.ACCEPTED, State.STARTED)


class Channel(models.TextChoices):
    HELPER = "helper", "协理员代下单"
    FAMILY = "family", "本人或家属"
    HOTLINE = "hotline", "热线"
    DEVICE = "device", "设备报警"
    PLAN = "plan", "按月计划"


class Payer(models.TextChoices):
    PURCHASE = "purchase", "政府购买"
    VOUCHER = "voucher", "养老服务券"
    BED = "bed", "家庭养老床位"
    SELF = "self", "自费"


PAID_BY_US = (Payer.PURCHASE, Payer.VOUCHER)


@with_history
class Order(models.Model):
    """One service for one person, from the wish to the money. `person` is served where `region` says."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="服务对象", related_name="orders")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="orders")
    kind = models.CharField("服务项目", max_length=30)
    channel = models.CharField("渠道", max_length=8, choices=Channel.choices)
    payer = models.CharField("由谁付费", max_length=8, choices=Payer.choices)
    caller = models.CharField("来电人", max_length=60, blank=True)
    caller_relation = models.CharField("来电人与老人的关系", max_length=20, blank=True)
    caller_phone = EncryptedTextField("回访电话", kind="phone", max_length=20, blank=True)
    wish = EncryptedTextField("要求", kind="note", max_length=300, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ASKED)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="服务单位", null=True, blank=True, related_name="orders"
    )
    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name="合同", null=True, blank=True, related_name="orders"
    )
    worker = models.ForeignKey(
        Worker, models.PROTECT, verbose_name="服务人员", null=True, blank=True, related_name="orders"
    )
    asked_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="下单人", null=True, blank=True, related_name="+"
    )
    asked_at = models.DateTimeField("下单时间")
    accept_by = models.DateTimeField("应接单")
    done_by = models.DateTimeField("应完成")
    accepted_at = models.DateTimeField("接单时间", null=True, blank=True)
    started_at = models.DateTimeField("开始时间", null=True, blank=True)
    finished_at = models.DateTimeField("结束时间", null=True, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    no_position = models.CharField("没有定位的原因", max_length=60, blank=True)
    report = EncryptedTextField("服务记录", kind="note", max_length=500, blank=True)
    photos = models.ManyToManyField(Document, verbose_name="照片", blank=True, related_name="+")
    confirmed_at = models.DateTimeField("确认时间", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_as = models.CharField("以何身份确认", max_length=10, blank=True)
    rating = models.PositiveSmallIntegerField("评价（1至5）", null=True, blank=True)
    price_fen = models.BigIntegerField("价格（分）", default=0)
    handed_back = models.PositiveSmallIntegerField("退单次数", default=0)
    reason = models.CharField("取消或不予结算的原因", max_length=200, blank=True)
    statement = models.ForeignKey(
        "services.Statement",
        models.PROTECT,
        verbose_name="结算单",
        null=True,
        blank=True,
        related_name="orders",
    )

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务工单"
        indexes = [
            models.Index(fields=["region", "id"], name="order_region"),
            models.Index(fields=["provider", "state"], name="order_provider"),
            models.Index(fields=["person", "-asked_at"], name="order_person"),
            models.Index(fields=["worker", "started_at"], name="order_worker"),
            models.Index(
                fields=["accept_by"],
                name="order_open",
                condition=Q(state__in=["asked", "accepted", "started"]),
            ),
        ]
        constraints = [
            models.CheckConstraint(condition=Q(price_fen__gte=0), name="order_price_is_not_negative"),
            models.CheckConstraint(
                condition=Q(rating__isnull=True) | Q(rating__range=(1, 5)), name="order_rating_of_five"
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["done", "confirmed", "settled"])
                | Q(provider__isnull=False, started_at__isnull=False, finished_at__gte=F("started_at")),
                name="done_order_has_its_times",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["confirmed", "settled"]) | Q(confirmed_at__isnull=False),
                name="order_is_paid_after_confirmation",
            ),
            models.CheckConstraint(
                condition=~Q(state="settled") | Q(statement__isnull=False),
                name="settled_order_has_a_statement",
            ),
        ]

    def __str__(self) -> str:
        return self.declared.title

    @property
    def declared(self) -> ServiceKind:
        return kind_of(self.kind)

    @property
    def minutes(self) -> int | None:
        """How long it took; None while it is not finished."""
        if self.started_at is None or self.finished_at is None:
            return None
        return int((self.finished_at - self.started_at).total_seconds() // 60)

    def is_late(self, now: dt.datetime) -> bool:
        """Past the hour by which it was to be accepted, or done."""
        if self.state == State.ASKED:
            return now > self.accept_by
        return self.state in OPEN and now > self.done_by


@with_history
class Complaint(models.Model):
    """What somebody says went wrong with an order, and what came of it."""

    id = RowKey()
    order = models.ForeignKey(Order, models.PROTECT, verbose_name="工单", related_name="complaints")
    text = EncryptedTextField("投诉内容", kind="note", max_length=500)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="投诉人", related_name="+")
    made_on = models.DateField("投诉日期")
    due_on = models.DateField("应答复")
    answered_on = models.DateField("答复日期", null=True, blank=True)
    answered_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="答复人", null=True, blank=True, related_name="+"
    )
    is_upheld = models.BooleanField("属实", null=True, blank=True)
    finding = EncryptedTextField("调查结果", kind="note", max_length=500, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务投诉"
        constraints = [
            models.UniqueConstraint(
                fields=["order"], condition=Q(answered_on__isnull=True), name="one_open_complaint"
            )
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.made_on}"
