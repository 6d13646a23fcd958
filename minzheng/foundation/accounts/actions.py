"""Opening accounts, giving and ending roles: one administrator asks, another grants, nobody for the own person.

等保三员 (GB/T 22239 8.1.4.2, 8.1.10.2): the system administrator opens accounts and asks for roles, the security
administrator grants them, the audit administrator reads what both did. A change of rights ends the user's log-ins.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import F, Q
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.behind import is_same_person
from minzheng.foundation.accounts.models import Assignment, RequestState, Role, RoleRequest, User
from minzheng.foundation.accounts.one_time import runs_out_at
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Level

KEPT_APART = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}

LEVEL_OF = {
    Role.VILLAGE_HELPER: Level.VILLAGE,
    Role.TOWNSHIP_CLERK: Level.TOWNSHIP,
    Role.TOWNSHIP_REVIEWER: Level.TOWNSHIP,
    Role.CHILD_DIRECTOR: Level.VILLAGE,
    Role.CHILD_SUPERVISOR: Level.TOWNSHIP,
    Role.PROTECTION: Level.COUNTY,
    Role.COUNTY_REVIEWER: Level.COUNTY,
    Role.COUNTY_APPROVER: Level.COUNTY,
}


def place_of(user: User) -> str:
    """Where the account belongs: the region of its latest role, held or asked for."""
    held = Assignment.objects.filter(user=user).order_by("-pk").values_list("region_id", flat=True).first()
    asked = RoleRequest.objects.filter(user=user).order_by("-pk").values_list("region_id", flat=True).first()
    return held or asked or ""


@action("account.ask_role", "申请任职", permission="account.write")
def ask_role(access: Access, request: RoleRequest) -> RoleRequest:
    """Save a request; `request` is not saved yet. Refused when the role does not fit place or person."""
    refuse_own(access, request.user)
    _check(request)
    if RoleRequest.objects.filter(
        user=request.user, role=request.role, region=request.region, state=RequestState.WAITING
    ).exists():
        raise Refused("这项任职已经申请，正等安全管理员核准，不用重复申请。")
    request.asked_by = acting(access)
    request.save()
    return request


@action("account.open", "开立账号", permission="account.write")
def open_account(access: Access, request: RoleRequest, user: User, password: str) -> User:
    """Save a new user together with the request for the first role: an account without a place is never made."""
    if User.objects.filter(username=user.username).exists():
        raise Refused(f"登录名 {user.username} 已被使用，请换一个，例如在后面加数字。")
    user.set_password(password)
    user.one_time_until = runs_out_at()
    user.save()
    request.user, request.asked_by = user, acting(access)
    refuse_own(access, user)
    _check(request)
    request.save()
    return user


@action("account.grant_role", "核准任职", permission="account.grant")
def grant_role(access: Access, request: RoleRequest) -> Assignment:
    """The role holds from now on, and the user logs in anew."""
    request = _waiting(access, request)
    _check(request)
    granted = Assignment.objects.create(
        user=request.user,
        role=request.role,
        region=request.region,
        organisation=request.organisation,
        since=request.since,
    )
    _decide(access, request, RequestState.GRANTED)
    if request.user.one_time_until and request.user.last_login is None:  # nobody could have used it until now
        request.user.one_time_until = runs_out_at()
        request.user.save(update_fields=["one_time_until"])
    drop_log_ins(request.user)
    return granted


@action("account.refuse_role", "不予核准任职", permission="account.grant")
def refuse_role(access: Access, request: RoleRequest, reason: str) -> RoleRequest:
    reason = " ".join(reason.split())
    if len(reason) < 2:
        raise Refused("请写明不予核准的理由，申请人会看到。")
    request = _waiting(access, request)
    request.reason = reason[:200]
    return _decide(access, request, RequestState.REFUSED)


@action("account.end_role", "免去任职", permission="account.write")
def end_role(access: Access, assignment: Assignment, on: dt.date) -> Assignment:
    """End a role from that day; the row stays as the record of who could do what when. Taking needs no second hand."""
    if assignment.until is not None:
        raise Refused("这项任职已经结束，不用再办。")
    refuse_own(access, assignment.user)
    assignment.until = max(on, assignment.since)
    assignment.save(update_fields=["until"])
    drop_log_ins(assignment.user)
    return assignment


@action("account.close", "停用账号", permission="account.write", region=place_of)
def close_account(access: Access, user: User, on: dt.date) -> User:
    """No log-in any more and no roles: opened again, the account holds nothing until a role is granted anew."""
    refuse_own(access, user)
    Assignment.objects.filter(user=user, until__isnull=True, since__gt=on).update(until=F("since"))
    Assignment.objects.filter(user=user, until__isnull=True).update(until=on)
    RoleRequest.objects.filter(user=user, state=RequestState.WAITING).delete()
    User.objects.filter(pk=user.pk).update(is_active=False)
    user.is_active = False
    drop_log_ins(user)
    return user


@action("account.reopen", "恢复账号", permission="account.write", region=place_of)
def reopen_account(access: Access, user: User) -> User:
    refuse_own(access, user)
    User.objects.filter(pk=user.pk).update(is_active=True)
    user.is_active = True
    return user


@action("account.end_log_ins", "结束他人的登录", permission="account.grant", region=place_of)
def end_log_ins(access: Access, user: User) -> None:
    """All of the user's devices, at once; the user may log in again."""
    drop_log_ins(user)


