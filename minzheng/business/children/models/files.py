"""Files of left-behind and distressed children, who looks after them, and the agreement with the carer (国发〔2016〕13号、36号)."""

from __future__ import annotations

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q

from minzheng.business.children.models.officers import Officer
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Group(models.TextChoices):
    LEFT_BEHIND = "left_behind", "农村留守儿童"
    DISTRESSED = "distressed", "困境儿童"
    MOVING = "moving", "流动儿童"
    ORPHAN = "orphan", "孤儿"
    UNATTENDED = "unattended", "事实无人抚养儿童"


class Risk(models.TextChoices):
    HIGH = "high", "高"
    MEDIUM = "medium", "中"
    LOW = "low", "低"


class FileState(models.TextChoices):
    DRAFT = "draft", "待乡镇核准"
    KEPT = "kept", "在册"
    CLOSED = "closed", "已销册"


@with_history
class ChildFile(models.Model):
    """One child's file in one village. Written by the village, approved by the township; visited by its grade of risk."""

    id = RowKey()
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="人员", null=True, blank=True, related_name="child_files"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    group = models.CharField("类别", max_length=12, choices=Group.choices)
    school = models.CharField("就读学校", max_length=60, blank=True)
    parents = models.CharField("父母情况", max_length=120, blank=True)
    carer_name = models.CharField("实际照护人", max_length=60)
    carer_relation = models.CharField("与孩子关系", max_length=20)
    carer_phone = EncryptedTextField("照护人电话", kind="phone", max_length=20, blank=True)
    risk = models.CharField("风险等级", max_length=6, choices=Risk.choices)
    risk_reason = models.CharField("评估理由", max_length=200)
    interviewed_on = models.DateField("入户日期")
    state = models.CharField("状态", max_length=8, choices=FileState.choices, default=FileState.DRAFT)
    approved_on = models.DateField("核准日期", null=True, blank=True)
    closed_on = models.DateField("销册日期", null=True, blank=True)
    close_reason = models.CharField("销册原因", max_length=120, blank=True)
    officer = models.ForeignKey(
        Officer, models.PROTECT, verbose_name="责任儿童主任", null=True, blank=True, related_name="files"
    )
    last_visit_on = models.DateField("最近走访", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "儿童档案"
        indexes = [
            models.Index(fields=["region", "id"], name="child_file_region"),
            models.Index(fields=["person"], name="child_file_person", condition=Q(person__isnull=False)),
        ]
        constraints = [
            UniqueNumber(Blind("id_no"), condition=~Q(state="closed"), name="one_open_child_file"),
        ]

    def __str__(self) -> str:
        return f"{self.name}的档案"

    def clean(self) -> None:
        """The number leads to the master record, if there is one."""
        link_person(self)


def link_person(row: ChildFile) -> None:
    row.person = Person.objects.filter(id_no=row.id_no).first() if row.id_no else None


@with_history
class CareAgreement(models.Model):
    """委托照护协议: parents who work away entrust the child to somebody able (未成年人保护法 第二十二条)."""

    id = RowKey()
    file = models.ForeignKey(ChildFile, models.PROTECT, verbose_name="档案", related_name="agreements")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    parent_name = models.CharField("委托人（父母）", max_length=60)
    parent_phone = EncryptedTextField("委托人电话", kind="phone", max_length=20)
    carer_name = models.CharField("被委托人", max_length=60)
    carer_id_no = EncryptedTextField("被委托人身份证号", kind="id_no", max_length=18)
    carer_relation = models.CharField("与孩子关系", max_length=20)
    signed_on = models.DateField("签订日期")
    until = models.DateField("到期日期")
    child_consents = models.BooleanField("已听取孩子的意见")
    ended_on = models.DateField("提前终止日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "委托照护协议"
        indexes = [models.Index(fields=["region", "id"], name="child_agreement_region")]
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("signed_on")), name="agreement_ends_after_start"),
        ]

    def __str__(self) -> str:
        return f"{self.carer_name}（{self.signed_on}）"

    def clean(self) -> None:
        if self.signed_on and self.until and self.until <= self.signed_on:
            raise ValidationError({"until": "到期日期应晚于签订日期，请对照协议核对。"})
