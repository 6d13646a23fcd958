"""Entitlements and their dated amounts. A month is its first day; money is whole fen."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pghistory.core
import pgtrigger
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Coalesce

from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region


def months_between(first: str, last: str) -> Func:
    """The months from `first` to `last` inclusive, as a range; an open end when `last` is null."""
    return Func(F(first), F(last), Value("[]"), function="daterange")


def is_first_day(field: str, nullable: bool = False) -> Q:
    condition = Q(**{f"{field}__day": 1})
    return condition | Q(**{f"{field}__isnull": True}) if nullable else condition


ONCE = "once"  # end_reason of what is paid in one month only


class State(models.TextChoices):
    ACTIVE = "active", "享受中"
    SUSPENDED = "suspended", "暂缓发放"
    EXITING = "exiting", "渐退期"
    ENDED = "ended", "已停发"
    VOID = "void", "自始无效"


@pghistory.track(level=pghistory.Statement)
class Entitlement(models.Model):
    """A right to one benefit from a month on: of a household (then `household` is set), of a person or an organisation.

    `person` is whose right it is (of a household: who holds it for the family), `payee` whose account is paid. An
    organisation is paid on its own account and has neither; `facility` says for which of its places.
    A right that turns out never to have existed is VOID, not deleted: what was paid on it must stay provable.
    """

    benefit = models.CharField("待遇", max_length=40)
    household = models.ForeignKey(
        Household, models.PROTECT, verbose_name="家庭", null=True, blank=True, related_name="entitlements"
    )
    person = models.ForeignKey(
        Person, models.PROTECT, verbose_name="享受人", null=True, blank=True, related_name="entitlements"
    )
    payee = models.ForeignKey(
        Person, models.PROTECT, verbose_name="领款人", null=True, blank=True, related_name="+"
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="单位", null=True, blank=True, related_name="entitlements"
    )
    facility = models.ForeignKey(
        Facility, models.PROTECT, verbose_name="设施", null=True, blank=True, related_name="entitlements"
    )
    account_name = models.CharField("户名", max_length=60, blank=True, help_text="与领款人姓名不同时填写")
    region = models.ForeignKey(Region, models.PROTECT, verbose_name="所在地", related_name="entitlements")
    case_id = models.BigIntegerField("办件", null=True, blank=True, db_index=True)
    case_number = models.CharField("办件编号", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=State.choices, default=State.ACTIVE)
    grade = models.CharField("类别", max_length=10, blank=True)
    since_month = models.DateField("起发月")
    until_month = models.DateField("发放至", null=True, blank=True)
    end_reason = models.CharField("停发原因", max_length=40, blank=True)
    # Months up to this one were paid by the system before this one: neither owed nor proven here.
    paid_before = models.DateField("此前由原系统发放至", null=True, blank=True)
    review_due = models.DateField("下次复核", null=True, blank=True)
    granted_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "待遇享受"
        indexes = [
            models.Index(fields=["benefit", "region", "id"], name="entitlement_region"),
            models.Index(
                fields=["review_due"], name="entitlement_review", condition=Q(until_month__isnull=True)
            ),
        ]
        constraints = [
            models.CheckConstraint(
                condition=is_first_day("since_month"), name="entitlement_since_is_a_month"
            ),
            models.CheckConstraint(
                condition=is_first_day("until_month", nullable=True), name="entitlement_until_is_a_month"
            ),
            models.CheckConstraint(
                condition=Q(until_month__isnull=True) | Q(until_month__gte=F("since_month")),
                name="entitlement_ends_after_start",
            ),
            models.CheckConstraint(
                condition=~Q(state__in=["ended", "exiting"]) | Q(until_month__isnull=False),
                name="entitlement_end_has_a_month",
            ),
            ExclusionConstraint(
                name="one_entitlement_per_person_and_month",
                expressions=[
                    ("benefit", RangeOperators.EQUAL),
                    ("person", RangeOperators.EQUAL),
                    (months_between("since_month", "until_month"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="void"),
            ),
            ExclusionConstraint(
                name="one_entitlement_per_household_and_month",
                expressions=[
                    ("benefit", RangeOperators.EQUAL),
                    ("household", RangeOperators.EQUAL),
                    (months_between("since_month", "until_month"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="void") & Q(household__isnull=False),
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False, payee__isnull=False, organisation__isnull=True)
                | Q(
                    person__isnull=True,
                    payee__isnull=True,
                    household__isnull=True,
                    organisation__isnull=False,
                ),
                name="entitlement_is_of_a_person_or_an_organisation",
            ),
            ExclusionConstraint(
                name="one_entitlement_per_organisation_and_place",
                expressions=[
                    ("benefit", RangeOperators.EQUAL),
                    ("organisation", RangeOperators.EQUAL),
                    ("region", RangeOperators.EQUAL),
                    (Coalesce("facility", Value(0)), RangeOperators.EQUAL),
                    (months_between("since_month", "until_month"), RangeOperators.OVERLAPS),
                ],
                condition=~Q(state="void") & Q(organisation__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.benefit}-{self.pk}"

    @property
    def is_given_once(self) -> bool:
        """A price or heating subsidy: nothing was stopped, there was never more than the one month."""
        return self.state == State.ENDED and self.end_reason == ONCE

    @property
    def state_in_words(self) -> str:
        return "一次性" if self.is_given_once else self.get_state_display()

    @property
    def county(self) -> str:
        """12-digit code of the county that pays."""
        return county_of(self.region_id)


def county_of(region_code: str) -> str:
    """12-digit code of the county a division lies in."""
    return region_code[:6].ljust(12, "0")


def as_it_was(right: Entitlement) -> Any:
    """The right before it was ended: the last of its kept rows that gives another reason for its end."""
    kept: Any = pghistory.core.event_models(tracks_model=Entitlement)[0]
    rows = kept.objects.filter(pgh_obj_id=right.pk).exclude(end_reason=right.end_reason).order_by("-pgh_id")
    return rows.first() or right


class EntitlementAmount(models.Model):
    """What one month is worth, for a span of months. Rows are never changed: a new decision supersedes them.

    Of the rows that are not superseded at most one covers a month, so "the amount of March" has one answer.
    An amount of 0 says that nothing is owed for these months, and why (held money that was then refused).
    """

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="amounts")
    from_month = models.DateField("起")
    until_month = models.DateField("止", null=True, blank=True)
    amount_fen = models.BigIntegerField("月金额（分）")
    reason = models.CharField("原因", max_length=40)
    cite = models.CharField("依据", max_length=120)
    decision = models.JSONField("决定", default=dict, blank=True)
    decided_on = models.DateField("决定日期")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    superseded_at = models.DateTimeField("被取代时间", null=True, blank=True)

    class Meta:
        verbose_name = "待遇金额"
        constraints = [
            models.CheckConstraint(condition=Q(amount_fen__gte=0), name="amount_is_not_negative"),
            models.CheckConstraint(condition=is_first_day("from_month"), name="amount_from_is_a_month"),
            models.CheckConstraint(
                condition=is_first_day("until_month", nullable=True), name="amount_until_is_a_month"
            ),
            ExclusionConstraint(
                name="one_amount_per_month",
                expressions=[
                    ("entitlement", RangeOperators.EQUAL),
                    (months_between("from_month", "until_month"), RangeOperators.OVERLAPS),
                ],
                condition=Q(superseded_at__isnull=True),
            ),
        ]
        triggers = [
            pgtrigger.Protect(name="amount_is_kept", operation=pgtrigger.Delete),
            pgtrigger.Protect(
                name="amount_is_not_edited",
                operation=pgtrigger.Update,
                condition=pgtrigger.AnyChange(exclude=["superseded_at"]),
            ),
            pgtrigger.Protect(
                name="amount_is_superseded_once",
                operation=pgtrigger.Update,
                condition=pgtrigger.Q(old__superseded_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_month:%Y-%m} {self.amount_fen}"

    def covers(self, month: dt.date) -> bool:
        return self.from_month <= month and (self.until_month is None or month <= self.until_month)


@with_history
class SuspensionPeriod(models.Model):
    """Months whose money is calculated but held (暂缓): not lost, not sent."""

    entitlement = models.ForeignKey(Entitlement, models.PROTECT, related_name="suspensions")
    from_month = models.DateField("起")
    until_month = models.DateField("止", null=True, blank=True)
    reason = models.CharField("原因", max_length=120)

    class Meta:
        verbose_name = "暂缓发放期间"
        constraints = [
            ExclusionConstraint(
                name="one_suspension_per_month",
                expressions=[
                    ("entitlement", RangeOperators.EQUAL),
                    (months_between("from_month", "until_month"), RangeOperators.OVERLAPS),
                ],
            ),
        ]

    def __str__(self) -> str:
        return f"{self.from_month:%Y-%m} 起暂缓"
