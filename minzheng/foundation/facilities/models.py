"""Facilities: what stands somewhere and serves people. What a line keeps beyond this lies in a one-to-one table of its own."""

from __future__ import annotations

import datetime as dt

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.words import FacilityKind
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf

# Degrees within which the country lies: a swapped or mistyped pair falls outside.
EAST, WEST, NORTH, SOUTH = 136.0, 73.0, 54.0, 3.0
IS_SPOT = Q(longitude__isnull=True, latitude__isnull=True) | Q(
    longitude__range=(WEST, EAST), latitude__range=(SOUTH, NORTH)
)


class State(models.TextChoices):
    PLANNED = "planned", "筹建"
    OPEN = "open", "运营"
    PAUSED = "paused", "暂停"
    CLOSED = "closed", "关闭"


def check_spot(longitude: float | None, latitude: float | None) -> dict[str, str]:
    """What is wrong with a pair of degrees, by field."""
    if (longitude is None) != (latitude is None):
        return {"longitude" if longitude is None else "latitude": "经度和纬度要一起填写。"}
    if longitude is not None and latitude is not None:
        if not WEST <= longitude <= EAST:
            return {"longitude": "经度应在73至136之间，请核对是否与纬度填反了。"}
        if not SOUTH <= latitude <= NORTH:
            return {"latitude": "纬度应在3至54之间，请核对是否与经度填反了。"}
    return {}


class FacilityQuerySet(models.QuerySet["Facility"]):
    def on(self, date: dt.date) -> FacilityQuerySet:
        """Facilities open on that day (a pause of service is not a closing)."""
        return self.filter(Q(opened_on__lte=date), Q(closed_on__isnull=True) | Q(closed_on__gt=date)).exclude(
            state=State.PLANNED
        )


@with_history
class Facility(models.Model):
    """One facility at one place. Never deleted, only closed (DC8). Degrees are CGCS2000.

    `phone` is the number that hangs at the door; it is nobody's own. `counts`: numbers of the kind ({"beds": 40}).
    """

    kind = models.CharField("种类", max_length=30)
    name = models.CharField("名称", max_length=100)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    organisation = models.ForeignKey(
        Organisation,
        models.PROTECT,
        verbose_name="运营单位",
        null=True,
        blank=True,
        related_name="facilities",
    )
    address = models.CharField("地址", max_length=120, blank=True)
    phone = models.CharField("对外电话", max_length=20, blank=True)
    longitude = models.FloatField("经度", null=True, blank=True)
    latitude = models.FloatField("纬度", null=True, blank=True)
    counts = models.JSONField("规模", default=dict, blank=True)
    opened_on = models.DateField("开办日期")
    closed_on = models.DateField("关闭日期", null=True, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    remark = models.CharField("备注", max_length=200, blank=True)

    objects = FacilityQuerySet.as_manager()

    class Meta:
        verbose_name = "设施"
        indexes = [
            models.Index(fields=["region", "id"], name="facility_region"),
            models.Index(fields=["kind", "region"], name="facility_kind"),
            models.Index(fields=["organisation"], name="facility_organisation"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "region", "name"],
                condition=Q(closed_on__isnull=True),
                name="one_open_facility_of_a_name",
                violation_error_message="这里已经登记了同名的设施。请在列表里找到原来的记录并修改，不要重复登记。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) | Q(closed_on__gte=F("opened_on")),
                name="facility_closes_after_it_opens",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) ^ Q(state="closed"), name="closed_facility_has_its_day"
            ),
            models.CheckConstraint(condition=IS_SPOT, name="facility_lies_in_the_country"),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def word(self) -> FacilityKind:
        return shelf(FacilityKind).get(self.kind)

    @property
    def kind_title(self) -> str:
        return self.word.title if self.kind in shelf(FacilityKind) else self.kind

    @property
    def size(self) -> str:
        """床位 40、员工 12"""
        named = dict(self.word.counts) if self.kind in shelf(FacilityKind) else {}
        return "、".join(f"{label}{self.counts[key]}" for key, label in named.items() if key in self.counts)

    def clean(self) -> None:
        wrong = check_spot(self.longitude, self.latitude)
        if self.kind and self.kind not in shelf(FacilityKind):
            wrong["kind"] = "没有这种设施，请从列出的种类中选。"
        if self.closed_on and self.opened_on and self.closed_on < self.opened_on:
            wrong["closed_on"] = "关闭日期早于开办日期，请核对。"
        if wrong:
            raise ValidationError(wrong)

    def is_open_on(self, date: dt.date) -> bool:
        return (
            self.state != State.PLANNED
            and self.opened_on <= date
            and (self.closed_on is None or self.closed_on > date)
        )


@with_history
class Seat(models.Model):
    """Where a village's (community's) office stands: from there the way to services is measured for who lives there."""

    region = models.OneToOneField(
        Region, models.CASCADE, primary_key=True, verbose_name="村（社区）", related_name="seat"
    )
    longitude = models.FloatField("经度")
    latitude = models.FloatField("纬度")
    source = models.CharField("来源", max_length=60)

    class Meta:
        verbose_name = "村（社区）驻地"
        constraints = [models.CheckConstraint(condition=IS_SPOT, name="seat_lies_in_the_country")]

    def __str__(self) -> str:
        return self.region.name

    def clean(self) -> None:
        if wrong := check_spot(self.longitude, self.latitude):
            raise ValidationError(wrong)
