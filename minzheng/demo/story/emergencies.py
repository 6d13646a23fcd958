"""Help that could not wait: three townships' reserve funds, one of them low, and emergencies at different stages."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from minzheng.business.assistance.temporary.actions import ask_for_late_papers
from minzheng.demo.cast import COUNTY, TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.funds import actions as funds
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.reserves.actions import open_fund, top_up
from minzheng.foundation.reserves.balance import month_figures
from minzheng.foundation.reserves.models import ReserveFund
from minzheng.foundation.reserves.reconcile import confirm, reconcile
from minzheng.foundation.reserves.watch import ask_for_reconciliation

DOCUMENT = "晃民发〔2026〕1号"
COUNTY_MONEY = 10_000_000
# Ceiling, floor and what is put in, in fen: the third is below its floor.
FUNDS = ((3_000_000, 900_000, 2_000_000), (2_000_000, 600_000, 1_200_000), (1_000_000, 300_000, 250_000))
# So long ago that the ten working days for the papers are over, whatever today is.
LONG_AGO = 12
PAID_BY_TWO = ("township", "pay_two", {"received": True})


@dataclass(frozen=True)
class Emergency:
    """What happened to one family and how far it came; `moves`: who, which move, what was recorded."""

    cause: str
    story: str
    persons: int = 1
    is_today: bool = True
    is_seen: bool = True
    moves: tuple[tuple[str, str, dict[str, Any]], ...] = ()


def stories(photo: int) -> tuple[Emergency, ...]:
    by_photo = {"photo": [photo], "witness": "吴小芳", "received": True}
    return (
        Emergency(
            "火灾", "灶房起火烧了粮食和被褥，当晚没有地方住。", is_today=False,
            moves=(PAID_BY_TWO, ("clerk", "complete", {"identity": "身份证"})),
        ),
        Emergency("突发重病", "老人突发脑溢血送到县医院，交不起押金。", is_today=False, moves=(PAID_BY_TWO,)),
        Emergency("交通事故", "摩托车翻到沟里，腿断了，家里没有钱。", moves=(("clerk", "pay_photo", by_photo),)),
        Emergency(
            "火灾", "房子烧了一半，全家四口没有地方住。", persons=4,
            moves=(("clerk", "report", {"opinion": "超过小额标准，请县级确认。"}),),
        ),
        Emergency("其他", "屋后滑坡压塌了厨房，存粮都埋了。"),
        Emergency("突发重病", "孩子高烧抽搐，连夜送县医院，身上没有钱。", is_seen=False),
    )  # fmt: skip


def help_at_once(officers: Officers, days: Days) -> int:
    """How many emergencies; the months that are over are reconciled and confirmed in the township of the story."""
    before = workdays_before(days.pay_month, LONG_AGO)
    own = _fill_funds(officers, workdays_before(before, 1))
    told = stories(officers.photo("clerk").pk)
    free = Household.objects.filter(region_id=VILLAGE, head__died_on=None, cases=None).select_related("head")
    heads = [home.head for home in free.order_by("id")[: len(told)]]
    for one, head in zip(told, heads, strict=False):
        _help(officers, one, head, days.today if one.is_today else before)
    ask_for_late_papers(days.today)
    _reconcile(officers, days, own)
    ask_for_reconciliation(days.today)
    return len(heads)


def _fill_funds(officers: Officers, day: dt.date) -> ReserveFund:
    """The first is the township of the story."""
    county = Region.objects.get(code=COUNTY)
    maker, checker = officers.on("finance", day), officers.on("finance2", day)
    paper = funds.register(
        maker, county, kind="allocation", number=f"县财社〔{day.year}〕8号", fund="county", programme="temporary",
        year=day.year, amount_fen=COUNTY_MONEY, issued_on=day, arrived_on=day,
    )  # fmt: skip
    funds.check(checker, paper)
    others = Region.objects.on(day).filter(level=Level.TOWNSHIP, parent=county).exclude(code=TOWNSHIP)
    places = [Region.objects.get(code=TOWNSHIP), *others.order_by("code")[: len(FUNDS) - 1]]
    made = []
    for number, (place, (ceiling, floor, fen)) in enumerate(zip(places, FUNDS, strict=False), 1):
        fund = open_fund(
            officers.on("approver", day), place, code="temporary", ceiling_fen=ceiling, floor_fen=floor, document=DOCUMENT
        )  # fmt: skip
        top_up(maker, fund, amount_fen=fen, reference=f"县财拨〔{day.year}〕{number}号")
        made.append(fund)
    return made[0]


def _help(officers: Officers, one: Emergency, head: Any, day: dt.date) -> Case:
    clerk = officers.on("clerk", day)
    case = open_case(clerk, "A6", head, Region.objects.get(code=VILLAGE), Channel.DESK)
    answers = {
        "cause": one.cause, "event_date": day.isoformat(), "event_place": "新村", "story": one.story, "need": "cash",
        "address": head.address or "新村", "promise": True,
    }  # fmt: skip
    save_draft(clerk, case, answers)
    submit(clerk, case)
    if not one.is_seen:
        return case
    do_move(clerk, case, "accept", {})
    seen = {
        "emergency_real": True, "emergency_persons": one.persons, "emergency_months": 1,
        "emergency_severity": "一般", "finding": "到现场看过，情况属实，村支书在场。",
    }  # fmt: skip
    do_move(clerk, case, "visit", seen)
    for who, key, record in one.moves:
        do_move(officers.on(who, day), case, key, record)
    return case


def _reconcile(officers: Officers, days: Days, fund: ReserveFund) -> None:
    """Every month since the fund was opened, the month that runs left out."""
    month = month_of(fund.opened_on)
    while month < days.pay_month:
        counted = month_figures(fund, month).closing
        made = reconcile(officers.on("township", days.today), fund, month=month, counted_fen=counted)
        confirm(officers.on("approver", days.today), made)
        month = add_months(month, 1)
