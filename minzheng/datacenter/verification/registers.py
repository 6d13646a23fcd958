"""核对台账 and 核对授权台账: every check with how it ended, every consent with its dates."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from django.db.models import QuerySet

from minzheng.datacenter.verification.models import Authorisation, Check, CheckObjection, Request, Subject
from minzheng.datacenter.verification.words import REQUEST_TONES
from minzheng.foundation.exchange.words import Source
from minzheng.foundation.registers import Block, Column, Filter, Register, Related, Search
from minzheng.foundation.registry.words import shelf

TONES = {
    Check.State.ASKING: "info",
    Check.State.READY: "ok",
    Check.State.RECORDED: "neutral",
    Check.State.CANCELLED: "neutral",
}
OBJECTION_TONES = {
    CheckObjection.State.ASKED: "info",
    CheckObjection.State.ANSWERED: "warn",
    CheckObjection.State.CHANGED: "ok",
    CheckObjection.State.UPHELD: "neutral",
}


def source_title(row: Request) -> str:
    return shelf(Source).get(row.source).title if row.source in shelf(Source) else row.source


def people_of(checks: Sequence[Check]) -> Iterable[int]:
    """A list of checks names the applicants; only a family's own check is a look at somebody."""
    cases = [one.pk for one in checks if one.case_id is not None]
    return set(Subject.objects.filter(check_of__in=cases).values_list("person_id", flat=True))


def requests_of(check: Check, on: dt.date) -> QuerySet[Request]:
    return check.requests.all()


CHECKS = Register(
    code="checks",
    covers=("S-061",),
    title="核对台账",
    model=Check,
    icon="shield-check",
    unit="次",
    read="check.read",
    help="每一次经济状况核对：办件的和每月定期的。报告在办件的“核对”页。",
    rows=lambda: Check.objects.select_related("region", "case__applicant", "started_by"),
    name=lambda check: check.number,
    persons=people_of,
    columns=(
        Column("number", "核对编号", "code", sortable=True),
        Column(
            "applicant", "申请人", "name", read=lambda check: check.case.applicant.name if check.case else ""
        ),
        Column(
            "case", "办件编号", "code", read=lambda check: check.case.number if check.case else "定期核对"
        ),
        Column("purpose", "用途", "choice"),
        Column("region", "地区", "region"),
        Column("started_on", "发起日期", "date", sortable=True),
        Column("started_by", "发起人", "name", read=lambda check: str(check.started_by or "系统")),
        Column("state", "状态", "badge", tones=TONES),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("purpose", "用途", "choice"),
        Filter("region", "地区", "region", "region_id"),
        Filter("started", "发起日期", "dates", "started_on"),
    ),
    search=(Search("number", "exact"), Search("case__number", "exact")),
    search_hint="核对编号或办件编号",
    details=(
        Block(
            "核对",
            (
                Column("number", "核对编号", "code"),
                Column("purpose", "用途", "choice"),
                Column("started_on", "发起日期", "date"),
                Column("state", "状态", "badge", tones=TONES),
                Column("went_on_on", "决定不再等待", "date"),
                Column("went_on_reason", "理由"),
            ),
        ),
        Related(
            "各部门",
            (
                Column("source", "部门", read=source_title),
                Column("persons", "人数", "number", read=lambda request: len(request.persons)),
                Column("state", "状态", "badge", tones=REQUEST_TONES),
                Column("asked_at", "发出", "moment"),
                Column("answered_at", "反馈", "moment"),
                Column("next_try_at", "下次查询", "moment"),
                Column("problem", "说明"),
            ),
            requests_of,
        ),
    ),
)

AUTHORISATIONS = Register(
    code="check-authorisations",
    title="核对授权台账",
    model=Authorisation,
    icon="certificate",
    unit="份",
    read="check.read",
    region="case__region_id",
    help="没有有效授权的人，系统不会向任何部门查询。",
    rows=lambda: Authorisation.objects.select_related("person", "case__region", "signed_by"),
    name=lambda one: f"{one.person.name}的核对授权",
    persons=lambda shown: {one.person_id for one in shown},
    columns=(
        Column("name", "授权人", "name", "person__name"),
        Column("role", "身份", "choice"),
        Column("case", "办件编号", "code", "case__number"),
        Column("region", "地区", "region", "case__region"),
        Column("channel", "方式", "choice"),
        Column("since", "起", "date", sortable=True),
        Column("until", "止", "date", sortable=True),
        Column("withdrawn_on", "撤回日期", "date"),
        Column("sha256", "授权书校验值", "code", shown=False),
    ),
    filters=(
        Filter("region", "地区", "region", "case__region_id"),
        Filter("role", "身份", "choice"),
        Filter("channel", "方式", "choice"),
        Filter("open", "未撤回", "yes_no", "withdrawn_on__isnull"),
        Filter("until", "到期", "dates"),
    ),
    search=(Search("person__name"), Search("case__number", "exact")),
    search_hint="授权人姓名（从姓开始）或办件编号",
)

OBJECTIONS = Register(
    code="check-objections",
    title="核对异议台账",
    model=CheckObjection,
    icon="message",
    unit="条",
    read="check.read",
    region="answer__check_of__region_id",
    help="群众认为核对结果不对的，系统请该部门复核；按期处理，两次反馈都保留。",
    rows=lambda: CheckObjection.objects.select_related(
        "answer__person", "answer__check_of__case", "settled_by"
    ),
    name=lambda one: f"{one.answer.person.name}的核对异议",
    persons=lambda shown: {one.answer.person_id for one in shown},
    columns=(
        Column("name", "当事人", "name", "answer__person__name"),
        Column("source", "部门", read=lambda one: source_title(one.answer)),
        Column("statement", "异议内容"),
        Column("raised_on", "提出日期", "date", sortable=True),
        Column("due_on", "办理期限", "date", sortable=True),
        Column("state", "状态", "badge", tones=OBJECTION_TONES),
        Column("result", "处理结果", shown=False),
    ),
    filters=(
        Filter("state", "状态", "choice"),
        Filter("region", "地区", "region", "answer__check_of__region_id"),
        Filter("due", "办理期限", "dates", "due_on"),
    ),
    search=(Search("answer__person__name"),),
    search_hint="当事人姓名（从姓开始）",
)
