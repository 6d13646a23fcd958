"""Leads (线索): somebody may need help; who said so, what was found, what became of it (主动发现＋自主申报)."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.tasks.models import Task


class Source(models.TextChoices):
    DISCOVERY = "discovery", "走访发现"
    SELF = "self", "自主申报"
    NEIGHBOUR = "neighbour", "群众反映"
    HOTLINE = "hotline", "热线"
    SIGNAL = "signal", "数据预警"


class Need(models.TextChoices):
    """What help is about (国办发〔2023〕39号: 基本生活救助和专项社会救助)."""

    LIVING = "living", "基本生活"
    MEDICAL = "medical", "看病吃药"
    CARE = "care", "照料护理"
    SCHOOLING = "schooling", "上学"
    HOUSING = "housing", "住房"
    WORK = "work", "就业"
    URGENT = "urgent", "突发急难"
    COMFORT = "comfort", "关爱陪伴"
    OTHER = "other", "其他"


class State(models.TextChoices):
    NEW = "new", "待核实"
    CONFIRMED = "confirmed", "属实，待申请"
    CASE = "case", "已转申请"
    REFERRED = "referred", "已转介"
    NO_NEED = "no_need", "不需要救助"


@with_history
class Lead(models.Model):
    """One lead. `person` and `household` where they are known; else `name`, `address`, `phone` as somebody said them."""

    id = RowKey()
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="leads"
    )
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="leads"
    )
    name = models.CharField("姓名", max_length=60)
    address = models.CharField("住址", max_length=120, blank=True)
    phone = EncryptedTextField("联系电话", kind="phone", max_length=20, blank=True)
    group = models.CharField(
        "人群", max_length=40, blank=True
    )  # code of a group of the signals, where one applies
    need = models.CharField("需要", max_length=10, choices=Need.choices)
    story = models.CharField("情况", max_length=500)
    knows = models.BooleanField("本人知情", default=False)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    note = models.CharField("处理说明", max_length=200, blank=True)
    task = models.OneToOneField(Task, models.PROTECT, null=True, blank=True, related_name="lead")
    case = models.ForeignKey(
        Case, models.PROTECT, verbose_name="办件", null=True, blank=True, related_name="leads"
    )
    reported_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="反映人", null=True, related_name="leads"
    )
    reported_on = models.DateField("反映日期")
    settled_on = models.DateField("办结日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "困难线索"
        indexes = [
            models.Index(fields=["region", "id"], name="lead_region"),
            models.Index(Blind("phone"), name="lead_phone", condition=~Q(phone="")),
            models.Index(fields=["reported_by", "-id"], name="lead_reporter"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state="case", case__isnull=False) | ~Q(state="case"), name="lead_case_is_named"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_need_display()}（{self.get_source_display()}）"
