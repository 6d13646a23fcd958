"""Writes on a reserve fund. The fund's row is locked first, so that two clerks cannot pay from the same money."""

from __future__ import annotations

from typing import Any

from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.ledger.books import Line, post
from minzheng.foundation.ledger.drawing import move
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.reserves.balance import balance_of, uncovered
from minzheng.foundation.reserves.models import ReserveFund, Voucher, VoucherKind
from minzheng.foundation.reserves.watch import tell_when_low
from minzheng.foundation.reserves.words import Reserve, reserve

MARKS = {
    VoucherKind.OPENING: "备拨",
    VoucherKind.TOP_UP: "备拨",
    VoucherKind.REPLENISH: "备拨",
    VoucherKind.ADVANCE: "备垫",
    VoucherKind.REPAID: "备收",
    VoucherKind.RETURN: "备退",
}


def locked(fund: ReserveFund) -> ReserveFund:
    """The fund as it is now; everybody else waits."""
    current = ReserveFund.objects.select_for_update().get(pk=fund.pk)
    if current.closed_on is not None:
        raise Refused(f"{current}已于 {current.closed_on} 撤销，不能再办。")
    return current


@action("reserve.open", "设立备用金", permission="reserve.open", region=lambda region: region.code)
def open_fund(
    access: Any, township: Region, *, code: str, ceiling_fen: int, floor_fen: int, document: str
) -> ReserveFund:
    """A township's account of the declared kind `code`. Empty until the county has put money in."""
    if township.level != Level.TOWNSHIP:
        raise Refused("备用金按乡镇（街道）设立，请选择乡镇（街道）。")
    old = ReserveFund.objects.select_for_update().filter(kind=reserve(code).code, region=township).first()
    if old is not None and old.closed_on is None:
        raise Refused(f"{township.name}已经设立了备用金，不用再设。要调整上限、下限的，请用“调整限额”。")
    _refuse_bad_limits(ceiling_fen, floor_fen, document)
    fund = old or ReserveFund(kind=code, region=township, opened_on=access.today)
    fund.ceiling_fen, fund.floor_fen, fund.document = ceiling_fen, floor_fen, document.strip()
    fund.closed_on = None
    fund.save()
    return fund


@action("reserve.limits", "调整备用金限额", permission="reserve.open")
def set_limits(access: Any, fund: ReserveFund, *, ceiling_fen: int, floor_fen: int, document: str) -> None:
    """The county decides anew; a fund that holds more than its new ceiling returns the rest first."""
    current = locked(fund)
    _refuse_bad_limits(ceiling_fen, floor_fen, document)
    if (held := balance_of(current)) > ceiling_fen:
        raise Refused(f"现有余额 {yuan(held)} 元高于新的上限。请先把多出的部分退回县级，再调低上限。")
    current.ceiling_fen, current.floor_fen, current.document = ceiling_fen, floor_fen, document.strip()
    current.save()
    tell_when_low(current, access.today)


@action("reserve.top_up", "拨入备用金", permission="reserve.fund")
def top_up(access: Any, fund: ReserveFund, *, amount_fen: int, reference: str) -> Voucher:
    """County money into the fund, up to its ceiling; the first is its opening. `reference`: the transfer paper's number."""
    current = locked(fund)
    if old := _entered(current, reference, VoucherKind.OPENING, VoucherKind.TOP_UP):
        return _same(old, amount_fen)
    is_first = not current.vouchers.exists()
    return _fill(
        access, current, VoucherKind.OPENING if is_first else VoucherKind.TOP_UP, amount_fen, reference
    )


@action("reserve.replenish", "按凭证补足备用金", permission="reserve.fund")
def replenish(access: Any, fund: ReserveFund, *, expected_fen: int, reference: str) -> Voucher:
    """Make good every advance that is not made good yet; `expected_fen` is the sum that the officer saw."""
    current = locked(fund)
    if old := _entered(current, reference, VoucherKind.REPLENISH):
        return _same(old, expected_fen)
    waiting = uncovered(current)
    total = sum(one.amount_fen for one in waiting)
    if not waiting:
        raise Refused("没有待补足的垫付凭证。要增加备用金的，请用“拨入”。")
    if total != expected_fen:
        raise Refused(f"待补足的凭证刚有变化，现在合计 {yuan(total)} 元。请刷新后重新核对。")
    voucher = _fill(access, current, VoucherKind.REPLENISH, total, reference)
    Voucher.objects.filter(pk__in=[one.pk for one in waiting]).update(covered_by=voucher)
    return voucher


@action("reserve.return", "备用金退回县级", permission="reserve.fund")
def give_back(access: Any, fund: ReserveFund, *, amount_fen: int, reference: str) -> Voucher:
    """Money that the township does not need goes back to the county's own balance."""
    current = locked(fund)
    if old := _entered(current, reference, VoucherKind.RETURN):
        return _same(old, amount_fen)
    _refuse_not_positive(amount_fen)
    _refuse_overdraft(current, amount_fen)
    lines = _between(current, current.region_id, current.county, amount_fen)
    voucher = write(access, current, VoucherKind.RETURN, amount_fen, lines, reference=reference.strip())
    tell_when_low(current, access.today)
    return voucher


