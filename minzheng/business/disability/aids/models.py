"""The county's catalogue of assistive devices, the pieces on the shelves, and who has one."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.named import Named
from minzheng.foundation.regions.models import Region


class Class(models.TextChoices):
    """Main classes of GB/T 16432 that communities lend (the standard has more)."""

    MOVING = "moving", "个人移动"
    CARE = "care", "自理和防护"
    HOME = "home", "家居改造"
    TALK = "talk", "沟通和信息"
    TRAINING = "training", "康复训练"
    LIMB = "limb", "矫形器和假肢"


@with_history
class Aid(models.Model):
    """One entry of a county's catalogue; what it costs to borrow is decided there."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在县", related_name="+")
    code = models.CharField("目录编号", max_length=20)
    title = models.CharField("名称", max_length=60)
    kind = models.CharField("类别", max_length=10, choices=Class.choices)
    rent_fen = models.PositiveBigIntegerField("月租金")
    deposit_fen = models.PositiveBigIntegerField("押金")
    until = models.DateField("停用日期", null=True, blank=True)

    class Meta:
        app_label = "disability"
        verbose_name = "辅具目录"
        indexes = [models.Index(fields=["region", "id"], name="aid_region")]
        constraints = [models.UniqueConstraint(fields=["region", "code"], name="one_aid_a_code")]

    def __str__(self) -> str:
        return self.title


class DeviceState(models.TextChoices):
    FREE = "free", "在架"
    LENT = "lent", "已租出"
    REPAIR = "repair", "维修、消毒"
    GONE = "gone", "报废、遗失"


@with_history
class AidDevice(models.Model):
    """One piece, on the shelf of one station."""

    aid = models.ForeignKey(Aid, models.PROTECT, verbose_name="辅具", related_name="devices")
    station = models.ForeignKey(Facility, models.PROTECT, verbose_name="站点", related_name="aid_devices")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="+")
    serial = models.CharField("编号", max_length=40, unique=True)
    state = models.CharField("状态", max_length=8, choices=DeviceState.choices, default=DeviceState.FREE)

    class Meta:
        app_label = "disability"
        verbose_name = "辅具"
        indexes = [models.Index(fields=["region", "id"], name="aid_device_region")]

    def __str__(self) -> str:
        return f"{self.aid.title} {self.serial}"


class Way(models.TextChoices):
    RENT = "rent", "租赁"
    FREE = "free", "福康工程免费配置"


@with_history
class AidLoan(Named):
    """A fitted device with its user. `subsidised`: the county pays its share of the rent to the station.

    The deposit lies with the station; a loan is only closed when it was given back (less what is withheld, and why).
    """

    device = models.ForeignKey(AidDevice, models.PROTECT, verbose_name="辅具", related_name="loans")
    way = models.CharField("方式", max_length=6, choices=Way.choices)
    need = models.CharField("功能障碍和需求", max_length=200)
    fitted_on = models.DateField("适配日期")
    fitted_by = models.CharField("适配人员", max_length=60)
    since = models.DateField("领用日期")
    due_on = models.DateField("应还日期", null=True, blank=True)
    rent_fen = models.PositiveBigIntegerField("月租金", default=0)
    deposit_fen = models.PositiveBigIntegerField("押金", default=0)
    deposit_no = models.CharField("押金收据号", max_length=40, blank=True)
    subsidised = models.BooleanField("享受租金补贴", default=False)
    returned_on = models.DateField("归还日期", null=True, blank=True)
    withheld_fen = models.PositiveBigIntegerField("扣除押金", default=0)
    withheld_for = models.CharField("扣除原因", max_length=120, blank=True)
    refund_no = models.CharField("退押金收据号", max_length=40, blank=True)

    class Meta:
        app_label = "disability"
        verbose_name = "辅具配置和租赁"
        indexes = [
            models.Index(fields=["region", "id"], name="aid_loan_region"),
            models.Index(fields=["due_on"], name="aid_loan_due", condition=Q(returned_on__isnull=True)),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["device"], condition=Q(returned_on__isnull=True), name="one_open_loan_a_device"
            ),
            models.CheckConstraint(
                condition=Q(returned_on__isnull=True) | Q(returned_on__gte=F("since")),
                name="loan_ends_after_start",
            ),
            models.CheckConstraint(
                condition=Q(withheld_fen__lte=F("deposit_fen")), name="no_more_withheld_than_deposited"
            ),
        ]
