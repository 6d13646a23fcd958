"""Opening accounts, giving and ending roles. Nobody does it for the own person (GB/T 22239 8.1.10.2)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.regions.models import Level

# 等保三员: system, security and audit administration are three people (handbook 0.6).
KEPT_APART = {Role.SYSTEM_ADMIN, Role.SECURITY_ADMIN, Role.AUDIT_ADMIN}

LEVEL_OF = {
    Role.VILLAGE_HELPER: Level.VILLAGE,
    Role.TOWNSHIP_CLERK: Level.TOWNSHIP,
    Role.TOWNSHIP_REVIEWER: Level.TOWNSHIP,
    Role.COUNTY_REVIEWER: Level.COUNTY,
    Role.COUNTY_APPROVER: Level.COUNTY,
}


@action("account.give_role", "任命", permission="account.write")
def give_role(access: Access, assignment: Assignment) -> Assignment:
    """Save a new role; `assignment` is not saved yet. Refused when the role does not fit place or person."""
    _check(access, assignment)
    assignment.save()
    return assignment


@action("account.open", "开立账号", permission="account.write")
def open_account(access: Access, assignment: Assignment, user: User, password: str) -> User:
    """Save a new user together with the first role: an account without a place in the house is never made."""
    if User.objects.filter(username=user.username).exists():
        raise Refused(f"登录名 {user.username} 已被使用，请换一个，例如在后面加数字。")
    user.set_password(password)
    user.save()
    assignment.user = user
    _check(access, assignment)
    assignment.save()
    return user


@action("account.end_role", "免去任职", permission="account.write")
def end_role(access: Access, assignment: Assignment, on: dt.date) -> Assignment:
    """End a role from that day; the row stays as the record of who could do what when."""
    if assignment.until is not None:
        raise Refused("这项任职已经结束，不用再办。")
    _refuse_own(access, assignment.user)
    assignment.until = max(on, assignment.since)
    assignment.save(update_fields=["until"])
    return assignment


def _check(access: Access, assignment: Assignment) -> None:
    _refuse_own(access, assignment.user)
    level = LEVEL_OF.get(Role(assignment.role))
    if level and assignment.region.level != level:
        raise Refused(f"{assignment.get_role_display()}应任命在{level.label}一级，请改选区划或角色。")
    held = _roles_of_person(assignment.user)
    if assignment.role in KEPT_APART and held & (KEPT_APART - {assignment.role}):
        raise Refused("系统、安全、审计三类管理员须由不同的人担任（等保三员）。请另选一人。")
    open_same = Assignment.objects.filter(
        user=assignment.user, role=assignment.role, region=assignment.region, until__isnull=True
    )
    if open_same.exists():
        raise Refused("此人已有这项任职，不用重复任命。")


def _refuse_own(access: Access, user: User) -> None:
    mine = access.user
    if mine is not None and (mine == user or (mine.person_id and mine.person_id == user.person_id)):
        raise Refused("不能变更自己的任职，请由另一位管理员办理。")


def _roles_of_person(user: User) -> set[str]:
    """Roles in force for the human being, over all the accounts that belong to it."""
    same = Q(user=user) | (Q(user__person_id=user.person_id) if user.person_id else Q(pk__in=[]))
    return set(Assignment.objects.filter(same, until__isnull=True).values_list("role", flat=True))
