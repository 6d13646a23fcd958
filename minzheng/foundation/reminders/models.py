"""Text messages on their way (outbox), and who does not want any."""

from __future__ import annotations

import secrets

from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


def new_reference() -> str:
    return secrets.token_hex(16)


class State(models.TextChoices):
    WAITING = "waiting", "待发送"
    UNKNOWN = "unknown", "结果不明，正在查询"
    SENT = "sent", "已发送"
    REFUSED = "refused", "被拒收"
    DEAD = "dead", "没有发出"


OPEN_STATES = (State.WAITING, State.UNKNOWN)


class Sms(models.Model):
    """One message to one phone. Written with what it tells of, so that none is lost; `about` keeps it to one.

    `reference` is what the operator knows it by: asked twice, it sends once. The text names nobody (handbook 10).
    """

    id = RowKey()
    reference = models.CharField("流水号", max_length=32, unique=True, default=new_reference)
    about = models.CharField("事由", max_length=60, unique=True)
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="收件人", null=True, blank=True, related_name="+"
    )
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    phone = EncryptedTextField("手机", kind="phone", max_length=20)
    text = models.CharField("内容", max_length=200)
    state = models.CharField("状态", max_length=8, choices=State.choices, default=State.WAITING)
    tries = models.PositiveSmallIntegerField("尝试次数", default=0)
    made_at = models.DateTimeField("产生时间", auto_now_add=True)
    next_at = models.DateTimeField("下次尝试", null=True, blank=True)
    give_up_at = models.DateTimeField("最迟")
    ended_at = models.DateTimeField("结束时间", null=True, blank=True)
    answer = models.CharField("最近一次结果", max_length=100, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "短信"
        indexes = [
            models.Index(fields=["next_at"], name="sms_due", condition=Q(state__in=["waiting", "unknown"])),
            models.Index(fields=["region", "id"], name="sms_region"),
            models.Index(fields=["person"], name="sms_person"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(state__in=["waiting", "unknown"]) | Q(next_at__isnull=True),
                name="sms_ended_is_not_due",
            )
        ]

    def __str__(self) -> str:
        return self.text


@with_history
class Declined(models.Model):
    """Who wants no text messages. Taken back by deleting the row; its history stays."""

    person = models.OneToOneField(
        Person, models.PROTECT, verbose_name="本人", primary_key=True, related_name="+"
    )
    since = models.DateField("起")

    class Meta:
        verbose_name = "不收短信的人"

    def __str__(self) -> str:
        return str(self.since)
