"""A body at a funeral home, from its reception to its cremation, and who said when the person died."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Source(models.TextChoices):
    """Who says that somebody died. Its rank is a dated standard (death_rank_…, handbook §5)."""

    HOSPITAL = "hospital", "死亡医学证明"
    CREMATION = "cremation", "火化证明"
    POLICE = "police", "公安注销户口证明"
    VILLAGE = "village", "村（社区）证明"


class ReceptionState(models.TextChoices):
    HELD = "held", "在馆"
    CREMATED = "cremated", "已火化"
    HANDED_ON = "handed_on", "已移交"


@with_history
class Reception(models.Model):
    """One body received by a funeral home. `storage_until` is the last day that the law lets it lie there as it is."""

    id = RowKey()
    number = models.CharField("接收编号", max_length=30, unique=True)
    home = models.ForeignKey(Facility, models.PROTECT, verbose_name="殡仪馆", related_name="receptions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="逝者", related_name="receptions")
    source = models.CharField("死亡证明来源", max_length=10, choices=Source.choices)
    certificate_no = models.CharField("死亡证明编号", max_length=60)
    died_on = models.DateField("证明上的死亡日期")
    received_on = models.DateField("接收日期")
    from_place = models.CharField("接运地点", max_length=120, blank=True)
    family_name = models.CharField("家属姓名", max_length=60)
    family_relation = models.CharField("与逝者关系", max_length=20)
    family_phone = EncryptedTextField("家属电话", kind="phone", max_length=20)
    storage_until = models.DateField("存放期限")
    extended_reason = models.CharField("延期原因", max_length=120, blank=True)
    extended_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")
    confirmation_no = models.CharField("火化确认书编号", max_length=60, blank=True)
    cremation_no = models.CharField("火化编号", max_length=30, blank=True)
    cremated_on = models.DateField("火化日期", null=True, blank=True)
    video_until = models.DateField("监控录像保存至", null=True, blank=True)
    ended_on = models.DateField("离馆日期", null=True, blank=True)
    state = models.CharField(
        "状态", max_length=10, choices=ReceptionState.choices, default=ReceptionState.HELD
    )
    received_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, related_name="+")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "遗体接收"
        indexes = [
            models.Index(fields=["region", "id"], name="reception_region"),
            models.Index(fields=["received_on", "id"], name="reception_day"),
            models.Index(fields=["storage_until"], name="reception_held", condition=Q(state="held")),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["person"], condition=~Q(state="handed_on"), name="one_reception_per_death"
            ),
            models.CheckConstraint(
                condition=~Q(state="cremated")
                | (Q(cremated_on__isnull=False) & ~Q(confirmation_no="") & ~Q(certificate_no="")),
                name="cremation_has_its_papers",
            ),
            models.CheckConstraint(
                condition=Q(received_on__gte=F("died_on"), storage_until__gte=F("received_on")),
                name="reception_days_in_order",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def is_held(self) -> bool:
        return self.state == ReceptionState.HELD

    def days_stored(self, today: dt.date) -> int:
        """Whole days in the cold room: the day of reception is not counted (DC1), but a day at least."""
        return max(((self.ended_on or today) - self.received_on).days, 1)


@with_history
class DeathStatement(models.Model):
    """One source's word about a death. The highest rank decides the day; the others stay on record."""

    id = RowKey()
    person = models.ForeignKey(Person, models.PROTECT, verbose_name="逝者", related_name="death_statements")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    source = models.CharField("来源", max_length=10, choices=Source.choices)
    rank = models.PositiveSmallIntegerField("来源等级")
    died_on = models.DateField("死亡日期")
    document_no = models.CharField("证明编号", max_length=60)
    stated_on = models.DateField("登记日期")

    objects = RowKeyManager()

    class Meta:
        verbose_name = "死亡信息"
        indexes = [models.Index(fields=["region", "id"], name="statement_region")]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "source", "document_no"], name="one_statement_of_a_paper"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_source_display()} {self.died_on}"


@with_history
class WaiverOffer(models.Model):
    """Somebody of this place died: whoever is near tells the family what is waived (handbook 0.7). One per death."""

    person = models.OneToOneField(Person, models.PROTECT, verbose_name="逝者", related_name="waiver_offer")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="居住地", related_name="+")
    died_on = models.DateField("死亡日期")
    told_on = models.DateField("告知日期", null=True, blank=True)
    told_by = models.ForeignKey("accounts.User", models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name = "减免提示"
        indexes = [models.Index(fields=["region", "id"], name="waiver_offer_region")]

    def __str__(self) -> str:
        return f"{self.person_id} {self.died_on}"
