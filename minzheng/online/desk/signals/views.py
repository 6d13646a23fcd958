"""监测预警: every signal with what it tests, whether it is sound and what came of it; the groups; the sweeps."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minzheng.datacenter.signals.groups import NINE, THIRTEEN, declared_groups
from minzheng.datacenter.signals.models import Alert, GroupCount, Sweep
from minzheng.datacenter.signals.overview import by_month, cards, clauses, counties_of, figures_of
from minzheng.datacenter.signals.sweep import by_group, coverage_of, open_sweep
from minzheng.datacenter.signals.words import Signal
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level, Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.signals.forms import SweepForm
from minzheng.online.desk.signals.groups import latest_month, lines_of

TRAIL = ("监测预警", "/desk/signals/")


@permit("task.read")
def index(request: HttpRequest) -> HttpResponse:
    alerts = request.access.scope("task.read", Alert.objects.all())
    counties = counties_of(request.access.prefixes("task.read"))
    found = cards(alerts, counties, request.access.today)
    context = {
        "cards": found,
        "broken": [card for card in found if card.state == "失灵"],
        "open": sum(card.record.open for card in found),
        "overdue": sum(card.record.overdue for card in found),
        "visited": sum(card.record.visited for card in found),
        "confirmed": sum(card.record.confirmed for card in found),
        "many": len(counties) > 1,
    }
    return render(request, "desk/signals/index.html", context)


@permit("task.read")
def signal(request: HttpRequest, code: str) -> HttpResponse:
    if code not in shelf(Signal):
        raise Http404("没有这项预警。")
    declared = shelf(Signal).get(code)
    alerts = request.access.scope("task.read", Alert.objects.filter(signal=code))
    counties = counties_of(request.access.prefixes("task.read"))
    card = next(card for card in cards(alerts, counties, request.access.today) if card.signal is declared)
    here = counties[0] if counties else "000000000000"
    context = {
        "card": card,
        "clauses": clauses(declared, request.access.today) if declared.test else [],
        "figures": figures_of(declared, here, request.access.today),
        "months": by_month(alerts, request.access.today)[:12],
        "list_url": f"{reverse('registers:list', args=['alerts'])}?signal={code}",
        "trail": [TRAIL, (declared.title, "")],
    }
    return render(request, "desk/signals/signal.html", context)


@permit("task.read")
def groups(request: HttpRequest) -> HttpResponse:
    """S-049: groups × standard × count; the figures are those of the newest month of the library."""
    counts = request.access.scope("task.read", GroupCount.objects.all())
    month = latest_month(counts)
    day = request.access.today
    declared = declared_groups()
    prefixes = request.access.prefixes("task.read")
    place = (prefixes[0] if prefixes else "").ljust(12, "0")
    sets = [
        (one, lines_of(one, counts, month, place, day))
        for one in (declared.on(NINE, day), declared.on(THIRTEEN, day))
    ]
    return render(
        request, "desk/signals/groups.html", {"sets": sets, "month": month, "trail": [TRAIL, ("人群", "")]}
    )


@permit("task.read")
def sweeps(request: HttpRequest) -> HttpResponse:
    prefixes = request.access.prefixes("task.read")
    found = []
    for one in Sweep.objects.select_related("region").order_by("-pk")[:50]:
        rows = coverage_of(one, prefixes, 6)
        if rows:
            found.append((one, _all(one, prefixes)))
    context = {
        "sweeps": found,
        "may_open": request.access.may("screening.run"),
        "trail": [TRAIL, ("摸排", "")],
    }
    return render(request, "desk/signals/sweeps.html", context)


@permit("screening.run")
def new_sweep(request: HttpRequest) -> HttpResponse:
    form = SweepForm(request.access, request.POST or None)
    if request.method == "POST" and form.is_valid():
        answers = form.cleaned_data
        try:
            sweep = open_sweep(
                request.access,
                answers["region"],
                title=answers["title"],
                groups=answers["groups"],
                since=answers["since"],
                until=answers["until"],
            )
        except Refused as refusal:
            form.add_error(None, refusal)
        else:
            return redirect("desk:sweep", sweep.pk)
    trail = [TRAIL, ("摸排", reverse("desk:sweeps")), ("发起摸排", "")]
    return render(request, "desk/signals/new_sweep.html", {"form": form, "trail": trail})


@permit("task.read")
def sweep(request: HttpRequest, pk: int) -> HttpResponse:
    """Coverage by group and by township, each leading to the list of households."""
    prefixes = request.access.prefixes("task.read")
    found = Sweep.objects.select_related("region", "opened_by").filter(pk=pk).first()
    rows = coverage_of(found, prefixes, SIGNIFICANT_DIGITS[Level.TOWNSHIP]) if found else []
    if not rows:
        raise Http404("没有找到这次摸排，或者它不在您的辖区内。")
    titles = declared_groups().titles
    names = dict(Region.objects.filter(code__in={row.region for row in rows}).values_list("code", "name"))
    townships: dict[str, list] = {}
    for row in rows:
        townships.setdefault(row.region, []).append(row)
    context = {
        "sweep": found,
        "total": _all(found, prefixes),
        "groups": [(titles.get(code, code), one) for code, one in by_group(rows).items()],
        "townships": [
            (names.get(code, code), code, [(titles.get(row.group, row.group), row) for row in own])
            for code, own in townships.items()
        ],
        "list_url": f"{reverse('registers:list', args=['sweep-targets'])}?sweep={found.pk}",
        "trail": [TRAIL, ("摸排", reverse("desk:sweeps")), (found.title, "")],
    }
    return render(request, "desk/signals/sweep.html", context)


def _all(sweep: Sweep, prefixes: list[str]) -> tuple[int, int, int]:
    """(households, visited, per cent) in view; a household counts once, whatever its groups."""
    targets = sweep.targets.all()
    condition = within(prefixes[0])
    for prefix in prefixes[1:]:
        condition |= within(prefix)
    targets = targets.filter(condition)
    everyone, visited = targets.count(), targets.exclude(visited_on=None).count()
    return everyone, visited, visited * 100 // everyone if everyone else 0
