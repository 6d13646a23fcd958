"""A case as its applicant, or the system that handed it in, is told of it: where it stands and what to do next."""

from __future__ import annotations

import datetime as dt
from typing import Any

from ninja import Schema
from pydantic import Field

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.completeness import missing
from minzheng.foundation.cases.models import Case, Correction
from minzheng.foundation.items import Status
from minzheng.online.api.problems import Detail


class CaseBrief(Schema):
    number: str
    item: str
    title: str = Field(description="事项名称")
    status: str = Field(
        description="draft、submitted、correcting、checking、publicity、deciding、active、refused、closed、ended"
    )
    status_label: str
    region: str
    opened_on: dt.date
    submitted_on: dt.date | None
    decided_on: dt.date | None
    closed_on: dt.date | None


class LimitOut(Schema):
    title: str
    due_on: dt.date
    basis: str


class MoveOut(Schema):
    title: str
    on: dt.date


class CaseOut(CaseBrief):
    version: int = Field(description="修改草稿时带回，防止覆盖别处的修改")
    step: str = Field(description="现在的环节")
    waits: str = Field(description="告诉申请人的话：在等什么，要做什么")
    outcome: str = Field(description="结论；还没有结论时为空")
    reasons: list[str] = Field(description="不予确认的理由和依据")
    correct_by: dt.date | None = Field(description="补正期限")
    to_do: list[Detail] = Field(description="还要补的：草稿缺的，或一次性告知补正的")
    limits: list[LimitOut] = Field(description="正在计算的法定时限")
    timeline: list[MoveOut]


def brief(case: Case) -> dict[str, Any]:
    return {
        "number": case.number,
        "item": case.item,
        "title": case.service_item.title,
        "status": case.status,
        "status_label": Status(case.status).label,
        "region": case.region_id,
        "opened_on": case.opened_on,
        "submitted_on": case.submitted_on,
        "decided_on": case.decided_on,
        "closed_on": case.closed_on,
    }


def whole(access: Access, case: Case) -> dict[str, Any]:
    correction = (
        Correction.objects.filter(case=case, answered_on=None).first()
        if case.status == Status.CORRECTING
        else None
    )
    to_do: list[dict[str, str]] = []
    if case.status == Status.DRAFT:
        to_do = [one.as_json() for one in missing(case, access.today)]
    elif correction is not None:
        to_do = correction.missing
    running = case.clocks.filter(stopped_on=None, is_earliest=False).order_by("due_on")
    return brief(case) | {
        "version": case.version,
        "step": case.at_step.title,
        "waits": case.at_step.waits,
        "outcome": case.get_outcome_display() if case.outcome else "",
        "reasons": [str(one) for one in case.reasons],
        "correct_by": correction.due_on if correction else None,
        "to_do": [{"path": one["key"], "detail": f"{one['label']}：{one['what']}"} for one in to_do],
        "limits": [{"title": one.title, "due_on": one.due_on, "basis": one.basis} for one in running],
        "timeline": [{"title": move.title, "on": move.on} for move in case.moves.order_by("id")],
    }
