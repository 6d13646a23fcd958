"""Beds at home, the devices beside them, and the alarms that these send."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.cases.models import Case
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.services.models import Order


@with_history
class CareBed(models.Model):
    """An institution's care in the elder's own home. `until` is the first day on which it no longer runs."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="care_beds")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    provider = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="服务机构", related_name="care_beds"
    )
    case = models.OneToOneField(
        Case, models.PROTECT, verbose_name="办件", related_name="care_bed", null=True, blank=True
    )
    contract_no = models.CharField("合同编号", max_length=40)
    since = models.DateField("启用日期")
    until = models.DateField("终止日期", null=True, blank=True)
    ended_for = models.CharField("终止原因", max_length=60, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "家庭养老床位"
        indexes = [models.Index(fields=["region", "id"], name="care_bed_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=Q(until__isnull=True), name="one_open_care_bed_a_person"
            ),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="care_bed_ends_after_start"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.contract_no}"


class DeviceKind(models.TextChoices):
    CALL = "call", "紧急呼叫器"
    SMOKE = "smoke", "烟感报警器"
    GAS = "gas", "燃气报警器"
    MOTION = "motion", "活动监测"
    BED = "bed", "床垫监测"
    BAND = "band", "定位手环"


@with_history
class Device(models.Model):
    """One installed device. `serial` is what its platform names in an alarm."""

    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="care_devices")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    bed = models.ForeignKey(
        CareBed, models.PROTECT, verbose_name="床位", related_name="devices", null=True, blank=True
    )
    kind = models.CharField("种类", max_length=8, choices=DeviceKind.choices)
    serial = models.CharField("设备编号", max_length=40, unique=True)
    installed_on = models.DateField("安装日期")
    removed_on = models.DateField("拆除日期", null=True, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "居家养老设备"
        indexes = [models.Index(fields=["region", "id"], name="care_device_region")]

    def __str__(self) -> str:
        return self.serial


class AlarmState(models.TextChoices):
    RINGING = "ringing", "待应答"
    ANSWERED = "answered", "已应答"
    SENT = "sent", "已派人"
    FALSE = "false", "误报"
    CLOSED = "closed", "已处置"


@with_history
class Alarm(models.Model):
    """device → call centre (60 s) → family or volunteer → rescue → report. The same message twice is one alarm."""

    device = models.ForeignKey(Device, models.PROTECT, verbose_name="设备", related_name="alarms")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="老人", related_name="alarms")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")
    key = models.CharField("报文编号", max_length=60, unique=True)
    what = models.CharField("报警内容", max_length=60)
    rang_at = models.DateTimeField("报警时间")
    answer_by = models.DateTimeField("应在此前应答")
    state = models.CharField("状态", max_length=8, choices=AlarmState.choices, default=AlarmState.RINGING)
    answered_at = models.DateTimeField("应答时间", null=True, blank=True)
    answered_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    told = models.CharField("通知了谁", max_length=40, blank=True)
    order = models.ForeignKey(
        Order, models.PROTECT, verbose_name="助急工单", null=True, blank=True, related_name="alarms"
    )
    closed_at = models.DateTimeField("处置完毕", null=True, blank=True)
    report = models.CharField("处置报告", max_length=300, blank=True)

    class Meta:
        app_label = "elderly"
        verbose_name = "居家报警"
        indexes = [
            models.Index(fields=["region", "id"], name="alarm_region"),
            models.Index(
                fields=["answer_by"], name="alarm_open", condition=~Q(state__in=["false", "closed"])
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=["false", "closed"]) | Q(closed_at__isnull=False),
                name="alarm_has_an_end",
            )
        ]

    def __str__(self) -> str:
        return f"{self.what} {self.rang_at:%m-%d %H:%M}"
