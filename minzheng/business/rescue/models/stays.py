"""A stay at a station: of somebody who may be unknown, and who becomes a Person only when it is known who it is."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.accounts.models import User
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.documents.models import Document
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person, Sex
from minzheng.foundation.regions.models import Region


class Wing(models.TextChoices):
    """Men, women and minors are kept apart (国令381 第七条)."""

    MEN = "men", "男区"
    WOMEN = "women", "女区"
    BOYS = "boys", "未成年人区（男）"
    GIRLS = "girls", "未成年人区（女）"


class Source(models.TextChoices):
    SELF = "self", "本人求助"
    POLICE = "police", "公安机关护送"
    PATROL = "patrol", "街面巡查发现"
    CITIZEN = "citizen", "群众护送"
    HOSPITAL = "hospital", "医疗机构转送"
    STATION = "station", "其他救助站转来"


class Need(models.TextChoices):
    LOST = "lost", "走失、迷路"
    STRANDED = "stranded", "务工不着、投亲不遇"
    ROBBED = "robbed", "被偷、被抢、被骗"
    BEGGING = "begging", "流浪乞讨"
    ILL = "ill", "疑似精神障碍、智力障碍，说不清身份"
    OTHER = "other", "其他生活无着的情形"


class Identity(models.TextChoices):
    UNKNOWN = "unknown", "身份不明"
    STATED = "stated", "本人自述，未核实"
    VERIFIED = "verified", "已查明"


class StayState(models.TextChoices):
    IN_CARE = "in_care", "在站"
    HOSPITAL = "hospital", "送医救治"
    LEFT = "left", "已离站"


class Way(models.TextChoices):
    """How a stay ends."""

    TICKET = "ticket", "提供乘车凭证返乡"
    ESCORTED = "escorted", "工作人员护送返乡"
    COLLECTED = "collected", "亲属（监护人、单位）接回"
    OWN_WISH = "own_wish", "自愿离站"
    HOSPITAL = "hospital", "转入定点医疗、托养机构"
    PROTECTION = "protection", "移交未成年人保护机构"
    STATION = "station", "转其他救助站"
    SETTLED = "settled", "落户安置"
    DIED = "died", "在救助期间死亡"


@with_history
class Stay(models.Model):
    """One stay. `called` is what the person is called here; `person` stands only once `identity` is verified.

    `until` is the last day of the limit. Nobody is ever kept: leaving is open on every day of the stay. Of whoever died
    here, `left_on` is the day of death.
    """

    id = RowKey()
    number = models.CharField("救助编号", max_length=30, unique=True)
    station = models.ForeignKey(Facility, models.PROTECT, verbose_name="救助站", related_name="stays")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    wing = models.CharField("居住区", max_length=6, choices=Wing.choices)
    bed = models.CharField("床位号", max_length=10)
    called = models.CharField("姓名或代称", max_length=60)
    identity = models.CharField("身份", max_length=8, choices=Identity.choices, default=Identity.UNKNOWN)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="本人档案", null=True, blank=True, related_name="rescue_stays"
    )
    identity_basis = models.CharField("查明依据", max_length=120, blank=True)
    stated_id_no = EncryptedTextField("自述身份证号", kind="id_no", max_length=18, blank=True)
    stated_home = models.CharField("自述家庭住址", max_length=120, blank=True)
    sex = models.CharField("性别", max_length=1, choices=Sex.choices)
    age = models.PositiveSmallIntegerField("年龄（约）")
    is_disabled = models.BooleanField("残疾或行动不便", default=False)
    dialect = models.CharField("口音", max_length=40, blank=True)
    height_cm = models.PositiveSmallIntegerField("身高（厘米，约）", null=True, blank=True)
    features = EncryptedTextField("体貌特征", kind="text", max_length=1000)
    photo = models.ForeignKey(Document, models.PROTECT, null=True, blank=True, related_name="+")
    source = models.CharField("来源", max_length=8, choices=Source.choices)
    brought_by = models.CharField("护送单位（人）", max_length=60, blank=True)
    brought_no = models.CharField("移交文书", max_length=60, blank=True)
    found_on = models.DateField("发现日期")
    found_at = models.CharField("发现地点", max_length=120)
    need = models.CharField("求助原因", max_length=8, choices=Need.choices)
    arrived_on = models.DateField("入站日期")
    until = models.DateField("救助期限")
    told_by = models.CharField("告知书签收", max_length=20)
    belongings_by = models.CharField("物品清单签字", max_length=20, blank=True)
    received_by = models.ForeignKey(User, models.PROTECT, verbose_name="接待人", related_name="+")
    carer = models.ForeignKey(
        User, models.PROTECT, verbose_name="照料人", null=True, blank=True, related_name="+"
    )
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="later")
    state = models.CharField("状态", max_length=8, choices=StayState.choices, default=StayState.IN_CARE)
    left_on = models.DateField("离站日期", null=True, blank=True)
    way = models.CharField("离站方式", max_length=10, choices=Way.choices, blank=True)
    destination = models.CharField("去向", max_length=120, blank=True)
    care_region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="照料地", null=True, blank=True, related_name="+"
    )
    ticket = models.CharField("乘车凭证", max_length=60, blank=True)
    escorts = models.CharField("护送人员", max_length=60, blank=True)
    collector_name = models.CharField("接领人", max_length=60, blank=True)
    collector_relation = models.CharField("与本人关系", max_length=20, blank=True)
    collector_id_no = EncryptedTextField("接领人身份证号", kind="id_no", max_length=18, blank=True)
    collector_phone = EncryptedTextField("接领人电话", kind="phone", max_length=20, blank=True)
    left_note = models.CharField("离站说明", max_length=200, blank=True)
    death_no = models.CharField("死亡医学证明编号", max_length=60, blank=True)
    left_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "救助"
        indexes = [
            models.Index(fields=["region", "id"], name="stay_region"),
            models.Index(fields=["arrived_on", "id"], name="stay_arrived"),
            models.Index(fields=["until"], name="stay_open", condition=~Q(state="left")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state="left"), name="one_open_stay_per_person"
            ),
            models.UniqueConstraint(
                fields=["station", "wing", "bed"], condition=~Q(state="left"), name="one_rescued_in_a_bed"
            ),
            models.CheckConstraint(
                condition=(Q(wing__in=["men", "boys"]) & Q(sex="1"))
                | (Q(wing__in=["women", "girls"]) & Q(sex="2")),
                name="stay_apart_by_sex",
            ),
            models.CheckConstraint(
                condition=Q(identity="verified", person__isnull=False)
                | (~Q(identity="verified") & Q(person__isnull=True)),
                name="stay_known_has_its_person",
            ),
            models.CheckConstraint(
                condition=(~Q(state="left") & Q(left_on__isnull=True, way=""))
                | (Q(state="left", left_on__isnull=False) & ~Q(way="")),
                name="stay_left_says_how",
            ),
            models.CheckConstraint(
                condition=Q(until__gte=F("arrived_on"), arrived_on__gte=F("found_on")),
                name="stay_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_open(self) -> bool:
        return self.state != StayState.LEFT

    @property
    def is_unknown(self) -> bool:
        return self.identity != Identity.VERIFIED

    @property
    def persons(self) -> tuple[int, ...]:
        """Whom a look at this stay is a look at; nobody yet, while it is not known who it is."""
        return (self.person_id,) if self.person_id else ()

    def days(self, today: dt.date) -> int:
        """Days in the station's care, the day of arrival counted as one."""
        return ((self.left_on or today) - self.arrived_on).days + 1

    def days_left(self, today: dt.date) -> int:
        return (self.until - today).days


