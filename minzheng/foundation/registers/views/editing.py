"""Adding and changing one row. A second editor who was slower sees the differences and loses nothing."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.registers.actions import Stale, save_row
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.editing import (
    initial_of,
    level_of,
    places_for,
    problems_of,
    questions_for,
    with_kept_numbers,
)
from minzheng.foundation.registers.history import Difference
from minzheng.foundation.registers.versions import version_of
from minzheng.foundation.registers.views.routes import registered, row_of, trail


@never_cache
@registered("write")
def add(request: HttpRequest, register: Register) -> HttpResponse:
    return _edit(request, register, register.model())


@never_cache
@registered("write")
def edit(request: HttpRequest, register: Register, key: str) -> HttpResponse:
    row = row_of(request, register, key)
    if not register.changeable(row):
        messages.info(
            request, f"“{register.name(row)}”已经办结或由另一人确认，不能再修改；能办的事项在本页。"
        )
        return redirect("registers:detail", register.code, row.pk)
    return _edit(request, register, row)


def _edit(request: HttpRequest, register: Register, row: Model) -> HttpResponse:
    if register.form is None:
        raise Http404("这个台账由办件自动登记，不能在这里新增或修改。")
    access = request.access  # type: ignore[attr-defined]
    is_new = row._state.adding
    version = "" if is_new else version_of(register, row)
    form = django_form(
        questions_for(register, row),
        request.POST if request.method == "POST" else None,
        initial=initial_of(register, row),
        today=access.today,
        places=places_for(access, register.write, level_of(register)),
    )
    differences: list[Difference] = []
    if request.method == "POST" and form.is_valid():
        answers = with_kept_numbers(register, row, form.answers)
        seen = request.POST.get("version", "")
        try:
            saved = save_row(access, register, row, answers, seen if not is_new else "")
        except Stale as stale:
            differences, version = stale.differences, version_of(register, stale.row)
        except ValidationError as refused:
            _explain(form, problems_of(register, refused))
        else:
            messages.success(request, f"已{'新增' if is_new else '保存'}：{register.name(saved)}。")
            return redirect("registers:detail", register.code, saved.pk)
    elif request.method == "POST":
        version = request.POST.get("version", version)
    context = {
        "register": register,
        "row": row,
        "name": "" if is_new else register.name(row),
        "is_new": is_new,
        "form": form,
        "version": version,
        "differences": differences,
        "trail": trail(register, ("新增" if is_new else "修改", "")),
    }
    return render(
        request, "registers/edit.html", context, status=422 if form.errors else 409 if differences else 200
    )


def _explain(form: Any, problems: dict[str, list[str]]) -> None:
    for key, texts in problems.items():
        for text in texts:
            form.add_error(key or None, text)
