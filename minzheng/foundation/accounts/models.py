"""Who works here: users, and the role that each holds in a region for a time (handbook 0.6)."""

from __future__ import annotations

import datetime as dt

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.db.models import Q
from django.utils.crypto import salted_hmac

from minzheng.foundation.history import with_history
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region


class Role(models.TextChoices):
    """Roles of handbook 0.6; the last three system roles are kept apart (等保三员)."""

    VILLAGE_HELPER = "village_helper", "村（社区）协理员"
    TOWNSHIP_CLERK = "township_clerk", "乡镇经办人"
    TOWNSHIP_REVIEWER = "township_reviewer", "乡镇审核人"
    COUNTY_REVIEWER = "county_reviewer", "县级审核人"
    COUNTY_APPROVER = "county_approver", "县级确认人"
    FINANCE = "finance", "财务"
    CHILD_DIRECTOR = "child_director", "儿童主任"
    CHILD_SUPERVISOR = "child_supervisor", "儿童督导员"
    PROTECTION = "protection", "未成年人保护机构"
    REGISTRAR = "registrar", "登记员"
    RESCUER = "rescuer", "救助站工作人员"
    ASSESSOR = "assessor", "评估专家"
    INSTITUTION = "institution", "机构账户"
    PARTNER = "partner", "部门系统"
    VIEWER = "viewer", "统计查看"
    AUDITOR = "auditor", "监督（纪检、审计只读）"
    SYSTEM_ADMIN = "system_admin", "系统管理员"
    SECURITY_ADMIN = "security_admin", "安全管理员"
    AUDIT_ADMIN = "audit_admin", "审计管理员"


class User(AbstractUser):
    """An account. `person` is the human being behind it: four-eyes is judged by person, not by account."""

    person = models.ForeignKey(Person, models.PROTECT, null=True, blank=True, related_name="accounts")
    display_name = models.CharField("姓名", max_length=60)
    session_epoch = models.PositiveIntegerField("会话批次", default=0)
    # Set while the password is one that an administrator handed over: until then it opens one page, to change it.
    one_time_until = models.DateTimeField("一次性密码有效至", null=True, blank=True)

    class Meta:
        verbose_name = "账号"

    def _get_session_auth_hash(self, secret: str | None = None) -> str:
        """A session carries this: one more `session_epoch` ends every session of the account at its next request."""
        salt = "minzheng.foundation.accounts.models.User"
        value = f"{self.password}:{self.session_epoch}"
        return salted_hmac(salt, value, secret=secret, algorithm="sha256").hexdigest()

    def __str__(self) -> str:
        return self.display_name or self.username


@with_history
class Assignment(models.Model):
    """A role held in a region (and everything below it) for a time.

    An institution's account works for one organisation and reaches only what is that organisation's, whatever its region.
    """

    user = models.ForeignKey(User, models.PROTECT, related_name="assignments")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="assignments")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="所属机构", null=True, blank=True, related_name="accounts"
    )
    since = models.DateField("起", default=dt.date.today)
    until = models.DateField("止", null=True, blank=True)

    class Meta:
        verbose_name = "任职"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "region"], condition=Q(until__isnull=True), name="one_open_assignment"
            )
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}@{self.region_id}"


class RequestState(models.TextChoices):
    WAITING = "waiting", "待核准"
    GRANTED = "granted", "已核准"
    REFUSED = "refused", "不予核准"


@with_history
class RoleRequest(models.Model):
    """A role that a system administrator asks for; it holds once a security administrator has granted it (等保三员)."""

    user = models.ForeignKey(User, models.PROTECT, related_name="role_requests")
    role = models.CharField("角色", max_length=20, choices=Role.choices)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name="所属机构", null=True, blank=True, related_name="+"
    )
    since = models.DateField("起", default=dt.date.today)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    state = models.CharField("状态", max_length=8, choices=RequestState.choices, default=RequestState.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("核准时间", null=True, blank=True)
    reason = models.CharField("不予核准的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "任职申请"
        constraints = [
            models.UniqueConstraint(
                fields=["user", "role", "region"],
                condition=Q(state="waiting"),
                name="one_waiting_role_request",
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="role_request_is_decided_by_another",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()}@{self.region_id}"


@with_history
class ResetRequest(models.Model):
    """A new password for somebody who lost the old one or the second proof: one administrator asks, another grants."""

    class Seen(models.TextChoices):
        CARD = "card", "当面核对居民身份证"
        VIDEO = "video", "视频核对本人和居民身份证"
        UNIT = "unit", "所在单位书面证明"

    user = models.ForeignKey(User, models.PROTECT, related_name="reset_requests")
    region = models.ForeignKey(Region, models.PROTECT, related_name="+")
    seen = models.CharField("怎样核实本人", max_length=8, choices=Seen.choices)
    why = models.CharField("事由", max_length=200)
    asked_by = models.ForeignKey(User, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField("申请时间", auto_now_add=True)
    state = models.CharField("状态", max_length=8, choices=RequestState.choices, default=RequestState.WAITING)
    decided_by = models.ForeignKey(User, models.PROTECT, null=True, blank=True, related_name="+")
    decided_at = models.DateTimeField("核准时间", null=True, blank=True)
    reason = models.CharField("不予核准的理由", max_length=200, blank=True)

    class Meta:
        verbose_name = "重设密码申请"
        indexes = [models.Index(fields=["region", "id"], name="reset_request_list")]
        constraints = [
            models.UniqueConstraint(
                fields=["user"], condition=Q(state="waiting"), name="one_waiting_reset_request"
            ),
            models.CheckConstraint(
                condition=Q(decided_by__isnull=True) | ~Q(decided_by=models.F("asked_by")),
                name="reset_request_is_decided_by_another",
            ),
            models.CheckConstraint(
                condition=(Q(decided_by__isnull=True) | ~Q(decided_by=models.F("user")))
                & ~Q(asked_by=models.F("user")),
                name="reset_request_is_not_for_oneself",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_state_display()}@{self.region_id}"
