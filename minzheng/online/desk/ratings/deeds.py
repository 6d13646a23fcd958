"""What can be done with a rating, in the order of the work, and by whom."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models import Q

from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.forms import Question
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS
from minzheng.foundation.scoring import applying, granting, judging
from minzheng.foundation.scoring.applying import APPLY
from minzheng.foundation.scoring.judging import ASSESS, DECIDE
from minzheng.foundation.scoring.models import Assessment, Choice, Duty, Seat, State
from minzheng.online.ui.deeds import Deed

Answers = Mapping[str, Any]
REASON = (Question("reason", "理由", "long_text", min=2, max=200),)
DONE = Question(
    "done", "都打完了，现在提交吗？", "yes_no", hint="选“否”先保存，以后可以接着打。提交以后不能再改。"
)


def seat_of(row: Assessment, access: Any) -> Seat | None:
    return next((seat for seat in row.seats.all() if seat.user_id == access.user.pk), None)


def _waits(duty: str) -> Any:
    """The user's own seat of that duty, declared and not handed in."""

    def mine(row: Assessment, access: Any) -> bool:
        seat = seat_of(row, access)
        return (
            seat is not None
            and seat.duty == duty
            and seat.declared_at is not None
            and seat.finished_at is None
        )

    return mine


def _undeclared(row: Assessment, access: Any) -> bool:
    seat = seat_of(row, access)
    return seat is not None and seat.declared_at is None


def score_questions(row: Assessment) -> list[Question]:
    """One box an item, with its note; which part it belongs to is drawn by the page."""
    items = row.points_sheet.items.values()
    return [
        *(Question(one.code, one.title, "number", unit=f"/ {one.most}", min=0, max=one.most, required=False) for one in items),
        Question("evidence", "证明材料", "files", required=False, hint="照片、台账、合同等；可以不传。"),
        DONE,
    ]  # fmt: skip


def _scores(row: Assessment, given: Answers) -> dict[str, applying.Score]:
    return {
        code: applying.Score(given[code], evidence=given.get("evidence") or ())
        for code in row.points_sheet.items
        if given.get(code) is not None
    }


def _score_self(access: Any, row: Assessment, given: Answers) -> None:
    applying.score_self(access, row, _scores(row, given))
    if given.get("done"):
        applying.hand_in_self(access, row)


def _score_site(access: Any, row: Assessment, given: Answers) -> None:
    judging.score_site(access, row, _scores(row, given))
    if given.get("done"):
        judging.finish_site(access, row)


def experts(row: Assessment) -> list[tuple[int, str]]:
    """Who may assess here and has no seat yet, by name."""
    above = {row.region_id[:digits].ljust(12, "0") for digits in SIGNIFICANT_DIGITS.values()}
    here = Q(assignments__role__in=roles_with(ASSESS), assignments__region__in=above, assignments__until=None)
    able = User.objects.filter(here, is_active=True).exclude(pk=row.opened_by_id)
    taken = row.seats.values_list("user_id", flat=True)
    return [(one.pk, str(one)) for one in able.exclude(pk__in=taken).distinct().order_by("display_name")]


def _who(row: Assessment) -> list[Question]:
    return [Question("users", "指派谁？", "choices", options=tuple(experts(row)), hint="近亲属、在机构任职的和申报经办人应当回避，系统会拦下。")]  # fmt: skip


def _appoint(duty: str) -> Any:
    def run(access: Any, row: Assessment, given: Answers) -> None:
        judging.appoint(access, row, users=list(User.objects.filter(pk__in=given["users"])), duty=duty)

    return run


VOTE = (
    Question("choice", "您的表决", "choice", options=tuple(Choice.choices)),
    Question("note", "意见", "long_text", required=False, max=200, hint="不同意的请写明理由。"),
)
ANSWER = (
    Question("answer", "查了什么，结论是什么？", "long_text", min=2, max=500),
    Question("upheld", "异议成立，退回重新评分吗？", "yes_no"),
)


def _answer(access: Any, row: Assessment, given: Answers) -> None:
    told = row.objections.filter(answered_on=None).order_by("pk").first()
    if told is not None:
        granting.answer_objection(access, told, answer=given["answer"], upheld=given["upheld"])


def _lower_questions(row: Assessment) -> list[Question]:
    titles = dict(row.declared.titles) | {one.grade: one.title for one in row.points_sheet.grades}
    lower = tuple((grade, title) for grade, title in sorted(titles.items()) if grade < (row.grade or 0))
    return [Question("grade", "降为", "choice", options=lower), *REASON]


def _is(*states: str) -> Any:
    return lambda row: row.state in states


RATING = (
    Deed("self", "自评打分", APPLY, _score_self, _is(State.SELF), score_questions, done="自评已保存。", icon="pencil"),
    Deed("declare", "承诺无利害关系", ASSESS, lambda a, row, g: judging.declare_no_tie(a, row), _is(State.SITE, State.COMMITTEE),
         lead="我与这家机构及其负责人没有亲属、任职、投资等利害关系。", done="已承诺，可以打分或表决了。", icon="shield-check", mine=_undeclared),
    Deed("site", "现场评分", ASSESS, _score_site, _is(State.SITE), score_questions, done="评分已保存。", icon="pencil", mine=_waits(Duty.SITE)),
    Deed("vote", "表决", ASSESS, lambda a, row, g: judging.vote(a, row, choice=g["choice"], note=g.get("note") or ""),
         _is(State.COMMITTEE), lambda row: VOTE, done="已表决。", icon="check", mine=_waits(Duty.COMMITTEE)),
    Deed("experts", "指派评估专家", DECIDE, _appoint(Duty.SITE), _is(State.SITE), _who, done="已指派。", icon="user-plus"),
    Deed("committee", "指派委员", DECIDE, _appoint(Duty.COMMITTEE), _is(State.COMMITTEE), _who, done="已指派。", icon="user-plus"),
    Deed("publish", "汇总表决、开始公示", DECIDE, lambda a, row, g: judging.close_vote(a, row), _is(State.COMMITTEE),
         lead="同意的达到规定比例就开始公示；达不到的退回重新评分。", done="表决已汇总。", icon="speakerphone"),
    Deed("object", "登记异议", DECIDE, lambda a, row, g: granting.record_objection(a, row, text=g["text"]), _is(State.PUBLICITY),
         lambda row: (Question("text", "异议的内容", "long_text", min=2, max=500),), done="异议已登记，答复以后才能授牌。", icon="alert-triangle"),
    Deed("answer", "答复异议", DECIDE, _answer, lambda row: row.state == State.PUBLICITY and row.objections.filter(answered_on=None).exists(),
         lambda row: ANSWER, done="异议已答复。", icon="check"),
    Deed("grant", "授牌", DECIDE, lambda a, row, g: granting.grant(a, row), _is(State.PUBLICITY),
         lead="公示期满、没有未答复的异议，授予等级并发给证书。", done="已授牌，证书已生成。", icon="award"),
    Deed("lower", "降低等级", DECIDE, lambda a, row, g: granting.lower(a, row, grade=g["grade"], reason=g["reason"]),
         lambda row: row.state == State.GRANTED and (row.grade or 0) > 1, _lower_questions, done="等级已降低，证书已换发。", danger=True, icon="arrow-back-up"),
    Deed("withdraw", "取消等级", DECIDE, lambda a, row, g: granting.withdraw(a, row, reason=g["reason"]), _is(State.GRANTED),
         lambda row: REASON, done="等级已取消，证书已注销。", danger=True, icon="x"),
)  # fmt: skip
SCORING = ("self", "site")
