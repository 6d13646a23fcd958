"""Clues that somebody is after old people's money: heard, checked, handed over, filed as a case, closed."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Source(models.TextChoices):
    REPORT = "report", "群众举报"
    HOTLINE = "hotline", "热线"
    VISIT = "visit", "走访、排查"
    PREPAID = "prepaid", "预收费预警"
    OFFICE = "office", "其他部门转来"


class Scheme(models.TextChoices):
    """How it is done (全国打击整治养老诈骗专项行动 的四类，2022)."""

    SERVICE = "service", "提供养老服务：会员卡、预订床位、预付费"
    PROJECT = "project", "投资养老项目：承诺高额返利"
    GOODS = "goods", "销售养老产品：保健品、理财产品"
    HOUSE = "house", "代办养老保险、以房养老"
    OTHER = "other", "其他"


class State(models.TextChoices):
    NEW = "new", "待核查"
    UNFOUNDED = "unfounded", "不属实"
    ORDERED = "ordered", "责令整改"
    HANDED = "handed", "已移交"
    FILED = "filed", "已立案"
    CLOSED = "closed", "已办结"


class Office(models.TextChoices):
    POLICE = "police", "公安机关"
    FINANCE = "finance", "处置非法集资牵头部门"
    MARKET = "market", "市场监管部门"
    OTHER = "other", "其他部门"


@with_history
class Clue(models.Model):
    """One clue. `facility` where it is about a place on the register; who told is not kept here: the file of the report does."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="机构", null=True, blank=True, related_name="fraud_clues"
    )
    target = models.CharField("涉及单位", max_length=100)
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    scheme = models.CharField("手法", max_length=8, choices=Scheme.choices)
    told_on = models.DateField("收到日期")
    story = models.CharField("情况", max_length=500)
    elders = models.PositiveIntegerField("涉及老年人", null=True, blank=True)
    amount_fen = models.BigIntegerField("涉及金额（分）", null=True, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.NEW)
    checked_on = models.DateField("核查日期", null=True, blank=True)
    checked_by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="核查人", null=True, blank=True, related_name="+"
    )
    finding = models.CharField("核查情况", max_length=500, blank=True)
    handed_to = models.CharField("移交给", max_length=8, choices=Office.choices, blank=True)
    handed_on = models.DateField("移交日期", null=True, blank=True)
    letter_no = models.CharField("移送函文号", max_length=60, blank=True)
    filed_on = models.DateField("立案日期", null=True, blank=True)
    case_no = models.CharField("立案文号", max_length=60, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    result = models.CharField("办理结果", max_length=300, blank=True)
    recovered_fen = models.BigIntegerField("追回金额（分）", default=0)
    task = models.CharField("来自任务", max_length=80, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "养老领域涉诈线索"
        indexes = [models.Index(fields=["region", "id"], name="fraud_clue_region")]
        constraints = [
            models.CheckConstraint(condition=Q(recovered_fen__gte=0), name="recovered_is_not_negative"),
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(closed_on__gte=F("told_on")), name="clue_closes_after"
            ),
            models.CheckConstraint(
                condition=~Q(state="handed") | Q(handed_on__isnull=False) & ~Q(letter_no=""),
                name="handed_over_in_writing",
            ),
            models.CheckConstraint(
                condition=~Q(state="filed") | Q(filed_on__isnull=False), name="filed_clue_has_its_day"
            ),
            models.UniqueConstraint(fields=["task"], condition=~Q(task=""), name="one_clue_a_task"),
        ]

    def __str__(self) -> str:
        return self.target
