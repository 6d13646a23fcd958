"""What is kept beside the register: searches of the archive, broken trust, counselling, suspected crimes."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.marriage.models.register import Registration
from minzheng.foundation.crypto.fields import EncryptedJSONField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class ArchiveSearch(models.Model):
    """档案查询 (M7): who asked, with which right, what was shown. Never changed."""

    class Asker(models.TextChoices):
        PARTY = "party", "当事人"
        AUTHORITY = "authority", "人民法院、检察院、公安、国家安全等机关"
        LAWYER = "lawyer", "律师（与诉讼有关）"

    registration = models.ForeignKey(Registration, models.PROTECT, related_name="searches")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    asker = models.CharField("查询人", max_length=10, choices=Asker.choices)
    asker_name = models.CharField("查询人姓名或单位", max_length=60)
    letter_no = models.CharField("介绍信、公函或委托书编号", max_length=60, blank=True)
    purpose = models.CharField("用途", max_length=100)
    on = models.DateField("查询日期")
    shown_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "婚姻档案查询"
        constraints = [
            models.CheckConstraint(
                condition=Q(asker="party") | ~Q(letter_no=""), name="authority_brings_a_letter"
            )
        ]

    def __str__(self) -> str:
        return f"{self.on} {self.asker_name}"


@with_history
class CreditRecord(models.Model):
    """严重失信当事人 (S-144): what was false, how it is proven, until when it is kept, and its repair."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="当事人", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    fact = models.CharField("失信事实", max_length=200)
    basis = models.CharField("认定依据", max_length=200)
    recorded_on = models.DateField("认定日期")
    expires_on = models.DateField("保存至")
    recorded_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    repaired_on = models.DateField("信用修复日期", null=True, blank=True)
    repair_basis = models.CharField("修复依据", max_length=200, blank=True)

    class Meta:
        verbose_name = "婚姻登记失信记录"
        constraints = [
            models.CheckConstraint(
                condition=Q(expires_on__gt=F("recorded_on")), name="credit_record_expires"
            ),
            models.CheckConstraint(
                condition=Q(repaired_on=None) | ~Q(repair_basis=""), name="credit_repair_has_a_basis"
            ),
        ]
        indexes = [models.Index(fields=["person"], name="credit_person")]

    def __str__(self) -> str:
        return self.fact


class CounselSession(models.Model):
    """One talk with a counsellor. That it took place may be counted; what was said only the counsellor reads."""

    class Result(models.TextChoices):
        GOING_ON = "going_on", "继续辅导"
        EASED = "eased", "矛盾缓和"
        RECONCILED = "reconciled", "和好"
        REFERRED = "referred", "转介"
        NO_CHANGE = "no_change", "没有变化"

    id = RowKey()
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="来访人", related_name="+")
    partner = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    topic = models.CharField("主题", max_length=20)
    on = models.DateField("日期")
    counsellor = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    consented = models.BooleanField("来访人同意辅导并了解保密规定")
    notes = EncryptedJSONField("谈话记录", default=dict)  # {"text": …}
    result = models.CharField("结果", max_length=10, choices=Result.choices)
    divorce = models.ForeignKey(
        "marriage.Divorce", models.PROTECT, null=True, blank=True, related_name="counselling"
    )

    objects = RowKeyManager()

    class Meta:
        verbose_name = "家庭辅导"
        constraints = [models.CheckConstraint(condition=Q(consented=True), name="counselling_needs_consent")]

    def __str__(self) -> str:
        return f"{self.on} {self.topic}"


class AlertKind(models.TextChoices):
    TRAFFICKING = "trafficking", "疑似拐卖"
    FORCED = "forced", "疑似胁迫"
    VIOLENCE = "violence", "疑似家庭暴力"
    MINOR = "minor", "疑似侵害未成年人"


@with_history
class RiskAlert(models.Model):
    """What a registrar noticed at the counter (婚姻登记条例 2025). Seen by named roles only; never by the couple."""

    id = RowKey()
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="可能的受害人", related_name="+")
    kind = models.CharField("情形", max_length=12, choices=AlertKind.choices)
    story = EncryptedJSONField("发现的情况", default=dict)  # {"text": …}
    raised_on = models.DateField("发现日期")
    raised_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    told_police_on = models.DateField("通报公安日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    finding = models.CharField("核实结果", max_length=200, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "登记风险提示"
        constraints = [
            models.CheckConstraint(
                condition=Q(closed_on=None) | ~Q(finding=""), name="risk_closed_with_finding"
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
