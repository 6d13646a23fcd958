"""收养登记簿: one row an adoption, its dissolution, and certificates given again. The rows are never edited but for their state."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q

from minzheng.business.adoption.kinds import ChildKind
from minzheng.business.adoption.models.application import Application
from minzheng.foundation.crypto.fields import EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import LifeEvent, Person
from minzheng.foundation.regions.models import Region


class Standing(models.TextChoices):
    VALID = "valid", "有效"
    DISSOLVED = "dissolved", "已解除"
    CANCELLED = "cancelled", "已撤销"


@with_history
class Adoption(models.Model):
    """Parent and child by law from `registered_on` on (民法典 第一千一百零五条、第一千一百一十一条).

    `decision` is the whole trace of the rules that let it pass; nobody is named in it.
    """

    id = RowKey()
    number = models.CharField("收养登记证字号", max_length=40, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="登记机关所在地", related_name="+")
    application = models.OneToOneField(Application, models.PROTECT, related_name="adoption")
    adopter = models.ForeignKey(Person, models.PROTECT, verbose_name="收养人", related_name="+")
    spouse = models.ForeignKey(
        Person, models.PROTECT, verbose_name="收养人（配偶）", null=True, blank=True, related_name="+"
    )
    child = models.ForeignKey(Person, models.PROTECT, verbose_name="被收养人", related_name="+")
    kind = models.CharField("被收养人类别", max_length=20, choices=ChildKind.choices)
    registered_on = models.DateField("登记日期")
    registrar = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    decision = models.JSONField("审查结论")
    event = models.OneToOneField(LifeEvent, models.PROTECT, null=True, related_name="+")
    standing = models.CharField("状态", max_length=10, choices=Standing.choices, default=Standing.VALID)
    ended_on = models.DateField("终止日期", null=True, blank=True)
    basis = models.CharField("终止依据", max_length=200, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "收养登记"
        constraints = [
            # The database, not the clerk, keeps a child from being adopted twice.
            models.UniqueConstraint(
                fields=["child"], condition=Q(standing="valid"), name="one_adoption_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(standing="valid", ended_on=None)
                | (~Q(standing="valid") & Q(ended_on__isnull=False) & ~Q(basis="")),
                name="ended_adoption_has_a_basis",
            ),
            models.CheckConstraint(
                condition=~Q(child=F("adopter")) & ~Q(child=F("spouse")), name="nobody_adopts_oneself"
            ),
        ]
        indexes = [
            models.Index(fields=["region", "id"], name="adoption_region"),
            models.Index(fields=["adopter"], name="adoption_adopter"),
            models.Index(fields=["spouse"], name="adoption_spouse", condition=Q(spouse__isnull=False)),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def parents(self) -> list[Person]:
        return [self.adopter] if self.spouse is None else [self.adopter, self.spouse]

    @property
    def parent_keys(self) -> list[int]:
        """Whom a look at the row is a look at. Not the child: its own trail must not tell what the family keeps."""
        return [key for key in (self.adopter_id, self.spouse_id) if key is not None]


@with_history
class Dissolution(models.Model):
    """J3 解除收养登记: by agreement, with the consent of a child of eight or more (民法典 第一千一百一十四条至第一千一百一十八条)."""

    class Step(models.TextChoices):
        OPEN = "open", "审查中"
        REGISTERED = "registered", "已解除"
        REFUSED = "refused", "不予登记"

    id = RowKey()
    number = models.CharField("解除收养关系证明字号", max_length=40, blank=True)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="dissolutions")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="登记机关所在地", related_name="+")
    applied_on = models.DateField("受理日期")
    due_on = models.DateField("应办结日期")
    agreement = EncryptedTextField("解除协议要点", kind="text", max_length=2000)
    decision = models.JSONField("审查结论", null=True, blank=True)
    step = models.CharField("状态", max_length=10, choices=Step.choices, default=Step.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_why = models.CharField("不予登记的理由", max_length=300, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "解除收养登记"
        constraints = [
            models.UniqueConstraint(
                fields=["adoption"], condition=~Q(step="refused"), name="one_dissolution_an_adoption"
            ),
            models.UniqueConstraint(
                fields=["number"], condition=~Q(number=""), name="dissolution_number_is_never_reused"
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="adoption_diss_region")]

    def __str__(self) -> str:
        return self.number or f"{self.adoption.number}的解除申请"


@with_history
class Reissue(models.Model):
    """补领收养登记证: a new number for one holder; the copy of before is revoked in the same transaction."""

    number = models.CharField("补领字号", max_length=40, unique=True)
    adoption = models.ForeignKey(Adoption, models.PROTECT, related_name="reissues")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    holder = models.ForeignKey(Person, models.PROTECT, verbose_name="补领人", related_name="+")
    reason = models.CharField("补领原因", max_length=100)
    on = models.DateField("补领日期")
    by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")

    class Meta:
        verbose_name = "补领收养登记证"

    def __str__(self) -> str:
        return self.number
