"""E9: a home applies once a year for each subsidy; one officer compares it with the register, another puts it on the list."""

from __future__ import annotations

import datetime as dt

from minzheng.business.elderly.institutions.benefits import BY, CHAIN, OPERATING, RATING, SUBSIDIES
from minzheng.business.elderly.institutions.models import FilingState, Home, Stay, SubsidyYear
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import Unit, add_months
from minzheng.foundation.cases.models import Case
from minzheng.foundation.forms import Form, Question, Section
from minzheng.foundation.forms.questions import when
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.items.usual import HANDLER, OPINION, filing, filing_clock, filing_notices

FORM = Form(
    (
        HANDLER,
        Section(
            "subsidy",
            "申请哪一种补贴",
            (
                Question(
                    "kinds",
                    "申请哪几种？",
                    "choices",
                    options=tuple((code, one.title) for code, one in SUBSIDIES.items()),
                ),
                Question("year", "哪一年的？", "number", min=2020, max=2100, unit="年"),
                Question(
                    "bed_days",
                    "上个月入住老人一共住了多少床日？",
                    "number",
                    min=1,
                    max=99999,
                    unit="床日",
                    hint="每位老人住一天算一个床日。县里和入住登记核对，登记不全的先补登记。",
                    show_if=when("kinds", OPERATING.code),
                ),
                Question(
                    "promise",
                    "同一张床、同一件事没有重复申领补贴；入住和退住当天登记，如有不实愿退回补贴。",
                    "agree",
                ),
            ),
        ),
    )
)
E9 = ServiceItem(
    code="E9",
    covers=("S-080", "S-081", "S-082"),
    title="养老机构补贴",
    icon="building-bank",
    summary="已备案的养老机构每年申请一次运营、连锁品牌或等级评定补贴。县级核对后列入名单，按登记的床日、网点和等级核算，打到单位账户。",
    known_as="运营补贴 床位补贴 连锁补贴 等级补贴 奖补",
    cite=BY,
    form=FORM,
    members="",
    for_organisations=True,
    about="elder_home",
    steps=filing("列入补贴名单", "不予列入", verified=(OPINION,)),
    clocks=(filing_clock("办理补贴申请", "home_subsidy_days", BY, Unit.DAYS),),
    notices=filing_notices("民养贴", BY, "养老机构补贴告知书", "不予补贴告知书"),
)


def verified(case: Case, on: dt.date) -> None:
    """Before an officer vouches for it: who may have these subsidies at all, and whether the register says the same."""
    home, kinds = _home(case), case.data["kinds"]
    refuse_twice(case)
    if home.filing != FilingState.FILED:
        raise Refused("这家机构没有在有效的备案里，不能补贴。请先办理（变更）备案，或不予列入。")
    if CHAIN.code in kinds and not (home.chain and home.chain_verified_on):
        raise Refused("还没有核实它是哪个连锁品牌的网点。请到现场核实并在机构台账登记，或不予列入。")
    if RATING.code in kinds and not home.grade:
        raise Refused("这家机构没有等级。请等评定授牌以后再申请，或不予列入。")
    if OPERATING.code in kinds:
        first = add_months((case.submitted_on or on).replace(day=1), -1)
        counted = bed_days(home, first)
        if case.data["bed_days"] != counted:
            raise Refused(
                f"机构填的是{case.data['bed_days']}床日，{first:%Y年%m月}入住登记是{counted}床日。"
                "请查明原因：登记不全的请机构补登记，填错的一次性告知补正。"
            )


def listed(case: Case) -> None:
    """From now on the runs of the year count it in."""
    home, year = _home(case), case.data["year"]
    SubsidyYear.objects.bulk_create(
        SubsidyYear(home=home, benefit=kind, year=year, case=case) for kind in case.data["kinds"]
    )


def refuse_twice(case: Case) -> None:
    """Said when it is handed in, so that nobody works on what is granted already; and again after a correction."""
    year = case.data["year"]
    had = SubsidyYear.objects.filter(home=case.facility_id, benefit__in=case.data["kinds"], year=year)
    if titles := [SUBSIDIES[one.benefit].title for one in had]:
        raise Refused(f"{year}年的{'、'.join(titles)}已经批准过，请在申请里去掉再提交。")


def bed_days(home: Home, first: dt.date) -> int:
    """Days that somebody lay in a bed of the home in the month that begins on `first`."""
    end = add_months(first, 1)
    stays = Stay.objects.filter(resident__home=home, since__lt=end).exclude(until__lte=first)
    return sum((min(one.until or end, end) - max(one.since, first)).days for one in stays)


def _home(case: Case) -> Home:
    return Home.objects.select_related("facility").get(pk=case.facility_id)
