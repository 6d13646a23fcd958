"""备案 (E4): what the county's decision on a filing does to the home; changes are filed again (令66 第九至十一条)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.business.elderly.institutions.certificates import RECEIPT
from minzheng.business.elderly.institutions.models import FilingState, Home
from minzheng.foundation.actions import Refused
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.cases.models import Case
from minzheng.foundation.certificates.actions import find_issuer, issue, replace, revoke
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.models import State as Standing
from minzheng.foundation.items.figures import figures


def handed_in(case: Case) -> None:
    """The day of the first admission is told with the filing. Late is late and is kept; the filing is taken all the same."""
    home = _home(case)
    first = dt.date.fromisoformat(case.data["first_admission_on"])
    if home.first_admission_on is None or first < home.first_admission_on:
        home.first_admission_on = first
    if home.filed_on is None and case.submitted_on is not None:
        home.is_filed_late = case.submitted_on > file_by(home, home.first_admission_on, case.submitted_on)
    home.save(update_fields=["first_admission_on", "is_filed_late"])


def file_by(home: Home, first_admission: dt.date, handed_in_on: dt.date) -> dt.date:
    """The last day of the period that begins with the first admission (DC1: that day does not count).

    Its length is that of the day of handing in: some homes are older than the rule (令66, from 2020-11-01).
    """
    figure = figures(handed_in_on, home.facility.region_id, settings.STANDARDS_SET)
    return period_end(first_admission, Period(int(figure("home_filing_days")), Unit.WORKDAYS))


def filed(access: Any, case: Case) -> None:
    """The home's record takes over what the filing says, and the receipt is issued (where there is an issuer)."""
    home, what = _home(case), case.data
    if home.facility.organisation_id != case.organisation_id:
        raise Refused("提交以后运营单位已经变更，这份备案不再有效。请不予备案，由现在的运营单位重新提交。")
    home.filing, home.filed_on = FilingState.FILED, home.filed_on or access.today
    home.ownership, home.is_profit, home.fire = what["ownership"], what["is_profit"], what["fire"]
    home.food_permit_no = what.get("food_permit_no") or ""
    until = what.get("food_permit_until")
    home.food_permit_until = dt.date.fromisoformat(until) if until else None
    home.save()
    _certify(access, home, access.today)


def must_file_again(home: Home) -> None:
    """The facility changed its name, place or operator: the receipt still says the old one (令66 第十条)."""
    if home.filing == FilingState.FILED:
        home.filing = FilingState.CHANGED
        home.save(update_fields=["filing"])


def withdraw_receipt(access: Any, home: Home, reason: str) -> None:
    held = receipt_of(home)
    if held is not None:
        revoke(access, held, reason=reason)


def receipt_of(home: Home) -> Issued | None:
    found = Issued.objects.filter(kind=RECEIPT.code, origin=_origin(home))
    return found.exclude(state=Standing.REVOKED).first()


def _home(case: Case) -> Home:
    home: Home = (
        Home.objects.select_for_update(of=["self"])
        .select_related("facility__region")
        .get(pk=case.facility_id)
    )
    return home


def _certify(access: Any, home: Home, today: dt.date) -> None:
    if find_issuer(home.facility.region_id) is None:
        return
    held = receipt_of(home)
    if held is not None:
        replace(access, held, home, reason="变更备案", today=today)
        return
    issue(access, RECEIPT.code, home, region=home.facility.region_id, origin=_origin(home), today=today)


def _origin(home: Home) -> str:
    return f"home:{home.pk}"
