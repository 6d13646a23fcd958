"""The credit of each home: a hundred, less what was found in the last year; how much for what is a dated standard."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.conf import settings

from minzheng.business.elderly.oversight.models import Inspection, Penalty, Result
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.programmes.models import Problem

FULL = 100
GRADES = (("credit_a_points", "A"), ("credit_b_points", "B"), ("credit_c_points", "C"))


@dataclass
class Credit:
    """`points` of 100, the grade (A to D), and each deduction in words."""

    points: int = FULL
    grade: str = "A"
    why: list[tuple[str, int]] = field(default_factory=list)

    def less(self, words: str, points: int) -> None:
        self.why.append((words, points))
        self.points = max(0, self.points - points)


def credit_of(homes: Iterable[Facility], on: dt.date) -> dict[int, Credit]:
    """{facility: credit}; three queries however many homes."""
    found: dict[int, Credit] = defaultdict(Credit)
    places = {home.pk: home for home in homes}
    since = add_months(on, -12)
    stated = figures(on, standards=settings.STANDARDS_SET)
    cost = {
        key: int(stated(f"credit_less_{key}"))
        for key in ("order", "gone", "late", "general", "major", "penalty")
    }
    for one in Inspection.objects.filter(facility__in=places, done_on__gt=since, done_on__lte=on):
        if one.result == Result.ORDER:
            found[one.facility_id].less(f"{one.done_on:%Y-%m-%d} 抽查责令限期整改", cost["order"])
            if one.mend_by and (one.mended_on or on) > one.mend_by:
                found[one.facility_id].less("整改超过期限", cost["late"])
        if one.result == Result.GONE:
            found[one.facility_id].less(f"{one.done_on:%Y-%m-%d} 无法联系或拒绝检查", cost["gone"])
    problems = Problem.objects.filter(
        undertaking__facility__in=places, published_on__gt=since, published_on__lte=on
    ).values_list("undertaking__facility", "level", "title")
    for key, level, title in problems:
        found[key].less(f"公布的问题：{title}", cost["major" if level == "major" else "general"])
    for penalty in Penalty.objects.filter(facility__in=places, decided_on__gt=since, decided_on__lte=on):
        found[penalty.facility_id].less(f"行政处罚 {penalty.number}", cost["penalty"])
    for key in places:
        found[key].grade = next(
            (grade for name, grade in GRADES if found[key].points >= int(stated(name))), "D"
        )
    return dict(found)
