"""A2 and A3, made of dibao's own forms and steps: the same family, means and check; a label instead of money."""

from __future__ import annotations

from dataclasses import replace

from minzheng.business.assistance.dibao.apply import APPLYING
from minzheng.business.assistance.dibao.clocks import CLOCKS
from minzheng.business.assistance.dibao.decide import OBJECTION, PUBLICITY, confirmation
from minzheng.business.assistance.dibao.form import FORM
from minzheng.business.assistance.dibao.records import VISIT_RECORD, optional
from minzheng.business.assistance.dibao.roles import APPROVER, CLERK, HELPER, REASON
from minzheng.business.assistance.dibao.survey import COUNTY_VISIT, OPINION_STEP, SURVEY, VISIT
from minzheng.business.assistance.temporary.form import SPENDING
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.items import (
    APPLICANT,
    SYSTEM,
    Material,
    Move,
    NoticeKind,
    Office,
    ServiceItem,
    Status,
    Step,
)
from minzheng.foundation.items.usual import CLOSINGS, notices, telling

BY_57, BY_RIGID = (
    "民发〔2021〕57号 第八条；社会救助法 第二十一条",
    "刚性支出困难家庭认定办法（2025年1月1日起施行）",
)
TIMES = ("survey", "check", "publicity", "decide", "total", "total_special", "tell")
PROPERTY = ("reason_no_member", "reason_financial_assets", "reason_houses", "reason_cars")
RIGID_SPENDING = (
    *SPENDING,
    Question("rigid_living", "基本生活支出", "money", min=0, hint="近12个月，按当地规定的口径；没有填0。"),
    Question("rigid_rehabilitation", "康复支出", "money", min=0, hint="近12个月自己负担的；没有填0。"),
)


def _form(asked: Question, *more: Section) -> Form:
    """What dibao asks, without the account: nothing is paid."""
    sections = [one for one in FORM.sections if one.key not in {"payment", "promise"}]
    promise = next(one for one in FORM.sections if one.key == "promise")
    return Form((*sections, *more, replace(promise, parts=(asked, *promise.parts))))


def _surveying(*verified: Question) -> Step:
    record = (
        *(one for one in VISIT_RECORD if one.key != "dibao_class"),
        *(optional(one) for one in verified),
    )
    return replace(
        SURVEY,
        moves=tuple(
            replace(move, record=record) if move.key in {VISIT.key, COUNTY_VISIT.key} else move
            for move in SURVEY.moves
        ),
    )


def _to_county(step: Step) -> Step:
    return replace(step, moves=tuple(replace(move, routes=()) for move in step.moves))


ACTIVE = Step(
    key="active",
    title="认定有效",
    status=Status.ACTIVE,
    roles=(CLERK,),
    moves=(
        Move(
            key="expire",
            title="认定期满",
            to="ended",
            roles=(SYSTEM,),
            guards=("term_over",),
            marks=("ended",),
        ),
        Move(
            key="cancel",
            title="不再符合，取消认定",
            to="ended",
            roles=(APPROVER,),
            record=(REASON,),
            marks=("ended",),
            notices=("stopped",),
            careful=True,
        ),
        Move(
            key="give_up",
            title="自愿放弃",
            to="ended",
            roles=(APPLICANT, CLERK),
            record=(REASON,),
            marks=("ended",),
            notices=("stopped",),
            careful=True,
        ),
    ),
    waits="认定有效。医疗、教育、住房、就业等部门据此给予相应救助；期满前可以重新申请。",
    is_task=False,
)


def _steps(survey: Step) -> tuple[Step, ...]:
    return (
        *APPLYING,
        survey,
        _to_county(OPINION_STEP),
        _to_county(PUBLICITY),
        OBJECTION,
        confirmation("confirm_county", "县级审核确认", Office.COUNTY, APPROVER),
        telling(HELPER),
        Step(key="refused", title="不予认定", status=Status.REFUSED),
        *CLOSINGS,
        ACTIVE,
        Step(key="ended", title="已终止", status=Status.ENDED),
    )


def _notices(mark: str, title: str, cite: str) -> tuple[NoticeKind, ...]:
    usual = tuple(
        replace(one, shows=tuple(name for name in one.shows if name not in {"amount_fen", "since_month"}))
        for one in notices(mark, cite)
        if one.key != "changed"
    )
    posted = NoticeKind(
        key="publicity",
        title=title,
        mark=f"{mark}公",
        cite=cite,
        shows=("applicant", "item", "place", "size", "date"),
        is_public=True,
    )
    return (*usual, posted)


RECEIPTS = Material(
    key="receipts",
    title="近12个月医疗、教育、康复等支出的票据",
    why="医保结算以外的自费支出和学费没有联网，无法由系统查",
)
A2 = ServiceItem(
    code="A2",
    covers=("S-036", "S-038"),
    title="低保边缘家庭认定",
    summary="不符合低保，但家庭人均收入低于低保标准一定倍数、财产符合规定的，认定为低保边缘家庭（原称低收入户），给予相应的专项救助。",
    known_as="低保边缘 低边",
    cite=BY_57,
    form=_form(Question("edge_asked", "申请认定低保边缘家庭，同意核对家庭经济状况", "agree")),
    eligibility=("edge",),
    reasons=("reason_edge_dibao", "reason_edge_income", *PROPERTY),
    rules="rules_labels.py",
    steps=_steps(_surveying()),
    clocks=tuple(one for one in CLOCKS if one.key in TIMES),
    notices=_notices("民边", "低保边缘家庭认定公示", BY_57),
)
A3 = ServiceItem(
    code="A3",
    covers=("S-037",),
    title="刚性支出困难家庭认定",
    icon="receipt",
    summary="不符合低保、特困、低保边缘，但近12个月看病、上学等必需支出占收入比例过高、基本生活困难的，认定为刚性支出困难家庭（原称支出型贫困家庭）。",
    known_as="大病支出 支出型困难",
    cite=BY_RIGID,
    form=_form(
        Question("rigid_asked", "申请认定刚性支出困难家庭，同意核对家庭经济状况", "agree"),
        Section("spending", "近12个月的刚性支出", RIGID_SPENDING),
    ),
    materials=(RECEIPTS,),
    eligibility=("rigid",),
    reasons=("reason_rigid_better", "reason_rigid_income", "reason_rigid_light", *PROPERTY),
    rules="rules_labels.py",
    steps=_steps(_surveying(*RIGID_SPENDING)),
    clocks=tuple(one for one in CLOCKS if one.key in TIMES),
    notices=_notices("民刚", "刚性支出困难家庭认定公示", BY_RIGID),
)
