"""What the funeral pages share: the homes of this account, forms, refusals at their questions."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.business.funeral.rights import get_seen, seen
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm, django_form
from minzheng.online.ui.forms import show_refusal

TRAIL = ("殡葬服务", "/desk/funeral/")


def homes_of(request: HttpRequest) -> list[Facility]:
    """The funeral homes that this account works for, or that stand in the officer's division."""
    homes = Facility.objects.filter(kind="funeral_home", closed_on=None)
    return list(seen(request.access, homes, "").order_by("region_id", "pk"))  # type: ignore[attr-defined]


def home_of(request: HttpRequest) -> Facility:
    """The one chosen by `home`, else the first."""
    chosen = request.POST.get("home") or request.GET.get("home") or ""
    if chosen.isdecimal():
        homes = Facility.objects.filter(kind="funeral_home", closed_on=None)
        return get_seen(request.access, homes, "", pk=int(chosen))  # type: ignore[attr-defined]
    mine = homes_of(request)
    if not mine:
        raise Http404("您的辖区（机构）里没有开着的殡仪馆。请先在设施台账登记殡仪馆和运营单位。")
    return mine[0]


def asked(
    request: HttpRequest, questions: tuple[Question, ...], initial: dict[str, Any] | None = None
) -> QuestionForm:
    sent = request.POST if request.method == "POST" else None
    return django_form(questions, sent, None, today=request.access.today, initial=initial or {})  # type: ignore[attr-defined]


def one_form(
    request: HttpRequest,
    questions: tuple[Question, ...],
    heading: str,
    do: Callable[[dict[str, Any]], str],
    *,
    done: str,
    lead: str = "",
    back: str = TRAIL[1],
    button: str = "登记",
    initial: dict[str, Any] | None = None,
    extra: dict[str, Any] | None = None,
) -> HttpResponse:
    """A page of one form: `do(answers)` returns where to go next; a refusal is shown where it belongs."""
    form = asked(request, questions, initial)
    if request.method == "POST" and form.is_valid():
        try:
            with transaction.atomic():
                where = do(form.answers)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, done)
            return redirect(where)
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "back": back,
        "button": button,
        "trail": [TRAIL, (heading, "")],
        **(extra or {}),
    }
    return render(request, "desk/funeral/one_form.html", context)
