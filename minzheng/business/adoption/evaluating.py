"""J2 收养评估 (民发〔2020〕144号): the team, the time together, each one's points, the report. Not for stepchildren."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.core.exceptions import PermissionDenied

from minzheng.business.adoption.accepting import WRITE, not_near, parents_of, still_open
from minzheng.business.adoption.clocks import bonding_until, evaluation_due
from minzheng.business.adoption.models import Application, BondingVisit, Evaluation, Evaluator, Step
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.grading import grading_of, mean
from minzheng.foundation.scoring.words import ScoreSheet, Version

SHEET, EVALUATE = "adoption_family", "adoption.evaluate"


def _family(evaluation: Evaluation) -> Iterable[int]:
    return parents_of(evaluation.application)


@action("adoption.evaluation", "组织收养评估", permission=WRITE, persons=parents_of)
def start_evaluation(access: Any, application: Application, team: Sequence[User]) -> Evaluation:
    """Two evaluators or more, different human beings, none of them near to the family."""
    now = still_open(application)
    if not now.needs_evaluation:
        raise Refused("收养继子女不做收养评估（民发〔2020〕144号）。")
    if Evaluation.objects.filter(application=now).exists():
        raise Refused("这件申请已经组织过评估，请在页面上查看。")
    wanted = int(figures(access.today, now.region_id)("adoption_evaluators"))
    people = {user.person_id for user in team if user.person_id}
    if len(people) < wanted:
        raise Refused({"team": f"评估小组至少{wanted}人，须是不同的人，并已绑定本人。请再选一位。"})
    for user in team:
        seat = Access(user, access.today)
        if not seat.may(EVALUATE, now.region_id):
            raise Refused({"team": f"{user}不能做收养评估。请选有评估权限的人。"})
        not_near(seat, now.parents)
    version = sheet_on(access.today, now.region_id)
    made = Evaluation.objects.create(
        application=now,
        region_id=now.region_id,
        began_on=access.today,
        due_on=evaluation_due(access.today, now.region_id),
        version=version.key,
    )
    Evaluator.objects.bulk_create(
        Evaluator(evaluation=made, region_id=now.region_id, user=user) for user in dict.fromkeys(team)
    )
    return made


@action("adoption.bonding", "登记融合开始", permission=EVALUATE, persons=_family)
def start_bonding(access: Any, evaluation: Evaluation, *, bonding_from: dt.date | str) -> None:
    """Family and child live together, watched, for the days of the standard at the least."""
    now, day = _running(access, evaluation), _day(bonding_from)
    if now.bonding_from is not None:
        raise Refused("已经登记过融合开始的日期。")
    if not now.began_on <= day <= access.today:
        raise Refused({"bonding_from": "融合开始日期应在评估开始到今天之间，请核对。"})
    now.bonding_from, now.bonding_until = day, bonding_until(day, now.region_id)
    now.save(update_fields=["bonding_from", "bonding_until"])


@action("adoption.bonding_visit", "登记融合期走访", permission=EVALUATE, persons=_family)
def visit(
    access: Any, evaluation: Evaluation, *, on: dt.date | str, is_well: bool, finding: str
) -> BondingVisit:
    now, day = _running(access, evaluation), _day(on)
    if now.bonding_from is None or not now.bonding_from <= day <= access.today:
        raise Refused({"on": "走访应在融合开始以后、今天以前，请先登记融合开始的日期或核对日期。"})
    return BondingVisit.objects.create(
        evaluation=now, region_id=now.region_id, on=day, by=access.user, is_well=is_well, finding=finding
    )


@action("adoption.score", "提交评估评分", permission=EVALUATE, persons=_family)
def score(
    access: Any,
    evaluation: Evaluation,
    points: Mapping[str, int],
    *,
    pledged: bool,
    is_clear: bool,
    visited_on: dt.date | str,
    opinion: str,
) -> Evaluator:
    """Each alone, once, after pledging to have no interest in the case; points of every item of the sheet."""
    now = _running(access, evaluation)
    seat = Evaluator.objects.select_for_update().get(evaluation=now, user=access.user)
    if not pledged:
        raise Refused({"pledged": "请先承诺与这个家庭没有利害关系；有利害关系的，请联系登记机关换人。"})
    if seat.scored_on is not None:
        raise Refused("您已经评过分，不能再改。")
    if now.bonding_until is None or access.today <= now.bonding_until:
        raise Refused("融合期还没有满，满期以后再评分。")
    items = version_of(now).items
    if wrong := [one.title for one in items.values() if not 0 <= int(points.get(one.code, -1)) <= one.most]:
        raise Refused(f"这几项没有打分或超出满分：{'、'.join(wrong)}。请改正。")
    seat.points = {code: int(points[code]) for code in items}
    seat.pledged_on = seat.scored_on = access.today
    seat.visited_on, seat.is_clear, seat.opinion = _day(visited_on), is_clear, opinion
    seat.save()
    return seat


@action("adoption.report", "出具收养评估报告", permission=EVALUATE, persons=_family)
def report(access: Any, evaluation: Evaluation, *, report: str) -> Evaluation:
    """All have scored, the time together is over and was watched. What speaks against it outweighs every point."""
    now = _running(access, evaluation)
    seats = list(now.evaluators.select_for_update(of=("self",)))
    if any(seat.scored_on is None for seat in seats):
        raise Refused("还有评估员没有评分，全部评分以后才能出具报告。")
    visits = list(now.visits.all())
    wanted = int(figures(now.began_on, now.region_id)("adoption_bonding_visits"))
    if len(visits) < wanted:
        raise Refused(f"融合期至少走访{wanted}次，请先登记走访。")
    version, sheet = version_of(now), shelf(ScoreSheet).get(SHEET)
    points = {code: mean([seat.points[code] for seat in seats]) for code in version.items}
    result = grading_of(sheet, version, version.sums(points), now.region_id, access.today)
    against = [f"评估员{at}发现不适宜的情形" for at, seat in enumerate(seats, 1) if not seat.is_clear]
    against += [f"{one.on}走访：相处不好" for one in visits if not one.is_well]
    now.result = result | {"points": version.sums(points), "against": against}
    now.step = (
        Step.PASSED if result["grade"] and not any(not seat.is_clear for seat in seats) else Step.FAILED
    )
    now.report, now.reported_on = report, access.today
    now.save()
    return now


def sheet_on(day: dt.date, region: str) -> Version:
    version = shelf(ScoreSheet).get(SHEET).version_on(day, region)
    if version is None:
        raise Refused("还没有收养评估的评分表，请系统管理员在 standards/scoring 中补上。")
    return version


def version_of(evaluation: Evaluation) -> Version:
    return shelf(ScoreSheet).get(SHEET).version(evaluation.version)


def is_evaluator(evaluation: Evaluation, person: int | None) -> bool:
    """By human being, not by account."""
    return person is not None and evaluation.evaluators.filter(user__person=person).exists()


def _running(access: Any, evaluation: Evaluation) -> Evaluation:
    """Locked, and open to its team alone."""
    if not Evaluator.objects.filter(evaluation=evaluation, user=access.user).exists():
        raise PermissionDenied("只有这次评估的评估员可以办理。")
    still_open(evaluation.application)
    now = Evaluation.objects.select_for_update(of=("self",)).get(pk=evaluation.pk)
    if not now.is_running:
        raise Refused(f"这次评估已经结束（{now.get_step_display()}），不能再办。")
    return now


def _day(said: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(said) if isinstance(said, str) else said
