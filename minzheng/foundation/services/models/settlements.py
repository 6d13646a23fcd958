"""What providers are owed for a month. Money is whole fen."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models.contracts import Contract


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
