"""Tasks (somebody must do this by a day) and the visits that are recorded for them."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from minzheng.foundation.cases.models import Lamp
from minzheng.foundation.cases.models.clock import lamp_of
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.words import TaskKind


class State(models.TextChoices):
    OPEN = "open", "待办"
    TAKEN = "taken", "已领取"
    REPORTED = "reported", "待复核"
    DONE = "done", "已办结"
    WITHDRAWN = "withdrawn", "已撤回"


class Escalated(models.TextChoices):
    NO = "", "未上报"
    TOWNSHIP = "township", "已报乡镇（街道）"
    COUNTY = "county", "已报县（市、区）"


TO_DO = (State.OPEN, State.TAKEN)
# Spelled as the partial indexes are, so that PostgreSQL recognizes it.
IS_TO_DO = Q(state__in=TO_DO)


@with_history
class Task(models.Model):
    """One thing to do. `region` is where, `office` is whose: the village, township or county of the kind's level.

    `origin` is the opener's own unique name for it ("signal:medical:2026-10:h123"): opening it again does nothing.
    `title`, `reason` and `detail` hold no name and no number of a person.
    """

    kind = models.CharField("种类", max_length=40)
    title = models.CharField("任务", max_length=80)
    reason = models.CharField("原因", max_length=300, blank=True)
    subject = models.CharField("对象", max_length=80, blank=True)  # an institution, a place; never a person
    detail = models.JSONField("详情", default=dict, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    office = models.ForeignKey(Region, models.PROTECT, verbose_name="承办单位", related_name="+")
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="tasks"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="tasks"
    )
    origin = models.CharField("来源", max_length=120, unique=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    opened_on = models.DateField("派发日期")
    warn_on = models.DateField("提醒日期")
    due_on = models.DateField("截止日期")
    escalated_to = models.CharField("上报", max_length=10, choices=Escalated.choices, blank=True, default="")
    escalated_on = models.DateField("上报日期", null=True, blank=True)
    holder = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="承办人", null=True, blank=True, related_name="+"
    )
    contacts = models.PositiveSmallIntegerField("未联系上次数", default=0)
    outcome = models.CharField("结果", max_length=30, blank=True)
    record = models.JSONField("记录", default=dict, blank=True)
    note = models.CharField("说明", max_length=200, blank=True)
    done_at = models.DateTimeField("办结时间", null=True, blank=True)
    done_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="办结人", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "任务"
        indexes = [
            models.Index(fields=["office", "id"], name="task_office"),
            models.Index(fields=["office", "due_on", "id"], name="task_to_do", condition=IS_TO_DO),
            models.Index(fields=["holder", "due_on"], name="task_held", condition=IS_TO_DO),
            models.Index(fields=["kind", "due_on"], name="task_overdue", condition=IS_TO_DO),
            models.Index(fields=["due_on", "id"], name="task_due"),
            models.Index(fields=["household"], name="task_household", condition=Q(household__isnull=False)),
            models.Index(fields=["person"], name="task_person", condition=Q(person__isnull=False)),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(warn_on__gte=models.F("opened_on")) & Q(due_on__gte=models.F("warn_on")),
                name="task_warns_before_it_is_due",
            )
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def declared(self) -> TaskKind:
        return shelf(TaskKind).get(self.kind)

    @property
    def is_to_do(self) -> bool:
        return self.state in TO_DO

    def lamp(self, today: dt.date) -> Lamp:
        """Red after the due day, amber from the warning day on; a settled task has none."""
        return lamp_of(self.due_on, self.warn_on, today) if self.is_to_do else Lamp.DONE

    def time_left(self, today: dt.date) -> str:
        """`还剩 3 天`, `今天到期`, `已超 2 天`."""
        left = (self.due_on - today).days
        if left == 0:
            return "今天到期"
        return f"还剩 {left} 天" if left > 0 else f"已超 {-left} 天"


class TaskVisit(models.Model):
    """What one person found on one visit or call. Never changed afterwards.

    `key` comes from the visitor's device: a record that is sent twice is kept once. `counted` is False for a record
    that arrived after somebody else had settled the task: it is kept beside the other, and changes nothing.
    """

    task = models.ForeignKey(Task, models.PROTECT, related_name="visits")
    key = models.UUIDField("设备记录号", unique=True)
    outcome = models.CharField("结果", max_length=30)
    record = models.JSONField("记录", default=dict, blank=True)
    note = models.CharField("补充说明", max_length=500, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    accuracy = models.FloatField("定位精度（米）", null=True, blank=True)
    no_position = models.CharField("没有定位的原因", max_length=60, blank=True)
    photos = models.ManyToManyField(Document, related_name="task_visits", blank=True)
    signatures = models.ManyToManyField(Document, related_name="signed_visits", blank=True)
    counted = models.BooleanField("计入办理", default=True)
    made_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="走访人", related_name="+")
    made_at = models.DateTimeField("走访时间")
    sent_at = models.DateTimeField("上传时间", auto_now_add=True)

    class Meta:
        verbose_name = "走访记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(latitude__isnull=True, longitude__isnull=True)
                | Q(latitude__range=(-90, 90), longitude__range=(-180, 180)),
                name="visit_is_on_earth",
            )
        ]

    def __str__(self) -> str:
        return f"{self.task_id} {self.outcome}"

    @property
    def outcome_title(self) -> str:
        known = self.task.declared.outcome(self.outcome)
        return known.title if known else self.outcome
