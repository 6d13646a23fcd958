"""A home (养老机构), and who works there (养老机构管理办法 民政部令第66号)."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history


class Ownership(models.TextChoices):
    PUBLIC = "public", "公办"
    PUBLIC_RUN_PRIVATELY = "public_private", "公建民营"
    PRIVATE = "private", "民办"


class FilingState(models.TextChoices):
    NONE = "none", "未备案"
    FILED = "filed", "已备案"
    CHANGED = "changed", "变更待重新备案"


class FireState(models.TextChoices):
    PASSED = "passed", "验收（备案）合格"
    RETROFIT = "retrofit", "整改中"
    FAILED = "failed", "不合格"


@with_history
class Home(models.Model):
    """What the department keeps of a home beyond the facility that it is. `grade` is of 1 to 5 (GB/T 37276), 0: not rated."""

    facility = models.OneToOneField(Facility, models.PROTECT, primary_key=True, related_name="home")
    ownership = models.CharField("性质", max_length=16, choices=Ownership.choices)
    is_profit = models.BooleanField("营利性", default=False)
    filing = models.CharField("备案", max_length=8, choices=FilingState.choices, default=FilingState.NONE)
    filed_on = models.DateField("备案日期", null=True, blank=True)
    is_filed_late = models.BooleanField("逾期备案", default=False)
    first_admission_on = models.DateField("首次收住日期", null=True, blank=True)
    fire = models.CharField("消防", max_length=8, choices=FireState.choices, default=FireState.PASSED)
    food_permit_no = models.CharField("食品经营许可证号", max_length=40, blank=True)
    food_permit_until = models.DateField("食品经营许可有效期至", null=True, blank=True)
    grade = models.PositiveSmallIntegerField("等级", default=0)
    grade_until = models.DateField("等级有效期至", null=True, blank=True)
    chain = models.CharField("连锁品牌", max_length=60, blank=True)
    chain_verified_on = models.DateField("连锁网点核实日期", null=True, blank=True)
    monthly_bed_fee_fen = models.BigIntegerField("月床位费（分）", default=0)

    class Meta:
        verbose_name = "养老机构"
        constraints = [
            models.CheckConstraint(condition=Q(grade__lte=5), name="home_grade_is_of_five"),
            models.CheckConstraint(
                condition=Q(filing="none") | Q(filed_on__isnull=False), name="filed_home_has_its_day"
            ),
        ]

    def __str__(self) -> str:
        return self.facility.name

    @property
    def region_id(self) -> str:
        return self.facility.region_id


@with_history
class Staff(models.Model):
    """One person's time in one post of a home."""

    class Role(models.TextChoices):
        DIRECTOR = "director", "院长（负责人）"
        CARER = "carer", "养老护理员"
        DOCTOR = "doctor", "医生"
        NURSE = "nurse", "护士"
        SOCIAL_WORKER = "social_worker", "社会工作者"
        FIRE = "fire", "消防安全管理人"
        FOOD = "food", "食品安全管理员"
        OTHER = "other", "其他"

    id = RowKey()
    home = models.ForeignKey(Home, models.PROTECT, related_name="staff")
    name = models.CharField("姓名", max_length=60)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    role = models.CharField("岗位", max_length=16, choices=Role.choices)
    certificate_no = models.CharField("职业资格证书号", max_length=40, blank=True)
    since = models.DateField("到岗日期")
    until = models.DateField("离岗日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "养老机构工作人员"
        constraints = [
            UniqueNumber(
                "home", "role", Blind("id_no"), condition=Q(until__isnull=True), name="one_post_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="staff_leaves_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.get_role_display()}"
