"""What was handed on to another department, and what came of it."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.history import with_history
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.named import Named


class Department(models.TextChoices):
    """专项社会救助 and who gives it (社会救助法 第十三条至第十五条; 国办发〔2023〕39号)."""

    MEDICAL = "medical", "医疗保障"
    HEALTH = "health", "卫生健康"
    EDUCATION = "education", "教育"
    HOUSING = "housing", "住房城乡建设"
    WORK = "work", "人力资源社会保障"
    DISASTER = "disaster", "应急管理"
    DISABLED = "disabled", "残联"
    RURAL = "rural", "农业农村"
    JUSTICE = "justice", "司法行政"
    POWER = "power", "供电、供水、供气"
    UNION = "union", "工会、妇联、共青团"
    CHARITY = "charity", "慈善组织、社会力量"


class State(models.TextChoices):
    SENT = "sent", "已转出，待受理"
    ACCEPTED = "accepted", "部门已受理"
    DONE = "done", "已办结"
    RETURNED = "returned", "不予办理"


@with_history
class Referral(Named):
    """One matter of one person for one department. `due_on`: by then the department should have answered."""

    department = models.CharField("转给", max_length=10, choices=Department.choices)
    measure = models.CharField("救助措施", max_length=30, blank=True)
    matter = models.CharField("需要办的事", max_length=200)
    agrees = models.BooleanField("本人同意转介", default=False)
    sent_on = models.DateField("转出日期", default=timezone.localdate)
    due_on = models.DateField("应反馈", blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.SENT)
    contact = models.CharField("部门经办人", max_length=60, blank=True)
    answered_on = models.DateField("反馈日期", null=True, blank=True)
    answer = models.CharField("反馈结果", max_length=200, blank=True)

    class Meta:
        app_label = "assistance"
        verbose_name = "转介"
        indexes = [
            models.Index(fields=["region", "id"], name="referral_region"),
            models.Index(fields=["due_on"], name="referral_due", condition=Q(state__in=["sent", "accepted"])),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["sent", "accepted"]) | Q(answered_on__isnull=False),
                name="answered_referral_has_its_day",
            ),
            models.UniqueConstraint(
                fields=["person", "measure"],
                condition=Q(state__in=["sent", "accepted"]) & ~Q(measure="") & Q(person__isnull=False),
                name="one_open_referral_a_measure",
            ),
        ]

    def clean(self) -> None:
        super().clean()
        if self.due_on is None and self.region_id:
            self.due_on = due_after(self.sent_on, self.region_id)


def due_after(sent_on: dt.date, region: str) -> dt.date:
    days = figures(sent_on, region)("referral_answer_days")
    return period_end(sent_on, Period(days, Unit.WORKDAYS))
