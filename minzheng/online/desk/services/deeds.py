"""What can be done with an order, as its state allows, in the order in which it is usually needed."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.forms import Question
from minzheng.foundation.items.usual import same
from minzheng.foundation.services import actions
from minzheng.foundation.services.complaints import answer, complain
from minzheng.foundation.services.models import Order, State
from minzheng.online.ui.deeds import Answers, Deed, by_name

ASK, SETTLE = "service.order", "service.settle"
RATING = Question(
    "rating",
    "满意吗？",
    "choice",
    options=(("5", "很满意"), ("4", "满意"), ("3", "一般"), ("2", "不满意"), ("1", "很不满意")),
)
REASON = Question("reason", "原因", "text", min=2)
TEXT = Question("text", "哪里不好？", "long_text", min=2, max=500)
FINDING = (
    Question("upheld", "调查结论", "choice", options=same("属实", "不属实")),
    Question("finding", "调查结果和处理", "long_text", min=2, max=500),
)


def has_complaint(order: Order) -> bool:
    """Whether one waits for its answer; reads prefetched complaints where there are some."""
    return any(one.answered_on is None for one in order.complaints.all())


def _confirm(access: Access, order: Order, given: Answers) -> Any:
    return actions.confirm(access, order, rating=int(given["rating"]))


def _answer(access: Access, order: Order, given: Answers) -> Any:
    complaint = order.complaints.get(answered_on__isnull=True)
    return answer(access, complaint, finding=given["finding"], is_upheld=given["upheld"] == "属实")


ANSWER = Deed("answer", "答复投诉", SETTLE, _answer, has_complaint, FINDING, done="已答复。")
CONFIRM = Deed(
    "confirm", "确认服务已完成", ASK, _confirm, lambda order: order.state == State.DONE, (RATING,),
    lead="请先问过老人或家属。", done="已确认，谢谢评价。",
)  # fmt: skip
COMPLAIN = Deed(
    "complain", "投诉", ASK, by_name(complain),
    lambda order: order.state in (State.DONE, State.CONFIRMED) and not has_complaint(order), (TEXT,),
    done="投诉已登记，会按时答复。",
)  # fmt: skip
CANCEL = Deed(
    "cancel", "取消工单", ASK, by_name(actions.cancel),
    lambda order: order.state in (State.ASKED, State.ACCEPTED), (REASON,), done="工单已取消。", danger=True,
)  # fmt: skip
REJECT = Deed(
    "reject", "不予结算", SETTLE, by_name(actions.reject),
    lambda order: order.state in (State.DONE, State.CONFIRMED) and order.statement_id is None, (REASON,),
    done="已不予结算。", danger=True,
)  # fmt: skip
ORDER = (ANSWER, CONFIRM, COMPLAIN, CANCEL, REJECT)
FAMILY = (CONFIRM, COMPLAIN, CANCEL)  # what those may do for whom it was ordered
