"""Funds, vouchers and monthly reconciliations. What a fund holds is kept by the ledger alone, never here a second time."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.benefits.models import is_first_day
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.ledger.models import Entry
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


@with_history
class ReserveFund(models.Model):
    """One township's account of one kind. It may hold `ceiling_fen`; below `floor_fen` the county is told."""

    kind = models.CharField("种类", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="乡镇（街道）", related_name="reserves")
    ceiling_fen = models.BigIntegerField("上限（分）")
    floor_fen = models.BigIntegerField("下限（分）")
    document = models.CharField("设立文件", max_length=120)
    opened_on = models.DateField("设立日期")
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "备用金"
        constraints = [
            models.UniqueConstraint(fields=["kind", "region"], name="one_reserve_per_township"),
            models.CheckConstraint(
                condition=Q(ceiling_fen__gt=0, floor_fen__gte=0, floor_fen__lt=F("ceiling_fen")),
                name="reserve_floor_below_ceiling",
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="reserve_region")]
        triggers = [pgtrigger.Protect(name="reserve_is_kept", operation=pgtrigger.Delete)]

    def __str__(self) -> str:
        return f"{self.region.name}备用金"

    @property
    def county(self) -> str:
        """12-digit code of the county that fills it."""
        return self.region_id[:6].ljust(12, "0")


class VoucherKind(models.TextChoices):
    OPENING = "opening", "设立拨入"
    TOP_UP = "top_up", "拨入"
    REPLENISH = "replenish", "按凭证补足"
    ADVANCE = "advance", "垫付"
    REPAID = "repaid", "退款收回"
    RETURN = "return", "退回县级"


INTO = (VoucherKind.OPENING, VoucherKind.TOP_UP, VoucherKind.REPLENISH, VoucherKind.REPAID)


@with_history
class Voucher(models.Model):
    """One paper of the fund: money in, help paid out, money taken back. Written once, together with its ledger entry.

    An advance was signed by two officers, or by one with a photo that shows the handing over and names a witness.
    """

    number = models.CharField("凭证号", max_length=40, unique=True)
    fund = models.ForeignKey(ReserveFund, models.PROTECT, verbose_name="备用金", related_name="vouchers")
    kind = models.CharField("种类", max_length=10, choices=VoucherKind.choices)
    amount_fen = models.BigIntegerField("金额（分）")
    on = models.DateField("日期")
    reference = models.CharField("原始凭证号", max_length=60, blank=True)
    case_id = models.BigIntegerField("办件", null=True, blank=True)
    case_number = models.CharField("办件编号", max_length=40, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="受助人", null=True, blank=True, related_name="reserve_vouchers"
    )
    first = models.ForeignKey(Person, models.PROTECT, verbose_name="经办人", related_name="+")
    second = models.ForeignKey(
        Person, models.PROTECT, verbose_name="第二签字人", null=True, blank=True, related_name="+"
    )
    photo = models.ForeignKey(
        Document, models.PROTECT, verbose_name="发放照片", null=True, blank=True, related_name="+"
    )
    witness = models.CharField("见证人", max_length=60, blank=True)
    takes_back = models.OneToOneField(
        "self",
        models.PROTECT,
        verbose_name="收回的垫付",
        null=True,
        blank=True,
        related_name="taken_back_by",
    )
    covered_by = models.ForeignKey(
        "self", models.PROTECT, verbose_name="由哪张凭证补足", null=True, blank=True, related_name="covers"
    )
    entry = models.OneToOneField(Entry, models.PROTECT, verbose_name="分录", related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="登记人", related_name="+")
    made_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "备用金凭证"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="voucher_amount_is_positive"),
            models.UniqueConstraint(
                fields=["case_id"], condition=Q(kind="advance"), name="nobody_is_helped_twice_by_one_case"
            ),
            models.UniqueConstraint(
                fields=["fund", "kind", "reference"],
                condition=~Q(reference=""),
                name="a_reserve_paper_counts_once",
            ),
            models.CheckConstraint(
                condition=~Q(kind="advance") | Q(case_id__isnull=False, person__isnull=False),
                name="advance_is_for_a_case",
            ),
            models.CheckConstraint(
                condition=~Q(kind="advance")
                | (Q(second__isnull=False) & ~Q(second=F("first")))
                | (Q(photo__isnull=False) & ~Q(witness="")),
                name="two_signatures_or_one_and_a_photo",
            ),
            models.CheckConstraint(
                condition=Q(kind="repaid", takes_back__isnull=False)
                | (~Q(kind="repaid") & Q(takes_back__isnull=True)),
                name="repaid_names_its_advance",
            ),
        ]
        indexes = [
            models.Index(fields=["fund", "-on", "-id"], name="voucher_statement"),
            models.Index(
                fields=["fund"],
                name="voucher_uncovered",
                condition=Q(kind="advance", covered_by__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="voucher_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="voucher_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["covered_by"]),
            ),
            pgtrigger.Protect(
                name="voucher_is_covered_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__covered_by__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def signed_fen(self) -> int:
        """Into the fund (+) or out of it (−)."""
        return self.amount_fen if self.kind in INTO else -self.amount_fen


@with_history
class Reconciliation(models.Model):
    """One month of one fund: the book, the money counted on the table, the cases. Made in the township, confirmed above."""

    fund = models.ForeignKey(ReserveFund, models.PROTECT, verbose_name="备用金", related_name="months")
    month = models.DateField("月份")
    opening_fen = models.BigIntegerField("月初余额（分）")
    received_fen = models.BigIntegerField("拨入（分）")
    advanced_fen = models.BigIntegerField("垫付（分）")
    repaid_fen = models.BigIntegerField("退款收回（分）")
    returned_fen = models.BigIntegerField("退回县级（分）")
    closing_fen = models.BigIntegerField("月末余额（分）")
    counted_fen = models.BigIntegerField("实点金额（分）")
    cases = models.PositiveIntegerField("救助件数")
    note = models.CharField("差异说明", max_length=300, blank=True)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="对账人", related_name="+")
    made_on = models.DateField("对账日期")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    checked_on = models.DateField("确认日期", null=True, blank=True)

    class Meta:
        verbose_name = "备用金月度对账"
        constraints = [
            models.UniqueConstraint(fields=["fund", "month"], name="one_reconciliation_a_month"),
            models.CheckConstraint(condition=is_first_day("month"), name="reconciled_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(
                    closing_fen=F("opening_fen")
                    + F("received_fen")
                    + F("repaid_fen")
                    - F("advanced_fen")
                    - F("returned_fen")
                ),
                name="reconciliation_adds_up",
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=True)
                | (~Q(checker=F("maker")) & Q(counted_fen=F("closing_fen"))),
                name="confirmed_by_another_without_difference",
            ),
        ]
        triggers = [
            pgtrigger.Protect(
                name="confirmed_month_is_kept",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__checker__isnull=False),
            )
        ]

    def __str__(self) -> str:
        return f"{self.fund} {self.month:%Y-%m}"

    @property
    def difference_fen(self) -> int:
        """What was counted less what the book says."""
        return self.counted_fen - self.closing_fen
