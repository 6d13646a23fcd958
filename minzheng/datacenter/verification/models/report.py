"""What was answered about whom, every version of it, and what the family says against it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.datacenter.verification.models.check import Check, Request
from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person


class AnswerState(models.TextChoices):
    """NONE is said by the source (查无登记); UNKNOWN is everything else that is not an answer, and is never none."""

    FOUND = "found", "有登记"
    NONE = "none", "查无登记"
    UNKNOWN = "unknown", "未知"


class Answer(models.Model):
    """What one source said about one person in reply to one request. Never changed; a re-check adds another.

    `values` are {field: value} of the catalogue (money in fen; things as [{"id", "title"}]). `valid_until` is the
    first day on which it no longer counts.
    """

    check_of = models.ForeignKey(Check, models.CASCADE, related_name="answers")
    request = models.ForeignKey(Request, models.CASCADE, related_name="answers")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    source = models.CharField("数据来源", max_length=40)
    state = models.CharField("状态", max_length=8, choices=AnswerState.choices)
    values = models.JSONField("内容", default=dict)
    received_at = models.DateTimeField("反馈时间")
    valid_until = models.DateField("有效期至")
    is_current = models.BooleanField("现行", default=True)

    class Meta:
        verbose_name = "核对反馈"
        constraints = [
            models.UniqueConstraint(fields=["request", "person"], name="one_answer_a_person_and_request"),
            models.UniqueConstraint(
                fields=["check_of", "person", "source"],
                condition=Q(is_current=True),
                name="one_current_answer",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.get_state_display()}"


@with_history
class CheckObjection(models.Model):
    """异议: the family says that an item is wrong; the source is asked anew. Both versions are kept."""

    class State(models.TextChoices):
        ASKED = "asked", "正在复核"
        ANSWERED = "answered", "已反馈，待处理"
        CHANGED = "changed", "已更正"
        UPHELD = "upheld", "维持原结果"

    answer = models.ForeignKey(Answer, models.PROTECT, verbose_name="原反馈", related_name="objections")
    field = models.CharField("信息项", max_length=40)
    statement = models.CharField("异议内容", max_length=500)
    documents = models.ManyToManyField(Document, verbose_name="证明材料", blank=True, related_name="+")
    raised_on = models.DateField("提出日期")
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="登记人", related_name="+")
    due_on = models.DateField("办理期限")
    request = models.OneToOneField(Request, models.PROTECT, related_name="objection")
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.ASKED)
    result = models.CharField("处理结果", max_length=300, blank=True)
    settled_on = models.DateField("处理日期", null=True, blank=True)
    settled_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="处理人", null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = "核对异议"
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                fields=["answer", "field"],
                condition=Q(settled_on__isnull=True),
                name="one_open_objection_an_item",
            )
        ]

    def __str__(self) -> str:
        return f"{self.answer} 异议"
