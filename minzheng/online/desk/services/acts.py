"""What an officer may do with an order, as its state allows."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same
from minzheng.foundation.services import actions
from minzheng.foundation.services.complaints import answer, complain
from minzheng.foundation.services.models import Complaint, Order, State
from minzheng.online.ui.acts import Act

RATING = Question(
    "rating",
    "满意吗？",
    "choice",
    options=(("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")),
)
REASON = Question("reason", "原因", "text", min=2)
TEXT = Question("text", "哪里不好？", "long_text", min=2, max=500)


def confirm(access: Access, order: Order, *, rating: str) -> Any:
    return actions.confirm(access, order, rating=int(rating))


CONFIRM = Act(
    "confirm", "确认服务已完成", confirm, "已确认，谢谢评价。", (RATING,), hint="请先问过老人或家属。"
)
CANCEL = Act("cancel", "取消工单", actions.cancel, "工单已取消。", (REASON,), danger=True)
COMPLAIN = Act("complain", "投诉", complain, "投诉已登记，会按时答复。", (TEXT,))
REJECT = Act("reject", "不予结算", actions.reject, "已不予结算。", (REASON,), danger=True)


def _answer(access: Access, order: Order, *, finding: str, upheld: str) -> Any:
    complaint = Complaint.objects.get(order=order, answered_on__isnull=True)
    return answer(access, complaint, finding=finding, is_upheld=upheld == "属实")


ANSWER = Act(
    "answer",
    "答复投诉",
    _answer,
    "已答复。",
    (
        Question("upheld", "调查结论", "choice", options=same("属实", "不属实")),
        Question("finding", "调查结果和处理", "long_text", min=2, max=500),
    ),
)


def open_to(access: Access, order: Order, has_complaint: bool) -> list[Act]:
    """In the order in which they are usually needed."""
    orders, settles = (access.may(right, order.region_id) for right in ("service.order", "service.settle"))
    found = []
    if has_complaint and settles:
        found.append(ANSWER)
    if order.state == State.DONE and orders:
        found.append(CONFIRM)
    if order.state in (State.DONE, State.CONFIRMED) and orders and not has_complaint:
        found.append(COMPLAIN)
    if order.state in (State.ASKED, State.ACCEPTED) and orders:
        found.append(CANCEL)
    if order.state in (State.DONE, State.CONFIRMED) and settles and order.statement_id is None:
        found.append(REJECT)
    return found
