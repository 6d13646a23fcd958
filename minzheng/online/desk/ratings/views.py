"""等级评定: what is rated by which sheet, each rating with why it has its grade, and rankings with their awards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.regions.models import Level, Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.applying import APPLY, apply_rating
from minzheng.foundation.scoring.awards import ranking, split_award
from minzheng.foundation.scoring.grading import mean
from minzheng.foundation.scoring.granting import certificate_of
from minzheng.foundation.scoring.judging import DECIDE
from minzheng.foundation.scoring.models import UNDER_WAY, Assessment, AwardSplit, Duty, State
from minzheng.foundation.scoring.words import ScoreSheet
from minzheng.online.desk.deeds import deed_page, open_deeds
from minzheng.online.desk.ratings.deeds import RATING, SCORING, seat_of
from minzheng.online.ui.forms import PlainForm

READ = "rating.read"
HOME = "等级评定"


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    mine = access.scope(READ, Assessment.objects.all())
    counts = {
        row["sheet"]: row
        for row in mine.order_by()
        .values("sheet")
        .annotate(
            going=Count("pk", filter=Q(state__in=UNDER_WAY)),
            held=Count("pk", filter=Q(state=State.GRANTED)),
            scored=Count("pk", filter=Q(state=State.SCORED)),
        )
    }
    context = {
        "sheets": [
            (one, one.version_on(access.today), counts.get(one.code, {}))
            for one in shelf(ScoreSheet)
            if not one.has_own_pages
        ],
        "going": mine.filter(state__in=UNDER_WAY).select_related("region").order_by("due_on", "pk")[:20],
        "held": mine.filter(state=State.GRANTED).select_related("region").order_by("-grade", "pk")[:20],
        "today": access.today,
        "may_apply": access.may(APPLY),
    }
    return render(request, "desk/ratings/index.html", context)


class NewForm(PlainForm):
    """Which facility, or whose name where the sheet is about something else; and the conditions, one by one."""

    facility = forms.ModelChoiceField(label="机构", queryset=Facility.objects.none(), empty_label="请选择")
    region = forms.ModelChoiceField(label="所在地", queryset=Region.objects.none(), empty_label="请选择")
    name = forms.CharField(label="名称", max_length=100)
    confirmed = forms.MultipleChoiceField(label="申报条件（逐条确认）", widget=forms.CheckboxSelectMultiple)

    def __init__(self, access: Any, sheet: ScoreSheet, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if sheet.facility:
            open_now = Facility.objects.on(access.today).filter(kind=sheet.facility)
            self.fields["facility"].queryset = access.scope(APPLY, open_now).order_by("name")  # type: ignore[attr-defined]
            del self.fields["region"], self.fields["name"]
        else:
            places = Region.objects.on(access.today).filter(level__in=(Level.COUNTY, Level.TOWNSHIP))
            self.fields["region"].queryset = access.scope(APPLY, places, "code").order_by("code")  # type: ignore[attr-defined]
            del self.fields["facility"]
        version = sheet.version_on(access.today, self._place(access))
        conditions = version.conditions if version else ()
        if conditions:
            self.fields["confirmed"].choices = [(one, one) for one in conditions]  # type: ignore[attr-defined]
        else:
            del self.fields["confirmed"]

    def _place(self, access: Any) -> str:
        """Where the sheet must hold: of what was chosen; before that, of the officer."""
        chosen = self.data.get(self.add_prefix("facility"), "")
        if "facility" in self.fields and str(chosen).isdecimal():
            found = self.fields["facility"].queryset.filter(pk=chosen).values_list("region_id", flat=True)  # type: ignore[attr-defined]
            if code := found.first():
                return str(code)
        code = self.data.get(self.add_prefix("region"), "")
        return str(code) or min(access.prefixes(APPLY), key=len).ljust(12, "0")


@permit(APPLY)
def new(request: HttpRequest, code: str) -> HttpResponse:
    if code not in shelf(ScoreSheet) or shelf(ScoreSheet).get(code).has_own_pages:
        raise Http404("没有这张评分表。")
    access, sheet = request.access, shelf(ScoreSheet).get(code)  # type: ignore[attr-defined]
    form = NewForm(access, sheet, request.POST or None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        facility = given.get("facility")
        try:
            made = apply_rating(
                access, sheet=code, region=facility.region if facility else given["region"], facility=facility,
                name=given.get("name", ""), confirmed=given.get("confirmed", ()),
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(request, "已申报，请自评打分。")
            return redirect("desk:ratings:rating", made.pk)
    context = {"form": form, "sheet": sheet, "trail": [(HOME, reverse("desk:ratings:index")), ("申报", "")]}
    return render(request, "desk/ratings/new.html", context, status=422 if form.errors else 200)


def _assessment(access: Any, pk: int) -> Assessment:
    rows = Assessment.objects.select_related("region", "facility__organisation", "opened_by", "granted_by")
    found: Assessment = access.get(READ, rows.prefetch_related("seats__user"), pk=pk)
    if found.sheet not in shelf(ScoreSheet):
        raise Http404("这张评分表已不再使用，请联系系统管理员。")
    return found


@permit(READ)
def rating(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    row = _assessment(access, pk)
    seats = list(row.seats.all())
    plaque = certificate_of(row)
    context = {
        "row": row,
        "sheet": row.declared,
        "version": row.points_sheet,
        "deeds": open_deeds(RATING, access, row),
        "steps": _steps(row),
        "parts": _parts(row, seats),
        "experts": [one for one in seats if one.duty == Duty.SITE],
        "committee": [one for one in seats if one.duty == Duty.COMMITTEE],
        "objections": row.objections.order_by("pk"),
        "plaque": plaque,
        "late": row.is_late(access.today),
        "trail": [(HOME, reverse("desk:ratings:index")), (row.name, "")],
    }
    return render(request, "desk/ratings/rating.html", context)


STEPS = (("自评", State.SELF), ("现场评分", State.SITE), ("委员会", State.COMMITTEE), ("公示", State.PUBLICITY), ("授牌", State.GRANTED))  # fmt: skip


def _steps(row: Assessment) -> list[dict[str, str]]:
    order = [state for _, state in STEPS] if row.declared.is_rating else [State.SELF, State.SITE]
    at = order.index(State(row.state)) if row.state in order else len(order)
    return [
        {
            "title": title,
            "state": "done"
            if number < at or row.state == State.GRANTED
            else "now"
            if number == at
            else "next",
            "note": f"至{row.public_until:%m月%d日}" if state == State.PUBLICITY and row.public_until else "",
        }
        for number, (title, state) in enumerate(STEPS)
        if state in order
    ]


def _parts(row: Assessment, seats: list[Any]) -> list[dict[str, Any]]:
    """Each part: the own points, the assessors' mean once all have handed in, and its items."""
    own: dict[str, int] = {}
    site: dict[str, list[int]] = {}
    closed = bool(row.sums)
    for score in row.scores.all():
        if score.seat_id is None:
            own[score.item] = score.points
        elif closed:
            site.setdefault(score.item, []).append(score.points)
    found = []
    for part in row.points_sheet.parts:
        items = [
            (item, own.get(item.code), mean(site[item.code]) if item.code in site else None)
            for item in part.items
        ]
        given = [points for _, points, _ in items if points is not None]
        found.append(
            {
                "part": part,
                "items": items,
                "own": sum(given) if given else None,
                "site": row.sums.get(part.code),
                "percent": row.sums[part.code] * 100 // part.most if part.code in row.sums else None,
            }
        )
    return found


