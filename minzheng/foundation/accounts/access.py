"""One request's rights: which roles, in which regions, today. Views reach objects only through here."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

from django.core.exceptions import ObjectDoesNotExist, PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404

from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.regions.models import prefix_of, within

M = TypeVar("M", bound=Model)


def organisations_of(assignments: list[Assignment]) -> set[int]:
    """Keys of the organisations whose account holds these assignments."""
    return {
        one.organisation_id
        for one in assignments
        if one.role == Role.INSTITUTION and one.organisation_id is not None
    }


@dataclass
class Access:
    """What `user` may do on `today`. `None` is a visitor: no roles, no regions, nothing."""

    user: User | None
    today: dt.date = field(default_factory=dt.date.today)

    @cached_property
    def assignments(self) -> list[Assignment]:
        return self.in_force()

    def in_force(self) -> list[Assignment]:
        """What the account holds today, read afresh."""
        if self.user is None:
            return []
        in_force = Q(since__lte=self.today) & (Q(until__isnull=True) | Q(until__gt=self.today))
        return list(self.user.assignments.filter(in_force).select_related("region"))

    @property
    def roles(self) -> set[str]:
        return {assignment.role for assignment in self.assignments}

    @cached_property
    def organisations(self) -> set[int]:
        """Organisations whose account this is (role 机构账户)."""
        return organisations_of(self.assignments)

    @property
    def is_staff(self) -> bool:
        return bool(self.assignments)

    def prefixes(self, permission: str) -> list[str]:
        """Code prefixes of the regions where the user holds the permission."""
        roles = roles_with(permission)
        return sorted({prefix_of(a.region_id) for a in self.assignments if a.role in roles})

    def may(self, permission: str, region: str | None = None) -> bool:
        """Whether the permission is held at all, or in the given region (12-digit code)."""
        prefixes = self.prefixes(permission)
        return bool(prefixes) if region is None else any(region.startswith(p) for p in prefixes)

    def holds(self, roles: set[str] | frozenset[str], region: str) -> bool:
        """Whether one of the roles is held over that region."""
        return any(a.role in roles and region.startswith(prefix_of(a.region_id)) for a in self.assignments)

    def require(self, permission: str, region: str | None = None) -> None:
        if not self.may(permission, region):
            raise PermissionDenied("您没有办理这件事的权限。如工作需要，请联系本单位系统管理员调整任职。")

    def scope(self, permission: str, queryset: QuerySet[M], field: str = "region_id") -> QuerySet[M]:
        """Only the rows in the user's regions; nothing at all without the permission (fails closed)."""
        prefixes = self.prefixes(permission)
        if not prefixes:
            return queryset.none()
        if "" in prefixes:
            return queryset
        condition = Q()
        for prefix in prefixes:
            condition |= within(prefix, field)
        return queryset.filter(condition)

    def own(self, queryset: QuerySet[M], field: str = "organisation_id") -> QuerySet[M]:
        """Only what belongs to the organisations whose account this is; `field` leads to the organisation's key."""
        return queryset.filter(**{f"{field}__in": self.organisations})

    def get_own(self, queryset: QuerySet[M], field: str = "organisation_id", **lookup: Any) -> M:
        """One object of the own organisation, or 404."""
        try:
            return self.own(queryset, field).get(**lookup)
        except ObjectDoesNotExist:
            raise Http404("没有找到这条记录，或者它不属于您的机构。") from None

    def get(self, permission: str, queryset: QuerySet[M], field: str = "region_id", **lookup: Any) -> M:
        """One object in scope, or 404: another region's object does not exist for this user."""
        try:
            return self.scope(permission, queryset, field).get(**lookup)
        except ObjectDoesNotExist:
            raise Http404("没有找到这条记录，或者它不在您的辖区内。") from None
