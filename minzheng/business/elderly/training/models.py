"""Courses at training bases, and who took them."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Trade(models.TextChoices):
    DIRECTOR = "director", "养老院院长"
    CARER = "carer", "养老护理员"
    SOCIAL_WORKER = "social", "老年社会工作者"
    ASSESSOR = "assessor", "能力评估员"


@with_history
class Course(models.Model):
    """One class of a base, for one trade."""

    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="培训基地", related_name="training_courses"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="基地所在地", related_name="+")
    title = models.CharField("班次", max_length=100)
    trade = models.CharField("岗位", max_length=8, choices=Trade.choices)
    since = models.DateField("开班")
    until = models.DateField("结业")
    hours = models.PositiveSmallIntegerField("课时")

    class Meta:
        app_label = "elderly"
        verbose_name = "养老培训班"
        indexes = [models.Index(fields=["region", "id"], name="course_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gte=F("since")), name="course_ends_after_start")
        ]

    def __str__(self) -> str:
        return self.title


@with_history
class Trainee(models.Model):
    """One person in one course; `points` of 100 once examined; `certificate` when the course was passed."""

    id = RowKey()
    course = models.ForeignKey(Course, models.PROTECT, verbose_name="班次", related_name="trainees")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="基地所在地", related_name="+")
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("身份证号", kind="id_no", max_length=18)
    employer = models.CharField("工作单位", max_length=100, blank=True)
    points = models.PositiveSmallIntegerField("考核得分", null=True, blank=True)
    passed_on = models.DateField("结业日期", null=True, blank=True)
    certificate = models.ForeignKey(
        Issued, models.PROTECT, verbose_name="结业证", null=True, blank=True, related_name="+"
    )

    objects = RowKeyManager()

    class Meta:
        app_label = "elderly"
        verbose_name = "养老培训学员"
        indexes = [models.Index(fields=["region", "id"], name="trainee_region")]
        constraints = [
            UniqueNumber("course", Blind("id_no"), name="once_in_a_course"),
            models.CheckConstraint(
                condition=Q(points__isnull=True) | Q(points__lte=100), name="trainee_points_of_100"
            ),
        ]

    def __str__(self) -> str:
        return self.name
