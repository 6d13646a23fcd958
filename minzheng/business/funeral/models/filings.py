"""Eco-burials (F2), bodies brought in from elsewhere (F3), agents (F5), councils (S-160), memorials (S-158)."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.models import Case
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Method(models.TextChoices):
    SEA = "sea", "海葬"
    TREE = "tree", "树葬"
    FLOWER = "flower", "花葬"
    LAWN = "lawn", "草坪葬"
    DEEP = "deep", "深埋不留坟头"


@with_history
class EcoBurial(models.Model):
    """One eco-burial, as it was verified (F2), and the reward to the family; once a death."""

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="逝者", related_name="eco_burial")
    family = models.ForeignKey(Person, models.PROTECT, verbose_name="领取补贴的家属", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, verbose_name="办件", related_name="+")
    method = models.CharField("方式", max_length=8, choices=Method.choices)
    done_on = models.DateField("安葬日期")
    proof_no = models.CharField("安葬证明编号", max_length=60)
    decided_on = models.DateField("核定日期")
    reward_fen = models.PositiveIntegerField("奖补金额")
    entitlement = models.OneToOneField(Entitlement, models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "生态安葬"
        indexes = [models.Index(fields=["region", "id"], name="eco_region")]

    def __str__(self) -> str:
        return f"{self.get_method_display()} {self.done_on}"


@with_history
class Transport(models.Model):
    """A body comes from elsewhere: the destination's civil affairs has agreed to receive it (F3)."""

    person_name = models.CharField("逝者姓名", max_length=60)
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="逝者", related_name="+")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="接收地", related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, verbose_name="办件", related_name="+")
    from_place = models.CharField("运出地", max_length=60)
    to_home = models.ForeignKey(Facility, models.PROTECT, verbose_name="接收的殡仪馆", related_name="+")
    certificate_no = models.CharField("死亡证明编号", max_length=60)
    issued_on = models.DateField("开具日期")

    class Meta:
        verbose_name = "遗体异地运输接收"
        indexes = [models.Index(fields=["region", "id"], name="transport_region")]
        constraints = [
            models.UniqueConstraint(fields=["person", "certificate_no"], name="one_transport_per_death")
        ]

    def __str__(self) -> str:
        return f"{self.from_place}—{self.person_name}"


@with_history
class Agent(models.Model):
    """An agency of funeral services filed with the county; the filing holds for a year (F5)."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="代理机构", related_name="funeral_filings"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="备案地", related_name="+")
    services = models.CharField("代理服务", max_length=200)
    filed_on = models.DateField("备案日期")
    valid_until = models.DateField("备案有效期至")
    struck_reason = models.CharField("注销原因", max_length=120, blank=True)

    class Meta:
        verbose_name = "殡葬代理备案"
        indexes = [models.Index(fields=["region", "id"], name="agent_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["organisation", "region"], condition=Q(struck_reason=""), name="one_filing_per_agent"
            )
        ]

    def __str__(self) -> str:
        return self.organisation.name


@with_history
class Council(models.Model):
    """红白理事会 of a village: who keeps weddings and funerals frugal, and by which rules (S-160)."""

    region = models.OneToOneField(
        Region, models.PROTECT, verbose_name="村（社区）", related_name="custom_council"
    )
    head_name = models.CharField("会长", max_length=60)
    members = models.PositiveSmallIntegerField("成员人数")
    founded_on = models.DateField("成立日期")
    charter_on = models.DateField("章程通过日期", null=True, blank=True)
    limits = models.CharField("宴席、礼金约定", max_length=200, blank=True)
    filed_on = models.DateField("备案日期", null=True, blank=True)

    class Meta:
        verbose_name = "红白理事会"

    def __str__(self) -> str:
        return f"{self.region.name}红白理事会"


def new_token() -> str:
    return secrets.token_urlsafe(12)


class MemorialState(models.TextChoices):
    WAITING = "waiting", "待审核"
    OPEN = "open", "已开放"
    HIDDEN = "hidden", "未通过"


@with_history
class Memorial(models.Model):
    """An online memorial, opened by the family, moderated, found by whoever was given its address."""

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="逝者", related_name="memorial")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    token = models.CharField("地址码", max_length=24, unique=True, default=new_token)
    story = models.TextField("生平与寄语", max_length=1000)
    opened_by = models.ForeignKey(Person, models.PROTECT, verbose_name="家属", related_name="+")
    opened_on = models.DateField("申请日期")
    state = models.CharField(
        "状态", max_length=8, choices=MemorialState.choices, default=MemorialState.WAITING
    )
    reason = models.CharField("意见", max_length=120, blank=True)

    class Meta:
        verbose_name = "网络祭扫"
        indexes = [models.Index(fields=["region", "id"], name="memorial_region")]

    def __str__(self) -> str:
        return self.person.name


class TributeKind(models.TextChoices):
    CANDLE = "candle", "点烛"
    FLOWER = "flower", "献花"
    WORDS = "words", "留言"


@with_history
class Tribute(models.Model):
    """A candle, a flower or words; words are shown once somebody has read them."""

    memorial = models.ForeignKey(Memorial, models.CASCADE, related_name="tributes")
    kind = models.CharField("方式", max_length=8, choices=TributeKind.choices)
    by = models.ForeignKey(Person, models.PROTECT, verbose_name="祭扫人", related_name="+")
    words = models.CharField("留言", max_length=200, blank=True)
    on = models.DateField("日期")
    state = models.CharField("状态", max_length=8, choices=MemorialState.choices, default=MemorialState.OPEN)

    class Meta:
        verbose_name = "祭扫"
        constraints = [
            models.UniqueConstraint(
                fields=["memorial", "by", "kind", "on"],
                condition=~Q(kind="words"),
                name="one_candle_a_day",
            )
        ]

    def __str__(self) -> str:
        return self.get_kind_display()
