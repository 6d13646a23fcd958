"""Missed families become cases and cases become rights: the screening proposes, people decide."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.business.assistance.benefits import DIBAO
from minzheng.datacenter.screening.models import Finding, Kind, State
from minzheng.demo.cast import TOWNSHIP, VILLAGE
from minzheng.demo.story.calendar import Days
from minzheng.demo.story.officers import Officers
from minzheng.foundation.cases.models import Case
from minzheng.foundation.people.models import Household
from minzheng.foundation.regions.models import prefix_of, within


def missed_in_township(days: Days) -> list[Finding]:
    """Findings in the township where the cast works, those of its own village first.

    The family of the guide (杨秀英) is left out: whoever tries the demo applies for it by hand.
    """
    found = (
        Finding.objects.filter(
            within(prefix_of(TOWNSHIP)),
            kind=Kind.ENTITLED_NOT_RECEIVING,
            benefit=DIBAO.code,
            month=days.screen_month,
        )
        .exclude(state=State.CLOSED)
        .exclude(household__head__accounts__username="xiuying")
        .select_related("household__head", "household__region")
        .order_by("pk")
    )
    return sorted(found, key=lambda finding: finding.region_id != VILLAGE)


def help_family(officers: Officers, household: Household, days: Days) -> Case:
    """The whole way from application to confirmation."""
    case = officers.open(household, days.apply)
    officers.submit(case, days.apply)
    officers.accept(case, days.accept)
    officers.survey(case, days.survey)
    officers.propose(case, days.propose)
    officers.post(case, days.post)
    officers.close(case, days.close)
    officers.decide(case, days.decide)
    return case


def help_families(officers: Officers, findings: list[Finding], days: Days) -> Iterator[Case]:
    """One case after another; the confirmation closes the finding."""
    for finding in findings:
        assert finding.household is not None
        yield help_family(officers, finding.household, days)
