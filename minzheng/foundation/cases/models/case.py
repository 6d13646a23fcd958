"""The case itself, and the people it is about."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from minzheng.foundation.crypto.fields import EncryptedJSONField, EncryptedTextField
from minzheng.foundation.crypto.lookups import Blind, UniqueNumber
from minzheng.foundation.crypto.rowkey import RowKey, RowKeyManager
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.items import ServiceItem, Status, Step, Track
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Category, Household, Person
from minzheng.foundation.regions.models import Region

FINISHED = [status.value for status in Status if status.is_final]


class Channel(models.TextChoices):
    DESK = "desk", "窗口申请"
    PORTAL = "portal", "网上申请"
    AGENT = "agent", "代为申请"
    PLATFORM = "platform", "政务服务平台"
    HOTLINE = "hotline", "热线"
    DISCOVERY = "discovery", "主动发现"
    PROACTIVE = "proactive", "数据比对主动服务"


class Outcome(models.TextChoices):
    GRANTED = "granted", "予以确认"
    REFUSED = "refused", "不予确认"
    NOT_ACCEPTED = "not_accepted", "不予受理"
    WITHDRAWN = "withdrawn", "申请人撤回"
    LAPSED = "lapsed", "逾期未补正"
    TERMINATED = "terminated", "申请人去世，终止办理"


@with_history
class Case(models.Model):
    """One application for one item, and all that follows from it until the benefit ends.

    Who applies is a person (`applicant`) or an organisation: then `handler` is the human being who acts for it (经办人)
    and `facility` the one of its places that the case is about, if it is about one.
    `region` is the village or community that is competent, `accepted_in` where the application was handed in.
    `round` counts 1 for the application and one more for each review: four-eyes is judged within a round.
    `waiting_for`, `due_on` and `warn_on` repeat what steps and clocks say, so that a to-do list is one index scan.
    """

    id = RowKey()
    number = models.CharField("办件编号", max_length=24, unique=True)
    item = models.CharField("事项", max_length=12)
    channel = models.CharField("渠道", max_length=10, choices=Channel.choices)
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="管辖区划", related_name="cases")
    accepted_in = models.ForeignKey(Region, models.PROTECT, verbose_name="受理区划", related_name="+")
    # Typed as a person: only cases of an item for organisations have none, and those items read `organisation`.
    applicant: models.ForeignKey[Person, Person] = models.ForeignKey(  # type: ignore[misc]
        Person, models.PROTECT, verbose_name="申请人", null=True, blank=True, related_name="cases"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="申请单位", null=True, blank=True, related_name="cases"
    )
    handler = models.ForeignKey(
        Person, models.PROTECT, verbose_name="经办人", null=True, blank=True, related_name="+"
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="有关设施", null=True, blank=True, related_name="cases"
    )
    household = models.ForeignKey(Household, models.PROTECT, null=True, blank=True, related_name="cases")
    category = models.CharField("城乡", max_length=5, choices=Category.choices, blank=True)
    opened_by = models.ForeignKey("accounts.User", models.PROTECT, related_name="+")
    step = models.CharField("步骤", max_length=30)
    status = models.CharField("状态", max_length=10, choices=[(s.value, s.label) for s in Status])
    track = models.CharField(
        "程序", max_length=10, choices=[(t.value, t.label) for t in Track], default=Track.ORDINARY
    )
    round = models.SmallIntegerField("轮次", default=1)
    data = EncryptedJSONField("申请内容", default=dict)
    version = models.IntegerField("版本", default=1)
    assessment = models.JSONField("认定结果", null=True, blank=True)
    outcome = models.CharField("结论", max_length=12, choices=Outcome.choices, blank=True)
    reasons = models.JSONField("理由", default=list, blank=True)
    amount_fen = models.BigIntegerField("月救助金额（分）", null=True, blank=True)
    separate_record = models.BooleanField("近亲属单独备案", default=False)
    county_visit = models.BooleanField("须县级入户核查", default=False)
    opened_on = models.DateField("登记日期")
    submitted_on = models.DateField("提交日期", null=True, blank=True)
    accepted_on = models.DateField("受理日期", null=True, blank=True)
    decided_on = models.DateField("确认日期", null=True, blank=True)
    closed_on = models.DateField("办结日期", null=True, blank=True)
    review_due = models.DateField("下次复核", null=True, blank=True)
    ends_on = models.DateField("待遇终止日期", null=True, blank=True)
    waiting_for = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    due_on = models.DateField("最近时限", null=True, blank=True)
    warn_on = models.DateField("预警日期", null=True, blank=True)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "办件"
        # Millions of granted cases rest; a list reads only those that wait for somebody, or are due for review.
        indexes = [
            models.Index(fields=["region", "status"], name="case_region_status"),
            models.Index(fields=["region", "due_on"], name="case_waiting", condition=~Q(waiting_for=[])),
            models.Index(
                fields=["review_due", "region"], name="case_review", condition=Q(status=Status.ACTIVE)
            ),
            models.Index(fields=["opened_by"], name="case_drafts", condition=Q(status=Status.DRAFT)),
            models.Index(fields=["household"], name="case_household"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "applicant"],
                condition=~Q(status__in=FINISHED),
                name="one_open_case_per_item_and_applicant",
            ),
            models.UniqueConstraint(
                fields=["item", "organisation", "facility"],
                condition=Q(organisation__isnull=False) & ~Q(status__in=FINISHED),
                nulls_distinct=False,
                name="one_open_case_per_item_and_organisation",
            ),
            models.CheckConstraint(
                condition=Q(
                    applicant__isnull=False,
                    organisation__isnull=True,
                    handler__isnull=True,
                    facility__isnull=True,
                )
                | Q(applicant__isnull=True, organisation__isnull=False, handler__isnull=False),
                name="case_has_one_applicant",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def service_item(self) -> ServiceItem:
        """As its own place asks for it, on the day on which it was begun."""
        return item_of(self.item).at(self.region_id, self.opened_on)

    @property
    def at_step(self) -> Step:
        return self.service_item.step(self.step)

    @property
    def applicant_name(self) -> str:
        """Of whoever applies, person or organisation."""
        return self.organisation.name if self.organisation else self.applicant.name

    @property
    def is_finished(self) -> bool:
        return Status(self.status).is_final


def is_away_from_home(case: Case) -> bool:
    """Whether it was handed in outside the county of the applicant's hukou."""
    home = case.applicant.hukou_region_id if case.applicant else None
    return home is not None and home[:6] != case.region_id[:6]


