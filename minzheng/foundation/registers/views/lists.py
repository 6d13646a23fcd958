"""The list of a register: search, filter, sort, page."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.audit.record import record
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.listing import SIZES, Listing
from minzheng.foundation.registers.search import remember
from minzheng.foundation.registers.views.routes import listing_of, registered, trail
from minzheng.foundation.registers.views.saved import views_for
from minzheng.foundation.registry.words import shelf

KEPT_WHEN_CLEARED = ("columns", "density", "size")


@permit("desk.open")
def index(request: HttpRequest) -> HttpResponse:
    """All registers the user may open."""
    registers = [register for register in shelf(Register) if request.access.may(register.read)]  # type: ignore[attr-defined]
    return render(request, "registers/index.html", {"registers": registers, "trail": [("台账", "")]})


@registered("read")
def show(request: HttpRequest, register: Register) -> HttpResponse:
    listing = listing_of(request, register)
    page = listing.page()
    if persons := list(register.persons(page.rows)):
        record(
            f"{register.code}.list",
            f"查看{register.title}列表",
            actor=listing.access.user,
            persons=persons,
            is_read=True,
        )
    count, more = listing.count()
    parameters = listing.parameters()
    context = {
        "register": register,
        "listing": listing,
        "page": page,
        "rows": listing.shown(page.rows),
        "count": count,
        "count_is_capped": more,
        "trail": trail(register),
        "headers": headers(listing),
        "links": links(listing, page.before, page.after),
        "region_choices": region_choices(listing),
        "views": views_for(listing),
        "sizes": SIZES,
        "beside_filters": [pair for pair in parameters if pair[0] in {*KEPT_WHEN_CLEARED, "sort", "find"}],
        "beside_display": [pair for pair in parameters if pair[0] not in KEPT_WHEN_CLEARED],
        "may_write": listing.access.may(register.write) and register.form is not None,
        "may_export": listing.access.may(register.export),
        "bulk_actions": [a for a in register.actions if a.bulk and listing.access.may(a.permission)],
        "address": urlencode(parameters),
    }
    return render(request, "registers/list.html", context)


@require_POST
@registered("read")
@at_most("searches_per_minute", per="user")
def find(request: HttpRequest, register: Register) -> HttpResponse:
    """Takes the search text out of the body and goes on with a token: a name must not stand in an address."""
    parameters = listing_of(request, register).parameters("find")
    if token := remember(request, request.POST.get("text", "")):
        parameters.append(("find", token))
    return redirect(f"{reverse('registers:list', args=[register.code])}?{urlencode(parameters)}")


def headers(listing: Listing) -> list[dict[str, Any]]:
    """Column heads; a sortable one links to the order it would give."""
    sorted_by, descending = listing.sort
    made = []
    for column in listing.columns:
        is_sorted = column is sorted_by
        order = f"-{column.key}" if is_sorted and not descending else column.key
        made.append(
            {
                "column": column,
                "url": "?" + urlencode([*listing.parameters("sort"), ("sort", order)])
                if column.sortable
                else "",
                "sorted": ("descending" if descending else "ascending") if is_sorted else "",
                "is_number": column.kind in {"money", "number"},
            }
        )
    return made


def links(listing: Listing, before: Any, after: Any) -> dict[str, str]:
    """Addresses of the neighbours; the border row stands in them only by its key."""
    parameters = listing.parameters()
    return {
        "first": "?" + urlencode(parameters),
        "before": "?" + urlencode([*parameters, ("before", before)]) if before is not None else "",
        "after": "?" + urlencode([*parameters, ("after", after)]) if after is not None else "",
        "clear": "?" + urlencode([pair for pair in parameters if pair[0] in KEPT_WHEN_CLEARED]),
    }


def region_choices(listing: Listing) -> dict[str, Any]:
    """One level at a time: the chosen region, the way up, and its children. A province has 30,000 villages."""
    if not any(bound.kind == "region" for bound in listing.filters):
        return {}
    chosen = listing.region
    own = {a.region_id for a in listing.access.assignments}
    if chosen is None:
        children = Region.objects.filter(pk__in=own)
    else:
        children = Region.objects.on(listing.access.today).filter(parent=chosen)
    up = chosen.parent_id if chosen is not None and chosen.pk not in own else None
    return {
        "chosen": chosen,
        "chosen_value": chosen.pk if chosen is not None and chosen.pk not in own else "",
        "up": up,
        "up_value": "" if up in own else up,  # one's own region is the scope already, not a filter
        "children": list(children.order_by("code")),
    }
