"""Something happened to a person: first what will follow is shown, then it is recorded; each effect can be seen later.

By another officer it can be taken back, or given its right day, and everything follows again (foundation/life_events).
"""

from __future__ import annotations

from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.life_events.actions import correct_life_event, undo_life_event
from minzheng.foundation.life_events.preview import tried
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.models import SEALED_EVENTS, LifeEvent, LifeEventKind, Person
from minzheng.online.desk.life_events.forms import EventForm, UndoForm
from minzheng.online.desk.life_events.showing import Shown, shown
from minzheng.online.ui.forms import show_refusal

UNDONE = "已撤销。停发的待遇恢复，停发期间的补发；需要再看的已转给经办人。"
CORRECTED = "已更正日期，原来的后果已经撤回，按新日期重新办理。"
EVENTS = LifeEvent.objects.exclude(kind__in=SEALED_EVENTS).select_related(
    "person__region", "recording__by", "undoing__by"
)


def _trail(person: Person, last: str) -> list[tuple[str, str]]:
    return [(person.name, reverse("desk:person", args=[person.pk])), (last, "")]


@permit("person.write")
def new(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for the first time, the page answers with what would follow; confirmed, it is recorded."""
    access = request.access  # type: ignore[attr-defined]
    person = access.get("person.write", Person.objects.select_related("region"), pk=pk)
    record_read("登记生命事件", actor=request.user, subject=person, persons=[pk], region=person.region_id)
    form = EventForm(access.today, request.POST or None)
    context = {"person": person, "form": form, "trail": _trail(person, "登记生命事件"), "effects": None}
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        deed = partial(
            record_life_event,
            access,
            person,
            LifeEventKind(given["kind"]),
            given["happened_on"],
            given["source"],
            to_region=given["to_region"],
        )
        try:
            if "confirmed" in request.POST:
                event = deed()
                messages.success(request, "已登记。下面是随之办理的事，每一件都可以打开核对。")
                return redirect("desk:life_event", event.pk)
            context["effects"] = tried(deed, shown)
            person.refresh_from_db()
        except Refused as refusal:
            show_refusal(form, refusal)
    return render(request, "desk/life_events/new.html", context, status=422 if form.errors else 200)


@permit("person.read")
def event(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, pk, UndoForm())


@permit("person.correct", fresh=True)
@require_POST
def undo(request: HttpRequest, pk: int) -> HttpResponse:
    """Asked for the first time, the page answers with what would be taken back; confirmed, it is."""
    access = request.access  # type: ignore[attr-defined]
    found = access.get("person.correct", EVENTS, "person__region_id", pk=pk)
    form = UndoForm(request.POST)
    if not form.is_valid():
        return _page(request, pk, form, 422)
    given = form.cleaned_data
    deed, done = partial(undo_life_event, access, found, given["reason"]), UNDONE
    if given["happened_on"]:
        deed = partial(correct_life_event, access, found, given["happened_on"], given["reason"][:60])
        done = CORRECTED
    try:
        if "confirmed" not in request.POST:
            return _page(request, pk, form, trial=tried(deed, shown))
        stands = deed()
    except Refused as refusal:
        show_refusal(form, refusal)
        return _page(request, pk, form, 422)
    messages.success(request, done)
    return redirect("desk:life_event", stands.pk)


def _page(
    request: HttpRequest, pk: int, form: UndoForm, status: int = 200, trial: list[Shown] | None = None
) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    found = access.get("person.read", EVENTS, "person__region_id", pk=pk)
    person = found.person
    record_read(
        "查看生命事件", actor=request.user, subject=person, persons=[person.pk], region=person.region_id
    )
    effects = list(found.effects.order_by("pk"))
    context = {
        "event": found,
        "person": person,
        "form": form,
        "trial": trial,
        "effects": shown(one for one in effects if not one.of_undoing),
        "taken_back": shown(one for one in effects if one.of_undoing),
        "may_correct": found.undone_on is None and access.may("person.correct", person.region_id),
        "trail": _trail(person, f"{found.get_kind_display()}"),
    }
    return render(request, "desk/life_events/event.html", context, status=status)
