"""Who looked at my file (个人信息保护法 第四十五条), as far as the law allows it to be told."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone

from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.cases.parameters import parameter

NATIONAL = "0" * 12
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
    """Every look at the person behind the account, and every change, that others made and the law lets be told.

    What counts is the role on the day of the look: an officer who inspects today looked as an officer last year.
    """
    day = OuterRef("at__date")
    inspecting = Assignment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=day), user=OuterRef("actor"), role__in=withheld(), since__lte=day
    )
    return (
        AuditEntry.objects.filter(persons__contains=[user.person_id])
        .exclude(actor=user)
        .filter(~Exists(inspecting))
    )


def withheld() -> list[str]:
    """Roles whose looks the law keeps from the person (standards/national/security.yaml, look_withheld_…)."""
    return [role for role in Role.values if _is_withheld(role)]


def _is_withheld(role: str) -> bool:
    try:
        return bool(parameter(f"look_withheld_{role}", NATIONAL, timezone.localdate()))
    except LookupError:
        return False  # no law named: the person is told


def in_words(entries: Iterable[AuditEntry]) -> list[Look]:
    entries = list(entries)
    held: dict[int, list[Assignment]] = defaultdict(list)
    actors = {entry.actor_id for entry in entries}
    for one in Assignment.objects.filter(user__in=actors).select_related("region", "user").order_by("since"):
        held[one.user_id].append(one)
    return [
        Look(entry, _office(held[entry.actor_id or 0], entry), entry.title, not entry.is_read)
        for entry in entries
    ]


def _office(held: list[Assignment], entry: AuditEntry) -> str:
    """As whom somebody looked: by the role of that day, the nearest if there was none."""
    if not held:
        return "家人或代办人" if entry.actor_id else "系统自动办理"
    day = timezone.localdate(entry.at)
    as_whom = next((one for one in held if _in_force(one, day)), held[-1])
    # Of a partner system the department is told that asked, not where its account was given its rights.
    if as_whom.role == Role.PARTNER:
        return as_whom.user.display_name
    return f"{as_whom.region.name} {as_whom.get_role_display()}"


def _in_force(held: Assignment, day: dt.date) -> bool:
    return held.since <= day and (held.until is None or held.until >= day)
