"""不予救助: somebody who asked and is not helped here, and why."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.foundation.accounts.models import User
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Sex
from minzheng.foundation.regions.models import Region


class Grounds(models.TextChoices):
    """Why somebody is not helped here. The words of the measure stand in the notice."""

    PROVIDED = "provided", "本人有能力或有亲友解决食宿，不属于生活无着"
    SUPPORTED = "supported", "正在享受低保、特困供养，住处和生活有着落"
    UNTRUE = "untrue", "经告知仍拒不如实说明情况，无法认定"


@with_history
class Refusal(models.Model):
    """不予救助: with written reasons, and a notice of what one may do about it."""

    id = RowKey()
    number = models.CharField("文号", max_length=30, unique=True)
    station = models.ForeignKey(Facility, models.PROTECT, verbose_name="救助站", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    asked_on = models.DateField("求助日期")
    grounds = models.CharField("情形", max_length=10, choices=Grounds.choices)
    reason = models.CharField("理由", max_length=300)
    by = models.ForeignKey(User, models.PROTECT, verbose_name="经办人", related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "不予救助"
        indexes = [models.Index(fields=["region", "id"], name="refusal_region")]
        constraints = [models.CheckConstraint(condition=~Q(reason=""), name="refusal_has_reason")]

    def __str__(self) -> str:
        return self.number
