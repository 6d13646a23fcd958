"""Helping at once: an advance from the township's fund for one case, the paper of which is the case itself (S-046)."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.ledger.drawing import move
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import SIGNIFICANT_DIGITS, Level
from minzheng.foundation.reserves.actions import locked, most_for_one_case, write
from minzheng.foundation.reserves.balance import balance_of
from minzheng.foundation.reserves.models import ReserveFund, Voucher, VoucherKind
from minzheng.foundation.reserves.watch import tell_when_low
from minzheng.foundation.reserves.words import reserve_for

SIGNED = "surveyed"  # the mark of the move by which the first officer signed what was seen


def fund_for(case: Case) -> ReserveFund | None:
    """The fund of the township in which the case is."""
    township = case.region_id[: SIGNIFICANT_DIGITS[Level.TOWNSHIP]].ljust(12, "0")
    kind = reserve_for(case.item).code
    return ReserveFund.objects.filter(kind=kind, region=township, closed_on=None).first()


def hindrance(access: Any, case: Case, amount_fen: int) -> str:
    """Why this amount cannot be advanced for the case now; "" when it can."""
    fund = fund_for(case)
    if fund is None:
        return "本乡镇（街道）还没有设立备用金。请请县级设立，或报县级确认后由银行发放。"
    most = most_for_one_case(reserve_for(case.item), case.region_id, access)
    if amount_fen > most:
        return f"救助金额 {yuan(amount_fen)} 元超过小额标准 {yuan(most)} 元，不能用备用金当场发放。请报县级审核确认。"
    if amount_fen > (held := balance_of(fund)):
        return f"{fund}只有 {yuan(held)} 元，不够支付 {yuan(amount_fen)} 元。请先请县级拨入。"
    return ""


@action("reserve.advance", "备用金垫付救助款", persons=lambda case: [case.applicant_id])
def advance(access: Any, case: Case, *, paid: CaseMove) -> Voucher:
    """Pay the case's amount from the fund, once. The right is the case step's own; `paid` is the move that signs for it.

    Two signatures are those of who recorded what was seen and of who makes `paid`; with one, `paid` holds a photo and
    a witness. Raises Refused above the cap, beyond the balance, and when the papers do not suffice.
    """
    if (done := Voucher.objects.filter(kind=VoucherKind.ADVANCE, case_id=case.pk).first()) is not None:
        return done
    amount_fen = case.amount_fen or 0
    fund = fund_for(case)
    fund = locked(fund) if fund is not None else None
    if reason := hindrance(access, case, amount_fen):
        raise Refused(reason)
    assert fund is not None, "hindrance has said so"
    first, second = _signers(access, case)
    photos = paid.record.get("photo") or []
    witness = str(paid.record.get("witness") or "").strip()
    if second is None and not (photos and witness):
        raise Refused("一人签字的，须拍下发放现场照片并写明见证人；或由第二位工作人员签字。")
    lines = move(reserve_for(case.item).programme, fund.region_id, amount_fen, Kind.AVAILABLE, Kind.PAID)
    voucher = write(
        access,
        fund,
        VoucherKind.ADVANCE,
        amount_fen,
        lines,
        case_id=case.pk,
        case_number=case.number,
        person=case.applicant,
        first=first,
        second=second,
        photo_id=photos[0] if photos else None,
        witness=witness[:60],
    )
    tell_when_low(fund, access.today)
    return voucher


def _signers(access: Any, case: Case) -> tuple[Person, Person | None]:
    """Who saw it and who pays; None for the second when both are one human being."""
    payer = person_of(access)
    seen = case.moves.filter(round=case.round, marks__contains=[SIGNED]).order_by("-id").first()
    surveyor = seen.actor_person if seen is not None else None
    if surveyor is None or surveyor == payer:
        return payer, None
    return surveyor, payer
