"""To whom each service of the published list is due, and whether it reached them. Written by the nightly look only."""

from __future__ import annotations

from django.db import models

from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Guaranteed(models.Model):
    """One service of the list for one eligible elder, as of the day of the latest look."""

    person = models.ForeignKey(Person, models.CASCADE, verbose_name="老人", related_name="guaranteed")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    entry = models.CharField("服务", max_length=20)
    given = models.BooleanField("已得到")
    looked_on = models.DateField("核对日期")

    class Meta:
        app_label = "elderly"
        verbose_name = "基本养老服务落实"
        indexes = [
            models.Index(fields=["region", "id"], name="guaranteed_region"),
            models.Index(fields=["entry", "given", "region"], name="guaranteed_entry"),
        ]
        constraints = [models.UniqueConstraint(fields=["person", "entry"], name="one_guarantee_an_entry")]

    def __str__(self) -> str:
        return self.entry
