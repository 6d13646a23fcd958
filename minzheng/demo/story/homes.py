"""What a home asks of the county: its filing, a better grade, next year's subsidy; and a month that waits to be confirmed."""

from __future__ import annotations

from typing import Any

from minzheng.business.elderly.institutions.models import Home
from minzheng.business.elderly.institutions.rating import NEWEST
from minzheng.business.elderly.institutions.subsidies.actions import make_run
from minzheng.business.elderly.institutions.subsidies.applying import bed_days
from minzheng.demo.cast import COUNTY
from minzheng.demo.story.calendar import Days, workdays_before
from minzheng.demo.story.officers import Officers
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.cases.api import open_case, save_draft, submit
from minzheng.foundation.regions.models import Region

HANDLER = {"handler_name": "吴桂英", "handler_phone": "13974500001"}
FILING = {
    "ownership": "private", "is_profit": True, "plain": 8, "nursing": 14, "dementia": 0, "staff": 9, "fire": "passed",
    "has_kitchen": False, "promise": True,
}  # fmt: skip


def ask_for_homes(officers: Officers, days: Days) -> int:
    """Cases of the account `home` that wait for the county; returns how many."""
    own = Access(User.objects.get(username="home"), workdays_before(days.today, 3))
    homes = Home.objects.filter(facility__organisation__in=own.organisations).select_related(
        "facility__region"
    )
    filed, unfiled = (homes.filter(filing=state).order_by("pk").first() for state in ("filed", "none"))
    asked: list[tuple[Home, str, dict[str, Any]]] = []
    if unfiled is not None:
        first = unfiled.first_admission_on or unfiled.facility.opened_on
        asked.append((unfiled, "E4", FILING | {"first_admission_on": first.isoformat()}))
    if filed is not None:
        agreed: dict[str, Any] = {
            f"condition_{number}": True for number in range(1, len(NEWEST.conditions) + 1)
        }
        points: dict[str, Any] = {code: item.most * 92 // 100 for code, item in NEWEST.items.items()}
        counted = bed_days(filed, add_months(month_of(own.today), -1))
        asked.append((filed, "E5", agreed | points))
        next_year = {"kinds": ["home_operating"], "year": days.today.year + 1, "bed_days": counted}
        asked.append((filed, "E9", next_year | {"promise": True}))
    for home, item, answers in asked:
        runs_it = home.facility.organisation
        assert runs_it is not None, "the account works for it"
        case = open_case(own, item, runs_it, home.facility.region, facility=home.facility)
        save_draft(own, case, HANDLER | answers)
        submit(own, case)
    month = add_months(month_of(days.today), -1)
    make_run(
        officers.on("reviewer", days.today),
        Region.objects.get(code=COUNTY),
        benefit="home_operating",
        month=month,
    )
    return len(asked)
