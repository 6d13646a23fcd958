"""A mistake of an officer: how it was made good, and whether the officer answers for it (容错纠错, S-067)."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    OPEN = "open", "待纠正"
    MENDED = "mended", "已纠正，待决定"
    EXEMPT = "exempt", "予以容错免责"
    ANSWERS = "answers", "不予免责"


class Found(models.TextChoices):
    SPOT = "spot", "抽查发现"
    SELF = "self", "主动报告"
    AUDIT = "audit", "审计、巡察"
    PUBLIC = "public", "群众反映"
    DATA = "data", "数据比对"


@with_history
class Correction(models.Model):
    """Written by one officer, decided by another, who is not the one it is about either."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    case = models.ForeignKey(
        Case, models.PROTECT, verbose_name="办件", null=True, blank=True, related_name="corrections"
    )
    case_number = models.CharField("办件编号", max_length=30, blank=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        verbose_name="经办人",
        null=True,
        blank=True,
        related_name="+",
    )
    officer_login = models.CharField("经办人登录名", max_length=60)
    found = models.CharField("怎样发现的", max_length=8, choices=Found.choices)
    found_on = models.DateField("发现日期")
    mistake = models.CharField("出了什么错", max_length=300)
    good_faith = models.CharField("当时为什么这样办", max_length=300)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.OPEN)
    mended_on = models.DateField("纠正日期", null=True, blank=True)
    mending = models.CharField("怎样纠正的", max_length=300, blank=True)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="登记人", null=True, related_name="+")
    decided_by = models.ForeignKey(
        Person, models.PROTECT, verbose_name="决定人", null=True, blank=True, related_name="+"
    )
    decided_on = models.DateField("决定日期", null=True, blank=True)
    why = models.CharField("决定理由", max_length=300, blank=True)

    class Meta:
        app_label = "assistance"
        verbose_name = "容错纠错"
        indexes = [models.Index(fields=["region", "id"], name="correction_region")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=F("maker")),
                name="exemption_by_two_persons",
            ),
            models.CheckConstraint(
                condition=Q(state__in=["open", "mended"]) | Q(decided_by__isnull=False),
                name="exemption_is_decided",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.found_on} {self.get_found_display()}"

    def clean(self) -> None:
        from django.contrib.auth import get_user_model
        from django.core.exceptions import ValidationError

        self.officer = get_user_model().objects.filter(username=self.officer_login.strip()).first()
        self.case = Case.objects.filter(number=self.case_number.strip()).first() if self.case_number else None
        wrong = {}
        if self.officer is None:
            wrong["officer_login"] = "没有这个登录名，请核对。"
        if self.case_number and self.case is None:
            wrong["case_number"] = "没有这个编号的办件，请核对。"
        if self.state != State.OPEN:
            wrong["mistake"] = "已经纠正的不能再改，另有情况的另行登记。"
        if wrong:
            raise ValidationError(wrong)
