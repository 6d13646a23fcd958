"""Who may order and confirm services for somebody else (代办人): by kinship that was shown, with the elder's consent."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.documents.models import Document
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Kin(models.TextChoices):
    SPOUSE = "spouse", "配偶"
    CHILD = "child", "子女"
    CHILD_IN_LAW = "child_in_law", "儿媳或女婿"
    GRANDCHILD = "grandchild", "孙子女或外孙子女"
    SIBLING = "sibling", "兄弟姐妹"
    GUARDIAN = "guardian", "监护人"
    OTHER = "other", "其他亲属或受托人"


@with_history
class Representative(models.Model):
    """`agent` asks to act for `elder`, with a proof; it holds from the day on which the elder (asked by an officer) agreed."""

    agent = models.ForeignKey(Person, models.PROTECT, verbose_name="代办人", related_name="represents")
    elder = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="representatives")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="老人所在村（社区）", related_name="+")
    kin = models.CharField("与老人的关系", max_length=12, choices=Kin.choices)
    proofs = models.ManyToManyField(Document, verbose_name="关系证明或授权书", blank=True, related_name="+")
    asked_on = models.DateField("提出日期")
    confirmed_on = models.DateField("生效日期", null=True, blank=True)
    confirmed_by = models.ForeignKey(
        "accounts.User", models.PROTECT, verbose_name="核实人", null=True, blank=True, related_name="+"
    )
    ended_on = models.DateField("终止日期", null=True, blank=True)
    reason = models.CharField("不同意或终止的原因", max_length=200, blank=True)

    class Meta:
        verbose_name = "服务代办人"
        indexes = [
            models.Index(fields=["region", "id"], name="representative_region"),
            models.Index(fields=["elder"], name="representative_elder"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["agent", "elder"], condition=Q(ended_on__isnull=True), name="one_open_representative"
            ),
            models.CheckConstraint(condition=~Q(agent=F("elder")), name="nobody_represents_oneself"),
        ]

    def __str__(self) -> str:
        return self.get_kin_display()

    @property
    def state(self) -> str:
        if self.ended_on is not None:
            return "已终止" if self.confirmed_on else "不同意"
        return "有效" if self.confirmed_on else "待核实"
