"""Disability certificates (残疾人证, GB/T 26341). A renewal or a new grade is a new row: the old one stays as it was."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.business.disability.aids.models import Aid, AidDevice, AidLoan
from minzheng.business.disability.care.models import CareNeed, Closure, Placement
from minzheng.business.disability.rehab.models import Rehab
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region

__all__ = [
    "Aid",
    "AidDevice",
    "AidLoan",
    "CareNeed",
    "Certificate",
    "Closure",
    "Grade",
    "Kind",
    "Placement",
    "Rehab",
]


class Kind(models.TextChoices):
    """Stored as the fact `disability_type` says it; the 19th digit of a certificate's number is its place here."""

    SIGHT = "视力", "视力"
    HEARING = "听力", "听力"
    SPEECH = "言语", "言语"
    BODY = "肢体", "肢体"
    INTELLECT = "智力", "智力"
    MIND = "精神", "精神"
    SEVERAL = "多重", "多重"


class Grade(models.TextChoices):
    FIRST = "一级", "一级"
    SECOND = "二级", "二级"
    THIRD = "三级", "三级"
    FOURTH = "四级", "四级"


@with_history
class Certificate(models.Model):
    """One certificate of one person. It speaks from `issued_on` until it expires, is cancelled or is replaced."""

    id = RowKey()
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    name = models.CharField("姓名", max_length=60)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    kind = models.CharField("残疾类别", max_length=4, choices=Kind.choices)
    grade = models.CharField("残疾等级", max_length=4, choices=Grade.choices)
    issued_on = models.DateField("发证日期")
    valid_until = models.DateField("有效期至")
    cancelled_on = models.DateField("注销日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "残疾人证"
        indexes = [
            models.Index(fields=["region", "id"], name="disability_certificate_region"),
            models.Index(fields=["valid_until"], name="disability_certificate_expiry"),
        ]
        constraints = [
            UniqueNumber(Blind("id_no"), "issued_on", name="one_disability_card_a_day"),
            models.CheckConstraint(
                condition=Q(valid_until__gt=F("issued_on")), name="disability_card_ends_after"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind}{self.grade}"

    def clean(self) -> None:
        if self.issued_on and self.valid_until and self.valid_until <= self.issued_on:
            raise ValidationError({"valid_until": "有效期应晚于发证日期，请对照证件核对。"})