@with_history
class CasePerson(models.Model):
    """One person whom a case is about, the applicant among them, with the signed authorisation to check (核对授权).

    `is_live` is true from submission until the case is finished: nobody stands in two live cases of one item.
    """

    id = RowKey()
    case = models.ForeignKey(Case, models.CASCADE, related_name="persons")
    item = models.CharField("事项", max_length=12)
    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="in_cases")
    id_no = EncryptedTextField("公民身份号码", kind="id_no", max_length=18)
    name = models.CharField("姓名", max_length=60)
    relation = models.CharField("与申请人关系", max_length=20, blank=True)
    order = models.SmallIntegerField("次序", default=0)
    needs_authorisation = models.BooleanField("须授权", default=True)
    authorised_on = models.DateField("授权日期", null=True, blank=True)
    authorised_by = models.ForeignKey(
        "accounts.User", models.PROTECT, null=True, blank=True, related_name="+"
    )
    authorisation = models.ForeignKey(
        "documents.Document", models.PROTECT, null=True, blank=True, related_name="+"
    )
    is_live = models.BooleanField(default=False)

    objects = RowKeyManager()

    class Meta:
        verbose_name = "办件人员"
        ordering = ["order", "id"]
        constraints = [
            UniqueNumber("case", Blind("id_no"), name="one_row_per_person_in_a_case"),
            UniqueNumber(
                "item", Blind("id_no"), condition=Q(is_live=True), name="one_live_case_per_item_and_person"
            ),
        ]
        indexes = [models.Index(Blind("id_no"), name="case_person_id_no")]

    def __str__(self) -> str:
        return self.name
