"""儿童主任 of the villages and 儿童督导员 of the townships: roster, training, and the yearly check for records of abuse."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Post(models.TextChoices):
    DIRECTOR = "director", "儿童主任"
    SUPERVISOR = "supervisor", "儿童督导员"


class Finding(models.TextChoices):
    CLEAR = "clear", "没有违法犯罪记录"
    RECORD = "record", "有记录，不得从事"


@with_history
class Officer(models.Model):
    """Somebody's time in one post. `region` is the village of a director, the township of a supervisor."""

    id = RowKey()
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    phone = EncryptedTextField("电话", kind="phone", max_length=20)
    post = models.CharField("岗位", max_length=10, choices=Post.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（乡镇）", related_name="+")
    since = models.DateField("任职日期")
    until = models.DateField("离任日期", null=True, blank=True)
    subsidy_fen = models.PositiveBigIntegerField("岗位补贴（每月）", default=0)
    remark = models.CharField("备注", max_length=120, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "儿童主任、督导员"
        indexes = [models.Index(fields=["region", "id"], name="child_officer_region")]
        constraints = [
            UniqueNumber(
                Blind("id_no"), "region", condition=Q(until__isnull=True), name="one_open_post_a_place"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gt=F("since")),
                name="child_officer_ends_after_start",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_post_display()}{self.name}"

    def check_until(self, on: dt.date) -> dt.date | None:
        """The last day on which the latest check clears this officer; None without one, or when it found a record."""
        latest = self.checks.filter(checked_on__lte=on).order_by("-checked_on", "-id").first()
        return latest.valid_until if latest is not None and latest.finding == Finding.CLEAR else None


@with_history
class RecordCheck(models.Model):
    """密切接触未成年人的人员每年查询 (未成年人保护法 第六十二条)."""

    officer = models.ForeignKey(Officer, models.PROTECT, verbose_name="查询对象", related_name="checks")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    checked_on = models.DateField("查询日期")
    finding = models.CharField("结果", max_length=8, choices=Finding.choices)
    valid_until = models.DateField("有效期至")
    reply_no = models.CharField("回函编号", max_length=60)

    class Meta:
        verbose_name = "入职和每年查询"
        indexes = [models.Index(fields=["region", "id"], name="record_check_region")]
        constraints = [
            models.UniqueConstraint(fields=["officer", "checked_on"], name="one_record_check_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.checked_on} {self.get_finding_display()}"


@with_history
class Training(models.Model):
    """A training that an officer took part in."""

    officer = models.ForeignKey(Officer, models.PROTECT, verbose_name="参训人", related_name="trainings")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    held_on = models.DateField("培训日期")
    subject = models.CharField("内容", max_length=120)
    hours = models.PositiveSmallIntegerField("学时")
    passed = models.BooleanField("考核合格", null=True, blank=True)

    class Meta:
        verbose_name = "培训"
        indexes = [models.Index(fields=["region", "id"], name="child_training_region")]
        constraints = [
            models.UniqueConstraint(fields=["officer", "held_on", "subject"], name="one_training_a_day"),
        ]

    def __str__(self) -> str:
        return f"{self.held_on} {self.subject}"


@with_history
class OpeningDay(models.Model):
    """儿童之家 open on a day: how long, how many children, what was done (S-125)."""

    home = models.ForeignKey(
        "facilities.Facility", models.PROTECT, verbose_name="儿童之家", related_name="opening_days"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    day = models.DateField("日期")
    hours = models.PositiveSmallIntegerField("开放小时")
    children = models.PositiveSmallIntegerField("到场儿童")
    activity = models.CharField("活动内容", max_length=120)

    class Meta:
        verbose_name = "儿童之家开放记录"
        indexes = [models.Index(fields=["region", "id"], name="opening_day_region")]
        constraints = [models.UniqueConstraint(fields=["home", "day"], name="one_opening_a_day")]

    def __str__(self) -> str:
        return f"{self.day}"
