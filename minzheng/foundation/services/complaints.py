"""Complaints: made by whom the service was for, answered within the days of the standard; one that is upheld is not paid."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.items.figures import figures
from minzheng.foundation.services.actions import _may_speak_for, persons_of, reject
from minzheng.foundation.services.models import Complaint, Order, State


@action("service.complain", "投诉服务", permission=None, persons=persons_of)
def complain(access: Any, order: Order, *, text: str) -> Complaint:
    _may_speak_for(access, order.person)
    if len(text.strip()) < 2:
        raise Refused({"text": "请写明投诉的内容。"})
    if Complaint.objects.filter(order=order, answered_on__isnull=True).exists():
        raise Refused("这张工单已有投诉正在处理，请等候答复。")
    days = figures(access.today, order.region_id)("service_complaint_days")
    due = access.today + dt.timedelta(days=days)
    return Complaint.objects.create(
        order=order, text=text.strip()[:500], made_by=access.user, made_on=access.today, due_on=due
    )


@action(
    "service.answer",
    "答复投诉",
    permission="service.settle",
    region=lambda complaint: complaint.order.region_id,
    persons=lambda complaint: [complaint.order.person_id],
)
def answer(access: Any, complaint: Complaint, *, finding: str, is_upheld: bool) -> Complaint:
    """An upheld complaint keeps the order out of the settlement, unless its money has already been confirmed."""
    current = Complaint.objects.select_for_update(of=("self",)).select_related("order").get(pk=complaint.pk)
    if current.answered_on is not None:
        raise Refused("这条投诉已经答复。")
    if current.made_by_id == access.user.pk:
        raise Refused("投诉人不能自己答复，请由另一位同志办理。")
    if len(finding.strip()) < 2:
        raise Refused({"finding": "请写明调查结果。"})
    current.finding, current.is_upheld = finding.strip()[:500], is_upheld
    current.answered_on, current.answered_by = access.today, access.user
    current.save()
    order: Order = current.order
    if is_upheld and order.state in (State.DONE, State.CONFIRMED) and order.statement_id is None:
        reject(access, order, reason="投诉属实")
    return current
