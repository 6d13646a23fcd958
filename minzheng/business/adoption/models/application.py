"""One application for registration (J1), where the child comes from, and the notice in search of its parents."""

from __future__ import annotations

import datetime as dt

from django.db import models
from django.db.models import F, Q

from minzheng.business.adoption.kinds import ChildKind, Placer
from minzheng.foundation.crypto.fields import EncryptedJSONField, EncryptedTextField
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.history import with_history
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class State(models.TextChoices):
    OPEN = "open", "办理中"
    REGISTERED = "registered", "已登记"
    REFUSED = "refused", "不予登记"
    WITHDRAWN = "withdrawn", "申请人撤回"
    CLAIMED = "claimed", "已找到生父母，终止"


@with_history
class Application(models.Model):
    """Who wants to adopt whom. `asked` holds what was found out face to face (review.py); what is unknown is not in it."""

    id = RowKey()
    number = models.CharField("受理编号", max_length=30, unique=True)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="登记机关所在地", related_name="+")
    adopter = models.ForeignKey(Person, models.PROTECT, verbose_name="收养人", related_name="+")
    spouse = models.ForeignKey(
        Person, models.PROTECT, verbose_name="共同收养的配偶", null=True, blank=True, related_name="+"
    )
    child = models.ForeignKey(Person, models.PROTECT, verbose_name="被收养人", related_name="+")
    kind = models.CharField("被收养人类别", max_length=20, choices=ChildKind.choices)
    placer = models.CharField("送养人", max_length=12, choices=Placer.choices)
    asked = EncryptedJSONField("查明的情况", default=dict)
    accepted_on = models.DateField("受理日期")
    accepted_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.OPEN)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    closed_why = models.CharField("办结理由", max_length=500, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "收养登记申请"
        constraints = [
            # Two families never have one child at a time on their way.
            models.UniqueConstraint(
                fields=["child"], condition=Q(state="open"), name="one_open_adoption_per_child"
            ),
            models.CheckConstraint(
                condition=~Q(child=F("adopter")) & ~Q(child=F("spouse")) & ~Q(adopter=F("spouse")),
                name="adoption_names_three_people",
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None) | (~Q(state="open") & Q(closed_on__isnull=False)),
                name="closed_adoption_has_a_day",
            ),
        ]
        indexes = [models.Index(fields=["region", "id"], name="adoption_app_region")]

    def __str__(self) -> str:
        return self.number

    @property
    def parents(self) -> list[Person]:
        """Who will be the parents: one, or husband and wife."""
        return [self.adopter] if self.spouse is None else [self.adopter, self.spouse]

    @property
    def is_open(self) -> bool:
        return self.state == State.OPEN

    @property
    def needs_notice(self) -> bool:
        return self.kind == ChildKind.FOUNDLING

    @property
    def needs_evaluation(self) -> bool:
        return self.kind != ChildKind.STEP


class Origin(models.Model):
    """来历: where the child comes from and who gave it up. The most secret part of the file; opened on its own."""

    id = RowKey()
    application = models.OneToOneField(Application, models.PROTECT, related_name="origin")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    # {"placer": …, "found": …, "police_no": …}: names, where and by whom found, papers. Text by question.
    content = EncryptedJSONField("来历", default=dict)
    may_be_told = models.BooleanField("送养人书面同意日后告知被收养人", default=False)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "被收养人来历"

    def __str__(self) -> str:
        return f"{self.application}的来历"


@with_history
class SearchNotice(models.Model):
    """寻亲公告 (民法典 第一千一百零五条第二款): so many days in which parents or guardians may come for the child."""

    application = models.OneToOneField(Application, models.PROTECT, related_name="notice")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    medium = models.CharField("刊登的报刊、媒体", max_length=60)
    issue_no = models.CharField("期号或网址", max_length=100)
    began_on = models.DateField("公告日期")
    until = models.DateField("公告期满日")
    calendar = models.CharField("日历版本", max_length=80)

    class Meta:
        verbose_name = "寻亲公告"
        constraints = [
            models.CheckConstraint(condition=Q(until__gt=F("began_on")), name="notice_ends_after_start")
        ]

    def __str__(self) -> str:
        return f"{self.medium}（{self.began_on}）"

    def is_over(self, today: dt.date) -> bool:
        """Only on the day after its last one."""
        return today > self.until


@with_history
class Claim(models.Model):
    """Somebody came: until it is found out whether they are the parents, nothing goes on."""

    id = RowKey()
    notice = models.ForeignKey(SearchNotice, models.PROTECT, related_name="claims")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    on = models.DateField("认领日期")
    story = EncryptedTextField("认领人和说明", kind="text", max_length=1000)
    settled_on = models.DateField("查明日期", null=True, blank=True)
    is_upheld = models.BooleanField("确是生父母或监护人", null=True, blank=True)
    proof = models.CharField("亲子鉴定或公安证明编号", max_length=100, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "认领"
        constraints = [
            models.CheckConstraint(
                condition=Q(settled_on=None, is_upheld=None)
                | (Q(settled_on__isnull=False, is_upheld__isnull=False) & ~Q(proof="")),
                name="claim_settled_with_proof",
            )
        ]

    def __str__(self) -> str:
        return f"{self.on}的认领"
