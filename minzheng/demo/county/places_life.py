"""What goes on in the demo county's homes: who works there, patrols, a hazard, a fall, money taken in advance. All invented."""

from __future__ import annotations

import datetime as dt
from random import Random

from minzheng.business.elderly.institutions.models import Accident, Check, Home, Prepaid, Staff

STAFF = (("director", 1), ("carer", 5), ("nurse", 1), ("fire", 1), ("food", 1))
SURNAMES, GIVEN = "杨吴龙姚蒲舒田曾", "秀兰桂英建国玉梅海燕志强"


def write_life(homes: list[Home], random: Random, today: dt.date) -> None:
    """Who works there, patrols of the last days, one hazard, one fall, money taken in advance. One home patrols badly."""
    staff, checks = [], []
    for number, home in enumerate(homes):
        for role, count in STAFF:
            for one in range(count):
                name = random.choice(SURNAMES) + random.choice(GIVEN) + random.choice(GIVEN)
                staff.append(
                    Staff(
                        home=home, name=name, id_no=f"4312271980{number}{len(staff) % 10}010{one}0X", role=role,
                        since=home.facility.opened_on,
                    )
                )  # fmt: skip
        last = 4 if number == 3 else 0  # the unfiled home has made no patrol for days
        for kind, days in (("patrol", range(last, 8)), ("night", range(max(1, last), 8)), ("monthly", (12,)),
                           ("drill", (90,)), ("test", (200,))):  # fmt: skip
            checks += [
                Check(home=home, kind=kind, done_on=today - dt.timedelta(days=back), done_by="吴桂英")
                for back in days
            ]
    checks[3].hazards = "二楼通道堆放轮椅，已要求当天清走"
    Staff.objects.bulk_create(staff)
    Check.objects.bulk_create(checks)
    Accident.objects.create(
        home=homes[0], kind="fall", happened_on=today - dt.timedelta(days=9), reported_on=today - dt.timedelta(days=9),
        story="夜间如厕时滑倒，左腕扭伤，已送县医院检查，无骨折；厕所已加装扶手。",
    )  # fmt: skip
    Prepaid.objects.bulk_create(
        [
            Prepaid(home=homes[2], kind="fee", fen=960_000, months=12, paid_on=today - dt.timedelta(days=40)),
            Prepaid(home=homes[2], kind="deposit", fen=500_000, paid_on=today - dt.timedelta(days=40)),
            Prepaid(home=homes[3], kind="card", fen=10_800_000, paid_on=today - dt.timedelta(days=20)),
        ]
    )
