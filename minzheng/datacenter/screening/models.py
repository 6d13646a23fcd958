"""What the screening of a month found, and what became of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region


class Kind(models.TextChoices):
    ENTITLED_NOT_RECEIVING = "missed", "应享未享"
    RECEIVING_NOT_ENTITLED = "not_entitled", "不符合仍在领"
    WRONG_AMOUNT = "wrong_amount", "金额不符"
    UNDETERMINED = "undetermined", "缺少事实，未定"
    DEAD_PAID = "dead_paid", "亡故仍领"
    DUPLICATE = "duplicate", "疑似重复登记"
    OVERLAP = "overlap", "互斥待遇同时在领"
    MOVED_OUT = "moved_out", "迁出仍领"


class State(models.TextChoices):
    FOUND = "found", "待派发"
    DISPATCHED = "dispatched", "已派发"
    CLOSED = "closed", "已办结"


class Result(models.TextChoices):
    """With what a finding was closed; none counts as settled without one."""

    CONFIRMED = "confirmed", "属实，已转办理"
    FALSE_ALARM = "false_alarm", "核实无误，不需处理"
    DECLINED = "declined", "本人不申请"
    AT_DESK = "at_desk", "不走访办结"
    GONE = "gone", "数据已更正"


class Finding(models.Model):
    """One thing about one household or person in one month. A second run of the month finds the same row again.

    `month` is its first day. `detail` holds keys, codes, fen and labels of facts; never names or numbers of people.
    `origin` is the task's (foundation/tasks): what was found last month and is still being looked into is not sent
    out again, both findings wait for the same visit.
    A finding opens a visit or a case; it never grants or stops anything by itself (国办发〔2023〕39号).
    """

    kind = models.CharField("种类", max_length=12, choices=Kind.choices)
    benefit = models.CharField("待遇", max_length=40, blank=True)
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="findings"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="findings"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("月份")
    detail = models.JSONField("详情", default=dict)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.FOUND)
    result = models.CharField("结果", max_length=12, choices=Result.choices, blank=True)
    note = models.CharField("核实情况", max_length=500, blank=True)
    is_back = models.BooleanField("反复", default=False)
    origin = models.CharField("任务", max_length=80, blank=True)
    found_at = models.DateTimeField("发现时间", auto_now_add=True)
    dispatched_on = models.DateField("派发日期", null=True, blank=True)
    due_on = models.DateField("办结期限", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        verbose_name = "筛查发现"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "benefit", "household", "person", "month"],
                name="one_finding_a_month",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="finding_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(person__isnull=False),
                name="finding_is_about_someone",
            ),
            models.CheckConstraint(
                condition=Q(state=State.CLOSED, closed_on__isnull=False) & ~Q(result="")
                | ~Q(state=State.CLOSED) & Q(result="", closed_on__isnull=True),
                name="finding_is_closed_with_a_result",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "month", "kind"], name="finding_region_month"),
            models.Index(fields=["origin"], name="finding_origin", condition=~Q(origin="")),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.get_kind_display()} {self.pk}"


class ScreeningRun(models.Model):
    """The last whole run of a region and month. `digest` stands for everything that the findings rest on."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("月份")
    digest = models.CharField("内容摘要", max_length=64)
    looked = models.IntegerField("户（人）次")
    found = models.JSONField("发现", default=dict)
    finished_at = models.DateTimeField("完成时间", auto_now=True)

    class Meta:
        verbose_name = "筛查"
        constraints = [
            models.UniqueConstraint(fields=["region", "month"], name="one_screening_run_a_month"),
        ]

    def __str__(self) -> str:
        return f"{self.region_id} {self.month:%Y-%m}"
