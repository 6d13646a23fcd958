"""查问题: what is wrong in the homes and places of one's area, found on the phone; the fix comes back as a task."""

from __future__ import annotations

import uuid
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.foundation.programmes.access import REPORT
from minzheng.foundation.programmes.loop import ProblemDraft, find_problem
from minzheng.foundation.programmes.models import Problem, ProblemLevel, ProblemState, State, Undertaking
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import IS_TO_DO, Task

SHOWN = 100


@permit(REPORT)
@never_cache
def index(request: HttpRequest) -> HttpResponse:
    """What is still open in the user's area, the most urgent first; one's own task leads to its page."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = access.scope(REPORT, Problem.objects.exclude(state=ProblemState.VERIFIED)).select_related(
        "undertaking"
    )
    rows = list(found.order_by("due_on", "-level", "pk")[:SHOWN])
    tasks = access.scope(
        "task.handle", Task.objects.filter(IS_TO_DO, kind__startswith="programme."), "office_id"
    )
    waiting = {one.detail.get("problem"): one.pk for one in tasks if one.kind != "programme.assign"}
    context = {
        "rows": [(one, waiting.get(one.pk), one.is_late(access.today)) for one in rows],
        "today": access.today,
        "tab": "problems",
    }
    return render(request, "field/problems.html", context)


def _units(access: Any) -> list[tuple[int, str]]:
    open_now = Undertaking.objects.exclude(state=State.STOPPED).filter(
        programme__in=[one.code for one in shelf(Programme)]
    )
    rows = access.scope(REPORT, open_now).order_by("name", "programme")[:300]
    return [(one.pk, f"{one.name}（{one.declared.title}）") for one in rows]


@permit(REPORT)
def new(request: HttpRequest) -> HttpResponse:
    """One problem with its photo. A report that is sent twice is kept once, by the key made with the page."""
    access: Any = request.access  # type: ignore[attr-defined]
    questions = (
        Question("unit", "在哪里发现的？", "choice", options=tuple(_units(access))),
        Question("title", "看到了什么问题？", "long_text", hint="写清楚位置和样子，例如“二楼东侧安全出口被杂物堵住”。", min=2, max=200),
        Question("level", "严重吗？", "choice", options=tuple(ProblemLevel.choices), hint="可能伤人的选“重大”，当天报到县里。"),
        Question("photos", "现场照片", "files", hint="照片会自动变小，照片里自带的位置不会留下。"),
    )  # fmt: skip
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    # The photo belongs where the problem is, so that whoever mends or verifies it may see it.
    uploads = Uploads(access.user, _region(access, request.POST.get("unit", "")))
    form = django_form(questions, data, files, today=access.today, uploads=uploads)
    form.fields["photos"].widget.attrs |= {"accept": "image/*", "capture": "environment"}
    key = _key(request.POST.get("key", ""))
    if data is not None and form.is_valid():
        given = form.answers
        unit = access.get(REPORT, Undertaking.objects.all(), pk=given["unit"])
        draft = ProblemDraft(title=given["title"], level=given["level"], key=key, photos=given["photos"])
        try:
            find_problem(access, unit, draft)
        except ValidationError as refused:
            form.add_error(None, refused)
        else:
            major = given["level"] == ProblemLevel.MAJOR
            messages.success(request, "已登记，并报到县里。" if major else "已登记，等待乡镇（街道）交办。")
            return redirect("field:problems")
    context = {"form": form, "key": key, "tab": "problems"}
    return render(request, "field/problem.html", context, status=422 if form.errors else 200)


def _region(access: Any, unit: str) -> str | None:
    chosen = Undertaking.objects.filter(pk=unit) if unit.isdecimal() else Undertaking.objects.none()
    found: str | None = access.scope(REPORT, chosen).values_list("region_id", flat=True).first()
    return found


def _key(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
