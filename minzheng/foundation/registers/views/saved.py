"""Saved views: filters, columns and order under a name, for oneself or for everyone of one's region."""

from __future__ import annotations

from typing import Any
from urllib.parse import parse_qsl, urlencode

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Q, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS
from minzheng.foundation.registers.actions import drop_view, save_view
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.listing import Listing
from minzheng.foundation.registers.models import SavedView
from minzheng.foundation.registers.views.routes import listing_of, registered, user_of


def visible_views(listing: Listing) -> QuerySet[SavedView]:
    """One's own, and those shared with a region that one works in or below."""
    condition = Q(owner=listing.access.user)
    for assignment in listing.access.assignments:
        above = {assignment.region_id[:digits].ljust(12, "0") for digits in SIGNIFICANT_DIGITS.values()}
        condition |= Q(shared_with__in=above)
    return (
        SavedView.objects.filter(condition, register=listing.register.code)
        .select_related("owner")
        .order_by("title", "id")
    )


def views_for(listing: Listing) -> list[dict[str, Any]]:
    """Tabs above the list. A view is current as long as the address says what the view says."""
    address = set(listing.parameters("find"))
    return [
        {
            "view": view,
            "url": f"?{view.query}",
            "current": set(parse_qsl(view.query)) == address,
            "own": view.owner == listing.access.user,
        }
        for view in visible_views(listing)
    ]


@require_POST
@registered("read")
def save(request: HttpRequest, register: Register) -> HttpResponse:
    listing = listing_of(request, register)
    view = SavedView(
        owner=user_of(request),
        register=register.code,
        title=" ".join(request.POST.get("title", "").split())[:40],
        query=urlencode(listing.parameters("find")),
        shared_with=listing.own_region if request.POST.get("share") == "1" else None,
    )
    try:
        save_view(listing.access, view)
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    else:
        messages.success(request, f"已保存视图“{view.title}”。")
    return redirect(f"{reverse('registers:list', args=[register.code])}?{request.GET.urlencode()}")


@require_POST
@registered("read")
def drop(request: HttpRequest, register: Register, view_id: int) -> HttpResponse:
    view = get_object_or_404(SavedView, pk=view_id, owner=user_of(request), register=register.code)
    drop_view(request.access, view)  # type: ignore[attr-defined]
    messages.success(request, "已删除这个视图。")
    return redirect("registers:list", register.code)
