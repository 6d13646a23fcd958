"""Issuing a month's vouchers, holding their money for an order, giving it back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

from django.db.models import F

from minzheng.business.elderly.assessment.models import Assessment
from minzheng.business.elderly.support.models import Voucher, VoucherUse
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items import Status
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan

ITEM = "E2V"


def issue(on: dt.date) -> int:
    """This month's voucher for every confirmed elder whose assessment is still valid; once. Returns how many were new."""
    month = on.replace(day=1)
    valid = Assessment.objects.filter(valid_until__gte=on).values("person_id")
    cases = Case.objects.filter(
        item=ITEM, status=Status.ACTIVE, amount_fen__gt=0, applicant__died_on=None, applicant__in=valid
    ).exclude(vouchers__month=month)
    return len(Voucher.objects.bulk_create([_of(case, month) for case in cases], ignore_conflicts=True))


def issue_one(case: Case, on: dt.date) -> None:
    """The month of the confirmation has its voucher already."""
    if case.amount_fen:
        Voucher.objects.bulk_create([_of(case, on.replace(day=1))], ignore_conflicts=True)


def _of(case: Case, month: dt.date) -> Voucher:
    months = figures(last_day(month), case.region_id)("elder_voucher_months")
    return Voucher(
        person_id=case.applicant_id,
        region_id=case.region_id,
        case=case,
        month=month,
        amount_fen=case.amount_fen,
        expires_on=last_day(add_months(month, months - 1)),
    )


def balance(person: int, on: dt.date) -> int:
    """What may be spent on a day; whole fen."""
    usable = Voucher.objects.filter(person=person, month__lte=on, expires_on__gte=on)
    return sum(usable.values_list(F("amount_fen") - F("spent_fen"), flat=True))


def hold(order: int, person: int, fen: int, on: dt.date) -> None:
    """Take the price from the vouchers that expire first. Refused when they do not suffice."""
    usable = Voucher.objects.select_for_update().filter(person=person, month__lte=on, expires_on__gte=on)
    left, uses = fen, []
    for voucher in usable.order_by("expires_on", "month"):
        part = min(left, voucher.amount_fen - voucher.spent_fen)
        if part > 0:
            voucher.spent_fen += part
            voucher.save(update_fields=["spent_fen"])
            uses.append(VoucherUse(voucher=voucher, order_id=order, fen=part))
            left -= part
    if left > 0:
        raise Refused(
            {"payer": f"服务券余额不够，还差 {yuan(left)}。请改用其他付费方式，或等下月服务券到账。"}
        )
    VoucherUse.objects.bulk_create(uses)


def give_back(order: int) -> None:
    """An order that is not paid gives its money back to the vouchers it came from, though they may have expired."""
    for use in VoucherUse.objects.filter(order=order).select_related("voucher"):
        Voucher.objects.filter(pk=use.voucher_id).update(spent_fen=F("spent_fen") - use.fen)
        use.delete()


def close_cases(person: int, items: Iterable[str], reason: str, on: dt.date) -> None:
    """What rests on the person's own active cases of these items ends."""
    for case in Case.objects.filter(applicant=person, item__in=items, status=Status.ACTIVE):
        if any(move.key == "close" for move in case.at_step.moves):
            do_move(SystemAccess.on(on), case, "close", {"reason": reason})
