"""Who lives in a home, under which contract, and what happened there."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.elderly.institutions.models.homes import Home
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person


@with_history
class Resident(models.Model):
    """One person's time in one home. The entrance assessment says at which grade (令66 第十二条)."""

    id = RowKey()
    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="residents")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="+")
    admitted_on = models.DateField("入住日期")
    assessed_on = models.DateField("入院评估日期")
    contract_no = models.CharField("服务合同编号", max_length=40)
    contract_until = models.DateField("合同到期日")
    emergency_name = models.CharField("紧急联系人", max_length=60)
    emergency_phone = EncryptedTextField("紧急联系电话", kind="phone", max_length=20)
    is_tekun = models.BooleanField("特困供养", default=False)
    left_on = models.DateField("离院日期", null=True, blank=True)
    leaving = models.CharField("离院原因", max_length=60, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "入住老人"
        indexes = [models.Index(fields=["home", "admitted_on"], name="resident_home")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(left_on__isnull=True), name="one_home_for_a_person"
            ),
            models.CheckConstraint(
                condition=Q(left_on__isnull=True) | Q(left_on__gte=F("admitted_on")),
                name="resident_leaves_after_admission",
            ),
            models.CheckConstraint(
                condition=Q(assessed_on__lte=F("admitted_on")), name="assessed_before_admission"
            ),
        ]

    def __str__(self) -> str:
        return self.person.name


@with_history
class Accident(models.Model):
    """What happened in a home and was reported (令66 第三十六条)."""

    class Kind(models.TextChoices):
        FALL = "fall", "跌倒"
        CHOKING = "choking", "噎食"
        LOST = "lost", "走失"
        FIRE = "fire", "火灾"
        FOOD = "food", "食物中毒"
        INJURY = "injury", "伤害"
        OTHER = "other", "其他"

    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="accidents")
    resident = models.ForeignKey(
        Resident, models.PROTECT, verbose_name="老人", null=True, blank=True, related_name="accidents"
    )
    kind = models.CharField("种类", max_length=8, choices=Kind.choices)
    happened_on = models.DateField("发生日期")
    reported_on = models.DateField("报告日期")
    is_major = models.BooleanField("造成死亡或重伤", default=False)
    story = models.CharField("经过和处置", max_length=500)

    class Meta:
        verbose_name = "事故报告"
        indexes = [models.Index(fields=["home", "happened_on"], name="accident_home")]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
