"""Monthly reports: drafts that may be made anew, and frozen versions that nobody changes."""

from __future__ import annotations

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    DRAFT = "draft", "草稿"
    SUBMITTED = "submitted", "待复核"
    FROZEN = "frozen", "已冻结"


class MonthlyReport(models.Model):
    """One table of one region for one month.

    `content` is what build.Content.as_json gives: codes, names of divisions and numbers (money in fen), no persons.
    `findings` what checks.py said when it was made, `notes` the explanations by finding key. Version 1 is the first
    that was frozen; a correction is a further version with its reason. `sha256` is over table, region, month, version
    and content.
    """

    table = models.CharField("报表", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("月份")
    version = models.PositiveSmallIntegerField("版本", default=1)
    state = models.CharField("状态", max_length=9, choices=State.choices, default=State.DRAFT)
    content = models.JSONField("内容")
    findings = models.JSONField("审核结果", default=list)
    notes = models.JSONField("情况说明", default=dict, blank=True)
    reason = models.CharField("更正原因", max_length=200, blank=True)
    sha256 = models.CharField("校验值", max_length=64, blank=True)
    made_at = models.DateTimeField("生成时间", auto_now_add=True)
    maker = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="编制人", related_name="+", null=True, blank=True
    )
    checker = models.ForeignKey(
        "people.Person", models.PROTECT, verbose_name="复核人", related_name="+", null=True, blank=True
    )
    frozen_at = models.DateTimeField("冻结时间", null=True, blank=True)

    class Meta:
        verbose_name = "统计月报"
        constraints = [
            models.UniqueConstraint(
                fields=["table", "region", "month", "version"], name="one_report_per_version"
            ),
            models.UniqueConstraint(
                fields=["table", "region", "month"], condition=~Q(state="frozen"), name="one_open_report"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="report_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name="report_frozen_by_another"
            ),
            models.CheckConstraint(
                condition=~Q(state="frozen")
                | (Q(maker__isnull=False, checker__isnull=False, frozen_at__isnull=False) & ~Q(sha256="")),
                name="frozen_report_is_signed",
            ),
            models.CheckConstraint(condition=Q(version=1) | ~Q(reason=""), name="correction_has_a_reason"),
        ]
        indexes = [models.Index(fields=["region", "-month"], name="report_list")]
        triggers = [
            pgtrigger.Protect(
                name="frozen_report_stays",
                operation=pgtrigger.Update | pgtrigger.Delete,
                condition=pgtrigger.Q(old__state="frozen"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.table} {self.region_id} {self.month:%Y-%m} 第{self.version}版"

    @property
    def is_frozen(self) -> bool:
        return self.state == State.FROZEN
