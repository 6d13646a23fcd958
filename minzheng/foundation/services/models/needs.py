"""What somebody was found to need."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.words import Need


@with_history
class Needs(models.Model):
    """What a person was found to need on a day; the catalogue says which services meet it."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="服务对象", related_name="needs")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    needs = ArrayField(
        models.CharField(max_length=12, choices=Need.choices), verbose_name="需要", default=list
    )
    note = EncryptedTextField("情况说明", kind="note", max_length=500, blank=True)
    assessed_on = models.DateField("评估日期")
    assessed_by = models.ForeignKey("accounts.User", models.PROTECT, verbose_name="评估人", related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "服务需求评估"
        indexes = [
            models.Index(fields=["region", "id"], name="needs_region"),
            models.Index(fields=["person", "-assessed_on"], name="needs_person"),
        ]

    def __str__(self) -> str:
        return "、".join(Need(one).label for one in self.needs)
