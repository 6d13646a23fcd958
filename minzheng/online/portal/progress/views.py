"""After sending: my applications, how far each is, corrections, the decision and its reasons."""

from __future__ import annotations

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.engine import OpenMove, do_move, moves_open
from minzheng.foundation.cases.models import Case, Correction, Outcome
from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.foundation.items import APPLICANT, Status
from minzheng.online.portal.check.answers import address_of_path, blocks
from minzheng.online.portal.mine import cases_of, consents_waiting_for, my_case
from minzheng.online.portal.progress.plain import PlainDecision
from minzheng.online.portal.progress.steps import way_of

SENT_BY = {"submit", "resubmit"}  # sending has its own page, with all answers to check


@citizen
def mine(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    context = {
        "cases": cases_of(access),
        "consents": consents_waiting_for(access),
        "back_url": reverse("portal:home"),
    }
    return render(request, "portal/progress/mine.html", context)


@citizen
def case(request: HttpRequest, number: str) -> HttpResponse:
    """One application: where it stands, what the family can do, what they sent, what has happened."""
    access = request.access  # type: ignore[attr-defined]
    found = my_case(request, number, "查看办理进度")
    if found.status == Status.DRAFT:
        return redirect("portal:tasks", number)
    running = found.clocks.filter(stopped_on=None, is_earliest=False).order_by("due_on")
    context = {
        "case": found,
        "steps": way_of(found),
        "clocks": [(clock, clock.in_words(access.today)) for clock in running],
        "timeline": [
            {"title": move.title, "when": move.at, "tone": "info"} for move in found.moves.order_by("-id")
        ],
        "moves": _own_moves(request, found),
        "notices": found.notices.all(),
        "correction": _open_correction(found),
        "has_consent": found.authorisations.filter(
            Q(person=access.user.person_id) | Q(signed_by=access.user.person_id)
        ).exists(),
        "decided": found.outcome in {Outcome.GRANTED, Outcome.REFUSED},
        "back_url": reverse("portal:mine"),
    }
    return render(request, "portal/progress/case.html", context)


@citizen
def sent(request: HttpRequest, number: str) -> HttpResponse:
    """What was sent, unchanged."""
    found = my_case(request, number, "查看已提交的申请")
    context = {
        "case": found,
        "blocks": list(blocks(found, changeable=False)),
        "materials": found.materials.filter(move=None).select_related("document"),
        "back_url": reverse("portal:case", args=[number]),
    }
    return render(request, "portal/progress/sent.html", context)


@citizen
def corrections(request: HttpRequest, number: str) -> HttpResponse:
    """The one list of what is to be mended; each line leads to its page."""
    found = my_case(request, number, "查看补正清单")
    correction = _open_correction(found)
    if correction is None:
        return redirect("portal:case", number)
    context = {
        "case": found,
        "correction": correction,
        "lines": [(line, address_of_path(found, line["key"], "corrections")) for line in correction.missing],
        "back_url": reverse("portal:case", args=[number]),
    }
    return render(request, "portal/progress/corrections.html", context)


@citizen
def decision(request: HttpRequest, number: str) -> HttpResponse:
    found = my_case(request, number, "查看审核确认结果")
    if found.outcome not in {Outcome.GRANTED, Outcome.REFUSED}:
        return redirect("portal:case", number)
    context = {
        "case": found,
        "granted": found.outcome == Outcome.GRANTED,
        "plain": PlainDecision(found),
        "since": Entitlement.objects.filter(case_number=number).values_list("since_month", flat=True).first(),
        "notices": found.notices.filter(is_public=False),
        "back_url": reverse("portal:case", args=[number]),
    }
    return render(request, "portal/progress/decision.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def move(request: HttpRequest, number: str, key: str) -> HttpResponse:
    """What the family itself may do at this step: withdraw, report a change, object."""
    access = request.access  # type: ignore[attr-defined]
    found = my_case(request, number, "办理自己的申请")
    open_move = next((one for one in _own_moves(request, found) if one.move.key == key), None)
    if open_move is None:
        raise Http404("现在不能做这个操作。请回到办理进度查看。")
    posted = request.method == "POST"
    questions = tuple(part for part in open_move.move.record if isinstance(part, Question))
    form = django_form(
        questions,
        request.POST if posted else None,
        request.FILES if posted else None,
        today=access.today,
        uploads=Uploads(access.user, found.region_id),
    )
    if posted and form.is_valid():
        try:
            do_move(access, found, key, form.answers, version=int(request.POST.get("version") or 0))
            return redirect("portal:case", number)
        except Refused as refused:
            form.add_error(None, refused.messages)
    context = {
        "case": found,
        "move": open_move,
        "form": form,
        "back_url": reverse("portal:case", args=[number]),
    }
    return render(request, "portal/progress/move.html", context)


def _own_moves(request: HttpRequest, found: Case) -> list[OpenMove]:
    opened = moves_open(request.access, found)  # type: ignore[attr-defined]
    return [
        one for one in opened if one.role == APPLICANT and one.is_possible and one.move.key not in SENT_BY
    ]


def _open_correction(found: Case) -> Correction | None:
    correction = Correction.objects.filter(case=found, answered_on=None).first()
    return correction if correction and found.status == Status.CORRECTING else None