@with_history
class Belonging(models.Model):
    """One thing that somebody brought along, kept for them and given back."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="belongings")
    what = models.CharField("物品", max_length=60)
    count = models.PositiveIntegerField("数量", default=1)
    returned_on = models.DateField("返还日期", null=True, blank=True)
    returned_to = models.CharField("领取人", max_length=60, blank=True)

    class Meta:
        verbose_name = "随身物品"

    def __str__(self) -> str:
        return f"{self.what}×{self.count}"


class HealthKind(models.TextChoices):
    ARRIVAL = "arrival", "入站检查"
    ILLNESS = "illness", "在站就诊"
    EMERGENCY = "emergency", "急救送医"


@with_history
class HealthCheck(models.Model):
    """What was found about somebody's health, and where they were taken."""

    id = RowKey()
    stay = models.ForeignKey(Stay, models.PROTECT, related_name="health")
    on = models.DateField("日期")
    kind = models.CharField("种类", max_length=10, choices=HealthKind.choices)
    finding = EncryptedTextField("情况", kind="text", max_length=1000)
    hospital = models.CharField("医疗机构", max_length=60, blank=True)
    by = models.ForeignKey(User, models.PROTECT, related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "健康检查"

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.on}"


@with_history
class Extension(models.Model):
    """A longer stay, asked for by the station and decided by the county, by another person."""

    stay = models.ForeignKey(Stay, models.PROTECT, related_name="extensions")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    days = models.PositiveSmallIntegerField("延长几日")
    reason = models.CharField("原因", max_length=200)
    asked_by = models.ForeignKey(Person, models.PROTECT, verbose_name="申请人", related_name="+")
    asked_on = models.DateField("申请日期")
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    decided_on = models.DateField("决定日期", null=True, blank=True)
    granted = models.BooleanField("同意", null=True, blank=True)
    note = models.CharField("意见", max_length=200, blank=True)

    class Meta:
        verbose_name = "延期救助"
        constraints = [
            models.UniqueConstraint(
                fields=["stay"], condition=Q(granted__isnull=True), name="one_waiting_extension_per_stay"
            ),
            models.CheckConstraint(
                condition=Q(granted__isnull=True)
                | (Q(decided_by__isnull=False) & ~Q(decided_by=F("asked_by"))),
                name="extension_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.stay} +{self.days}"
