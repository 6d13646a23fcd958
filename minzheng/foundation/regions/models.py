"""Administrative divisions: five levels, 12-digit codes, dated, never reused (令79; handbook §7)."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import Q

from minzheng.foundation.history import with_history

SIGNIFICANT_DIGITS = {1: 2, 2: 4, 3: 6, 4: 9, 5: 12}


class Level(models.IntegerChoices):
    PROVINCE = 1, "省"
    CITY = 2, "市（州）"
    COUNTY = 3, "县（市、区）"
    TOWNSHIP = 4, "乡镇（街道）"
    VILLAGE = 5, "村（社区）"


def prefix_of(code: str) -> str:
    """The significant part of a 12-digit code: 431227000000 → 431227."""
    for digits in SIGNIFICANT_DIGITS.values():
        if code[digits:].strip("0") == "":
            return code[:digits]
    return code


def within(prefix: str, field: str = "region_id") -> Q:
    """Rows whose region code starts with `prefix`, as a range so that an ordinary index serves it."""
    return Q(**{f"{field}__gte": prefix.ljust(12, "0"), f"{field}__lte": prefix.ljust(12, "9")})


class RegionQuerySet(models.QuerySet["Region"]):
    def on(self, date: dt.date) -> RegionQuerySet:
        """Regions in force on that day."""
        return self.filter(Q(since__lte=date), Q(until__isnull=True) | Q(until__gt=date))

    def under(self, code: str) -> RegionQuerySet:
        """The region itself and everything below it."""
        return self.filter(within(prefix_of(code), "code"))


@with_history
class Region(models.Model):
    """One division. A changed code is a new row; the old one keeps its records and points to its successor."""

    code = models.CharField("区划代码", primary_key=True, max_length=12)
    name = models.CharField("名称", max_length=60)
    full_name = models.CharField("全称", max_length=200)
    level = models.SmallIntegerField("层级", choices=Level.choices)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    since = models.DateField("启用日期")
    until = models.DateField("停用日期", null=True, blank=True)
    successor = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="predecessors")
    source = models.CharField("来源", max_length=100)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = "行政区划"
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(condition=Q(code__regex=r"^\d{12}$"), name="region_code_has_12_digits"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="region_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def prefix(self) -> str:
        return prefix_of(self.code)

    def contains(self, code: str) -> bool:
        return code.startswith(self.prefix)


class Boundary(models.Model):
    """The outline of a division on the map, imported from an approved map; never part of the program (测绘法 第三十八条)."""

    region = models.OneToOneField(Region, models.CASCADE, primary_key=True, verbose_name="区划")
    geometry = models.JSONField("边界")  # GeoJSON Polygon or MultiPolygon, degrees, at most five decimals
    source = models.CharField("来源", max_length=100)
    approval = models.CharField("审图号", max_length=40)

    class Meta:
        verbose_name = "区划边界"

    def __str__(self) -> str:
        return f"{self.region_id} {self.approval}"