def drop_log_ins(user: User) -> None:
    User.objects.filter(pk=user.pk).update(session_epoch=F("session_epoch") + 1)


def acting(access: Access) -> User:
    if access.user is None:
        raise Refused("请先登录再办理。")
    return access.user


def _waiting(access: Access, request: RoleRequest) -> RoleRequest:
    """The request, locked, if it still waits and this person may decide on it."""
    found = (
        RoleRequest.objects.select_for_update()
        .select_related("user", "asked_by", "region")
        .get(pk=request.pk)
    )
    if found.state != RequestState.WAITING:
        raise Refused("这项申请已经办过，请刷新页面。")
    refuse_own(access, found.user)
    if is_same_person(acting(access), found.asked_by):
        raise Refused("申请和核准须由两个人办理。这项任职是您申请的，请另一位安全管理员核准。")
    return found


def _decide(access: Access, request: RoleRequest, state: RequestState) -> RoleRequest:
    request.state, request.decided_by, request.decided_at = state, access.user, timezone.now()
    request.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return request


def _check(request: RoleRequest) -> None:
    if request.role == Role.PARTNER:
        raise Refused("部门系统的权限不给人用：请在“开放接口”里登记接口客户。")
    level = LEVEL_OF.get(Role(request.role))
    if level and request.region.level != level:
        raise Refused(f"{request.get_role_display()}应任命在{level.label}一级，请改选区划或角色。")
    if (request.role == Role.INSTITUTION) != (request.organisation_id is not None):
        raise Refused("机构账户须写明是哪个机构的（填统一社会信用代码）；别的角色不填机构。")
    held = _roles_of_person(request.user)
    if request.role in KEPT_APART and held & (KEPT_APART - {request.role}):
        raise Refused("系统、安全、审计三类管理员须由不同的人担任（等保三员）。请另选一人。")
    open_same = Assignment.objects.filter(
        user=request.user, role=request.role, region=request.region, until__isnull=True
    )
    if open_same.exists():
        raise Refused("此人已有这项任职，不用重复任命。")


def refuse_own(access: Access, user: User) -> None:
    if access.user is not None and is_same_person(access.user, user):
        raise Refused("不能变更自己的账号和任职，请由另一位管理员办理。")


def _roles_of_person(user: User) -> set[str]:
    """Roles held or asked for by the human being, over all the accounts that belong to it."""
    same = Q(user=user) | (Q(user__person_id=user.person_id) if user.person_id else Q(pk__in=[]))
    held = set(Assignment.objects.filter(same, until__isnull=True).values_list("role", flat=True))
    asked = set(RoleRequest.objects.filter(same, state=RequestState.WAITING).values_list("role", flat=True))
    return held | asked
