"""落户安置: whoever nobody could name in three months gets a name, a household and a home."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.rescue.models.stays import Stay
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Category, Household, Person
from minzheng.foundation.regions.models import Region


class SettlementState(models.TextChoices):
    LISTED = "listed", "已列入，待公安登记户口"
    REGISTERED = "registered", "公安已登记，待县级核准"
    SETTLED = "settled", "已安置"
    WITHDRAWN = "withdrawn", "已撤回"


@with_history
class Settlement(models.Model):
    """One person on the list. `name` and `id_no` are what the police registered; the Person is made when the county approves."""

    id = RowKey()
    stay = models.OneToOneField(Stay, models.PROTECT, related_name="settlement")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="辖区", related_name="+")
    state = models.CharField(
        "状态", max_length=10, choices=SettlementState.choices, default=SettlementState.LISTED
    )
    listed_on = models.DateField("列入日期")
    listed_by = models.ForeignKey(Person, models.PROTECT, verbose_name="列入人", related_name="+")
    name = models.CharField("登记姓名", max_length=60, blank=True)
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18, blank=True)
    police_no = models.CharField("户口登记文号", max_length=60, blank=True)
    police_on = models.DateField("户口登记日期", null=True, blank=True)
    home_region = models.ForeignKey(
        Region, models.PROTECT, verbose_name="落户的村（社区）", null=True, blank=True, related_name="+"
    )
    category = models.CharField("城乡", max_length=5, choices=Category.choices, blank=True)
    place = models.CharField("安置机构（住处）", max_length=100, blank=True)
    registered_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="+")
    approved_on = models.DateField("核准日期", null=True, blank=True)
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="+")
    note = models.CharField("说明", max_length=200, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "落户安置"
        indexes = [models.Index(fields=["region", "id"], name="settlement_rescue_region")]
        constraints = [
            models.CheckConstraint(
                condition=~Q(state="settled")
                | (
                    Q(approved_by__isnull=False, household__isnull=False)
                    & ~Q(approved_by=F("listed_by"))
                    & ~Q(approved_by=F("registered_by"))
                ),
                name="settlement_approved_by_another",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["registered", "settled"])
                | (~Q(name="") & ~Q(police_no="") & Q(police_on__isnull=False, home_region__isnull=False)),
                name="settlement_registered_by_police",
            ),
        ]

    def __str__(self) -> str:
        return f"落户安置 {self.stay.number}"
