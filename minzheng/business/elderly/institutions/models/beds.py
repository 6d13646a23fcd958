"""Beds, who lies in them from when to when, and that nobody is cared for in two places at once."""

from __future__ import annotations

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from minzheng.business.elderly.institutions.models.homes import Home
from minzheng.business.elderly.institutions.models.residents import Resident
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person

# Degrees of loss of ability (GB/T 42195): 0 能力完好 … 4 完全失能. A nursing bed is for 2 (中度) and worse.
LEVELS = ((0, "能力完好"), (1, "轻度失能"), (2, "中度失能"), (3, "重度失能"), (4, "完全失能"))


def days(first: str, end: str) -> Func:
    """From the first day to the day before `end`."""
    return Func(F(first), F(end), Value("[)"), function="daterange")


class BedKind(models.TextChoices):
    PLAIN = "plain", "普通"
    NURSING = "nursing", "护理型"
    DEMENTIA = "dementia", "认知障碍"


class BedState(models.TextChoices):
    FREE = "free", "空闲"
    RESERVED = "reserved", "预订"
    OCCUPIED = "occupied", "入住"
    CLOSED = "closed", "停用"


@with_history
class Bed(models.Model):
    """One bed. `is_tekun`: built or kept for people on tekun support (S-090). `project`: what it was built under."""

    home = models.ForeignKey(Home, models.PROTECT, verbose_name="养老机构", related_name="beds")
    number = models.CharField("床号", max_length=20)
    kind = models.CharField("类型", max_length=8, choices=BedKind.choices)
    state = models.CharField("状态", max_length=8, choices=BedState.choices, default=BedState.FREE)
    is_tekun = models.BooleanField("特困供养床位", default=False)
    project = models.CharField("建设项目", max_length=60, blank=True)
    opened_on = models.DateField("启用日期")
    closed_on = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        verbose_name = "床位"
        constraints = [
            models.UniqueConstraint(
                fields=["home", "number"],
                name="one_bed_of_a_number",
                violation_error_message="这个床号已经登记过，请换一个床号。",
            ),
            models.CheckConstraint(
                condition=Q(closed_on__isnull=True) ^ Q(state="closed"), name="closed_bed_has_its_day"
            ),
        ]
        indexes = [models.Index(fields=["home", "state"], name="bed_state")]

    def __str__(self) -> str:
        return self.number


@with_history
class Stay(models.Model):
    """Whole days in a bed at one grade of ability: from `since` to the day before `until`. Subsidies count these days.

    A new assessment ends the stay and begins the next one in the same bed, so that each day keeps the grade it was paid at.
    """

    bed = models.ForeignKey(Bed, models.PROTECT, related_name="stays")
    resident = models.ForeignKey(Resident, models.PROTECT, related_name="stays")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="入住老人", related_name="+")
    level = models.SmallIntegerField("能力等级", choices=LEVELS, null=True, blank=True)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "床位使用"
        indexes = [models.Index(fields=["resident", "since"], name="stay_resident")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")), name="stay_ends_after_start"
            ),
            ExclusionConstraint(
                name="one_person_in_a_bed",
                expressions=[
                    ("bed", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
            ExclusionConstraint(
                name="one_bed_for_a_person",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.bed_id} {self.since}"


@with_history
class CarePlace(models.Model):
    """Where somebody is cared for by the bed: in an institution or in a bed at home (家庭养老床位), never both."""

    class Kind(models.TextChoices):
        INSTITUTION = "institution", "入住养老机构"
        HOME_BED = "home_bed", "家庭养老床位"

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="+")
    kind = models.CharField("方式", max_length=12, choices=Kind.choices)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "照护方式"
        constraints = [
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="care_place_ends_after_start"
            ),
            ExclusionConstraint(
                name="cared_for_in_one_place",
                expressions=[
                    ("person", RangeOperators.EQUAL),
                    (days("since", "until"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.since}"
