"""One child's treatment paid from lottery funds, from the confirmation to the follow-up."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class TreatmentState(models.TextChoices):
    TREATED = "treated", "治疗中"
    BILLED = "billed", "费用待复核"
    CHECKED = "checked", "费用已复核"
    GIVEN_UP = "given_up", "不再治疗"


@with_history
class Treatment(models.Model):
    """Money is whole fen. `own_fen` is what insurance and other help left over: that is paid to the hospital.

    What is treated is sealed. `next_visit` is the day by which the follow-up is due.
    """

    id = RowKey()
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="孩子", related_name="tomorrow_treatments"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, verbose_name="办件", related_name="treatment")
    hospital = models.ForeignKey(Organisation, models.PROTECT, verbose_name="定点医院", related_name="+")
    plan = EncryptedTextField("诊断和治疗方案", kind="note", max_length=1000)
    ceiling_fen = models.BigIntegerField("核定额度")
    state = models.CharField(
        "状态", max_length=8, choices=TreatmentState.choices, default=TreatmentState.TREATED
    )
    approved_on = models.DateField("确认日期")
    admitted_on = models.DateField("入院日期", null=True, blank=True)
    discharged_on = models.DateField("出院日期", null=True, blank=True)
    total_fen = models.BigIntegerField("医疗康复总费用", null=True, blank=True)
    own_fen = models.BigIntegerField("明天计划资助", null=True, blank=True)
    settled_in = models.DateField("结算月份", null=True, blank=True)
    next_visit = models.DateField("回访不晚于", null=True, blank=True)
    visited_on = models.DateField("回访日期", null=True, blank=True)
    recovery = EncryptedTextField("恢复情况", kind="note", max_length=500, blank=True)

    objects = RowKeyManager()

    class Meta:
        app_label = "children"
        verbose_name = "明天计划治疗"
        indexes = [
            models.Index(fields=["region", "id"], name="treatment_region"),
            models.Index(fields=["next_visit"], name="treatment_due", condition=Q(visited_on__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["treated", "billed"]),
                name="one_treatment_at_a_time",
            ),
            models.CheckConstraint(condition=Q(ceiling_fen__gt=0), name="treatment_has_a_ceiling"),
            models.CheckConstraint(
                condition=~Q(state="checked")
                | Q(own_fen__gte=0, own_fen__lte=F("total_fen"), discharged_on__gte=F("admitted_on")),
                name="checked_treatment_has_its_bill",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.approved_on}确认的治疗"
