"""A rating begins: the institution is named, the conditions are confirmed, it scores itself with evidence."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.documents.store import own_documents
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.models import Assessment, ItemScore, Seat, State
from minzheng.foundation.scoring.words import ScoreSheet, Version

APPLY = "rating.apply"


@dataclass(frozen=True)
class Score:
    """Points for one item; `evidence`: own documents."""

    points: int
    note: str = ""
    evidence: Sequence[int] = ()


def apply_rating(
    access: Any, *, sheet: str, region: Region, facility: Facility | None = None, name: str = "", confirmed: Sequence[str] = (),
    applicant: User | None = None, own: Mapping[str, Score] | None = None,
) -> Assessment:  # fmt: skip
    """Open a rating of a facility, or of whatever `name` in `region` is. Refused while one is under way.

    `applicant`: whose application an officer accepted here (default: the user); `own`: the points that came with it,
    by item. With all of them the assessors' turn comes at once.
    """
    word = shelf(ScoreSheet).get(sheet)
    version = word.version_on(access.today, region.code)
    if version is None:
        raise Refused(f"“{word.title}”在 {access.today} 还没有评分标准，请先在 standards/scoring/ 补上。")
    days = int(figures(access.today, region.code, settings.STANDARDS_SET)("rating_total_days"))
    return _open(
        access,
        Assessment(
            sheet=sheet,
            version=version.key,
            subject_key=f"facility:{facility.pk}" if facility else f"{region.code}:{name.strip()}"[:80],
            name=(facility.name if facility else name.strip())[:100],
            facility=facility,
            region=facility.region if facility else region,
            opened_on=access.today,
            due_on=access.today + dt.timedelta(days=days),
            confirmed=list(confirmed),
            opened_by=applicant or access.user,
        ),
        own or {},
    )


@action("rating.apply", "申报等级评定", permission=APPLY)
def _open(access: Any, assessment: Assessment, own: Mapping[str, Score]) -> Assessment:
    if not assessment.name:
        raise Refused({"name": "请写明申报等级的是哪一家。"})
    if missing := [one for one in assessment.points_sheet.conditions if one not in assessment.confirmed]:
        raise Refused(
            {"confirmed": f"还没有确认：{'；'.join(missing)}。不符合申报条件的，请符合以后再申报。"}
        )
    try:
        with transaction.atomic():
            assessment.save(force_insert=True)
    except IntegrityError as error:
        if "one_rating_under_way" not in str(error):
            raise
        raise Refused(f"{assessment.name}已有一次评定正在进行，请继续办理那一次。") from None
    # Its line may know why it cannot be rated now.
    emit(
        "rating.applied",
        assessment=assessment.pk,
        facility=assessment.facility_id,
        on=access.today.isoformat(),
    )
    known = assessment.points_sheet.items
    keep_scores(access, assessment, None, {code: score for code, score in own.items() if code in known})
    if known.keys() <= own.keys():
        _own_points_are_in(assessment)
    return assessment


@action("rating.score_self", "自评打分", permission=APPLY)
def score_self(access: Any, assessment: Assessment, scores: Mapping[str, Score]) -> None:
    """The institution's own points; may be given in several goes until they are handed in."""
    lock(assessment)
    refuse_unless(assessment, State.SELF)
    keep_scores(access, assessment, None, scores)


@action("rating.hand_in", "提交自评", permission=APPLY)
def hand_in_self(access: Any, assessment: Assessment) -> None:
    lock(assessment)
    refuse_unless(assessment, State.SELF)
    _own_points_are_in(assessment)


def _own_points_are_in(assessment: Assessment) -> None:
    points = dict(assessment.scores.filter(seat=None).values_list("item", "points"))
    refuse_unscored(assessment.points_sheet, points, "自评")
    assessment.self_total, assessment.state = sum(points.values()), State.SITE
    assessment.save(update_fields=["self_total", "state"])


def keep_scores(access: Any, assessment: Assessment, seat: Seat | None, scores: Mapping[str, Score]) -> None:
    """Called in an action. All that is out of range is said at once."""
    items = assessment.points_sheet.items
    errors = {
        code: f"“{items[code].title}”请填 0 至 {items[code].most}。"
        if code in items
        else "评分表里没有这一项。"
        for code, score in scores.items()
        if code not in items or not 0 <= score.points <= items[code].most
    }
    if errors:
        raise Refused(errors)
    for code, score in scores.items():
        kept, _ = ItemScore.objects.update_or_create(
            assessment=assessment,
            seat=seat,
            item=code,
            defaults={"points": score.points, "note": score.note.strip()[:200]},
        )
        if score.evidence:
            kept.evidence.add(*own_documents(score.evidence, access.user))


def refuse_unscored(version: Version, points: Mapping[str, int], whose: str) -> None:
    if missing := [item.title for code, item in version.items.items() if code not in points]:
        raise Refused(f"{whose}还有 {len(missing)} 项没有打分：{'、'.join(missing[:5])}。请打完再提交。")


def lock(assessment: Assessment) -> None:
    assessment.refresh_from_db(from_queryset=Assessment.objects.select_for_update())


def refuse_unless(assessment: Assessment, state: State) -> None:
    if assessment.state != state:
        raise Refused(f"这次评定在“{assessment.get_state_display()}”，不能{state.label}。请刷新页面查看。")
