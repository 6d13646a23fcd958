"""Who received what from a charity project (情暖夕阳 S-074, 护佑健康 S-075)."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.named import Named
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.registry.words import shelf

CHARITY = "charity"


class Projects:
    """(code, 中文) of the declared charity projects of every line; listed late, when all have declared their own."""

    def __iter__(self) -> Iterator[tuple[str, str]]:
        return iter([(one.code, one.title) for one in shelf(Programme) if one.kind == CHARITY])

    def __len__(self) -> int:
        return len(list(iter(self))) or 1


PROJECTS = Projects()


class State(models.TextChoices):
    PROPOSED = "proposed", "待核定"
    APPROVED = "approved", "已核定"
    REFUSED = "refused", "不予资助"


@with_history
class CharityAid(Named):
    """One person in one project and year. `also_helped`: other help for the same need in the year, and why it is no double."""

    project = models.CharField("项目", max_length=40)
    year = models.PositiveSmallIntegerField("年度")
    need = models.CharField("困难情况", max_length=200)
    amount_fen = models.PositiveBigIntegerField("资助金额")
    fund = models.CharField("资金来源", max_length=60)
    also_helped = models.CharField("同年其他资助和说明", max_length=200, blank=True)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.PROPOSED)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="提出人", null=True, related_name="+")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="核定人", null=True, blank=True, related_name="+"
    )
    given_on = models.DateField("资助日期", null=True, blank=True)
    receipt = models.CharField("签收凭证号", max_length=40, blank=True)

    class Meta:
        app_label = "assistance"
        verbose_name = "慈善项目受益人"
        indexes = [
            models.Index(fields=["region", "id"], name="charity_aid_region"),
            models.Index(fields=["project", "year"], name="charity_aid_project"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(checker__isnull=True) | ~Q(checker=models.F("maker")),
                name="charity_aid_by_two_persons",
            ),
            models.UniqueConstraint(
                fields=["person", "project", "year"],
                condition=~Q(state="refused") & Q(person__isnull=False),
                name="one_aid_a_project_and_year",
                violation_error_message="这个人今年在这个项目里已经登记过，不能重复资助。",
            ),
        ]

    @property
    def title(self) -> str:
        return dict(PROJECTS).get(self.project, self.project)

    def clean(self) -> None:
        super().clean()
        if self.person is None:
            raise ValidationError({"id_no": "人员库里没有这个身份证号，请先在人员台账登记。"})
        if self.project not in dict(PROJECTS):
            raise ValidationError({"project": "没有这个项目，请从列出的慈善项目中选。"})
        if self.state != State.PROPOSED:
            raise ValidationError("已经核定的不能修改。")
        year = self.year or timezone.localdate().year
        others = CharityAid.objects.filter(person=self.person, year=year).exclude(pk=self.pk)
        if (
            others.exclude(project=self.project).exclude(state=State.REFUSED).exists()
            and not self.also_helped
        ):
            raise ValidationError(
                {"also_helped": "这个人今年已受其他慈善项目资助。请写明是什么资助、为什么不算重复。"}
            )
