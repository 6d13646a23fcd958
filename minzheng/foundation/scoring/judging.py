"""Assessors on the spot, then a committee: appointed without ties, each of them for himself, the sums by the sheet."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.utils import timezone

from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.figures import Figures, figures
from minzheng.foundation.scoring.applying import Score, keep_scores, lock, refuse_unless, refuse_unscored
from minzheng.foundation.scoring.grading import grading_of, mean
from minzheng.foundation.scoring.models import Assessment, Choice, Duty, Seat, State
from minzheng.foundation.scoring.ties import refuse_near

ASSESS, DECIDE = "rating.assess", "rating.decide"


def limits(assessment: Assessment, on: dt.date) -> Figures:
    return figures(on, assessment.region_id, settings.STANDARDS_SET)


@action("rating.appoint", "指派评定人员", permission=DECIDE)
def appoint(access: Any, assessment: Assessment, *, users: Sequence[User], duty: str) -> list[Seat]:
    """Seats for assessors or for the committee; whoever sits on the other side, or is near, is refused by name."""
    lock(assessment)
    refuse_unless(assessment, State.SITE if duty == Duty.SITE else State.COMMITTEE)
    there = {seat.user_id: seat for seat in assessment.seats.all()}
    for user in users:
        seat = there.get(user.pk)
        if seat is not None and seat.duty != duty:
            raise Refused(f"{user}已担任{seat.get_duty_display()}，不能又{Duty(duty).label}。请换一位。")
        if not user.assignments.filter(role__in=roles_with(ASSESS)).exists():
            raise Refused(f"{user}没有评定的任职。请先由系统管理员任职为评估专家。")
        refuse_near(user, assessment, access.today)
    new = [Seat(assessment=assessment, user=user, duty=duty) for user in users if user.pk not in there]
    return Seat.objects.bulk_create(new)


@action("rating.declare", "承诺无利害关系", permission=ASSESS)
def declare_no_tie(access: Any, assessment: Assessment) -> None:
    """Said once by each before scoring or voting; kept with its time."""
    seat = _own_seat(access, assessment)
    if seat.declared_at is None:
        seat.declared_at = timezone.now()
        seat.save(update_fields=["declared_at"])


@action("rating.score_site", "现场评分", permission=ASSESS)
def score_site(access: Any, assessment: Assessment, scores: Mapping[str, Score]) -> None:
    """An assessor's own points; the others' are not shown until all have handed in."""
    lock(assessment)
    refuse_unless(assessment, State.SITE)
    seat = _declared_seat(access, assessment, Duty.SITE)
    if seat.finished_at is not None:
        raise Refused("您的现场评分已经提交，不能再改。")
    keep_scores(access, assessment, seat, scores)


@action("rating.finish_site", "提交现场评分", permission=ASSESS)
def finish_site(access: Any, assessment: Assessment) -> None:
    """The last assessor to hand in closes the round: the mean of each item, the parts, and the grade they give."""
    lock(assessment)
    refuse_unless(assessment, State.SITE)
    seat = _declared_seat(access, assessment, Duty.SITE)
    version = assessment.points_sheet
    refuse_unscored(version, dict(seat.scores.values_list("item", "points")), "现场评分")
    if seat.finished_at is None:
        seat.finished_at = timezone.now()
        seat.save(update_fields=["finished_at"])
    seats = assessment.seats.filter(duty=Duty.SITE)
    least = int(limits(assessment, access.today)("rating_assessors_min"))
    if seats.filter(finished_at=None).exists() or seats.count() < least:
        return
    by_item: dict[str, list[int]] = defaultdict(list)
    for item, points in assessment.scores.filter(seat__in=seats).values_list("item", "points"):
        by_item[item].append(points)
    assessment.sums = version.sums({item: mean(points) for item, points in by_item.items()})
    assessment.total = sum(assessment.sums.values())
    if not assessment.declared.is_rating:
        assessment.state, assessment.ended_on = State.SCORED, access.today
        assessment.save()
        return
    assessment.grading = grading_of(
        assessment.declared, version, assessment.sums, assessment.region_id, assessment.opened_on
    )
    assessment.grade, assessment.state = assessment.grading["grade"], State.COMMITTEE
    if not assessment.grade:
        assessment.state, assessment.ended_on = State.REFUSED, access.today
        assessment.reason = "现场得分没有达到任何一级的要求。"
        emit(
            "rating.refused", assessment=assessment.pk, sheet=assessment.sheet, facility=assessment.facility_id,
            reason=assessment.reason, on=access.today.isoformat(),
        )  # fmt: skip
    assessment.save()


@action("rating.vote", "委员表决", permission=ASSESS)
def vote(access: Any, assessment: Assessment, *, choice: str, note: str = "") -> None:
    lock(assessment)
    refuse_unless(assessment, State.COMMITTEE)
    seat = _declared_seat(access, assessment, Duty.COMMITTEE)
    if choice not in Choice.values:
        raise Refused({"choice": "请选择同意、不同意或弃权。"})
    if choice == Choice.DISAGREE and not note.strip():
        raise Refused({"note": "不同意的，请写明理由。"})
    if seat.vote:
        raise Refused("您已经表决，不能再改。")
    seat.vote, seat.note, seat.finished_at = choice, note.strip()[:200], timezone.now()
    seat.save(update_fields=["vote", "note", "finished_at"])


@action("rating.close_vote", "汇总表决、开始公示", permission=DECIDE)
def close_vote(access: Any, assessment: Assessment) -> None:
    """Enough members have voted and enough agree: publicity begins. Otherwise the assessors go again."""
    lock(assessment)
    refuse_unless(assessment, State.COMMITTEE)
    rule = limits(assessment, access.today)
    votes = Counter(
        assessment.seats.filter(duty=Duty.COMMITTEE).exclude(vote="").values_list("vote", flat=True)
    )
    least, percent = int(rule("rating_committee_min")), int(rule("rating_agree_percent"))
    if sum(votes.values()) < least:
        raise Refused(f"参加表决的委员只有 {sum(votes.values())} 人，至少要 {least} 人。请再指派委员表决。")
    if votes[Choice.AGREE] * 100 < percent * sum(votes.values()):
        # What the committee does not accept is scored again; who voted is kept in the trail of changes.
        assessment.seats.update(finished_at=None, vote="", note="")
        assessment.seats.filter(duty=Duty.COMMITTEE).delete()
        assessment.state = State.SITE
        assessment.reason = f"委员会未通过：同意 {votes[Choice.AGREE]} 票，不到 {percent}%。请重新现场评分。"
    else:
        assessment.state, assessment.public_from = State.PUBLICITY, access.today
        assessment.public_until = access.today + dt.timedelta(days=int(rule("rating_publicity_days")))
        assessment.reason = ""
    assessment.save()


def _own_seat(access: Any, assessment: Assessment) -> Seat:
    seat = assessment.seats.filter(user=access.user).first()
    if seat is None:
        raise Refused("您没有被指派参加这次评定。请联系组织评定的同志。")
    return seat


def _declared_seat(access: Any, assessment: Assessment, duty: Duty) -> Seat:
    seat = _own_seat(access, assessment)
    if seat.duty != duty:
        raise Refused(f"您在这次评定中担任{seat.get_duty_display()}，不能{duty.label}。")
    if seat.declared_at is None:
        raise Refused("请先承诺与这家机构没有利害关系，再打分或表决。")
    refuse_near(access.user, assessment, access.today)
    return seat
