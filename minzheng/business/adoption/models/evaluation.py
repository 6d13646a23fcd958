"""收养评估 (民发〔2020〕144号): a team of two or more, the time together with the child, points, one report."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.adoption.models.application import Application
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Step(models.TextChoices):
    RUNNING = "running", "评估中"
    PASSED = "passed", "评估通过"
    FAILED = "failed", "评估未通过"


@with_history
class Evaluation(models.Model):
    """One evaluation of one family for one child. `result` is the grading with its clauses, as the report shows it."""

    id = RowKey()
    application = models.OneToOneField(Application, models.PROTECT, related_name="evaluation")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="登记机关所在地", related_name="+")
    began_on = models.DateField("开始日期")
    due_on = models.DateField("应完成日期")
    bonding_from = models.DateField("融合开始", null=True, blank=True)
    bonding_until = models.DateField("融合期满日", null=True, blank=True)
    version = models.CharField("评估表版本", max_length=40)
    step = models.CharField("状态", max_length=8, choices=Step.choices, default=Step.RUNNING)
    result = models.JSONField("评估结果", null=True, blank=True)
    report = EncryptedTextField("评估报告", kind="text", max_length=4000, blank=True)
    reported_on = models.DateField("出具报告日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "收养评估"
        constraints = [
            models.CheckConstraint(
                condition=Q(step="running", reported_on=None)
                | Q(reported_on__isnull=False, reported_on__gt=F("bonding_until")),
                name="report_after_bonding",
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="adoption_eval_region")]

    def __str__(self) -> str:
        return f"{self.application.number}的评估"

    @property
    def is_running(self) -> bool:
        return self.step == Step.RUNNING


@with_history
class Evaluator(models.Model):
    """One of the team: pledged to have no interest in the case, then the points given, each alone."""

    id = RowKey()
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="evaluators")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    user = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="评估员", related_name="+")
    pledged_on = models.DateField("承诺无利害关系", null=True, blank=True)
    visited_on = models.DateField("入户日期", null=True, blank=True)
    points = models.JSONField("评分", null=True, blank=True)  # {item code: whole points}
    is_clear = models.BooleanField("没有发现不适宜的情形", null=True, blank=True)
    opinion = EncryptedTextField("评估意见", kind="text", max_length=1000, blank=True)
    scored_on = models.DateField("评分日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "收养评估员"
        constraints = [
            models.UniqueConstraint(fields=["evaluation", "user"], name="evaluator_sits_once"),
            models.CheckConstraint(
                condition=Q(scored_on=None)
                | Q(pledged_on__isnull=False, points__isnull=False, is_clear__isnull=False),
                name="points_after_the_pledge",
            ),
        ]

    def __str__(self) -> str:
        return str(self.user)


@with_history
class BondingVisit(models.Model):
    """A look at family and child during the time together (融合期)."""

    id = RowKey()
    evaluation = models.ForeignKey(Evaluation, models.PROTECT, related_name="visits")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    on = models.DateField("走访日期")
    by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="走访人", related_name="+")
    is_well = models.BooleanField("相处良好")
    finding = EncryptedTextField("看到的情况", kind="text", max_length=1000)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "融合期走访"

    def __str__(self) -> str:
        return f"{self.on}走访"
