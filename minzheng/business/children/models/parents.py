"""The father's and the mother's situation, dated: a release or a return is a new row, the old one stays (DC8)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.children.states import ParentState, Side
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


@with_history
class Parent(models.Model):
    """One parent of one child as known from `since` on. Empty fields are not known: the rules leave them undetermined."""

    id = RowKey()
    child = models.ForeignKey(Person, models.PROTECT, verbose_name="孩子", related_name="parents")
    side = models.CharField("父母", max_length=6, choices=Side.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    name = models.CharField("姓名", max_length=60, blank=True)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18, null=True, blank=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="父母本人", null=True, blank=True, related_name="children_of"
    )
    state = models.CharField("状况", max_length=16, choices=ParentState.choices)
    state_since = models.DateField("这种状况的起始日期", null=True, blank=True)
    term_months = models.PositiveSmallIntegerField("期限（月）", null=True, blank=True)
    disability_type = models.CharField("残疾类别", max_length=4, blank=True)
    disability_grade = models.CharField("残疾等级", max_length=4, blank=True)
    illness_listed = models.BooleanField("疾病在当地重病目录", null=True, blank=True)
    search_since = models.DateField("公安受理查找日期", null=True, blank=True)
    loss_proved = models.BooleanField("失联经走访评议认定", null=True, blank=True)
    caring = models.BooleanField("仍在履行抚养责任", null=True, blank=True)
    source = models.CharField("来源", max_length=60)
    since = models.DateField("登记为这种情况自")
    until = models.DateField("到（不含）", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "父母情况"
        indexes = [
            models.Index(fields=["region", "id"], name="children_parent_region"),
            models.Index(fields=["person"], name="children_parent_person", condition=Q(person__isnull=False)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["child", "side"], condition=Q(until__isnull=True), name="one_present_row_a_parent"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="parent_row_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_side_display()}：{self.get_state_display()}"
