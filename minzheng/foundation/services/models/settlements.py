"""What providers are owed for a month. Money is whole fen."""

from __future__ import annotations

from django.db import models

from minzheng.foundation.benefits.runs import Run, checks, kept
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models.contracts import Contract


@with_history
class Settlement(Run):
    """One county's settlement of one month's services for one benefit."""

    benefit = models.CharField("待遇", max_length=40)

    class Meta:
        verbose_name = "服务结算"
        constraints = [
            models.UniqueConstraint(fields=["region", "benefit", "month"], name="one_settlement_a_month"),
            *checks("settlement"),
        ]
        triggers = kept("settlement")

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
