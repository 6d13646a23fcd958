"""收养登记: what runs, what is due, a new application, one application with its deeds."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.adoption.accepting import accept, parents_of
from minzheng.business.adoption.certificates import refusals_of
from minzheng.business.adoption.clocks import decide_by, stands_still
from minzheng.business.adoption.models import Adoption, Application, Dissolution, State, Unsealing
from minzheng.business.adoption.review import refusals, review
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record, record_read
from minzheng.foundation.forms.rendering import QuestionForm, django_form
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.adoption import questions as ask
from minzheng.online.desk.adoption.deeds import APPLICATION
from minzheng.online.desk.adoption.parts import (
    PEOPLE,
    READ,
    TRAIL,
    WRITE,
    application_of,
    here,
    page_of,
    registry_of,
    trail,
)
from minzheng.online.desk.deeds import deed_page, open_deeds
from minzheng.online.ui.forms import show_refusal

SHOWN = 30


@permit(READ)
def index(request: HttpRequest) -> HttpResponse:
    """What runs, the nearest decision first; what waits for a second person; no names of those registered."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = Application.objects.select_related(*PEOPLE, "notice", "evaluation")
    running = list(access.scope(READ, rows).filter(state=State.OPEN).order_by("accepted_on", "pk")[:SHOWN])
    listed = sorted(
        ((one, due_of(one, access.today), stage_of(one, access.today)) for one in running),
        key=lambda row: row[1],
    )
    record_read(
        "查看民政登记", actor=access.user, subject=access.user, region=running[0].region_id if running else "",
        persons={key for one in running for key in parents_of(one)},
    )  # fmt: skip
    year = access.scope(READ, Adoption.objects.all()).filter(registered_on__year=access.today.year)
    ends = access.scope(READ, Dissolution.objects.select_related("adoption")).filter(
        step=Dissolution.Step.OPEN
    )
    context = {
        "running": [
            (one, due, (due - access.today).days, stage, _stands_still(one, access.today))
            for one, due, stage in listed
        ],
        "dissolutions": ends.order_by("due_on"),
        "may_write": access.may(WRITE),
        "counts": {
            "running": len(running),
            "notices": sum(stage[0] == "公告中" for _, _, stage in listed),
            "evaluations": sum(stage[0] == "评估中" for _, _, stage in listed),
            "year": year.count(),
            "unsealings": access.scope(
                READ, Unsealing.objects.filter(allowed_on=None, refused_why="")
            ).count(),
        },
    }
    return render(request, "desk/adoption/index.html", context)


def due_of(one: Application, today: Any) -> Any:
    return decide_by(one, getattr(one, "notice", None), getattr(one, "evaluation", None), today)


def _stands_still(one: Application, today: Any) -> bool:
    return stands_still(getattr(one, "notice", None), getattr(one, "evaluation", None), today)


def stage_of(one: Application, today: Any) -> tuple[str, str]:
    """In words where it stands, and the tone."""
    if not one.is_open:
        tones = {State.REGISTERED: "ok", State.REFUSED: "bad"}
        return one.get_state_display(), tones.get(State(one.state), "neutral")
    notice, evaluation = getattr(one, "notice", None), getattr(one, "evaluation", None)
    if one.needs_notice and notice is None:
        return "等待公告", "warn"
    if notice is not None and notice.claims.filter(settled_on=None).exists():
        return "有人认领", "bad"
    if notice is not None and not notice.is_over(today):
        return "公告中", "info"
    if one.needs_evaluation and evaluation is None:
        return "等待评估", "warn"
    if evaluation is not None and evaluation.is_running:
        return "评估中", "info"
    return "等待决定", "warn"


@never_cache
@permit(WRITE)
@keyed
def new(request: HttpRequest) -> HttpResponse:
    """J1 受理: who, whom, from where. The origin is sealed when the page is sent."""
    access: Any = request.access  # type: ignore[attr-defined]
    region = registry_of(access)
    sent = request.POST if request.method == "POST" else None
    every = tuple(question for _, part in ask.ACCEPT for question in part)
    form = django_form(every, sent, None, today=access.today)
    if sent is not None and form.is_valid():
        try:
            with transaction.atomic():
                made = _accept(access, region, form)
        except ValidationError as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, f"已受理，编号 {made.number}。来历已密封。")
            return redirect(page_of(made))
    parts = [(title, [form[one.key] for one in part]) for title, part in ask.ACCEPT]
    context = {"form": form, "parts": parts, "region": region, "trail": trail("受理收养登记")}
    return render(request, "desk/adoption/new.html", context, status=422 if form.errors else 200)


def _accept(access: Any, region: Any, form: QuestionForm) -> Application:
    given = form.answers
    application = Application(
        region=region,
        adopter=here(access, region, given["adopter_name"], given["adopter_id_no"]),
        child=here(
            access, region, given["child_name"], given.get("child_id_no") or "",
            sex=given.get("child_sex") or "", born=given.get("child_born") or "",
        ),
        kind=given["kind"],
        placer=given["placer"],
    )  # fmt: skip
    if given.get("spouse_name") and given.get("spouse_id_no"):
        application.spouse = here(access, region, given["spouse_name"], given["spouse_id_no"])
    origin = {key: given.get(key) or "" for key in ask.ORIGIN}
    return accept(access, application, ask.told(given), origin, may_be_told=bool(given["may_be_told"]))


@never_cache
@permit(READ)
def application(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    found = application_of(request, pk)
    record_read(
        "查看民政登记", actor=access.user, subject=found, persons=parents_of(found), region=found.region_id
    )
    notice, evaluation = getattr(found, "notice", None), getattr(found, "evaluation", None)
    due = due_of(found, access.today)
    decision = review(found, access.today) if found.is_open else None
    context = {
        "one": found,
        "stage": stage_of(found, access.today),
        "due": due,
        "left": (due - access.today).days,
        "stands_still": _stands_still(found, access.today),
        "notice": notice,
        "notices": refusals_of(found) if found.state == State.REFUSED else [],
        "claims": notice.claims.order_by("pk") if notice is not None else [],
        "evaluation": evaluation,
        "open_points": refusals(decision, "may_adopt", "现在不能登记") if decision is not None else [],
        "is_clear": decision is not None and decision["may_adopt"] is True,
        "deeds": open_deeds(APPLICATION, access, found),
        "trail": trail(found.number),
    }
    return render(request, "desk/adoption/application.html", context)


@never_cache
@permit(WRITE)
def notice(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """The signed refusal for one of the applicants, to be printed and signed for."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = application_of(request, pk)
    one = next((one for one in refusals_of(found) if one.pk == copy), None)
    if one is None:
        raise Http404("没有找到这份告知书。请从申请的页面打开。")
    record(
        "certificate.read", "打印告知书", actor=access.user, subject=one, persons=one.holders,
        region=one.region_id, is_read=True,
    )  # fmt: skip
    with default_storage.open(one.file) as stored:
        return attachment(stored.read(), f"{one.number}-{one.name}.pdf", "application/pdf")


@never_cache
@permit(WRITE)
@keyed
def application_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = application_of(request, pk)
    chosen = next((one for one in APPLICATION if one.key == deed and one.is_open(found)), None)
    back = page_of(found)
    initial = ask.found_out(found) if deed == "find-out" else None
    return deed_page(request, found, chosen, back=back, trail=[TRAIL, (found.number, back)], initial=initial)
