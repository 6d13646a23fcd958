"""备案 (E4): handed in by the home, received by the county with a receipt; changes are filed again (令66 第九至十一条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minzheng.business.elderly.institutions.actions.rights import (
    refuse_closed,
    region_of_home,
    require_home,
)
from minzheng.business.elderly.institutions.certificates import RECEIPT
from minzheng.business.elderly.institutions.forms import FILING
from minzheng.business.elderly.institutions.models import Filing, FilingState, Home
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.certificates.actions import find_issuer, issue, replace, revoke
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.models import State as Standing
from minzheng.foundation.forms import clean
from minzheng.foundation.items.figures import figures


@action("home.file", "提交养老机构备案", region=region_of_home)
def file_home(access: Any, home: Home, answers: Mapping[str, Any]) -> Filing:
    """Hand in a filing, or the corrected one. Late is late and is said so; the filing is taken all the same."""
    require_home(access, home)
    refuse_closed(home)
    what, errors = clean(FILING, dict(answers), today=access.today)
    if errors:
        raise Refused({path: [text] for path, text in errors.items()})
    one = home.facility.organisation
    if one is None or not one.is_open_on(access.today):
        raise Refused("备案的须是依法登记的法人。请先登记运营单位，再备案（令66 第八条）。")
    first = dt.date.fromisoformat(what["first_admission_on"])
    if home.first_admission_on is None or first < home.first_admission_on:
        home.first_admission_on = first
        home.save(update_fields=["first_admission_on"])
    filing = home.filings.filter(state=Filing.State.CORRECTING).first() or Filing(home=home)
    filing.kind = "change" if home.filed_on else "first"
    filing.what, filing.state = what, Filing.State.SENT
    filing.sent_on, filing.due_on = access.today, handle_by(home, access.today)
    filing.is_late = filing.kind == "first" and access.today > file_by(home, first)
    filing.made_by, filing.maker = _user(access), access.user.person
    try:
        with transaction.atomic():
            filing.save()
    except IntegrityError:
        raise Refused("已有一份备案正在办理，不能重复提交。请等办结或收到补正通知后再改。") from None
    return filing


def file_by(home: Home, first_admission: dt.date) -> dt.date:
    """The last day of the period that begins with the first admission (DC1: that day does not count)."""
    days = _figure(home, first_admission, "home_filing_days")
    return period_end(first_admission, Period(days, Unit.WORKDAYS))


def handle_by(home: Home, sent_on: dt.date) -> dt.date:
    return period_end(sent_on, Period(_figure(home, sent_on, "home_filing_handle_days"), Unit.WORKDAYS))


@action("home.ask_correction", "一次性告知备案补正", permission="home.file", region=region_of_home)
def ask_correction(access: Any, filing: Filing, missing: str) -> Filing:
    filing = _waiting(filing)
    if filing.missing:
        raise Refused("补正只告知一次，这份备案已经告知过。请受理备案，或写明理由不予备案。")
    filing.state, filing.missing = Filing.State.CORRECTING, missing.strip()[:500]
    filing.save(update_fields=["state", "missing"])
    return filing


@action("home.receive", "受理养老机构备案", permission="home.file", region=region_of_home)
def receive(access: Any, filing: Filing) -> Filing:
    """Filed: the home's record takes over what the filing says, and the receipt is issued (where there is an issuer)."""
    filing = _waiting(filing)
    _not_the_maker(access, filing)
    _decide(access, filing, Filing.State.RECEIVED)
    home, what = filing.home, filing.what
    home.filing, home.filed_on = FilingState.FILED, home.filed_on or access.today
    home.ownership, home.is_profit, home.fire = what["ownership"], what["is_profit"], what["fire"]
    home.food_permit_no = what.get("food_permit_no") or ""
    until = what.get("food_permit_until")
    home.food_permit_until = dt.date.fromisoformat(until) if until else None
    home.save()
    _certify(access, home, access.today)
    return filing


@action("home.refuse_filing", "不予养老机构备案", permission="home.file", region=region_of_home)
def refuse_filing(access: Any, filing: Filing, reason: str) -> Filing:
    filing = _waiting(filing)
    _not_the_maker(access, filing)
    filing.reason = reason.strip()[:300]
    return _decide(access, filing, Filing.State.REFUSED)


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


def _waiting(filing: Filing) -> Filing:
    found = Filing.objects.select_for_update().get(pk=filing.pk)
    if found.state != Filing.State.SENT:
        raise Refused("这份备案不在待办理状态，可能已经办过。请刷新页面。")
    return found


def _not_the_maker(access: Any, filing: Filing) -> None:
    if access.user is not None and filing.maker_id and filing.maker_id == access.user.person_id:
        raise Refused("提交和办理不能是同一个人，请由另一位同志办理。")


def _decide(access: Any, filing: Filing, state: str) -> Filing:
    filing.state, filing.decided_on, filing.decided_by = state, access.today, _user(access)
    filing.save(update_fields=["state", "decided_on", "decided_by", "reason"])
    return filing


def _user(access: Any) -> User:
    if access.user is None:
        raise Refused("请先登录再办理。")
    user: User = access.user
    return user


def _figure(home: Home, on: dt.date, name: str) -> int:
    return int(figures(on, home.facility.region_id, settings.STANDARDS_SET)(name))
