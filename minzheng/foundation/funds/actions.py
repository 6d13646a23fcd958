"""Registering a paper, and its check by another person: only the check moves money in the ledger."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.funds.models import FundPaper, PaperKind, PaperState
from minzheng.foundation.funds.surplus import most_to_carry
from minzheng.foundation.ledger.books import Line, account, balance_of, post
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Level, Region


def _code(region: Region) -> str:
    return region.code


def _county(paper: FundPaper) -> str:
    return paper.county_id


@action("fund.register", "登记资金文件", permission="payment.make", region=_code)
def register(
    access: Any,
    county: Region,
    *,
    kind: str,
    number: str,
    fund: str,
    programme: str,
    year: int,
    amount_fen: int,
    issued_on: dt.date,
    arrived_on: dt.date | None = None,
    note: str = "",
) -> FundPaper:
    """A paper that waits for its check. The same number of the same kind, fund, programme and year counts once."""
    if county.level != Level.COUNTY:
        raise Refused("资金文件按县（市、区）登记，请选择县级区划。")
    if not number.strip():
        raise Refused("请填写文号或凭证号：同一份文件只记一次账。")
    paper = FundPaper(
        kind=kind,
        number=number.strip(),
        fund=fund,
        programme=programme,
        county=county,
        year=year,
        amount_fen=amount_fen,
        issued_on=issued_on,
        arrived_on=arrived_on or access.today,
        note=note.strip()[:200],
        maker=person_of(access),
    )
    _refuse_impossible(paper, access.today)
    try:
        with transaction.atomic():
            paper.save()
    except IntegrityError as error:
        if "a_paper_counts_once" not in str(error):
            raise
        raise Refused(
            f"{paper.number} 已经登记过同一年度、来源和项目的{paper.get_kind_display()}。请核对文号，不要重复登记。"
        ) from None
    return paper


def _refuse_impossible(paper: FundPaper, today: dt.date) -> None:
    if paper.amount_fen <= 0:
        raise Refused("金额应大于零，请核对文件。")
    if paper.arrived_on < paper.issued_on:
        raise Refused("收文日期不能早于发文日期，请核对。")
    if max(paper.issued_on, paper.arrived_on) > today:
        raise Refused("日期还没有到，请核对发文日期和收文日期。")
    if paper.kind == PaperKind.ADVANCE and paper.year <= paper.issued_on.year:
        raise Refused("提前下达的是以后年度的资金。本年度的请登记为“下达”。")
    if paper.kind in (PaperKind.ALLOCATION, PaperKind.SURRENDER) and paper.year > today.year:
        raise Refused(f"{paper.year}年度还没有开始。以后年度的资金请登记为“提前下达”。")
    if paper.kind == PaperKind.CARRY_OVER and paper.year >= today.year:
        raise Refused(f"{paper.year}年度还没有结束，不能结转。请在次年办理。")


@action("fund.check", "复核资金文件并记账", permission="payment.check", region=_county)
def check(access: Any, paper: FundPaper) -> FundPaper:
    """Another person confirms the paper; its money moves in the ledger. Done twice, it has one effect."""
    current = _turn(paper)
    if current.state == PaperState.CHECKED:
        return current
    if current.state != PaperState.WAITING:
        raise Refused("这份文件已经退回，请经办人重新登记。")
    checker = another_person(access, current.maker_id, did="登记", does="复核")
    current.state, current.checker, current.checked_at = PaperState.CHECKED, checker, timezone.now()
    if lines := _lines(current, access.today):
        post(str(current), lines, f"fund:{current.pk}", access.user, access.today)
    current.save()
    return current


@action("fund.reject", "退回资金文件", permission="payment.check", region=_county)
def reject(access: Any, paper: FundPaper, *, reason: str) -> FundPaper:
    """The paper was entered wrongly: it stays on file and counts nothing; its number may be entered again."""
    current = _turn(paper)
    if current.state != PaperState.WAITING:
        raise Refused("只有待复核的文件可以退回。已经记账的，请用“交回”文件更正。")
    if not reason.strip():
        raise Refused("请写明退回原因，经办人要据此修改。")
    current.state, current.note, current.checker = (
        PaperState.REJECTED,
        reason.strip()[:200],
        person_of(access),
    )
    if current.checker == current.maker:
        current.checker = None  # whoever made it may withdraw it
    current.save()
    return current


def _turn(paper: FundPaper) -> FundPaper:
    """The paper as it is now. Papers of one county are handled one after the other: totals are read and then moved."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('funds'), hashtext(%s))", [paper.county_id])
    return FundPaper.objects.select_for_update(of=["self"]).get(pk=paper.pk)


