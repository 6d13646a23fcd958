"""Guards of a decision: what the rules say, and who must have seen the family."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.parameters import check_valid_through
from minzheng.foundation.cases.turns import county_has_visited
from minzheng.foundation.forms.showing import show_money


@guard
def eligible(access: Access, case: Case) -> str | None:
    """The rules say yes."""
    answer = assess.eligible(case)
    if answer is None:
        return _undetermined(case)
    return (
        None if answer else "按认定结果不符合条件，不能给予。请按“不予确认”办理；事实有变的，请退回重新核实。"
    )


@guard
def ineligible(access: Access, case: Case) -> str | None:
    """The rules say no, with reasons: nobody is refused without a clause."""
    answer = assess.eligible(case)
    if answer is None:
        return _undetermined(case)
    return "按认定结果符合条件，不能不予确认。事实有变的，请退回重新核实。" if answer else None


@guard
def determined(access: Access, case: Case) -> str | None:
    return _undetermined(case) if assess.eligible(case) is None else None


@guard
def check_in_force(access: Access, case: Case) -> str | None:
    """What is confirmed rests on a check that still counts; one that ran out meanwhile is made anew."""
    checked = case.moves.filter(round=case.round, marks__contains=["checked"]).order_by("-id").first()
    if checked is None or access.today <= (last := check_valid_through(case, checked)):
        return None
    return (
        f"核对报告有效期至 {last}，已经过期。请县级审核人在本步骤重新发起核对、登记核对结果，"
        "或退回重新调查；结果不变的即可确认。"
    )


@guard
def as_posted(access: Access, case: Case) -> str | None:
    """What is confirmed is what the village has seen; a new check that changes the amount is posted anew."""
    new = assess.amount_fen(case)
    if assess.eligible(case) is not True or new == case.amount_fen:
        return None
    posted = "未给予" if case.amount_fen is None else show_money(case.amount_fen)
    each = "" if case.service_item.once else "每月 "
    return f"按最新认定结果是{each}{show_money(new or 0)}，与公示的{posted}不同。请退回重新调查、重新公示后再确认。"


@guard
def county_visited(access: Access, case: Case) -> str | None:
    """Separate-record and complaint cases are visited by the county (民发〔2021〕57号)."""
    if not case.county_visit or county_has_visited(case):
        return None
    return "本件属近亲属单独备案、有投诉举报或被随机抽中，须由县级民政部门入户核查后再确认。"


def _undetermined(case: Case) -> str:
    waits = assess.waits_for(case)
    if not waits:
        return "还没有计算认定结果，请先完成调查核实。"
    return "还不能认定，缺少：" + "；".join(waits)
