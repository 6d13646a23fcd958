"""Master records: one row a person, households as dated sets of people, facts with source and date (DC8)."""

from __future__ import annotations

import datetime as dt

from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Sex(models.TextChoices):
    """GB/T 2261.1."""

    UNKNOWN = "0", "未知"
    MALE = "1", "男"
    FEMALE = "2", "女"
    UNSTATED = "9", "未说明"


@with_history
class Person(models.Model):
    """One human being. Never deleted, only ended (DC8)."""

    id = RowKey()
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18, null=True, blank=True)
    name = models.CharField("姓名", max_length=60)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices, default=Sex.UNKNOWN)
    birth_date = models.DateField("出生日期", null=True, blank=True)
    ethnic = models.CharField("民族", max_length=2, blank=True)
    phone = EncryptedTextField("手机号码", kind="phone", max_length=20, blank=True)
    bank_name = models.CharField("开户银行", max_length=60, blank=True)
    bank_account = EncryptedTextField("银行账号", kind="bank_account", max_length=30, blank=True)
    hukou_region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="户籍地", null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="居住地", related_name="people")
    address = models.CharField("住址", max_length=120, blank=True)
    died_on = models.DateField("死亡日期", null=True, blank=True)
    created_at = models.DateTimeField("建档时间", auto_now_add=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "人员"
        constraints = [UniqueNumber(Blind("id_no"), name="one_person_per_id_no")]
        indexes = [
            models.Index(fields=["region", "id"], name="person_region"),
            models.Index(Blind("phone"), name="person_phone", condition=~Q(phone="")),
            GinIndex(fields=["name"], name="person_name_trgm", opclasses=["gin_trgm_ops"]),
        ]

    def __str__(self) -> str:
        return self.name

    def is_alive_on(self, date: dt.date) -> bool:
        return self.died_on is None or self.died_on > date


class Category(models.TextChoices):
    URBAN = "urban", "城镇"
    RURAL = "rural", "农村"


@with_history
class Household(models.Model):
    """A family as a benefit sees it: who lives on one purse. Members come and go by date."""

    region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="所在村（社区）", related_name="households"
    )
    category = models.CharField("城乡", max_length=5, choices=Category.choices)
    head = models.ForeignKey(Person, models.PROTECT, verbose_name="户主", related_name="+")
    address = models.CharField("住址", max_length=120, blank=True)
    since = models.DateField("建档日期")
    until = models.DateField("终止日期", null=True, blank=True)

    class Meta:
        verbose_name = "家庭"
        indexes = [models.Index(fields=["region", "id"], name="household_region")]

    def __str__(self) -> str:
        return f"{self.head.name}户"

    def members_on(self, date: dt.date) -> models.QuerySet[Membership]:
        """Memberships in force that day, the head first."""
        return (
            self.memberships.filter(Q(since__lte=date), Q(until__isnull=True) | Q(until__gt=date))
            .select_related("person")
            .order_by("order", "id")
        )


@with_history
class Membership(models.Model):
    """One person's time in one household. `relation` is to the head (GB/T 4761)."""

    household = models.ForeignKey(Household, models.CASCADE, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")
    relation = models.CharField("与户主关系", max_length=20)
    order = models.SmallIntegerField("次序", default=0)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "家庭成员"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_open_household_per_person"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=models.F("since")),
                name="membership_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.household_id}–{self.person_id} {self.relation}"


class FactSheet(models.Model):
    """What one source says about one person or one household on one day: {fact name: value}.

    A sheet rather than a row per fact: a province has a few sheets a person instead of hundreds of rows, and
    everything one source said together stays together. Names and units are those of facts.yaml; money is fen.
    The value in force is that of the latest sheet whose days include the asked one (people/facts.py).
    """

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="fact_sheets")
    household = models.ForeignKey(
        Household, models.PROTECT, null=True, blank=True, related_name="fact_sheets"
    )
    values = models.JSONField("内容")
    source = models.CharField("来源", max_length=60)
    since = models.DateField("起")
    until = models.DateField("止", null=True, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "事实"
        constraints = [
            models.CheckConstraint(
                condition=Q(person__isnull=False, household__isnull=True)
                | Q(person__isnull=True, household__isnull=False),
                name="fact_sheet_is_about_one_subject",
            )
        ]
        indexes = [
            models.Index(fields=["person", "since"], name="fact_person"),
            models.Index(fields=["household", "since"], name="fact_household"),
        ]

    def __str__(self) -> str:
        return f"{self.source} {self.since}"


class LifeEventKind(models.TextChoices):
    DEATH = "death", "死亡"
    BIRTH = "birth", "出生"
    MARRIAGE = "marriage", "结婚"
    DIVORCE = "divorce", "离婚"
    MOVE = "move", "迁移"
    PRISON = "prison", "入狱或强制隔离戒毒"
    RELEASE = "release", "释放"
    DISABILITY = "disability", "残疾等级变化"
    EMPLOYMENT = "employment", "就业"
    GRADUATION = "graduation", "毕业"
    ADOPTION = "adoption", "收养"
    DISSOLUTION = "dissolution", "解除收养"


# Who was adopted is nobody's business but the register's (民法典 第一千一百一十条): no other page lists these.
SEALED_EVENTS = (LifeEventKind.ADOPTION, LifeEventKind.DISSOLUTION)


@with_history
class LifeEvent(models.Model):
    """Something that happened to a person; its effects are the handlers' business (handbook 0.7)."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="life_events")
    kind = models.CharField("事件", max_length=12, choices=LifeEventKind.choices)
    happened_on = models.DateField("发生日期")
    source = models.CharField("来源", max_length=60)
    detail = models.JSONField("详情", default=dict, blank=True)
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    undone_on = models.DateField("撤销日期", null=True, blank=True)  # foundation/life_events

    class Meta:
        verbose_name = "生命事件"
        constraints = [
            models.UniqueConstraint(
                fields=["person", "kind", "happened_on"],
                condition=Q(undone_on=None),
                name="one_life_event_a_day",
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.happened_on}"
