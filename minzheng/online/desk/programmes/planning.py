"""Planning a year: numbers for a division and those below it, and which units take part."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.programmes.access import PLAN
from minzheng.foundation.programmes.models import PlanNumber
from minzheng.foundation.programmes.planning import (
    UnitDraft,
    drawn_families,
    facility_units,
    plan_numbers,
    plan_units,
    region_units,
)
from minzheng.foundation.programmes.words import LEVELS, Programme
from minzheng.foundation.regions.models import Region
from minzheng.online.desk.programmes.views import HOME, place_of, word_of
from minzheng.online.ui.forms import PlainForm


class PlanForm(PlainForm):
    """One target of one year: the own number first, then one for each division below."""

    target = forms.ChoiceField(label="目标")
    year = forms.IntegerField(label="年度", min_value=2015, max_value=2100)
    document = forms.CharField(label="依据文件", max_length=120, help_text="例如：县民政局〔2026〕3号")

    def __init__(self, word: Programme, places: list[Region], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.word = word
        self.fields["target"].choices = [  # type: ignore[attr-defined]
            (one.code, f"{one.title}（{one.unit}）") for one in word.targets
        ]
        self.names = {f"r{one.code}": one for one in places}
        for name, place in self.names.items():
            self.fields[name] = forms.DecimalField(
                label=place.name, required=False, min_value=0, max_digits=15, decimal_places=2
            )

    def numbers(self) -> dict[str, int]:
        """{12-digit code: number}, money in fen; a box left empty changes nothing."""
        target = self.word.target(self.cleaned_data["target"])
        scale = 100 if target is not None and target.is_money else 1
        return {
            place.code: int(self.cleaned_data[name] * scale)
            for name, place in self.names.items()
            if self.cleaned_data.get(name) is not None
        }


@permit(PLAN)
def plan(request: HttpRequest, code: str) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    word, place = word_of(code), place_of(request, PLAN)
    below = list(Region.objects.on(access.today).filter(parent=place).order_by("code"))
    form = PlanForm(word, [place, *below], request.POST or None, initial={"year": access.today.year})
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            changed = plan_numbers(
                access, place, programme=code, year=given["year"], target=given["target"],
                numbers=form.numbers(), document=given["document"],
            )  # fmt: skip
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            messages.success(
                request, f"计划已保存，更新 {changed} 个地区。" if changed else "计划数没有变化。"
            )
            return redirect("desk:programmes:programme", code)
    known = PlanNumber.objects.filter(programme=code, region__in=[place, *below]).select_related("region")
    context = {
        "word": word,
        "place": place,
        "form": form,
        "numbers": [(one, word.target(one.target)) for one in known.order_by("-year", "target", "region_id")],
        "trail": _trail(word, "制定计划"),
    }
    return render(request, "desk/programmes/plan.html", context, status=422 if form.errors else 200)


class UnitsForm(PlainForm):
    """Which units take part in a year: all of the declared kind at once, or one by name."""

    year = forms.IntegerField(label="年度", min_value=2015, max_value=2100)
    due_on = forms.DateField(label="计划完成", widget=forms.DateInput(attrs={"type": "date"}))
    name = forms.CharField(
        label="名称",
        max_length=80,
        required=False,
        help_text="只列入一个的，写名称；不写就把下面说明的全部列入。",
    )

    count = forms.IntegerField(
        label="抽多少户",
        min_value=1,
        max_value=2000,
        help_text="按年度随机抽取，结果可以复查；同一年再抽更多，已抽的不变。",
    )

    def __init__(self, word: Programme, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["name" if word.unit == "household" else "count"]

    def drafts(self, word: Programme, place: Region, on: dt.date) -> list[UnitDraft]:
        given = self.cleaned_data
        if given.get("name", "").strip():
            name = given["name"].strip()
            return [UnitDraft(f"item:{place.code}:{name}", name, place.code, given["due_on"])]
        if word.unit == "region":
            return region_units(place, LEVELS[word.level], given["due_on"], on)
        if word.unit == "household":
            lot = f"{word.code}:{given['year']}:{place.code}"
            return drawn_families(place, word.benefits, given.get("count") or 0, lot, given["due_on"])
        return facility_units(place, word.facility_kind, given["due_on"], on) if word.facility_kind else []


@permit(PLAN)
def units(request: HttpRequest, code: str) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    word, place = word_of(code), place_of(request, PLAN)
    form = UnitsForm(word, request.POST or None, initial={"year": access.today.year})
    if request.method == "POST" and form.is_valid():
        drafts = form.drafts(word, place, access.today)
        try:
            made = plan_units(access, place, programme=code, year=form.cleaned_data["year"], units=drafts)
        except ValidationError as refused:
            form.add_error(None, " ".join(refused.messages))
        else:
            if drafts:
                messages.success(
                    request, f"新列入 {len(made)} 个，已在计划里的 {len(drafts) - len(made)} 个没有重复。"
                )
                return redirect("desk:programmes:programme", code)
            form.add_error(None, f"没有可以整批列入的{word.unit_name}，请写名称，或从台账用 Excel 导入。")
    context = {"word": word, "place": place, "form": form, "trail": _trail(word, "列入项目")}
    return render(request, "desk/programmes/units.html", context, status=422 if form.errors else 200)


def _trail(word: Programme, here: str) -> list[tuple[str, str]]:
    own = reverse("desk:programmes:programme", args=[word.code])
    return [(HOME, reverse("desk:programmes:index")), (word.title, own), (here, "")]