@action("reserve.repay", "备用金退款收回", persons=lambda voucher: [voucher.person_id], permission="reserve.pay",
        region=lambda voucher: voucher.fund.region_id)  # fmt: skip
def take_back(access: Any, voucher: Voucher, *, receipt: str, reason: str) -> Voucher:
    """Help that should not have been given came back, whole, against a receipt."""
    current = locked(voucher.fund)
    if voucher.kind != VoucherKind.ADVANCE:
        raise Refused("只有垫付的救助款可以登记退款。")
    if old := Voucher.objects.filter(takes_back=voucher).first():
        raise Refused(f"这笔救助款已凭 {old.number} 收回，不用再登记。")
    if not receipt.strip() or not reason.strip():
        raise Refused("请填写收款凭证号和收回原因。")
    programme = reserve(current.kind).programme
    lines = move(programme, current.region_id, voucher.amount_fen, Kind.PAID, Kind.AVAILABLE)
    made = write(
        access,
        current,
        VoucherKind.REPAID,
        voucher.amount_fen,
        lines,
        reference=receipt.strip(),
        takes_back=voucher,
        person_id=voucher.person_id,
        case_id=voucher.case_id,
        case_number=voucher.case_number,
        note=reason.strip()[:200],
    )
    tell_when_low(current, access.today)
    return made


@action("reserve.close", "撤销备用金", permission="reserve.open")
def close_fund(access: Any, fund: ReserveFund) -> None:
    """Only an empty fund whose advances are all made good."""
    current = locked(fund)
    if held := balance_of(current):
        raise Refused(f"备用金还有 {yuan(held)} 元，请先全部退回县级，再撤销。")
    current.closed_on = access.today
    current.save(update_fields=["closed_on"])
    tell_when_low(current, access.today)


def write(
    access: Any, fund: ReserveFund, kind: VoucherKind, amount_fen: int, lines: list[Line], **more: Any
) -> Voucher:
    """One voucher and its ledger entry, in the caller's transaction, with the fund's row locked."""
    series = f"{fund.region_id[:9]}-{fund.kind}-{MARKS[kind]}-{access.today.year}"
    number = f"{fund.region_id[:9]}〔{access.today.year}〕{MARKS[kind]}{NumberSeries.next(series)}号"
    entry = post(f"备用金{kind.label} {number}", lines, f"reserve:{number}", access.user, access.today)
    return Voucher.objects.create(
        number=number,
        fund=fund,
        kind=kind,
        amount_fen=amount_fen,
        on=access.today,
        entry=entry,
        made_by=access.user,
        **({"first": person_of(access)} | more),
    )


def most_for_one_case(declared: Reserve, region: str, access: Any) -> int:
    """The cap (fen) on what one case is paid from a fund there and then."""
    return int(parameter(declared.cap, region, access.today))


def _fill(access: Any, fund: ReserveFund, kind: VoucherKind, amount_fen: int, reference: str) -> Voucher:
    _refuse_not_positive(amount_fen)
    if not reference.strip():
        raise Refused("请填写拨款凭证号：同一凭证只记一次账。")
    room = fund.ceiling_fen - balance_of(fund)
    if amount_fen > room:
        raise Refused(f"拨入后会超过上限。上限 {yuan(fund.ceiling_fen)} 元，最多还能拨入 {yuan(room)} 元。")
    lines = _between(fund, fund.county, fund.region_id, amount_fen)
    voucher = write(access, fund, kind, amount_fen, lines, reference=reference.strip())
    tell_when_low(fund, access.today)
    return voucher


def _between(fund: ReserveFund, giver: str, taker: str, amount_fen: int) -> list[Line]:
    """Lines that carry available money between county and township; each keeps its source and budget year."""
    programme = reserve(fund.kind).programme
    return move(programme, giver, amount_fen, Kind.AVAILABLE, Kind.AVAILABLE, to_region=taker)


def _entered(fund: ReserveFund, reference: str, *kinds: VoucherKind) -> Voucher | None:
    """The voucher that this paper was entered as: the same paper counts once."""
    return fund.vouchers.filter(kind__in=kinds, reference=reference.strip()).exclude(reference="").first()


def _same(old: Voucher, amount_fen: int) -> Voucher:
    if old.amount_fen != amount_fen:
        raise Refused(
            f"这张凭证已记账（{old.number}，{yuan(old.amount_fen)} 元），金额不同。请核对凭证号和金额。"
        )
    return old


def _refuse_overdraft(fund: ReserveFund, amount_fen: int) -> None:
    if amount_fen > (held := balance_of(fund)):
        raise Refused(f"{fund}只有 {yuan(held)} 元，不够支付 {yuan(amount_fen)} 元。请先请县级拨入。")


def _refuse_not_positive(amount_fen: int) -> None:
    if amount_fen <= 0:
        raise Refused("金额应大于零，请核对凭证。")


def _refuse_bad_limits(ceiling_fen: int, floor_fen: int, document: str) -> None:
    if ceiling_fen <= 0 or not 0 <= floor_fen < ceiling_fen:
        raise Refused("下限应低于上限，上限应大于零。请核对设立文件。")
    if not document.strip():
        raise Refused("请填写设立文件的文号：限额以县级文件为准。")