def _lines(paper: FundPaper, today: dt.date) -> list[Line]:
    """What the checked paper does in the ledger."""
    match paper.kind:
        case PaperKind.ADVANCE:
            began = paper.year <= today.year
            paper.opened_on = today if began else None
            return _move(paper, paper.amount_fen, Kind.SOURCE, Kind.AVAILABLE if began else Kind.ADVANCE)
        case PaperKind.ALLOCATION:
            return _allocation(paper)
        case PaperKind.SURRENDER:
            _refuse_overdraft(paper, "交回")
            return _move(paper, paper.amount_fen, Kind.AVAILABLE, Kind.SOURCE)
        case PaperKind.CARRY_OVER:
            return _carry_over(paper)
    return []


def _allocation(paper: FundPaper) -> list[Line]:
    """The document's total less what had been allotted in advance: that money is here already."""
    advances = FundPaper.objects.filter(
        kind=PaperKind.ADVANCE, state=PaperState.CHECKED, counted_by=None, county=paper.county,
        programme=paper.programme, fund=paper.fund, year=paper.year,
    )  # fmt: skip
    paper.advanced_fen = sum(advances.values_list("amount_fen", flat=True))
    if paper.advanced_fen > paper.amount_fen:
        raise Refused(
            f"下达总额 {yuan(paper.amount_fen)} 元小于已提前下达的 {yuan(paper.advanced_fen)} 元。"
            "请核对文件：下达金额应含提前下达数；扣减的另登记“交回”。"
        )
    advances.update(counted_by=paper)
    return _move(paper, paper.amount_fen - paper.advanced_fen, Kind.SOURCE, Kind.AVAILABLE)


def _carry_over(paper: FundPaper) -> list[Line]:
    _refuse_overdraft(paper, "结转")
    most = most_to_carry(paper)
    if paper.amount_fen > most:
        raise Refused(
            f"最多可结转 {yuan(most)} 元。其余 {yuan(paper.amount_fen - most)} 元已连续两年没有用完，"
            "按预算法第四十二条作为结余资金管理，请登记“交回”。"
        )
    return [
        Line(account(paper.fund, paper.programme, paper.county_id, Kind.AVAILABLE, paper.year).pk, -paper.amount_fen),
        Line(account(paper.fund, paper.programme, paper.county_id, Kind.AVAILABLE, paper.year + 1).pk, paper.amount_fen),
    ]  # fmt: skip


def _refuse_overdraft(paper: FundPaper, word: str) -> None:
    there = balance_of(paper.fund, paper.programme, paper.county_id, Kind.AVAILABLE, paper.year)
    if there < paper.amount_fen:
        raise Refused(
            f"{paper.year}年度可用余额只有 {yuan(there)} 元，不能{word} {yuan(paper.amount_fen)} 元。请核对金额和年度。"
        )


def _move(paper: FundPaper, amount_fen: int, came: str, goes: str) -> list[Line]:
    if amount_fen == 0:
        return []
    here, there = (
        account(paper.fund, paper.programme, paper.county_id, kind, paper.year) for kind in (came, goes)
    )
    return [Line(here.pk, -amount_fen), Line(there.pk, amount_fen)]
