"""Nouns of social assistance that the foundation lacks: how a 特困人员 is cared for, and what was drawn for a spot check."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.business.assistance.charity.models import CharityAid
from minzheng.business.assistance.corrections.models import Correction
from minzheng.business.assistance.library.models import PolicyDocument
from minzheng.business.assistance.poor.models import RegisteredPoor
from minzheng.business.assistance.referrals.models import Referral
from minzheng.business.assistance.relative.models import Study, StudyPlace
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region

__all__ = [
    "Ability",
    "CareAgreement",
    "CharityAid",
    "Correction",
    "Label",
    "Place",
    "PolicyDocument",
    "Recognition",
    "Referral",
    "RegisteredPoor",
    "SpotDraw",
    "Study",
    "StudyPlace",
    "Support",
]


class Place(models.TextChoices):
    """供养方式; stored as the entitlement's grade too, which one-off payments read (取暖补助)."""

    COLLECTIVE = "集中供养", "集中供养"
    SCATTERED = "分散供养", "分散供养"


class Ability(models.TextChoices):
    """Six things of daily life: none failed, some, four or more (民发〔2021〕43号)."""

    ABLE = "able", "全自理"
    PARTLY = "partly", "部分丧失自理能力"
    UNABLE = "unable", "完全丧失自理能力"


@with_history
class Support(models.Model):
    """How one 特困人员 is supported: where, by which self-care grade and since which month it is paid.

    `waiting_since`: wants a place in an institution and has none yet (应养尽养, S-043). Runs as long as its entitlement.
    """

    entitlement = models.OneToOneField(Entitlement, models.PROTECT, related_name="support")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="特困人员", related_name="supports")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    place = models.CharField("供养方式", max_length=10, choices=Place.choices)
    place_since = models.DateField("现方式起始日")
    home = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="供养服务机构", null=True, blank=True, related_name="+"
    )
    ability = models.CharField("自理能力", max_length=10, choices=Ability.choices)
    failures = models.SmallIntegerField("不能自主完成的项数")
    ability_since = models.DateField("现等级起发月")
    waiting_since = models.DateField("轮候起始日", null=True, blank=True)

    class Meta:
        verbose_name = "特困供养"
        constraints = [
            models.CheckConstraint(
                condition=Q(home__isnull=True) | Q(place=Place.COLLECTIVE), name="at_home_in_no_institution"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="support_region"),
            models.Index(fields=["region"], name="support_waiting", condition=Q(waiting_since__isnull=False)),
        ]

    def __str__(self) -> str:
        return f"{self.get_place_display()}·{self.get_ability_display()}"


@with_history
class CareAgreement(models.Model):
    """委托照料协议 (S-042): who looks after a scattered 特困人员, from when, and what was agreed."""

    support = models.ForeignKey(Support, models.PROTECT, verbose_name="特困人员", related_name="agreements")
    carer = models.ForeignKey(Person, models.PROTECT, verbose_name="照料人", related_name="care_agreements")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    relation = models.CharField("与特困人员的关系", max_length=40)
    duties = models.CharField("照料内容", max_length=300)
    signed_on = models.DateField("签订日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    end_reason = models.CharField("终止原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "委托照料协议"
        indexes = [models.Index(fields=["region", "id"], name="care_agreement_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["support"], condition=Q(ended_on__isnull=True), name="one_care_agreement_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(ended_on__isnull=True) | Q(ended_on__gte=models.F("signed_on")),
                name="care_agreement_ends_after_signing",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.carer.name}照料"


@with_history
class SpotDraw(models.Model):
    """One drawing of lots: is this case to be visited by the county? Seed and number are kept, so anyone can redo it.

    The number is sha256("seed:case number") mod 100; below `percent` it is chosen. `forced`: chosen because otherwise
    the county's share of the year would have fallen below `percent`.
    """

    case = models.ForeignKey(Case, models.PROTECT, verbose_name="办件", related_name="spot_draws")
    kind = models.CharField("抽查种类", max_length=20)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    drawn_on = models.DateField("抽取日期")
    seed = models.CharField("随机种子", max_length=32)
    number = models.SmallIntegerField("抽签号（0–99）")
    percent = models.SmallIntegerField("抽查比例（%）")
    forced = models.BooleanField("为达到比例补抽", default=False)
    chosen = models.BooleanField("抽中")
    finding = models.CharField("核查结果", max_length=20, blank=True)
    checked_on = models.DateField("核查日期", null=True, blank=True)

    class Meta:
        verbose_name = "抽查"
        indexes = [models.Index(fields=["kind", "region", "drawn_on"], name="spot_draw_place")]
        constraints = [
            models.UniqueConstraint(fields=["case", "kind"], name="a_case_is_drawn_once"),
            models.CheckConstraint(condition=Q(number__range=(0, 99)), name="spot_number_is_a_percentile"),
        ]

    def __str__(self) -> str:
        return "抽中" if self.chosen else "未抽中"


class Label(models.TextChoices):
    """Statuses without money. The older wording stays findable (seed 001: 低收入户, 支出型贫困家庭)."""

    EDGE = "edge", "低保边缘家庭（原称低收入户）"
    RIGID = "rigid", "刚性支出困难家庭（原称支出型贫困家庭）"


@with_history
class Recognition(models.Model):
    """A family's status from a day on; `until` is the first day without it, at most a year later."""

    household = models.ForeignKey(Household, models.PROTECT, verbose_name="家庭", related_name="recognitions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    label = models.CharField("类别", max_length=10, choices=Label.choices)
    case = models.OneToOneField(Case, models.PROTECT, verbose_name="办件", related_name="recognition")
    since = models.DateField("认定日期")
    until = models.DateField("有效期至（不含）")
    end_reason = models.CharField("终止原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "困难家庭认定"
        indexes = [models.Index(fields=["region", "id"], name="recognition_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(until__gte=models.F("since")), name="recognition_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.get_label_display()
