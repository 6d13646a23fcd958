"""One act on one object as a page of its own: declared questions, a button, the action behind it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.online.portal.apply.places import places_near
from minzheng.online.ui.forms import show_refusal

Questions = Sequence[Question]


@dataclass(frozen=True)
class Deed:
    """`run(access, row, answers)` calls the action; `questions` may depend on the row. `done` is said afterwards."""

    key: str
    title: str
    permission: str
    run: Callable[[Any, Any, Mapping[str, Any]], Any]
    is_open: Callable[[Any], bool] = lambda row: True
    questions: Callable[[Any], Questions] = lambda row: ()
    lead: str = ""
    done: str = "已登记。"
    danger: bool = False
    icon: str = "pencil"
    mine: Callable[[Any, Any], bool] = lambda row, access: True  # whether it is this user's to do


def open_deeds(deeds: Sequence[Deed], access: Any, row: Any) -> list[Deed]:
    """What this user may do now, in the declared order; the first is the next step."""
    return [
        one
        for one in deeds
        if access.may(one.permission, row.region_id) and one.is_open(row) and one.mine(row, access)
    ]


def deed_page(request: HttpRequest, row: Any, deed: Deed | None, *, back: str, trail: list[tuple[str, str]], template: str = "desk/deeds/deed.html", initial: Any = None) -> HttpResponse:  # fmt: skip
    access: Any = request.access  # type: ignore[attr-defined]
    if deed is None or not access.may(deed.permission, row.region_id) or not deed.mine(row, access):
        raise Http404("没有这一步，或者您不能办理。请返回上一页。")
    questions = tuple(deed.questions(row))
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    uploads = Uploads(access.user, row.region_id)
    asks_where = any(one.kind == "region" for one in questions)
    places = places_near(row.region_id, access.today) if asks_where else ()
    form = django_form(
        questions, data, files, today=access.today, uploads=uploads, initial=initial, places=places
    )
    if data is not None and form.is_valid():
        try:
            deed.run(access, row, form.answers)
        except ValidationError as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, deed.done)
            return redirect(back)
    context = {"form": form, "deed": deed, "row": row, "back": back, "trail": [*trail, (deed.title, "")]}
    return render(request, template, context, status=422 if form.errors else 200)
