"""Back-pay and recovery: the difference, per entitlement and month, between what is owed and what was charged."""

import pghistory
import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.payments.models.line import PaymentLine
from minzheng.foundation.people.models import Person


class Arrear(models.Model):
    """Owed for a past month and not yet on a list; `line` is the arrears line that pays it."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="arrears")
    month = models.DateField("所属月份")
    amount_fen = models.BigIntegerField("金额（分）")
    line = models.ForeignKey(PaymentLine, models.PROTECT, null=True, blank=True, related_name="arrears")
    voided_at = models.DateTimeField("作废时间", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "补差"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="arrear_is_positive"),
            models.CheckConstraint(condition=Q(month__day=1), name="arrear_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(line__isnull=True) | Q(voided_at__isnull=True), name="paid_arrear_is_not_void"
            ),
        ]
        indexes = [
            models.Index(fields=["month"], name="arrear_month"),
            models.Index(
                fields=["entitlement"],
                name="arrear_open",
                condition=Q(line__isnull=True, voided_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="arrear_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="arrear_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("entitlement", "month", "amount_fen"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount_fen}"


class RecoveryState(models.TextChoices):
    OPEN = "open", "待追回"
    OFFSET = "offset", "已抵扣"
    RETURNED = "returned", "已退回"
    WRITTEN_OFF = "written_off", "已核销"
    VOID = "void", "已撤销"


@pghistory.track(level=pghistory.Statement)
class Recovery(models.Model):
    """Charged for a month and not owed (DC7). `unpaid_line`: the money never left, so it is offset there."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="recoveries")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="享受人", null=True, blank=True, related_name="recoveries"
    )
    month = models.DateField("所属月份")
    amount_fen = models.BigIntegerField("金额（分）")
    reason = models.CharField("原因", max_length=40)
    state = models.CharField("状态", max_length=12, choices=RecoveryState.choices, default=RecoveryState.OPEN)
    unpaid_line = models.ForeignKey(
        PaymentLine, models.PROTECT, null=True, blank=True, related_name="recoveries"
    )
    evidence = models.CharField("凭证或理由", max_length=200, blank=True)
    proposer = models.ForeignKey(
        Person, models.PROTECT, verbose_name="提出人", null=True, blank=True, related_name="+"
    )
    approver = models.ForeignKey(
        Person, models.PROTECT, verbose_name="批准人", null=True, blank=True, related_name="+"
    )
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "追回"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="recovery_is_positive"),
            models.CheckConstraint(condition=Q(month__day=1), name="recovery_month_is_a_month"),
            models.CheckConstraint(
                condition=Q(approver__isnull=True) | ~Q(approver=F("proposer")),
                name="write_off_by_two_persons",
            ),
            models.CheckConstraint(
                condition=~Q(state="written_off") | Q(approver__isnull=False, proposer__isnull=False),
                name="written_off_with_approval",
            ),
        ]
        indexes = [
            models.Index(fields=["month"], name="recovery_month"),
            models.Index(fields=["entitlement"], name="recovery_open", condition=Q(state="open")),
        ]
        triggers = [
            pgtrigger.Protect(name="recovery_is_kept", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="recovery_moves",
                field="state",
                transitions=[
                    ("open", "offset"),
                    ("offset", "open"),
                    ("open", "returned"),
                    ("open", "written_off"),
                    ("open", "void"),
                ],
            ),
            pgtrigger.Protect(
                name="recovery_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange("entitlement", "person", "month", "amount_fen"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.amount_fen}"

    @property
    def persons(self) -> list[int]:
        """Whom a look at this is a look at; nobody where an organisation was paid."""
        return [] if self.person_id is None else [self.person_id]

    @property
    def holder(self) -> str:
        """Who was paid too much, as a name."""
        return str(self.person or self.entitlement.organisation)
