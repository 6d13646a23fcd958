"""Subsidies to homes (E9), worked out once and confirmed by a second person; money that residents paid in advance (S-110)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.elderly.institutions.models.homes import Home
from minzheng.business.elderly.institutions.models.residents import Resident
from minzheng.foundation.benefits import runs
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history


@with_history
class Run(runs.Run):
    """One county's subsidy of one kind for one month, worked out from the occupancy."""

    benefit = models.CharField("补贴", max_length=40)

    class Meta:
        verbose_name = "养老机构补贴核算"
        indexes = [models.Index(fields=["region", "-month", "-id"], name="home_run_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["benefit", "region", "month"],
                condition=~Q(state="dropped"),
                name="one_home_run_a_month",
            ),
            *runs.checks("home_run"),
        ]
        triggers = runs.kept("home_run")

    def __str__(self) -> str:
        return f"{self.month:%Y年%m月} {self.region.name}"


class RunLine(models.Model):
    """What one home is owed in one run. `days` are bed-days; `basis` says what they were counted at, by rate (fen a month)."""

    run = models.ForeignKey(Run, models.CASCADE, related_name="lines")
    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="+")
    days = models.PositiveIntegerField("床日", default=0)
    fen = models.BigIntegerField("金额（分）")
    basis = models.JSONField("计算依据", default=dict)
    entitlement = models.OneToOneField(Entitlement, models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "养老机构补贴明细"
        constraints = [models.UniqueConstraint(fields=["run", "home"], name="one_run_line_a_home")]

    def __str__(self) -> str:
        return f"{self.run_id} {self.home_id}"


@with_history
class SubsidyYear(models.Model):
    """That a home has one subsidy in a year: it applied (E9), and the county put it on the list. Its months are in the runs."""

    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="subsidy_years")
    benefit = models.CharField("补贴", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    case = models.ForeignKey(
        Case, models.PROTECT, verbose_name="申请办件", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "养老机构补贴名单"
        constraints = [
            models.UniqueConstraint(fields=["home", "benefit", "year"], name="one_home_subsidy_a_year")
        ]

    def __str__(self) -> str:
        return f"{self.year}年 {self.home}"


@with_history
class Prepaid(models.Model):
    """Money that a home took in advance, and what it gave back (民发〔2024〕19号)."""

    class Kind(models.TextChoices):
        DEPOSIT = "deposit", "押金"
        FEE = "fee", "预收服务费"
        CARD = "card", "会员费（会员卡）"

    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="prepaid")
    resident = models.ForeignKey(
        Resident, models.PROTECT, verbose_name="老人", null=True, blank=True, related_name="prepaid"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    fen = models.BigIntegerField("金额（分）")
    months = models.PositiveSmallIntegerField("预收月数", default=0)
    paid_on = models.DateField("收款日期")
    returned_fen = models.BigIntegerField("已退（分）", default=0)
    returned_on = models.DateField("退款日期", null=True, blank=True)

    class Meta:
        verbose_name = "预收费"
        indexes = [models.Index(fields=["home", "paid_on"], name="prepaid_home")]
        constraints = [
            models.CheckConstraint(
                condition=Q(fen__gt=0, returned_fen__gte=0, returned_fen__lte=F("fen")),
                name="prepaid_adds_up",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.paid_on}"
