"""What was done with a case: the timeline, corrections, objections, reviews."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from minzheng.foundation.cases.models.case import Case
from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person


class CaseMove(models.Model):
    """One move: who, in which role, when, from where to where, and what was recorded. Never changed afterwards.

    `on` is the legal day (the clocks'), `at` the moment. `actor` is empty for what the system did by itself.
    """

    id = RowKey()
    case = models.ForeignKey(Case, models.CASCADE, related_name="moves")
    move = models.CharField("操作", max_length=30)
    title = models.CharField("名称", max_length=60)
    from_step = models.CharField("从", max_length=30)
    to_step = models.CharField("到", max_length=30)
    round = models.SmallIntegerField("轮次")
    actor = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="case_moves")
    actor_person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    role = models.CharField("身份", max_length=20)
    on = models.DateField("日期")
    at = models.DateTimeField("时间")
    note = models.CharField("说明", max_length=500, blank=True)
    record = EncryptedJSONField("记录", default=dict, blank=True)
    marks = ArrayField(models.CharField(max_length=30), default=list, blank=True)
    version = models.IntegerField("版本")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "办理过程"
        ordering = ["id"]
        indexes = [
            models.Index(fields=["case", "id"], name="case_move_trail"),
            models.Index(fields=["actor", "-id"], name="case_move_actor"),
        ]

    def __str__(self) -> str:
        return self.title


@with_history
class Correction(models.Model):
    """The one list of what is missing. One per case: a second list is not lawful (一次性告知)."""

    case = models.OneToOneField(Case, models.CASCADE, related_name="correction")
    missing = models.JSONField(
        "须补正内容"
    )  # [{"key": path of the answer or material, "label": …, "what": …}]
    asked_on = models.DateField("告知日期")
    asked_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    due_on = models.DateField("补正期限")
    answered_on = models.DateField("补正日期", null=True, blank=True)

    class Meta:
        verbose_name = "一次性补正"

    def __str__(self) -> str:
        return f"{self.case} 补正"


@with_history
class Objection(models.Model):
    """An objection during publicity. The objector's name is optional and never shown to the family."""

    class Method(models.TextChoices):
        RESURVEY = "resurvey", "重新调查核实"
        MEETING = "meeting", "民主评议"

    case = models.ForeignKey(Case, models.CASCADE, related_name="objections")
    raised_on = models.DateField("提出日期")
    raised_by = models.CharField("提出人", max_length=60, blank=True)
    content = models.CharField("异议内容", max_length=500)
    method = models.CharField("处理方式", max_length=10, choices=Method.choices, blank=True)
    is_upheld = models.BooleanField("异议成立", null=True, blank=True)
    finding = models.CharField("处理结果", max_length=500, blank=True)
    settled_on = models.DateField("处理日期", null=True, blank=True)

    class Meta:
        verbose_name = "公示异议"
        ordering = ["id"]
        indexes = [models.Index(fields=["case"], name="objection_open", condition=Q(settled_on__isnull=True))]

    def __str__(self) -> str:
        return f"{self.case} 异议"


@with_history
class Review(models.Model):
    """One review (复核) of a granted case: why, when, with what result."""

    class Kind(models.TextChoices):
        REGULAR = "regular", "定期复核"
        CHANGE = "change", "家庭情况变化"
        DEATH = "death", "家庭成员死亡"
        SIGNAL = "signal", "数据比对预警"
        STANDARD = "standard", "标准调整"

    case = models.ForeignKey(Case, models.CASCADE, related_name="reviews")
    round = models.SmallIntegerField("轮次")
    kind = models.CharField("原因", max_length=10, choices=Kind.choices)
    due_on = models.DateField("应办结日期", null=True, blank=True)
    started_on = models.DateField("启动日期")
    finished_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("结果", max_length=30, blank=True)

    class Meta:
        verbose_name = "复核"
        ordering = ["id"]
        constraints = [models.UniqueConstraint(fields=["case", "round"], name="one_review_per_round")]

    def __str__(self) -> str:
        return f"{self.case} 第{self.round}轮"
