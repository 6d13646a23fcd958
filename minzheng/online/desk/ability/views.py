"""Filling in the sheet: every tick is kept as a draft; handing it in is the case's own move."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from minzheng.business.elderly.assessment.actions import ITEM, save_draft
from minzheng.business.elderly.assessment.models import AssessmentDraft
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.api import do_move, find_case, visible
from minzheng.foundation.cases.models import Case
from minzheng.online.desk.ability.sheet import Tally, more_of, parts_of, typed


def _draft(case: Case) -> AssessmentDraft | None:
    return AssessmentDraft.objects.filter(case=case).first()


def _page(
    request: HttpRequest,
    case: Case,
    answers: dict[str, Any],
    problems: list[tuple[str, str]],
    status: int = 200,
) -> HttpResponse:
    draft = _draft(case)
    parts = parts_of(answers)
    context = {
        "case": case,
        "parts": parts,
        "more": more_of(answers),
        "tally": Tally(parts, draft.version if draft else 0, draft.saved_at if draft else None),
        "problems": problems,
        "wrong": dict(problems),
        "trail": [("办件", f"/desk/cases/{case.number}/"), ("评估表", "")],
    }
    return render(request, "desk/ability/sheet.html", context, status=status)


@permit("case.handle")
def sheet(request: HttpRequest, number: str) -> HttpResponse:
    """The sheet with what was ticked so far; a POST hands it in."""
    case = find_case(request.access, number, reason="填写能力评估表")  # type: ignore[attr-defined]
    if case.item != ITEM or case.step != "score":
        messages.info(request, f"这件评估现在处于“{case.at_step.title}”，评估表不能再改。")
        return redirect("desk:case", number)
    if request.method != "POST":
        draft = _draft(case)
        return _page(request, case, draft.answers if draft else {}, [])
    answers = typed(request.POST)
    try:
        do_move(request.access, case, "score", answers)  # type: ignore[attr-defined]
    except ValidationError as refused:
        found = refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages}
        return _page(request, case, answers, [(key, text[0]) for key, text in found.items()], status=422)
    messages.success(request, "评估表已交。请另一名评估员登录签字。")
    return redirect("desk:case", number)


@permit("case.handle")
@require_POST
def draft(request: HttpRequest, number: str) -> HttpResponse:
    """Keep what is ticked. The page's script swaps the sums; without it the whole page comes back."""
    cases = visible(request.access).select_related("region", "applicant")  # type: ignore[attr-defined]
    case = get_object_or_404(cases, number=number)  # each save is an audited action of its own
    answers = typed(request.POST)
    said = request.POST.get("draft_version", "")
    problem, kept = "", None
    try:
        kept = save_draft(request.access, case, answers, version=int(said) if said.isdecimal() else 0)  # type: ignore[attr-defined]
    except Refused as refused:
        problem = refused.messages[0]
    if request.headers.get("HX-Request"):
        version = kept.version if kept else int(said) if said.isdecimal() else 0
        tally = Tally(parts_of(answers), version, kept.saved_at if kept else None, problem)
        return render(request, "desk/ability/tally.html", {"tally": tally, "case": case})
    if problem:
        return _page(request, case, answers, [("", problem)], status=409)
    messages.success(request, "草稿已保存，可以接着填写。")
    return redirect("desk:ability", number)
