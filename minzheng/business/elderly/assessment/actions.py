"""Writes of the assessment: the sheet as it grows, and the approved result."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any

from django.utils import timezone

from minzheng.business.elderly.assessment.form import SHEET
from minzheng.business.elderly.assessment.models import Assessment, AssessmentDraft
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.forms.cleaning import clean_row
from minzheng.foundation.items.figures import figures
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

ITEM = "E3"


def persons_of(case: Case) -> list[int]:
    return [case.applicant_id]


@action("ability.draft", "保存评估表", permission="case.handle", persons=persons_of)
def save_draft(access: Any, case: Case, answers: Mapping[str, Any], *, version: int) -> AssessmentDraft:
    """Keep what is ticked so far, right or half done. Refused when a colleague saved in between: nothing is overwritten."""
    if case.item != ITEM or case.step != "score":
        raise Refused(f"这件评估现在处于“{case.at_step.title}”，评估表不能再改。请刷新页面查看。")
    draft = AssessmentDraft.objects.select_for_update().filter(case=case).first()
    if draft is not None and draft.version != version:
        when = timezone.localtime(draft.saved_at)
        raise Refused(
            f"{draft.saved_by.display_name}在{when:%H:%M}保存过这份评估表，您这次填写的还没有保存。"
            "请与同事核对，需要的话刷新页面后在最新的一份上继续填写。"
        )
    kept, _ = clean_row(SHEET, dict(answers), today=access.today, partial=True)
    kept = {key: value for key, value in kept.items() if value not in (None, "")}
    draft = draft or AssessmentDraft(case=case)
    draft.answers, draft.version, draft.saved_by = kept, draft.version + 1, access.user
    draft.save()
    return draft


def keep_result(case: Case, approval: CaseMove) -> Assessment:
    """The approved result as others read it (the facts ability_grade and ability_valid_until). Once for each case."""
    scored, signed = (case.moves.filter(move=key).order_by("-id")[0] for key in ("score", "sign"))
    found = values_of(case)
    months = figures(scored.on, case.region_id)("ability_valid_months")
    result, _ = Assessment.objects.get_or_create(
        case=case,
        defaults={
            "person": case.applicant,
            "region": case.region,
            "reason": case.data.get("assessment_reason") or "首次评估",
            "assessed_on": scored.on,
            "valid_until": add_months(scored.on, months) - dt.timedelta(days=1),
            "selfcare": found["ability_selfcare"],
            "movement": found["ability_movement"],
            "mind": found["ability_mind"],
            "senses": found["ability_senses"],
            "points": found["ability_points"],
            "first_level": found["ability_first_level"],
            "level": found["ability_level"],
            "assessor": scored.actor_person,
            "second": signed.actor_person,
            "supervisor": approval.actor_person,
        },
    )
    AssessmentDraft.objects.filter(case=case).delete()
    earlier = Assessment.objects.filter(person=case.applicant).exclude(pk=result.pk)
    withdraw_tasks([_origin(pk) for pk in earlier.values_list("pk", flat=True)], "已重新评估", actor=None)
    return result


def values_of(case: Case) -> dict[str, int]:
    """What the rules worked out for a case: variable → whole number."""
    trace = (case.assessment or {}).get("trace", [])
    return {step["name"]: step["value"] for step in trace if step.get("value") is not None}


def _origin(assessment: int) -> str:
    return f"ability:{assessment}:expiry"


def ask_to_renew(on: dt.date) -> int:
    """Before a result expires the township is told; once for each result. Returns how many tasks were opened."""
    days = figures(on)("ability_renew_days")
    ending = Assessment.objects.filter(
        valid_until__gte=on, valid_until__lte=on + dt.timedelta(days=days), person__died_on=None
    )
    newer = Assessment.objects.filter(assessed_on__gte=on - dt.timedelta(days=days)).values("person_id")
    return open_tasks("elderly.reassess", list(_drafts(ending.exclude(person__in=newer))), on=on).count


def _drafts(ending: Any) -> Iterator[TaskDraft]:
    for one in ending.select_related("person"):
        yield TaskDraft(
            origin=_origin(one.pk),
            region=one.region_id,
            person=one.person_id,
            title="能力评估到期，重新评估",
            reason=f"评估结论（{one.get_level_display()}）有效期至 {one.valid_until}，到期后补贴和床位要按新的结论核定",
            within_days=max((one.valid_until - one.assessed_on).days and 1, 1),
        )
