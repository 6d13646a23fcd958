"""Papers that give, announce, take back or carry over money; each counts once, and only after a second person's check."""

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.ledger.models import Fund
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class PaperKind(models.TextChoices):
    BUDGET = "budget", "年初预算"
    ADVANCE = "advance", "提前下达"
    ALLOCATION = "allocation", "下达"
    SURRENDER = "surrender", "交回"
    CARRY_OVER = "carry_over", "年末结转"


class PaperState(models.TextChoices):
    WAITING = "waiting", "待复核"
    CHECKED = "checked", "已记账"
    REJECTED = "rejected", "已退回"


class FundPaper(models.Model):
    """One document over one fund, programme, county and budget year. A document over several counties or programmes
    (文号 the same) has one row for each. Amounts are whole fen."""

    number = models.CharField("文号或凭证号", max_length=60)
    kind = models.CharField("种类", max_length=10, choices=PaperKind.choices)
    fund = models.CharField("资金来源", max_length=10, choices=Fund.choices)
    programme = models.CharField("资金项目", max_length=40)
    county = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="+")
    year = models.PositiveSmallIntegerField("预算年度")
    amount_fen = models.BigIntegerField("金额（分）")
    # An allocation states the year's total; what was allotted in advance is in it already.
    advanced_fen = models.BigIntegerField("其中：已提前下达（分）", default=0)
    counted_by = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, verbose_name="计入下达文件", related_name="counts"
    )
    issued_on = models.DateField("发文日期")
    arrived_on = models.DateField("收文日期")
    opened_on = models.DateField("可用起始日", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=PaperState.choices, default=PaperState.WAITING)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="登记人", related_name="+")
    checker = models.ForeignKey(
        Person, models.PROTECT, null=True, blank=True, verbose_name="复核人", related_name="+"
    )
    made_at = models.DateTimeField("登记时间", auto_now_add=True)
    checked_at = models.DateTimeField("复核时间", null=True, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)

    class Meta:
        verbose_name = "资金文件"
        indexes = [
            models.Index(fields=["county", "id"], name="fund_paper_list"),
            models.Index(fields=["county", "programme", "year"], name="fund_paper_year"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["number", "kind", "fund", "programme", "county", "year"],
                condition=~Q(state="rejected"),
                name="a_paper_counts_once",
            ),
            models.CheckConstraint(condition=Q(amount_fen__gt=0), name="fund_paper_is_positive"),
            models.CheckConstraint(
                condition=Q(advanced_fen__gte=0, advanced_fen__lte=F("amount_fen")),
                name="advance_within_total",
            ),
            models.CheckConstraint(
                condition=Q(arrived_on__gte=F("issued_on")), name="a_paper_arrives_after_it_was_issued"
            ),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")),
                name="fund_checker_is_another_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="checked") | Q(checker__isnull=False),
                name="fund_paper_checked_by_somebody",
            ),
            models.CheckConstraint(condition=Q(fund__in=Fund.values), name="paper_fund_is_known"),
        ]
        triggers = [
            pgtrigger.Protect(name="fund_paper_is_kept", operation=pgtrigger.Delete),
            pgtrigger.FSM(
                name="fund_paper_moves",
                field="state",
                transitions=[("waiting", "checked"), ("waiting", "rejected")],
            ),
            pgtrigger.Protect(
                name="fund_paper_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(
                    "number", "kind", "fund", "programme", "county", "year", "amount_fen", "issued_on",
                    "arrived_on", "maker",
                ),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"
