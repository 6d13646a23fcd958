"""Needs, contracts with providers, their workers, and the orders. Money is whole fen."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.words import Need, ServiceKind, kind_of


@with_history
class Needs(models.Model):
    """What a person was found to need on a day; the catalogue says which services meet it."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="服务对象", related_name="needs")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need.choices), verbose_name="需要", default=list
    )
    note = EncryptedTextField("情况说明", kind="note", max_length=500, blank=True)
    assessed_on = models.DateField("评估日期")
    assessed_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="评估人", related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务需求评估"
        indexes = [
            models.Index(fields=["region", "id"], name="needs_region"),
            models.Index(fields=["person", "-assessed_on"], name="needs_person"),
        ]

    def __str__(self) -> str:
        return "、".join(Need(one).label for one in self.needs)


@with_history
class Contract(models.Model):
    """政府购买服务合同: a provider, a county, a term, a ceiling, what is to be delivered, and who evaluates it."""

    number = models.CharField("合同编号", max_length=40, unique=True)
    title = models.CharField("名称", max_length=100)
    provider = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="承接单位", related_name="contracts"
    )
    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="购买单位所在县", related_name="service_contracts"
    )
    kinds = ArrayField(models.CharField(max_length=30), verbose_name="服务项目", default=list)
    since = models.DateField("起")
    until = models.DateField("止（当天仍有效）")
    amount_fen = models.BigIntegerField("合同金额（分）")
    deliverables = models.CharField("交付要求", max_length=300)
    evaluator = models.CharField("第三方评估机构", max_length=100, blank=True)
    evaluated_on = models.DateField("评估日期", null=True, blank=True)
    points = models.PositiveSmallIntegerField("评估得分", null=True, blank=True)
    evaluation = models.CharField("评估意见", max_length=300, blank=True)
    ended_on = models.DateField("提前终止", null=True, blank=True)

    class Meta:
        verbose_name = "购买服务合同"
        indexes = [models.Index(fields=["region", "id"], name="service_contract_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="contract_ends_after_start"),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="contract_has_a_ceiling"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=100), name="points_of_100"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def is_running(self, on: dt.date) -> bool:
        return self.since <= on <= self.until and (self.ended_on is None or on < self.ended_on)


@with_history
class Worker(models.Model):
    """Who does the work for a provider. The identity number is sealed; clients see name and picture only."""

    id = RowKey()
    provider = models.ForeignKey(Organisation, models.PROTECT, verbose_name="单位", related_name="workers")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="服务所在县", related_name="+")
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("身份证号", kind="id_no", max_length=18)
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    skill = models.CharField("持有证书", max_length=60, blank=True)
    since = models.DateField("入职日期")
    until = models.DateField("离职日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务人员"
        indexes = [models.Index(fields=["region", "id"], name="worker_region")]

    def __str__(self) -> str:
        return self.name


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


class RunState(models.TextChoices):
    DRAFT = "draft", "待复核"
    CONFIRMED = "confirmed", "已确认，待发放"


@with_history
class Settlement(models.Model):
    """One county's settlement of one month's services; another person confirms the total that was shown."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="+")
    benefit = models.CharField("待遇", max_length=40)
    month = models.DateField("月份")
    state = models.CharField("状态", max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="编制人", related_name="+")
    made_on = models.DateField("编制日期")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)
    total_fen = models.BigIntegerField("合计（分）", default=0)

    class Meta:
        verbose_name = "服务结算"
        constraints = [
            models.UniqueConstraint(fields=["region", "benefit", "month"], name="one_settlement_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="settlement_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="settlement_by_two_persons"
            ),
            models.CheckConstraint(
                condition=~Q(state="confirmed") | Q(checker__isnull=False), name="settlement_is_checked"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月}服务结算"


class Statement(models.Model):
    """What one provider is owed under one contract in one settlement."""

    settlement = models.ForeignKey(Settlement, models.CASCADE, related_name="statements")
    contract = models.ForeignKey(
        Contract, models.PROTECT, verbose_name="合同", null=True, blank=True, related_name="statements"
    )
    provider = models.ForeignKey(Organisation, models.PROTECT, verbose_name="服务单位", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="+")
    count = models.PositiveIntegerField("工单数", default=0)
    total_fen = models.BigIntegerField("金额（分）", default=0)

    class Meta:
        verbose_name = "结算单"
        constraints = [
            models.UniqueConstraint(
                fields=["settlement", "provider", "contract"],
                name="one_statement_per_contract",
                nulls_distinct=False,
            ),
        ]

    def __str__(self) -> str:
        return f"{self.provider_id} {self.total_fen}"
