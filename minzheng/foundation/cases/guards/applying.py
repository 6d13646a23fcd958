"""Guards of an application: sound, complete, corrected once, not a second one."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.completeness import listed, missing, wrong
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case, Correction
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.persons import live_elsewhere


@guard
def answers_sound(access: Access, case: Case) -> str | None:
    """Nothing that was answered is wrong; what is still missing is asked for once, after submission."""
    found = wrong(case, access.today)
    return f"有 {len(found)} 处填写有误，请改正后再提交：{listed(found)}" if found else None


@guard
def complete(access: Access, case: Case) -> str | None:
    """The application lacks nothing: its acceptance day is the day it became complete (handbook 0.6)."""
    lacking = missing(case, access.today)
    if not lacking:
        return None
    return f"还缺 {len(lacking)} 项，请先一次性告知补正：{listed(lacking)}"


@guard
def correction_not_asked(access: Access, case: Case) -> str | None:
    """一次性告知: the list is given once."""
    if Correction.objects.filter(case=case).exists():
        return "补正已经一次性告知过，不能再次要求补正。请受理，或作出不予受理的决定并说明理由。"
    return None


@guard
def correction_lapsed(access: Access, case: Case) -> str | None:
    correction = Correction.objects.filter(case=case).first()
    if correction is not None and access.today <= correction.due_on:
        return f"补正期限到 {correction.due_on}，期满后才能按逾期处理。"
    return None


@guard
def nobody_came(access: Access, case: Case) -> str | None:
    """What was sent in beforehand is kept for those who come within the local number of days."""
    days = int(parameter("counter_wait_days", case.region_id, access.today))
    until = (case.submitted_on or case.opened_on) + dt.timedelta(days=days)
    if access.today <= until:
        return f"申请人到 {until} 都可以来办，期满没有来才办结。"
    return None


@guard
def nobody_applies_twice(access: Access, case: Case) -> str | None:
    """One person, one live case of an item."""
    doubles = live_elsewhere(case)
    if not doubles:
        return None
    person, other = doubles[0]
    return (
        f"{person.name}已在办件 {other.number}（{other.at_step.title}）中，不能重复申请“{case.service_item.title}”。"
        "您填写的内容已保存；请先查看原办件，或从家庭成员中去掉此人。"
    )


@guard
def home_is_known(access: Access, case: Case) -> str | None:
    """An application is passed on to the village or community of the applicant's hukou."""
    if case.applicant.hukou_region is None:
        return "申请人的户籍地还没有登记，请先在人员台账里登记户籍所在村（社区）。"
    return None
