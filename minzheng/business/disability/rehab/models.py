"""One person's time in community rehabilitation."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Level(models.TextChoices):
    """How much help daily life takes; assessed at the beginning and each quarter (local default, U)."""

    LIGHT = "light", "基本自理"
    MEDIUM = "medium", "需要督促和帮助"
    HEAVY = "heavy", "需要专人照护"


@with_history
class Rehab(models.Model):
    """The plan is sealed: it tells of an illness. `next_check` is the day by which the quarterly check is due."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="服务对象", related_name="rehabs")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    case = models.OneToOneField(Case, models.PROTECT, verbose_name="办件", related_name="rehab")
    provider = models.ForeignKey(Organisation, models.PROTECT, verbose_name="服务机构", related_name="rehabs")
    level = models.CharField("康复等级", max_length=6, choices=Level.choices)
    plan = EncryptedTextField("康复计划", kind="note", max_length=1000)
    since = models.DateField("开始日期")
    until = models.DateField("结束日期", null=True, blank=True)
    ended_for = models.CharField("结束原因", max_length=60, blank=True)
    last_check = models.DateField("最近复评", null=True, blank=True)
    next_check = models.DateField("下次复评不晚于")

    objects = RowKeyManager()

    class Meta:
        app_label = "disability"
        verbose_name = "精神障碍社区康复"
        indexes = [
            models.Index(fields=["region", "id"], name="rehab_region"),
            models.Index(fields=["next_check"], name="rehab_due", condition=Q(until__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_open_rehab_a_person"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="rehab_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return self.get_level_display()
