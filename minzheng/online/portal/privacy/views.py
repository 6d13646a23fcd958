"""Who looked at my file (个人信息保护法 第四十五条), as far as the law allows it to be told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.audit.models import AuditEntry

# Inspection by discipline and audit offices may be kept from the person (个人信息保护法 第十八条、第三十五条).
CONFIDENTIAL = (Role.AUDITOR, Role.AUDIT_ADMIN, Role.SECURITY_ADMIN)
PAGE = 20


@dataclass(frozen=True)
class Look:
    """One look or change: when, by which office (not which official), what for."""

    entry: AuditEntry
    who: str
    what: str
    is_change: bool


@citizen
def looked(request: HttpRequest) -> HttpResponse:
    entries = looks_at(request.access.user).order_by("-at", "-pk")  # type: ignore[attr-defined]
    page = Paginator(entries, PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "looks": in_words(page.object_list), "back_url": reverse("portal:home")}
    return render(request, "portal/privacy/looked.html", context)


def looks_at(user: User) -> QuerySet[AuditEntry]:
    """Every look at the person behind the account, and every change, that others made and the law lets be told."""
    return (
        AuditEntry.objects.filter(persons__contains=[user.person_id])
        .exclude(actor=user)
        .exclude(actor__in=Assignment.objects.filter(role__in=CONFIDENTIAL).values("user"))
    )


def in_words(entries: Iterable[AuditEntry]) -> list[Look]:
    entries = list(entries)
    actors = {entry.actor_id for entry in entries}
    offices = {}
    for held in Assignment.objects.filter(user__in=actors).select_related("region", "user"):
        # Of a partner system the department is told that asked, not where its account was given its rights.
        office = f"{held.region.name} {held.get_role_display()}"
        offices.setdefault(held.user_id, held.user.display_name if held.role == Role.PARTNER else office)
    return [
        Look(
            entry,
            offices.get(entry.actor_id, "家人或代办人" if entry.actor_id else "系统自动办理"),
            entry.title,
            not entry.is_read,
        )
        for entry in entries
    ]
