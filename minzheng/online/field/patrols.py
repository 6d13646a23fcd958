"""街面巡查 on the phone: one page for each person met, which a phone keeps for streets without a network."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import never_cache

from minzheng.business.rescue.models import Encounter, Patrol
from minzheng.business.rescue.street import PATROL, meet
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.forms.rendering import QuestionForm, django_form
from minzheng.online.desk.rescue.parts import clock_time
from minzheng.online.desk.rescue.questions import MEET
from minzheng.online.field.asking import wants_json
from minzheng.online.ui.forms import show_refusal


def open_patrols(access: Any) -> list[Patrol]:
    """Rounds that are still on the street, where this officer patrols."""
    rows = access.scope(PATROL, Patrol.objects.filter(ends=None, on__lte=access.today))
    return list(rows.order_by("-on", "-pk")[:5])


@never_cache
@permit(PATROL)
def person(request: HttpRequest, pk: int) -> HttpResponse:
    """The form names nobody before it is filled in; a record that is sent twice is one (`key` is made on the phone)."""
    access: Any = request.access  # type: ignore[attr-defined]
    patrol = access.get(PATROL, Patrol.objects.all(), pk=pk)
    posted = request.method == "POST"
    now = f"{timezone.localtime():%H:%M}"
    form = django_form(
        MEET, request.POST if posted else None, today=access.today, initial={"at": now, "cards": 1}
    )
    if posted and form.is_valid() and _keep(access, patrol, form, request.POST.get("key", "")):
        back = reverse("desk:rescue:patrol", args=[patrol.pk])
        return JsonResponse({"state": "kept", "url": back}) if wants_json(request) else redirect(back)
    if posted and wants_json(request):
        problems = [
            {"field": "" if name == "__all__" else f"id_{name}", "text": text}
            for name, texts in form.errors.items()
            for text in texts
        ]
        return JsonResponse({"state": "invalid", "problems": problems}, status=422)
    context = {
        "patrol": patrol, "form": form, "key": uuid.uuid4(), "tab": "today",
        "back_url": reverse("desk:rescue:patrol", args=[patrol.pk]),
    }  # fmt: skip
    return render(request, "field/patrol.html", context, status=422 if posted else 200)


def _keep(access: Any, patrol: Patrol, form: QuestionForm, key: str) -> bool:
    try:
        given = {name: value for name, value in form.answers.items() if value is not None}
        given["at"] = clock_time(given["at"], "at")
        meet(
            access, Encounter(patrol=patrol, region_id=patrol.region_id, key=_made_on_the_phone(key), **given)
        )
    except ValidationError as refused:
        show_refusal(form, refused)
        return False
    return True


def _made_on_the_phone(text: str) -> uuid.UUID:
    try:
        return uuid.UUID(text)
    except ValueError:
        return uuid.uuid4()
