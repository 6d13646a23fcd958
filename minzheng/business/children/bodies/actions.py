"""Supporting a body, having it judged, taking the label away."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.children.bodies.models import BodySupport, ChildBody
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.scoring.applying import apply_rating
from minzheng.foundation.scoring.models import Assessment

SHEET, MONEY = "child_body", ("purchase", "fund")


def _labelled(body: ChildBody) -> ChildBody:
    row = ChildBody.objects.select_for_update(of=("self",)).select_related("organisation").get(pk=body.pk)
    if row.until is not None:
        raise Refused("这家社会组织的标识已经取消。又符合条件的，请另行登记。")
    return row


@action("child_body.support", "登记对社会组织的支持", permission="register.write")
def support(
    access: Any,
    body: ChildBody,
    *,
    kind: str,
    content: str,
    given_on: dt.date | str,
    amount_fen: int | None = None,
    document_no: str = "",
) -> BodySupport:
    """Money says how much and by which document; it is paid by its own way (contracts, payments), here it is listed."""
    row, day = _labelled(body), dt.date.fromisoformat(str(given_on))
    if day < row.labelled_on:
        raise Refused({"given_on": "支持的日期早于标识日期，请核对。"})
    if kind in MONEY and not (amount_fen and document_no):
        raise Refused({"amount_fen": "购买服务和资助资金请写明金额和合同（文件）文号。"})
    return row.supports.create(
        region=row.region,
        kind=kind,
        content=content,
        given_on=day,
        amount_fen=amount_fen,
        document_no=document_no,
    )


def evaluate(access: Any, body: ChildBody) -> Assessment:
    """Opens its evaluation on the ordinary sheet: self-score, experts on site, committee, publicity."""
    row = _labelled(body)
    return apply_rating(access, sheet=SHEET, region=row.region, name=row.organisation.name)


@action("child_body.unlabel", "取消标识", permission="register.write")
def unlabel(access: Any, body: ChildBody, *, until: dt.date | str, ended_for: str) -> ChildBody:
    row, day = _labelled(body), dt.date.fromisoformat(str(until))
    if not row.labelled_on <= day <= access.today:
        raise Refused({"until": "取消日期应在标识之后、今天之前，请核对。"})
    row.until, row.ended_for = day, ended_for[:120]
    row.save()
    return row


def evaluations_of(body: ChildBody) -> Any:
    named = Assessment.objects.filter(sheet=SHEET, name=body.organisation.name, region=body.region_id)
    return named.order_by("-opened_on", "-pk")
