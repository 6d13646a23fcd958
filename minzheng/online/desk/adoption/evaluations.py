"""收养评估: the evaluators' own list, and one evaluation with its visits, points and report."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from minzheng.business.adoption.accepting import parents_of
from minzheng.business.adoption.evaluating import version_of
from minzheng.business.adoption.models import Evaluation
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.idempotency.once import keyed
from minzheng.online.desk.adoption.deeds import EVALUATION
from minzheng.online.desk.adoption.parts import EVALUATE, READ, TRAIL, evaluation_of, page_of, trail
from minzheng.online.desk.deeds import deed_page, open_deeds

HOME = ("收养评估", "/desk/adoption/evaluations/")


@permit(EVALUATE)
def mine(request: HttpRequest) -> HttpResponse:
    """The families that this account evaluates, what is due first."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = Evaluation.objects.filter(evaluators__user=access.user)
    found = list(
        access.scope(EVALUATE, rows)
        .select_related("application__adopter", "application__spouse", "application__child")
        .order_by("step", "due_on", "pk")[:60]
    )
    record_read(
        "查看民政登记", actor=access.user, subject=access.user, region=found[0].region_id if found else "",
        persons={key for one in found for key in parents_of(one.application)},
    )  # fmt: skip
    context = {"found": found, "today": access.today}
    return render(request, "desk/adoption/evaluations.html", context)


@never_cache
@permit(EVALUATE)
def evaluation(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    found = evaluation_of(request, pk)
    record_read(
        "查看民政登记",
        actor=access.user,
        subject=found,
        persons=parents_of(found.application),
        region=found.region_id,
    )
    own = found.evaluators.filter(user=access.user).exists()
    parts = version_of(found).parts
    context = {
        "one": found,
        "application": found.application,
        "team": found.evaluators.select_related("user").order_by("pk"),
        "visits": found.visits.select_related("by").order_by("on", "pk"),
        "points": [(part, found.result["points"][part.code]) for part in parts] if found.result else [],
        "deeds": open_deeds(EVALUATION, access, found),
        "may_read": own or access.may(READ, found.region_id),
        "is_registry": access.may(READ, found.region_id),
        "trail": [HOME, (found.application.number, "")]
        if own
        else trail("收养评估", (found.application.number, page_of(found.application))),
    }
    return render(request, "desk/adoption/evaluation.html", context)


@never_cache
@permit(EVALUATE)
@keyed
def evaluation_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = evaluation_of(request, pk)
    chosen = next((one for one in EVALUATION if one.key == deed and one.is_open(found)), None)
    back = page_of(found)
    return deed_page(request, found, chosen, back=back, trail=[TRAIL, (str(found), back)])
