"""Guards of publicity: seven whole days, of the very result that is to be confirmed, with every objection settled."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.calendar import default_calendar
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case, Notice


@guard
def not_posted_yet(access: Access, case: Case) -> str | None:
    if (posted := _posted(case)) is not None:
        return f"已于 {posted.issued_on} 张贴公示，不用再张贴。"
    return None


@guard
def publicity_over(access: Access, case: Case) -> str | None:
    """Natural days, no rolling; the case may go on from the day after the last (民发〔2021〕57号; DC2)."""
    notice = _posted(case)
    if notice is None or notice.ends_on is None:
        return "还没有张贴公示，请先张贴并上传照片。"
    first = notice.ends_on + dt.timedelta(days=1)
    if access.today >= first:
        return None
    opens = default_calendar().roll(first)
    return f"公示期至 {notice.ends_on} 止，最早 {first} 可以进入下一步（首个工作日 {opens}）。"


@guard
def no_open_objection(access: Access, case: Case) -> str | None:
    if case.objections.filter(settled_on__isnull=True).exists():
        return "还有未处理的公示异议，请先重新调查核实或组织民主评议。"
    return None


def _posted(case: Case) -> Notice | None:
    """The notice of the present result. After a new survey with another amount, the old one counts no more."""
    notice = case.notices.filter(is_public=True, move__round=case.round).order_by("-id").first()
    if notice is None or notice.body.get("amount_fen") != case.amount_fen:
        return None
    return notice
