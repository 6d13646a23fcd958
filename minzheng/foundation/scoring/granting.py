"""Publicity over, the plaque: a grade with its certificate and its term; later lowered, withdrawn or run out."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.certificates.actions import find_issuer, issue, replace, revoke
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.models import State as CertificateState
from minzheng.foundation.events.bus import emit
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS
from minzheng.foundation.scoring.applying import lock, refuse_unless
from minzheng.foundation.scoring.judging import DECIDE, limits
from minzheng.foundation.scoring.models import Assessment, Objection, State


@action("rating.object", "登记公示异议", permission=DECIDE)
def record_objection(access: Any, assessment: Assessment, *, text: str) -> Objection:
    lock(assessment)
    refuse_unless(assessment, State.PUBLICITY)
    if not text.strip():
        raise Refused({"text": "请写明异议的内容。"})
    return Objection.objects.create(
        assessment=assessment, told_on=access.today, text=text.strip()[:500], made_by=access.user
    )


@action("rating.answer", "答复公示异议", permission=DECIDE, region=lambda one: one.assessment.region_id)
def answer_objection(access: Any, objection: Objection, *, answer: str, upheld: bool = False) -> None:
    """Upheld, the grade is not given: the assessors go again. Otherwise publicity goes on."""
    objection.refresh_from_db(from_queryset=Objection.objects.select_for_update())
    if objection.answered_on is not None:
        raise Refused("这条异议已经答复。")
    if not answer.strip():
        raise Refused({"answer": "请写明查了什么、结论是什么。"})
    objection.answer, objection.answered_on = answer.strip()[:500], access.today
    objection.save(update_fields=["answer", "answered_on"])
    if upheld:
        assessment = objection.assessment
        lock(assessment)
        refuse_unless(assessment, State.PUBLICITY)
        assessment.seats.update(finished_at=None, vote="", note="")
        assessment.state, assessment.public_from, assessment.public_until = State.SITE, None, None
        assessment.reason = "公示异议成立，请重新现场评分。"
        assessment.save()


@action("rating.grant", "授牌", permission=DECIDE)
def grant(access: Any, assessment: Assessment) -> Assessment:
    """After the whole publicity: the grade holds from today for the declared years. A former grade is replaced."""
    lock(assessment)
    refuse_unless(assessment, State.PUBLICITY)
    # DC2: publicity counts natural days, the first not counted; the plaque comes on the day after the last.
    if assessment.public_until is None or access.today <= assessment.public_until:
        raise Refused(f"公示到 {assessment.public_until} 为止，请在公示期满以后授牌。")
    if assessment.objections.filter(answered_on=None).exists():
        raise Refused("还有公示异议没有答复，请先答复。")
    refuse_same_person(access, assessment.opened_by, did="申报", does="授牌")
    _refuse_lower_level(access, assessment, "授牌")
    former = Assessment.objects.filter(
        sheet=assessment.sheet, subject_key=assessment.subject_key, state=State.GRANTED
    ).first()
    if former is not None:
        _end(access, former, State.REPLACED, f"重新评定为{assessment.grade_title}")
    years = int(limits(assessment, access.today)("rating_valid_years"))
    assessment.state, assessment.granted_on, assessment.granted_by = State.GRANTED, access.today, access.user
    assessment.valid_until = add_months(access.today, 12 * years) - dt.timedelta(days=1)
    assessment.save()
    _certify(access, assessment)
    emit(
        "rating.granted", assessment=assessment.pk, sheet=assessment.sheet, grade=assessment.grade,
        facility=assessment.facility_id, on=access.today.isoformat(), until=assessment.valid_until.isoformat(),
    )  # fmt: skip
    return assessment


@action("rating.lower", "降低等级", permission=DECIDE)
def lower(access: Any, assessment: Assessment, *, grade: int, reason: str) -> None:
    """Found worse than its grade: a lower one for the rest of the term, with a new certificate."""
    lock(assessment)
    refuse_unless(assessment, State.GRANTED)
    _refuse_lower_level(access, assessment, "降低等级")
    before = assessment.grade or 0
    if not 1 <= grade < before:
        raise Refused(
            {"grade": f"现在是{assessment.grade_title}，请选择更低的一级；不再保留等级的，请取消等级。"}
        )
    titles = dict(assessment.declared.titles) | {
        one.grade: one.title for one in assessment.points_sheet.grades
    }
    assessment.grade, assessment.reason = grade, _stated(reason)
    assessment.grading = assessment.grading | {"grade": grade, "title": titles.get(grade, str(grade))}
    assessment.save()
    if held := certificate_of(assessment):
        replace(access, held, assessment, reason=assessment.reason, today=access.today)
    emit(
        "rating.lowered", assessment=assessment.pk, sheet=assessment.sheet, grade=grade, before=before,
        facility=assessment.facility_id, on=access.today.isoformat(),
    )  # fmt: skip


@action("rating.withdraw", "取消等级", permission=DECIDE)
def withdraw(access: Any, assessment: Assessment, *, reason: str) -> None:
    lock(assessment)
    refuse_unless(assessment, State.GRANTED)
    _refuse_lower_level(access, assessment, "取消等级")
    _end(access, assessment, State.WITHDRAWN, _stated(reason))
    emit(
        "rating.withdrawn", assessment=assessment.pk, sheet=assessment.sheet, before=assessment.grade,
        facility=assessment.facility_id, on=access.today.isoformat(),
    )  # fmt: skip


def _refuse_lower_level(access: Any, assessment: Assessment, does: str) -> None:
    """The highest grades are given, and taken, by a higher level than does the work on the spot."""
    level = assessment.points_sheet.awarded_by.get(assessment.grade or 0)
    if level is None:
        return
    digits = SIGNIFICANT_DIGITS[level]
    held = (one for one in access.prefixes(DECIDE) if assessment.region_id.startswith(one))
    if not any(len(one) <= digits for one in held):
        raise Refused(
            f"{assessment.grade_title}由{level.label}级民政部门{does}。请报{level.label}级办理，材料都在这次评定里。"
        )


def expire(on: dt.date) -> int:
    """Nightly: grades whose last day is over. Their certificates say so by themselves. Returns how many."""
    over = Assessment.objects.filter(state=State.GRANTED, valid_until__lt=on)
    return over.update(state=State.EXPIRED, ended_on=on)


def certificate_of(assessment: Assessment) -> Issued | None:
    kind = assessment.declared.certificate
    held = Issued.objects.filter(kind=kind, origin=f"assessment:{assessment.pk}")
    return held.exclude(state=CertificateState.REVOKED).first() if kind else None


def _certify(access: Any, assessment: Assessment) -> None:
    kind = assessment.declared.certificate
    if kind and find_issuer(assessment.region_id) is not None:
        origin = f"assessment:{assessment.pk}"
        issue(access, kind, assessment, region=assessment.region_id, origin=origin, today=access.today)


def _end(access: Any, assessment: Assessment, state: State, reason: str) -> None:
    assessment.state, assessment.ended_on, assessment.reason = state, access.today, reason[:200]
    assessment.save()
    if held := certificate_of(assessment):
        revoke(access, held, reason=reason)


def _stated(reason: str) -> str:
    if not reason.strip():
        raise Refused({"reason": "请写明理由，例如“抽查发现护理人员不足”。"})
    return reason.strip()[:200]
