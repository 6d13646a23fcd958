"""The yearly audit list of a fund as Excel: every voucher with its papers, then what it all comes to."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from decimal import Decimal

from minzheng.foundation.people.masking import mask_name
from minzheng.foundation.registers.columns import harmless
from minzheng.foundation.registers.excel.sheets import add_notes, new_book, start_sheet, to_bytes
from minzheng.foundation.reserves.models import INTO, ReserveFund, Voucher, VoucherKind
from minzheng.foundation.reserves.words import reserve

HEADS = (
    "凭证号", "日期", "种类", "收入（元）", "支出（元）", "余额（元）", "办件编号", "受助人", "经办人", "第二签字人",
    "见证人", "照片", "原始凭证号", "补足凭证", "说明",
)  # fmt: skip


def vouchers_of(fund: ReserveFund, first: dt.date, last: dt.date) -> list[Voucher]:
    found = Voucher.objects.filter(fund=fund, on__gte=first, on__lte=last)
    return list(found.select_related("person", "first", "second", "covered_by").order_by("on", "id"))


def workbook(fund: ReserveFund, year: int, vouchers: Sequence[Voucher]) -> bytes:
    """Amounts are numbers in yuan; names of who was helped are masked: the case has them, under its own rights."""
    with new_book() as book:
        sheet = start_sheet(book, f"{year}年凭证", HEADS)
        before = Voucher.objects.filter(fund=fund, on__lt=dt.date(year, 1, 1))
        opening = balance = sum(one.signed_fen for one in before)
        for one in vouchers:
            balance += one.signed_fen
            is_in = one.kind in INTO
            sheet.append(
                [
                    harmless(one.number),
                    one.on,
                    one.get_kind_display(),
                    _yuan(one.amount_fen) if is_in else None,
                    None if is_in else _yuan(one.amount_fen),
                    _yuan(balance),
                    harmless(one.case_number),
                    harmless(mask_name(one.person.name)) if one.person else "",
                    harmless(one.first.name),
                    harmless(one.second.name) if one.second else "",
                    harmless(one.witness),
                    "有" if one.photo_id else "",
                    harmless(one.reference),
                    one.covered_by.number if one.covered_by else "",
                    harmless(one.note),
                ]
            )
        add_notes(book, "说明", _about(fund, year, vouchers, opening, balance))
        return to_bytes(book)


def _about(
    fund: ReserveFund, year: int, vouchers: Sequence[Voucher], opening: int, closing: int
) -> Iterator[tuple[str, str]]:
    declared = reserve(fund.kind)
    yield "清单", f"{declared.title}年度审计清单（{declared.cite}）"
    yield "乡镇（街道）和年度", f"{fund.region.full_name}，{year}年"
    yield "设立文件", fund.document
    yield "上限、下限", f"{_yuan(fund.ceiling_fen)} 元、{_yuan(fund.floor_fen)} 元"
    yield "年初余额", f"{_yuan(opening)} 元"
    for kind in VoucherKind:
        own = [one.amount_fen for one in vouchers if one.kind == kind]
        yield kind.label, f"{len(own)} 张，{_yuan(sum(own))} 元"
    yield "年末余额", f"{_yuan(closing)} 元"
    done = fund.months.filter(month__year=year, checker__isnull=False).count()
    yield "已确认的月度对账", f"{done} 个月"


def _yuan(fen: int) -> Decimal:
    return Decimal(fen) / 100
