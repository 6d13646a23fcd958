"""Guards of moves that pay from a reserve fund (docs/cases.md)."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.reserves.actions import most_for_one_case
from minzheng.foundation.reserves.advance import hindrance
from minzheng.foundation.reserves.words import reserve_for


@guard
def reserve_suffices(access: Access, case: Case) -> str | None:
    """A fund there holds enough, and the amount is a small one."""
    amount = assess.amount_fen(case)
    return hindrance(access, case, amount) or None if amount is not None else "还没有算出救助金额。"


@guard
def above_small_amount(access: Access, case: Case) -> str | None:
    """Too much to be paid on the spot: the county decides."""
    most = most_for_one_case(reserve_for(case.item), case.region_id, access)
    amount = assess.amount_fen(case)
    if amount is None or amount > most:
        return None
    return f"金额没有超过小额标准 {yuan(most)} 元，乡镇（街道）可以当场发放，不用报县级。"
