"""The people of one rating, and a rating brought as far as a test needs it."""

from __future__ import annotations

import datetime as dt

from minzheng.demo.cast import COUNTY, VILLAGE
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.certificates.actions import register_issuer
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.scoring.applying import Score, apply_rating, hand_in_self, score_self
from minzheng.foundation.scoring.granting import (
    grant,
)
from minzheng.foundation.scoring.judging import (
    appoint,
    close_vote,
    declare_no_tie,
    finish_site,
    score_site,
    vote,
)
from minzheng.foundation.scoring.models import Duty
from minzheng.foundation.scoring.words import ScoreSheet

DAY = dt.date(2026, 3, 2)


class Office:
    """The people of one rating, each with an access of the day."""

    def __init__(self, cast):
        self.cast, self.today = cast, DAY
        for name in ("e1", "e2", "e3", "e4", "e5"):
            cast[name] = User.objects.create(username=name, display_name=f"专家{name}")
            Assignment.objects.create(
                user=cast[name], role=Role.ASSESSOR, region_id=COUNTY, since=dt.date(2020, 1, 1)
            )

    def on(self, name):
        from minzheng.foundation.accounts.access import Access

        return Access(self.cast[name], self.today)


def home(cast):
    made, _ = Facility.objects.get_or_create(
        kind="elder_home", name="晃州镇敬老院", region_id=VILLAGE, defaults={"opened_on": dt.date(2019, 1, 1)}
    )
    return made


def share(part_percent):
    """Every item at so many per cent, rounded up, so that every part reaches at least that."""
    version = shelf(ScoreSheet).get("elder_home").version_on(DAY)
    return {code: Score(-(-item.most * part_percent // 100)) for code, item in version.items.items()}


def begun(office, sheet="elder_home"):
    facility = home(office.cast)
    conditions = shelf(ScoreSheet).get(sheet).version_on(DAY).conditions
    one = apply_rating(
        office.on("reviewer"), sheet=sheet, region=facility.region, facility=facility, confirmed=conditions
    )
    score_self(office.on("reviewer"), one, share(85))
    hand_in_self(office.on("reviewer"), one)
    return one


def scored(office, one, percents=(82, 80)):
    appoint(office.on("approver"), one, users=[office.cast["e1"], office.cast["e2"]], duty=Duty.SITE)
    for name, percent in zip(("e1", "e2"), percents, strict=True):
        declare_no_tie(office.on(name), one)
        score_site(office.on(name), one, share(percent))
        finish_site(office.on(name), one)
    return one


def voted(office, one, choices=("agree", "agree", "disagree")):
    names = ("e3", "e4", "e5")
    appoint(office.on("approver"), one, users=[office.cast[name] for name in names], duty=Duty.COMMITTEE)
    for name, choice in zip(names, choices, strict=True):
        declare_no_tie(office.on(name), one)
        vote(office.on(name), one, choice=choice, note="护理人员偏少" if choice == "disagree" else "")
    return one


def granted(office):
    register_issuer(
        Issuer(region_id=COUNTY, name="新晃侗族自治县民政局", short_name="新晃", uscc="11431227006686790W")
    )
    one = voted(office, scored(office, begun(office)), ("agree", "agree", "agree"))
    close_vote(office.on("approver"), one)
    office.today = DAY + dt.timedelta(days=8)
    return grant(office.on("approver"), one)
