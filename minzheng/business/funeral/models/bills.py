"""What a funeral home may charge, a family's bill with what is waived, and the treasury's monthly settlement."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from minzheng.business.funeral.models.deaths import Reception
from minzheng.foundation.benefits import runs
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Basic(models.TextChoices):
    """The four basic services that the waiver is about; "" is a service beyond them."""

    TRANSPORT = "transport", "遗体接运"
    STORAGE = "storage", "遗体存放"
    CREMATION = "cremation", "遗体火化"
    ASHES = "ashes", "骨灰寄存"


def days(first: str, end: str) -> Func:
    """From the first day to the day before `end`."""
    return Func(F(first), F(end), Value("[)"), function="daterange")


@with_history
class Price(models.Model):
    """One line of a home's published price list. Only what is listed may be charged (国令824)."""

    home = models.ForeignKey(Facility, models.PROTECT, verbose_name="殡仪馆", related_name="prices")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    name = models.CharField("收费项目", max_length=60)
    basic = models.CharField("基本服务", max_length=10, choices=Basic.choices, blank=True)
    unit = models.CharField("计价单位", max_length=20)
    fen = models.PositiveIntegerField("单价")
    document = models.CharField("定价文件", max_length=100)
    since = models.DateField("执行日期")
    until = models.DateField("停止执行日期", null=True, blank=True)

    class Meta:
        verbose_name = "收费项目"
        indexes = [models.Index(fields=["region", "id"], name="price_region")]
        constraints = [
            ExclusionConstraint(
                name="one_price_at_a_time",
                expressions=[
                    ("home", RangeOperators.EQUAL),
                    ("name", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
                violation_error_message="这个项目在这段时间已经有一个价格。请先给原价格填停止执行日期。",
            ),
            models.CheckConstraint(condition=~Q(document=""), name="price_has_a_document"),
        ]

    def __str__(self) -> str:
        return self.name

    def holds_on(self, day: dt.date) -> bool:
        return self.since <= day and (self.until is None or day < self.until)


class BillState(models.TextChoices):
    OPEN = "open", "待结清"
    PAID = "paid", "家属已结清"
    SETTLED = "settled", "财政已结算"


@with_history
class Bill(models.Model):
    """The family's bill of one death: total = waived + family. `decision` is the whole trace of the rules."""

    reception = models.OneToOneField(Reception, models.PROTECT, related_name="bill")
    # The same person by name: the database, not the clerk, sees to one waiver a death.
    person = models.OneToOneField(Person, models.PROTECT, verbose_name="逝者", related_name="funeral_bill")
    home = models.ForeignKey(Facility, models.PROTECT, verbose_name="殡仪馆", related_name="bills")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    on = models.DateField("结算日期")
    total_fen = models.PositiveIntegerField("合计")
    waived_fen = models.PositiveIntegerField("减免")
    family_fen = models.PositiveIntegerField("家属支付")
    decision = models.JSONField("减免依据", default=dict)
    state = models.CharField("状态", max_length=8, choices=BillState.choices, default=BillState.OPEN)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    run_line = models.ForeignKey(
        "RunLine", models.SET_NULL, verbose_name="结算", null=True, blank=True, related_name="bills"
    )

    class Meta:
        verbose_name = "费用结算单"
        indexes = [models.Index(fields=["region", "id"], name="bill_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(total_fen=F("waived_fen") + F("family_fen")), name="bill_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.reception_id}"


@with_history
class BillLine(models.Model):
    bill = models.ForeignKey(Bill, models.CASCADE, related_name="lines")
    price = models.ForeignKey(Price, models.PROTECT, verbose_name="收费项目", related_name="+")
    quantity = models.PositiveSmallIntegerField("数量")
    unit_fen = models.PositiveIntegerField("单价")
    fen = models.PositiveIntegerField("金额")

    class Meta:
        verbose_name = "费用明细"
        constraints = [
            models.CheckConstraint(
                condition=Q(fen=F("unit_fen") * F("quantity"), quantity__gte=1), name="bill_line_adds_up"
            )
        ]

    def __str__(self) -> str:
        return f"{self.price_id} × {self.quantity}"


@with_history
class Run(runs.Run):
    """One county's settlement of one month's waivers."""

    class Meta:
        verbose_name = "殡葬减免结算"
        indexes = [models.Index(fields=["region", "id"], name="waiver_run_region")]
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="one_waiver_run_a_month"),
            *runs.checks("waiver_run"),
        ]
        triggers = runs.kept("waiver_run")

    def __str__(self) -> str:
        return f"{self.month:%Y年%-m月}殡葬减免结算"


@with_history
class RunLine(models.Model):
    """What one funeral home is owed by the treasury in one settlement."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    home = models.ForeignKey(Facility, models.PROTECT, verbose_name="殡仪馆", related_name="+")
    count = models.PositiveIntegerField("件数")
    fen = models.BigIntegerField("金额")
    entitlement = models.OneToOneField(
        Entitlement, models.PROTECT, null=True, blank=True, related_name="waiver_run_line"
    )

    class Meta:
        verbose_name = "结算明细"
        constraints = [models.UniqueConstraint(fields=["run", "home"], name="one_line_per_home")]

    def __str__(self) -> str:
        return f"{self.home_id} {self.fen}"
