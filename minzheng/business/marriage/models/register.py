"""The register (婚姻登记簿): one row an act, never edited; and who is married to whom now."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from minzheng.business.marriage.models.registry import Registry
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Kind(models.TextChoices):
    """The letters before the number (婚姻登记工作规范)."""

    MARRIAGE = "J", "结婚登记"
    DIVORCE = "L", "离婚登记"
    MARRIAGE_AGAIN = "BJ", "补领结婚证"
    DIVORCE_AGAIN = "BL", "补领离婚证"


class Prior(models.TextChoices):
    """Marital state before the act."""

    SINGLE = "single", "未婚"
    DIVORCED = "divorced", "离婚"
    WIDOWED = "widowed", "丧偶"


class Standing(models.TextChoices):
    VALID = "valid", "有效"
    VOID = "void", "法院确认无效"
    ANNULLED = "annulled", "法院撤销"


class Source(models.TextChoices):
    REGISTERED = "registered", "本系统办理"
    ENTERED = "entered", "历史补录，待核对"
    VERIFIED = "verified", "历史补录，已核对"
    DISPUTED = "disputed", "历史补录，有争议"


class MarriageEnd(models.TextChoices):
    DIVORCE = "divorce", "离婚"
    DEATH = "death", "一方死亡"
    VOID = "void", "确认无效"
    ANNULLED = "annulled", "撤销"


@with_history
class Marriage(models.Model):
    """Two people married to each other from `since` on. Which paper says so is the register's business."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    man = models.ForeignKey(Person, models.PROTECT, verbose_name="男方", related_name="+")
    woman = models.ForeignKey(Person, models.PROTECT, verbose_name="女方", related_name="+")
    since = models.DateField("结婚日期")
    ended_on = models.DateField("终止日期", null=True, blank=True)
    end = models.CharField("终止原因", max_length=10, choices=MarriageEnd.choices, blank=True)

    class Meta:
        verbose_name = "婚姻关系"
        constraints = [
            models.CheckConstraint(
                condition=Q(ended_on=None, end="") | (Q(ended_on__isnull=False) & ~Q(end="")),
                name="marriage_end_has_a_reason",
            ),
            models.CheckConstraint(condition=~Q(man=models.F("woman")), name="nobody_marries_oneself"),
        ]

    def __str__(self) -> str:
        return f"{self.man.name}、{self.woman.name}"

    def other_than(self, person: int) -> Person:
        return self.woman if person == self.man_id else self.man


class Spouse(models.Model):
    """One side of a marriage that stands. The database, not the clerk, keeps anybody from a second one."""

    marriage = models.ForeignKey(Marriage, models.PROTECT, related_name="spouses")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    stands = models.BooleanField(default=True)

    class Meta:
        verbose_name = "配偶"
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(stands=True), name="one_marriage_at_a_time"
            )
        ]

    def __str__(self) -> str:
        return f"{self.marriage_id}–{self.person_id}"


@with_history
class Registration(models.Model):
    """One act of registration as it stands in the register. Names and numbers are those of the day.

    `decision` is the whole trace of the rules that let it pass. Only `standing`, `source` and `remark` change later.
    """

    id = RowKey()
    kind = models.CharField("类别", max_length=2, choices=Kind.choices)
    number = models.CharField("字号", max_length=40)
    registry = models.ForeignKey(
        Registry, models.PROTECT, verbose_name="登记机关", related_name="registrations"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    registered_on = models.DateField("登记日期")
    marriage = models.ForeignKey(
        Marriage, models.PROTECT, null=True, blank=True, related_name="registrations"
    )
    man = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    woman = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    man_name = models.CharField("男方姓名", max_length=60)
    woman_name = models.CharField("女方姓名", max_length=60)
    man_id_no = EncryptedTextField("男方证件号码", kind="id_no", max_length=30, blank=True)
    woman_id_no = EncryptedTextField("女方证件号码", kind="id_no", max_length=30, blank=True)
    man_nationality = models.CharField("男方国籍或地区", max_length=20, default="中国")
    woman_nationality = models.CharField("女方国籍或地区", max_length=20, default="中国")
    man_prior = models.CharField("男方原婚姻状况", max_length=10, choices=Prior.choices, blank=True)
    woman_prior = models.CharField("女方原婚姻状况", max_length=10, choices=Prior.choices, blank=True)
    photo = models.ForeignKey("documents.Document", models.PROTECT, null=True, blank=True, related_name="+")
    declaration = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    registrar = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")
    second = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    decision = models.JSONField("审查结论", null=True, blank=True)
    standing = models.CharField("状态", max_length=10, choices=Standing.choices, default=Standing.VALID)
    source = models.CharField("来源", max_length=10, choices=Source.choices, default=Source.REGISTERED)
    verified_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    box_no = models.CharField("档案盒号", max_length=30, blank=True)
    remark = models.CharField("备注", max_length=300, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "婚姻登记"
        constraints = [
            models.UniqueConstraint(fields=["number"], name="marriage_number_is_never_reused"),
            # Whoever entered it does not verify it.
            models.CheckConstraint(
                condition=~Q(source="verified")
                | (Q(verified_by__isnull=False) & ~Q(verified_by=models.F("registrar"))),
                name="entered_record_verified_by_another",
            ),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="registration_region"),
            models.Index(fields=["registered_on", "id"], name="registration_day"),
            models.Index(fields=["man"], name="registration_man"),
            models.Index(fields=["woman"], name="registration_woman"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_marriage(self) -> bool:
        return self.kind in {Kind.MARRIAGE, Kind.MARRIAGE_AGAIN}

    @property
    def couple(self) -> tuple[int, ...]:
        return tuple(key for key in (self.man_id, self.woman_id) if key is not None)
