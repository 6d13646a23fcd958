"""What the signals of a month found, what became of it, and whether each signal itself was sound."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region


def signals() -> list[tuple[str, str]]:
    """(code, 中文) of the declared signals."""
    from minzheng.datacenter.signals.words import Signal
    from minzheng.foundation.registry.words import shelf

    return [(signal.code, signal.title) for signal in shelf(Signal)]


def layers() -> list[tuple[str, str]]:
    """(code, 中文) of the library's layers."""
    from minzheng.datacenter.signals.groups import declared_groups

    return [(layer.code, layer.title) for layer in declared_groups().layers]


def labels() -> list[tuple[str, str]]:
    """(code, 中文) of every group."""
    from minzheng.datacenter.signals.groups import declared_groups

    return list(declared_groups().titles.items())


class RunState(models.TextChoices):
    OK = "ok", "正常"
    BROKEN = "broken", "失灵"
    OFF = "off", "停用"


class SignalRun(models.Model):
    """One signal in one county and month. Broken means: do not trust its silence."""

    signal = models.CharField("预警", max_length=40, choices=signals)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县", related_name="+")
    month = models.DateField("月份")
    state = models.CharField("状态", max_length=6, choices=RunState.choices)
    trouble = models.TextField("问题", blank=True)
    looked = models.PositiveIntegerField("对象", default=0)
    hits = models.PositiveIntegerField("成立", default=0)
    undetermined = models.PositiveIntegerField("未定", default=0)
    raised = models.PositiveIntegerField("新开", default=0)
    kept = models.PositiveIntegerField("仍在", default=0)
    quiet = models.PositiveIntegerField("同一情形已办结", default=0)
    withdrawn = models.PositiveIntegerField("撤回", default=0)
    ran_at = models.DateTimeField("运行时间", auto_now=True)

    class Meta:
        verbose_name = "预警运行"
        constraints = [
            models.UniqueConstraint(fields=["signal", "region", "month"], name="one_signal_run_a_month"),
            models.CheckConstraint(condition=Q(month__day=1), name="signal_month_is_first_day"),
        ]
        indexes = [models.Index(fields=["region", "-month"], name="signal_run_region")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.signal} {self.get_state_display()}"


class AlertState(models.TextChoices):
    OPEN = "open", "待走访"
    DONE = "done", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Outcome(models.TextChoices):
    """What a visit leads to (国办发〔2023〕39号)."""

    FIXED = "fixed", "当场解决"
    REFERRED = "referred", "转介部门"
    CONFERENCE = "conference", "一事一议"
    CASE = "case", "启动救助或复核"
    NO_NEED = "no_need", "核实后无需处理"
    DESK = "desk", "未走访办结"


CONFIRMED = (Outcome.FIXED, Outcome.REFERRED, Outcome.CONFERENCE, Outcome.CASE)


