"""行动: what documents asked for, how far it is here, and what is still wrong. One set of pages for every programme."""

from __future__ import annotations

from typing import Any

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.programmes.access import PLAN, READ
from minzheng.foundation.programmes.counting import undertakings
from minzheng.foundation.programmes.models import (
    Answer,
    Check,
    Problem,
    ProblemState,
    State,
    StepDone,
    Undertaking,
)
from minzheng.foundation.programmes.registers import PROBLEM_TONES, STATE_TONES
from minzheng.foundation.programmes.standing import parts, reached, summaries
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.cockpit.mapping import with_outlines
from minzheng.online.desk.deeds import deed_page, open_deeds
from minzheng.online.desk.programmes.deeds import PROBLEM, UNDERTAKING

HOME = "行动"
A_PAGE = 20


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    """All programmes; those that something is late in come first."""
    access: Any = request.access  # type: ignore[attr-defined]
    asked = {key: request.GET.get(key, "").strip() for key in ("q", "line", "state", "year")}
    found = [one for one in shelf(Programme) if _fits(one, asked)]
    rows = summaries(found, access.prefixes(READ), access.today)
    if asked["state"]:
        rows = [one for one in rows if (one.units > 0) == (asked["state"] == "used")]
    rows.sort(key=lambda one: (-(one.late + one.late_problems), not one.units))
    context = {
        "rows": rows,
        "asked": asked,
        "lines": sorted({one.line for one in shelf(Programme)}),
        "years": sorted(
            {year for one in shelf(Programme) for year in range(one.since.year, one.until.year + 1)}
        ),
        "open_problems": sum(one.open_problems for one in rows),
        "late_problems": sum(one.late_problems for one in rows),
        "late": sum(one.late for one in rows),
        "running": sum(one.units > one.done for one in rows),
    }
    return render(request, "desk/programmes/index.html", context)


def _fits(programme: Programme, asked: dict[str, str]) -> bool:
    text = f"{programme.title}{programme.document}{programme.asks}"
    return (
        asked["q"] in text
        and asked["line"] in ("", programme.line)
        and (not asked["year"].isdecimal() or programme.runs_in(int(asked["year"])))
    )


def word_of(code: str) -> Programme:
    if code not in shelf(Programme):
        raise Http404("没有这项行动。请从“行动”页面重新选择。")
    return shelf(Programme).get(code)


def place_of(request: HttpRequest, permission: str = READ) -> Region:
    """The highest division in which the user has the right, or the one asked for below it."""
    access: Any = request.access  # type: ignore[attr-defined]
    prefixes = access.prefixes(permission)
    asked = request.GET.get("region", "")
    code = asked if asked.isdecimal() else min(prefixes, key=len).ljust(12, "0")
    found: Region = access.get(permission, Region.objects.all(), "code", code=code)
    return found


@permit(READ)
def programme(request: HttpRequest, code: str) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    word, place = word_of(code), place_of(request)
    years = list(undertakings(word).values_list("year", flat=True).distinct().order_by("-year"))
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and int(asked) in years else None
    prefixes = [place.prefix]
    targets = reached(word, prefixes, year)
    shown = next(
        (one for one in targets if one.target.code == request.GET.get("target")),
        targets[0] if targets else None,
    )
    mine = access.scope(READ, undertakings(word, year)).select_related("region")
    page = Paginator(mine.order_by("state", "due_on", "pk"), A_PAGE).get_page(request.GET.get("page"))
    problems = Problem.objects.filter(undertaking__in=mine).exclude(state=ProblemState.VERIFIED)
    steps = _steps(word, mine)
    context = {
        "word": word,
        "place": place,
        "year": year,
        "years": years,
        "targets": targets,
        "shown": shown,
        "map": _map(word, shown, place, access, year) if shown else None,
        "steps": steps,
        "page": page,
        "state_tones": STATE_TONES,
        "today": access.today,
        "problems": problems.select_related("undertaking").order_by("due_on", "pk")[:10],
        "problem_count": problems.count(),
        "problem_tones": PROBLEM_TONES,
        "may_plan": access.may(PLAN),
        "list_url": f"{reverse('registers:list', args=['undertakings'])}?programme={word.code}",
        "problems_url": f"{reverse('registers:list', args=['problems'])}?programme={word.code}",
        "trail": [(HOME, reverse("desk:programmes:index")), (word.title, "")],
    }
    return render(request, "desk/programmes/programme.html", context)


def _map(word: Programme, shown: Any, place: Region, access: Any, year: int | None) -> dict[str, Any]:
    found = parts(word, shown.target, place, access.today, year)
    base = reverse("desk:programmes:programme", args=[word.code])
    features = [
        {
            "name": one.region.name,
            "value": None if one.value is None else float(one.value),
            "words": shown.show(one.value) if one.units else "没有项目",
            "url": f"{base}?region={one.region.code}&target={shown.target.code}"
            if one.region.level < Level.VILLAGE
            else "",
        }
        for one in found
    ]
    rows = [(one, feature) for one, feature in zip(found, features, strict=True) if one.units]
    drawn = with_outlines(features, [one.region for one in found])
    return drawn | {"rows": rows, "empty": len(found) - len(rows)}


