"""相对贫困研究: one study by township, beside another one of the same county with another line or day."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse

from minzheng.business.assistance.relative.models import State, Study, StudyPlace
from minzheng.business.assistance.relative.register import NOBODY_IS_JUDGED, NOT_SHOWN, READ
from minzheng.foundation.accounts.permits import permit
from minzheng.online.ui.formats import big_number


@dataclass(frozen=True)
class Row:
    """What both studies found in one place; `change` in percentage points, None where either cannot be told."""

    name: str
    is_whole: bool
    here: StudyPlace | None
    there: StudyPlace | None

    @property
    def poor(self) -> str:
        return in_figures(self.here and self.here.poor_persons)

    @property
    def helped(self) -> str:
        return in_figures(self.here and self.here.helped_persons)

    @property
    def undetermined(self) -> str:
        return in_figures(self.here and self.here.undetermined_persons)

    @property
    def change(self) -> float | None:
        rates = [one.rate if one else None for one in (self.here, self.there)]
        return None if rates[0] is None or rates[1] is None else rates[0] - rates[1]


def in_figures(count: int | None) -> str:
    return NOT_SHOWN if count is None else big_number(count)


@permit(READ)
def study(request: HttpRequest, pk: int) -> HttpResponse:
    """GET `?with=` another finished study of the same county."""
    done = Study.objects.select_related("region").filter(state=State.DONE)
    one = request.access.get(READ, done, pk=pk)  # type: ignore[attr-defined]
    others = list(done.filter(region=one.region_id).exclude(pk=one.pk).order_by("-on", "-id"))
    chosen = request.GET.get("with", "")
    other = next((each for each in others if str(each.pk) == chosen), None)
    if chosen and other is None:
        raise Http404("没有这次研究，或者它还没有完成。请在页面上重新选择。")
    rows = rows_of(one, other)
    context = {
        "one": one,
        "other": other,
        "others": others,
        "rows": rows,
        "bars": [
            (row.name, round(row.here.rate, 1))
            for row in rows
            if row.here and not row.is_whole and row.here.rate is not None
        ],
        "whole": next((row for row in rows if row.is_whole), None),
        "warning": NOBODY_IS_JUDGED,
        "export": reverse("registers:list", args=["relative-places"]),
        "trail": [
            ("相对贫困研究", reverse("registers:list", args=["relative-studies"])),
            (one.title, reverse("registers:detail", args=["relative-studies", one.pk])),
            ("结果", ""),
        ],
    }
    return render(request, "desk/relative/study.html", context)


def rows_of(one: Study, other: Study | None) -> list[Row]:
    """The county first, then its townships by code; one that only the other study knows is listed too."""
    here, there = ({place.region_id: place for place in _places(each)} for each in (one, other))
    names = {code: place.region.name for found in (there, here) for code, place in found.items()}
    codes = sorted(names, key=lambda code: (code != one.region_id, code))
    return [Row(names[code], code == one.region_id, here.get(code), there.get(code)) for code in codes]


def _places(study: Study | None) -> list[StudyPlace]:
    return list(study.places.select_related("region")) if study else []
