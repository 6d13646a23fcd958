"""不予办理告知书: why the registry did not register, as the two were told in writing."""

from __future__ import annotations

from django.db import models

from minzheng.business.marriage.models.registry import Registry
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Wanted(models.TextChoices):
    """What they had come for."""

    MARRIAGE = "marriage", "结婚登记"
    DIVORCE = "divorce", "离婚登记"


@with_history
class Declined(models.Model):
    """One decision not to register. `reasons`: each with its article, as found by the review of that day."""

    number = models.CharField("编号", max_length=30, unique=True)
    kind = models.CharField("申请事项", max_length=10, choices=Wanted.choices)
    registry = models.ForeignKey(Registry, models.PROTECT, verbose_name="登记机关", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    man = models.ForeignKey(Person, models.PROTECT, verbose_name="男方", related_name="+")
    woman = models.ForeignKey(Person, models.PROTECT, verbose_name="女方", related_name="+")
    reasons = models.JSONField("理由")
    on = models.DateField("决定日期")
    by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="登记员", related_name="+")

    class Meta:
        verbose_name = "不予办理告知书"
        constraints = [
            models.UniqueConstraint(fields=["kind", "man", "woman", "on"], name="told_in_writing_once_a_day")
        ]
        indexes = [models.Index(fields=["region", "id"], name="declined_region")]

    def __str__(self) -> str:
        return self.number

    @property
    def couple(self) -> tuple[int, ...]:
        return (self.man_id, self.woman_id)
