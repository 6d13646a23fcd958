"""Vouchers: one a person and month, spent through service orders, gone when it expires."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models import Order


@with_history
class Voucher(models.Model):
    """A month's balance in whole fen. `expires_on` is its last day."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="vouchers")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, verbose_name="办件", related_name="vouchers")
    month = models.DateField("月份")
    amount_fen = models.BigIntegerField("面额（分）")
    spent_fen = models.BigIntegerField("已用（分）", default=0)
    expires_on = models.DateField("有效期至")

    class Meta:
        app_label = "elderly"
        verbose_name = "养老服务券"
        indexes = [
            models.Index(fields=["region", "id"], name="voucher_region"),
            models.Index(fields=["person", "expires_on"], name="voucher_person"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["person", "month"], name="one_voucher_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="voucher_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(spent_fen__gte=0) & Q(spent_fen__lte=F("amount_fen")),
                name="voucher_is_not_overspent",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount_fen}"


class VoucherUse(models.Model):
    """Which part of which voucher pays for an order."""

    voucher = models.ForeignKey(Voucher, models.PROTECT, related_name="uses")
    order = models.ForeignKey(Order, models.PROTECT, related_name="voucher_uses")
    fen = models.BigIntegerField("金额（分）")

    class Meta:
        app_label = "elderly"
        verbose_name = "服务券使用"
        constraints = [
            models.UniqueConstraint(fields=["voucher", "order"], name="one_use_per_voucher_and_order"),
            models.CheckConstraint(condition=Q(fen__gt=0), name="voucher_use_is_positive"),
        ]

    def __str__(self) -> str:
        return f"{self.order_id} {self.fen}"
