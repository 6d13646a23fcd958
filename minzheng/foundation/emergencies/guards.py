"""Guards of stops and cuts: forbidden while an emergency order runs, unless nobody is left to pay."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.guards.reviewing import is_empty
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case
from minzheng.foundation.emergencies.actions import no_exit


@guard
def stops_allowed(access: Access, case: Case) -> str | None:
    if is_empty(access, case) or not no_exit(case.region_id, access.today):
        return None
    return "当地正在执行应急期间暂不退出的规定，不能停发、减发。请选“应急期间暂不退出”，情况会记录在案。"


@guard
def stops_forbidden(access: Access, case: Case) -> str | None:
    if no_exit(case.region_id, access.today):
        return None
    return "当地现在没有应急期间暂不退出的规定，请按复核结果办理。"
