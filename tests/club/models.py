"""Members of the club."""

from django.db import models

from minzheng.foundation.history import with_history
from minzheng.foundation.regions.models import Region


class Level(models.TextChoices):
    JUNIOR = "junior", "少年"
    ADULT = "adult", "成人"
    HONORARY = "honorary", "荣誉"


@with_history
class Member(models.Model):
    card_no = models.CharField("会员证号", max_length=20, unique=True)
    name = models.CharField("姓名", max_length=60)
    level = models.CharField("级别", max_length=10, choices=Level.choices, default=Level.ADULT)
    fee_fen = models.BigIntegerField("年费", default=0)
    joined_on = models.DateField("入会日期")
    phone = models.CharField("手机号码", max_length=20, blank=True)
    note = models.CharField("备注", max_length=200, blank=True)
    is_active = models.BooleanField("在籍", default=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在村（社区）", related_name="+")

    class Meta:
        verbose_name = "会员"
        indexes = [
            models.Index(fields=["region", "id"], name="club_region"),
            models.Index(fields=["name", "id"], name="club_name"),
        ]

    def __str__(self) -> str:
        return self.name