@permit(READ)
def deed(request: HttpRequest, pk: int, key: str) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    row = _assessment(access, pk)
    chosen = next((one for one in RATING if one.key == key and one.is_open(row)), None)
    back = reverse("desk:ratings:rating", args=[pk])
    trail = [(HOME, reverse("desk:ratings:index")), (row.name, back)]
    if key not in SCORING:
        return deed_page(request, row, chosen, back=back, trail=trail)
    seat = seat_of(row, access) if key == "site" else None
    kept = row.scores.filter(seat=seat) if key == "self" or seat else row.scores.none()
    initial = dict(kept.values_list("item", "points"))
    return deed_page(
        request, row, chosen, back=back, trail=trail, template="desk/ratings/score.html", initial=initial
    )


class AwardForm(PlainForm):
    pool = forms.DecimalField(label="奖励资金总额（元）", min_value=1, max_digits=14, decimal_places=2)


@permit(READ)
def ranking_page(request: HttpRequest) -> HttpResponse:
    """The year's scores in order, and how an award is shared out by them (S-068)."""
    access: Any = request.access  # type: ignore[attr-defined]
    sheets = [one for one in shelf(ScoreSheet) if not one.is_rating and not one.has_own_pages]
    sheet = next(
        (one for one in sheets if one.code == request.GET.get("sheet")), sheets[0] if sheets else None
    )
    if sheet is None:
        raise Http404("没有评分排名的评分表。")
    asked = request.GET.get("year", "")
    year = int(asked) if asked.isdecimal() and len(asked) == 4 else access.today.year
    place = access.get(
        READ, Region.objects.all(), "code", code=min(access.prefixes(READ), key=len).ljust(12, "0")
    )
    form = AwardForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        access.require(DECIDE, place.code)
        try:
            split_award(
                access, place, sheet=sheet.code, year=year, pool_fen=int(form.cleaned_data["pool"] * 100)
            )
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(request, "奖励已分配，合计与总额一分不差。")
            return redirect(f"{request.path}?sheet={sheet.code}&year={year}")
    made = AwardSplit.objects.filter(within(place.prefix), sheet=sheet.code, year=year, region=place).first()
    shares = made.shares if made else {}
    context = {
        "sheet": sheet,
        "sheets": sheets,
        "year": year,
        "place": place,
        "rows": [
            (number, one, shares.get(str(one.pk)))
            for number, one in enumerate(ranking(sheet.code, place, year), 1)
        ],
        "made": made,
        "form": form if access.may(DECIDE, place.code) else None,
        "trail": [(HOME, reverse("desk:ratings:index")), ("绩效排名", "")],
    }
    return render(request, "desk/ratings/ranking.html", context, status=422 if form.errors else 200)
