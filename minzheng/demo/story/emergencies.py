"""Help that could not wait: three townships' reserve funds, one of them low, and emergencies at different stages."""

from __future__ import annotations

import datetime as dt

from minzheng.demo.cast import COUNTY, TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.cases.api import do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.funds import actions as funds
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.reserves.actions import open_fund, top_up
from minzheng.foundation.reserves.balance import balance_of
from minzheng.foundation.reserves.models import ReserveFund
from minzheng.foundation.reserves.reconcile import confirm, reconcile

DOCUMENT = "晃民发〔2026〕1号"
# Ceiling, floor and what is put in, in fen: the third is below its floor.
FUNDS = ((3_000_000, 900_000, 2_000_000), (2_000_000, 600_000, 1_200_000), (1_000_000, 300_000, 250_000))
STORIES = (
    ("火灾", "灶房起火烧了粮食和被褥，今晚没有地方住。", 1),
    ("突发重病", "老人突发脑溢血送到县医院，交不起押金。", 1),
    ("交通事故", "摩托车翻到沟里，腿断了，家里没有钱。", 1),
    ("火灾", "房子烧了一半，全家四口没有地方住。", 4),
)


def help_at_once(officers: Officers, days: Days) -> int:
    """How many emergencies; the month before is reconciled and confirmed."""
    opened = workdays_before(add_months(days.pay_month, -1) + dt.timedelta(days=6), 1)
    own = _fill_funds(officers, days, opened)
    day = days.decide
    heads = [
        home.head
        for home in Household.objects.filter(
            region_id=VILLAGE, head__died_on=None, cases=None
        ).select_related("head")[: len(STORIES)]
    ]
    cases = []
    for (cause, story, persons), head in zip(STORIES, heads, strict=False):
        clerk = officers.on("clerk", day)
        case = open_case(clerk, "A6", head, Region.objects.get(code=VILLAGE), Channel.DESK)
        answers = {
            "cause": cause, "event_date": day.isoformat(), "event_place": "新村", "story": story, "need": "cash",
            "address": head.address or "新村", "promise": True,
        }  # fmt: skip
        save_draft(clerk, case, answers)
        submit(clerk, case)
        do_move(clerk, case, "accept", {})
        seen = {
            "emergency_real": True, "emergency_persons": persons, "emergency_months": 1,
            "emergency_severity": "一般", "finding": "到现场看过，情况属实，村支书在场。",
        }  # fmt: skip
        do_move(clerk, case, "visit", seen)
        cases.append(case)
    _go_on(officers, day, cases)
    _reconcile(officers, days, own)
    return len(cases)


def _fill_funds(officers: Officers, days: Days, day: dt.date) -> ReserveFund:
    """The first is the township of the story."""
    county = Region.objects.get(code=COUNTY)
    maker, checker = officers.on("finance", day), officers.on("finance2", day)
    paper = funds.register(
        maker, county, kind="allocation", number=f"县财社〔{day.year}〕8号", fund="county", programme="temporary",
        year=day.year, amount_fen=10_000_000, issued_on=day, arrived_on=day,
    )  # fmt: skip
    funds.check(checker, paper)
    others = Region.objects.on(day).filter(level=Level.TOWNSHIP, parent=county).exclude(code=TOWNSHIP)
    places = [Region.objects.get(code=TOWNSHIP), *others[: len(FUNDS) - 1]]
    made = []
    for number, (place, (ceiling, floor, fen)) in enumerate(zip(places, FUNDS, strict=False), 1):
        fund = open_fund(
            officers.on("approver", day), place, code="temporary", ceiling_fen=ceiling, floor_fen=floor, document=DOCUMENT
        )  # fmt: skip
        top_up(maker, fund, amount_fen=fen, reference=f"备拨{number}")
        made.append(fund)
    return made[0]


def _go_on(officers: Officers, day: dt.date, cases: list[Case]) -> None:
    """Paid on two signatures and closed; paid, papers to follow; paid with a photo; too much for the township."""
    ends = (
        ("township", "pay_two", {"received": True}),
        ("township", "pay_two", {"received": True}),
        (
            "clerk",
            "pay_photo",
            {"photo": [officers.photo("clerk").pk], "witness": "吴小芳", "received": True},
        ),
        ("clerk", "report", {"opinion": "超过小额标准，请县级确认。"}),
    )
    for case, (who, key, record) in zip(cases, ends, strict=False):
        do_move(officers.on(who, day), case, key, record)
    if cases:
        do_move(officers.on("clerk", day), cases[0], "complete", {"identity": "身份证"})


def _reconcile(officers: Officers, days: Days, fund: ReserveFund) -> None:
    month = add_months(days.pay_month, -1)
    made = reconcile(officers.on("township", days.today), fund, month=month, counted_fen=balance_of(fund))
    confirm(officers.on("approver", days.today), made)