def _steps(word: Programme, mine: Any) -> list[tuple[Any, int]]:
    done = StepDone.objects.filter(undertaking__in=mine)
    counts: dict[str, int] = {}
    for step in done.values_list("step", flat=True):
        counts[step] = counts.get(step, 0) + 1
    return [(one, counts.get(one.code, 0)) for one in word.steps]


@permit(READ)
def undertaking(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    row = _undertaking(access, pk)
    word = row.declared
    passed = {one.step: one for one in row.steps_done.select_related("made_by").prefetch_related("proofs")}
    now = next((one.code for one in word.steps if one.code not in passed), "")
    checks = {one.point: one for one in row.checks.select_related("checked_by")}
    figures = {one.target: one for one in row.figures.all()}
    context = {
        "row": row,
        "word": word,
        "tone": STATE_TONES[State(row.state)],
        "late": row.is_late(access.today),
        "deeds": open_deeds(UNDERTAKING, access, row),
        "steps": [
            {
                "title": one.title,
                "state": "done"
                if one.code in passed
                else "now"
                if one.code == now and row.is_open
                else "next",
                "note": f"{passed[one.code].done_on:%Y-%m-%d}" if one.code in passed else "",
            }
            for one in word.steps
        ],
        "proofs": [paper for one in passed.values() for paper in one.proofs.all()] + list(row.proofs.all()),
        "points": [(one, checks.get(one.code)) for one in word.points],
        "fails": Answer.FAILS,
        "figures": [(one, figures.get(one.code)) for one in word.figures],
        "problems": row.problems.order_by("state", "due_on", "pk"),
        "problem_tones": PROBLEM_TONES,
        "today": access.today,
        "trail": [
            (HOME, reverse("desk:programmes:index")),
            (word.title, reverse("desk:programmes:programme", args=[word.code])),
            (row.name, ""),
        ],
    }
    return render(request, "desk/programmes/undertaking.html", context)


def _undertaking(access: Any, pk: int) -> Undertaking:
    rows = Undertaking.objects.select_related("region", "facility", "reported_by", "accepted_by")
    found: Undertaking = access.get(
        READ, rows.prefetch_related(Prefetch("checks", Check.objects.all())), pk=pk
    )
    word_of(found.programme)
    return found


@permit(READ)
def undertaking_deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    row = _undertaking(request.access, pk)  # type: ignore[attr-defined]
    deed = next((one for one in UNDERTAKING if one.key == key and one.is_open(row)), None)
    back = reverse("desk:programmes:undertaking", args=[pk])
    return deed_page(
        request, row, deed, back=back, trail=[(HOME, reverse("desk:programmes:index")), (row.name, back)]
    )


def _problem(access: Any, pk: int) -> Problem:
    rows = Problem.objects.select_related(
        "region", "undertaking__facility", "found_by", "assigned_by", "fixed_by", "verified_by"
    )
    found: Problem = access.get(READ, rows, pk=pk)
    word_of(found.undertaking.programme)
    return found


@permit(READ)
def problem(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    row = _problem(access, pk)
    order = list(ProblemState)
    at = order.index(ProblemState(row.state))
    titles = ("发现", "交办", "整改", "复核销号")
    days = (row.found_on, row.assigned_on, row.fixed_on, row.verified_on)
    context = {
        "row": row,
        "tone": PROBLEM_TONES[ProblemState(row.state)],
        "late": row.is_late(access.today),
        "deeds": open_deeds(PROBLEM, access, row),
        "steps": [
            {
                "title": title,
                "state": "done" if number <= at else "now" if number == at + 1 else "next",
                "note": f"{day:%Y-%m-%d}" if day and number <= at else "",
            }
            for number, (title, day) in enumerate(zip(titles, days, strict=True))
        ],
        "found_photos": row.found_photos.all(),
        "fixed_photos": row.fixed_photos.all(),
        "trail": [
            (HOME, reverse("desk:programmes:index")),
            (row.undertaking.name, reverse("desk:programmes:undertaking", args=[row.undertaking_id])),
            ("问题", ""),
        ],
    }
    return render(request, "desk/programmes/problem.html", context)


@permit(READ)
def problem_deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    row = _problem(request.access, pk)  # type: ignore[attr-defined]
    deed = next((one for one in PROBLEM if one.key == key and one.is_open(row)), None)
    back = reverse("desk:programmes:problem", args=[pk])
    return deed_page(
        request, row, deed, back=back, trail=[(HOME, reverse("desk:programmes:index")), (row.title, back)]
    )