class Alert(models.Model):
    """One signal about one household or person, from the month it was raised until it is answered or no longer true.

    `detail` holds keys, codes and figures, never names or numbers of people. `digest` is of the facts that the test
    read: the same reason is not raised again for some months after it was answered.
    """

    signal = models.CharField("预警", max_length=40, choices=signals)
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="alerts"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="alerts"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("预警月份")
    round = models.PositiveSmallIntegerField("次数", default=1)
    seen_month = models.DateField("最近成立月份")
    weight = models.PositiveSmallIntegerField("权重", default=0)
    digest = models.CharField("情形", max_length=32)
    detail = models.JSONField("详情", default=dict)
    state = models.CharField("状态", max_length=9, choices=AlertState.choices, default=AlertState.OPEN)
    outcome = models.CharField("结果", max_length=10, choices=Outcome.choices, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    opened_on = models.DateField("派发日期")
    due_on = models.DateField("走访期限")
    closed_on = models.DateField("办结日期", null=True, blank=True)

    class Meta:
        verbose_name = "预警"
        constraints = [
            models.UniqueConstraint(
                fields=["signal", "household", "person", "month", "round"],
                name="one_alert_a_month_and_round",
                nulls_distinct=False,
            ),
            models.UniqueConstraint(
                fields=["signal", "household", "person"],
                condition=Q(state="open"),
                name="one_open_alert",
                nulls_distinct=False,
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="alert_month_is_first_day"),
            models.CheckConstraint(
                condition=Q(household__isnull=False) | Q(person__isnull=False), name="alert_is_about_someone"
            ),
            models.CheckConstraint(
                condition=Q(state="open") | Q(closed_on__isnull=False), name="closed_alert_has_a_day"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="alert_region"),
            models.Index(fields=["signal", "region", "state"], name="alert_signal"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.signal} {self.pk}"

    @property
    def task_origin(self) -> str:
        """The name under which its visit was opened (foundation/tasks)."""
        about = f"p{self.person_id}" if self.person_id else f"h{self.household_id}"
        return f"signal:{self.signal}:{self.month:%Y-%m}:{about}:{self.round}"


class LibraryEntry(models.Model):
    """One household in the library of low-income people in one month: its layer, labels and score (39号)."""

    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", related_name="library_entries"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("月份")
    layer = models.CharField("层次", max_length=20, choices=layers)
    labels = ArrayField(models.CharField(max_length=40), verbose_name="标签", default=list)
    score = models.PositiveSmallIntegerField("风险分", default=0)
    reasons = models.JSONField("理由", default=list)  # [{"signal": code, "weight": points, "since": month}]

    class Meta:
        verbose_name = "低收入人口"
        constraints = [
            models.UniqueConstraint(fields=["household", "month"], name="one_library_entry_a_month")
        ]
        indexes = [
            models.Index(fields=["month", "region", "id"], name="library_month_region"),
            GinIndex(fields=["labels"], name="library_labels"),
        ]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.layer} {self.household_id}"


class GroupCount(models.Model):
    """Households and people of one group in one village in one month (S-049)."""

    group = models.CharField("人群", max_length=40, choices=labels)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    month = models.DateField("月份")
    households = models.PositiveIntegerField("户数")
    people = models.PositiveIntegerField("人数")
    undetermined = models.PositiveIntegerField("未定户数")

    class Meta:
        verbose_name = "人群统计"
        constraints = [
            models.UniqueConstraint(fields=["group", "region", "month"], name="one_count_a_group_and_month")
        ]
        indexes = [models.Index(fields=["month", "region"], name="group_count_region")]

    def __str__(self) -> str:
        return f"{self.month:%Y-%m} {self.group} {self.region_id}"


class Sweep(models.Model):
    """摸排: everybody of the chosen groups in a region is to be visited in a period (S-057)."""

    title = models.CharField("名称", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="范围", related_name="+")
    groups = ArrayField(models.CharField(max_length=40), verbose_name="人群")
    since = models.DateField("起")
    until = models.DateField("止")
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="发起人", related_name="+")
    opened_at = models.DateTimeField("发起时间", auto_now_add=True)

    class Meta:
        verbose_name = "摸排"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="sweep_ends_after_its_start"
            )
        ]

    def __str__(self) -> str:
        return self.title


class SweepTarget(models.Model):
    """One household that a sweep must reach, with the groups it is visited for."""

    sweep = models.ForeignKey(Sweep, models.PROTECT, verbose_name="摸排", related_name="targets")
    household = models.ForeignKey(Household, models.PROTECT, verbose_name="家庭", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    groups = ArrayField(models.CharField(max_length=40), verbose_name="人群")
    visited_on = models.DateField("走访日期", null=True, blank=True)
    outcome = models.CharField("结果", max_length=40, blank=True)

    class Meta:
        verbose_name = "摸排对象"
        constraints = [
            models.UniqueConstraint(fields=["sweep", "household"], name="one_target_a_sweep_and_household")
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="sweep_target_region"),
            GinIndex(fields=["groups"], name="sweep_target_groups"),
        ]

    def __str__(self) -> str:
        return f"{self.sweep_id}:{self.household_id}"

    @property
    def task_origin(self) -> str:
        return f"sweep:{self.sweep_id}:h{self.household_id}"
