"""Files that other departments delivered, their rows, and who the rows are about."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.documents.models import Document
from minzheng.foundation.people.models import FactSheet, Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    WAITING = "waiting", "等待读入"
    LOADING = "loading", "正在读入"
    DONE = "done", "已入库"
    REFUSED = "refused", "已退回"
    STOPPED = "stopped", "已取消"
    FAILED = "failed", "没有完成"
    SUPERSEDED = "superseded", "已被更正的文件代替"


class Delivery(models.Model):
    """One file for one county and one month. One file of a kind counts; a corrected one takes its place.

    `month` is its first day; `as_of` the day from which its facts hold. `problems` is {rule: rows} (quality.RULES).
    """

    source = models.CharField("数据", max_length=40)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="地区", related_name="+")
    month = models.DateField("所属月份")
    as_of = models.DateField("数据截至", null=True, blank=True)
    document = models.ForeignKey(Document, models.PROTECT, verbose_name="文件", related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.WAITING)
    percent = models.PositiveSmallIntegerField("进度", default=0)
    stop_asked = models.BooleanField("要求取消", default=False)
    fewer_is_right = models.BooleanField("已核实行数确实减少", default=False)
    rows = models.PositiveIntegerField("行数", default=0)
    matched = models.PositiveIntegerField("对上人员", default=0)
    in_review = models.PositiveIntegerField("待核对", default=0)
    outside = models.PositiveIntegerField("不在库", default=0)
    rejected = models.PositiveIntegerField("有问题", default=0)
    sheets = models.PositiveIntegerField("更新的事实", default=0)
    problems = models.JSONField("质量问题", default=dict)
    note = models.TextField("说明", blank=True)
    owner = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, verbose_name="经办人", related_name="+"
    )
    created_at = models.DateTimeField("收到时间", auto_now_add=True)
    moved_at = models.DateTimeField("最近进展", auto_now=True)

    class Meta:
        verbose_name = "部门数据文件"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "region", "month"], condition=Q(state="done"), name="one_delivery_a_month"
            ),
            models.CheckConstraint(condition=Q(month__day=1), name="delivery_month_is_first_day"),
        ]
        indexes = [models.Index(fields=["region", "source", "-month"], name="delivery_region")]

    def __str__(self) -> str:
        return f"{self.source} {self.month:%Y-%m}"

    @property
    def is_moving(self) -> bool:
        return self.state in {State.WAITING, State.LOADING}

    @property
    def quality(self) -> int | None:
        """Percent of the rows without a problem."""
        return 100 * (self.rows - self.rejected) // self.rows if self.rows else None


class RowState(models.TextChoices):
    MATCHED = "matched", "已对上人员"
    REVIEW = "review", "待核对"
    REJECTED = "rejected", "有问题"
    OUTSIDE = "outside", "核对后不是库内人员"


class DeliveryRow(models.Model):
    """One row of a file. Rows about people who are not in our records are counted and not kept (个人信息保护法 第六条).

    `values`: what a good row tells (kinds of FileColumn; money fen), without who. `typed`: the row as it stood in the
    file, for those that somebody must look at, with `problems` as [[header, what is wrong]].
    `who` is a keyed digest of number, name and birth date as typed: the same person in the next file has the same.
    """

    delivery = models.ForeignKey(Delivery, models.CASCADE, related_name="lines")
    number = models.PositiveIntegerField("行号")
    state = models.CharField("状态", max_length=8, choices=RowState.choices)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    values = models.JSONField("内容", default=dict)
    typed = EncryptedJSONField("原文", default=dict, row="delivery number")
    problems = models.JSONField("问题", default=list)
    who = models.CharField("识别", max_length=32, blank=True)

    class Meta:
        verbose_name = "部门数据行"
        constraints = [models.UniqueConstraint(fields=["delivery", "number"], name="one_row_of_a_number")]
        indexes = [
            models.Index(fields=["delivery", "state", "number"], name="delivery_row_state"),
            models.Index(fields=["person", "delivery"], name="delivery_row_person"),
        ]

    def __str__(self) -> str:
        return f"第{self.number}行"


class MatchState(models.TextChoices):
    OPEN = "open", "待核对"
    ACCEPTED = "accepted", "是同一人"
    REJECTED = "rejected", "不是同一人"


class Match(models.Model):
    """Perhaps the row is about this person: a proposal that an officer decides. `score` is a percentage, if any."""

    row = models.ForeignKey(DeliveryRow, models.CASCADE, related_name="matches")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="库内人员", related_name="+")
    basis = models.CharField("为什么像", max_length=60)
    score = models.PositiveSmallIntegerField("可能性", null=True, blank=True)
    state = models.CharField("核对", max_length=8, choices=MatchState.choices, default=MatchState.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+"
    )
    decided_at = models.DateTimeField("核对时间", null=True, blank=True)

    class Meta:
        verbose_name = "待核对匹配"
        constraints = [models.UniqueConstraint(fields=["row", "person"], name="one_match_of_a_pair")]
        indexes = [models.Index(fields=["state", "person"], name="match_state")]

    def __str__(self) -> str:
        return f"{self.person}？"


class Identified(models.Model):
    """An officer's decision about who somebody in the files is, kept for the next file."""

    who = models.CharField("识别", max_length=32)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    is_same = models.BooleanField("是同一人")
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    decided_at = models.DateTimeField("核对时间", auto_now=True)

    class Meta:
        verbose_name = "核对结论"
        constraints = [models.UniqueConstraint(fields=["who", "person"], name="one_decision_of_a_pair")]

    def __str__(self) -> str:
        return f"{self.person} {'是' if self.is_same else '不是'}"


class DeliveredSheet(models.Model):
    """Which delivery a fact sheet came from."""

    sheet = models.OneToOneField(FactSheet, models.CASCADE, primary_key=True, related_name="delivered")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "事实的出处"

    def __str__(self) -> str:
        return str(self.delivery)


class ReportState(models.TextChoices):
    OPEN = "open", "待核实"
    RECORDED = "recorded", "已登记死亡"
    CONFLICT = "conflict", "日期不一致"
    REFUTED = "refuted", "核实在世"


class DeathReport(models.Model):
    """A department says that a person died. Only a source of enough rank ends a life by itself (handbook 0.7)."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="人员", related_name="death_reports")
    source = models.CharField("数据", max_length=40)
    died_on = models.DateField("死亡日期")
    rank = models.PositiveSmallIntegerField("来源等级")
    delivery = models.ForeignKey(Delivery, models.PROTECT, related_name="+")
    state = models.CharField("处理", max_length=8, choices=ReportState.choices, default=ReportState.OPEN)
    note = models.CharField("说明", max_length=200, blank=True)
    reported_at = models.DateTimeField("收到时间", auto_now_add=True)

    class Meta:
        verbose_name = "死亡线索"
        constraints = [
            models.UniqueConstraint(fields=["person", "source", "died_on"], name="one_death_report_of_a_day")
        ]
        indexes = [models.Index(fields=["state", "person"], name="death_report_state")]

    def __str__(self) -> str:
        return f"{self.person} {self.died_on}"
