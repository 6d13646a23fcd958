"""What a recalculation means for each amount: laid anew, left, or held for a person to look at."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minzheng.foundation.benefits.months import add_months
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.uprating.models import LineState
from minzheng.foundation.uprating.reading import Piece, Read

NO_FACTS = "没有留存认定时的事实，又是新标准以后才起发的，不能自动重算"


@dataclass(frozen=True, slots=True)
class Line:
    """One row of the preview; `new_fen` is None where it is held."""

    piece: Piece
    from_month: dt.date
    until_month: dt.date | None
    new_fen: int | None
    arrears_fen: int
    state: LineState
    reason: str = ""


def judged(
    read: Read, months: Sequence[dt.date], turns: Sequence[bool], last_run: dt.date | None
) -> Iterator[Line]:
    """Lines of all pieces that would change or cannot be told. `months[0]` is the month before; `turns` says in which
    months a standard changed."""
    fen, known = read.fen.tolist(), read.known.tolist()
    for place, piece in enumerate(read.pieces):
        yield from _of_piece(
            piece,
            [row[place] if sure[place] else None for row, sure in zip(fen, known, strict=True)],
            read.waits[place],
            months,
            turns,
            last_run,
        )


def _of_piece(
    piece: Piece,
    fen: Sequence[int | None],
    waits: str,
    months: Sequence[dt.date],
    turns: Sequence[bool],
    last_run: dt.date | None,
) -> Iterator[Line]:
    paid = [at for at in range(1, len(months)) if piece.is_paid_in(months[at])]
    if not paid:
        return
    if all(fen[at] == piece.fen for at in paid):
        return
    if why := _why_held(piece, fen, waits, months, turns, paid):
        yield Line(piece, months[paid[0]], piece.until_month, None, 0, LineState.HELD, why)
        return
    starts = [at for at in paid if at == paid[0] or fen[at] != fen[at - 1]]
    for start, after in zip(starts, [*starts[1:], None], strict=True):
        of_span = [at for at in paid if at >= start and (after is None or at < after)]
        new = fen[start]
        assert new is not None, "an unknown amount is held"
        owed = [at for at in of_span if _was_run(piece, months[at], last_run)]
        until = piece.until_month if after is None else add_months(months[after], -1)
        yield Line(piece, months[start], until, new, (new - piece.fen) * len(owed), LineState.READY)


def _why_held(
    piece: Piece,
    fen: Sequence[int | None],
    waits: str,
    months: Sequence[dt.date],
    turns: Sequence[bool],
    paid: Sequence[int],
) -> str:
    was = fen[0]
    if waits or any(fen[at] is None for at in paid):
        return waits or "缺少事实或标准，算不出金额"
    if piece.is_paid_in(months[0]):
        if was is None:
            return "按原标准算不出金额，请先复核"
        if was != piece.fen:
            return f"按原标准重算是{yuan(was)}元，与现在发放的{yuan(piece.fen)}元不同，请先复核"
    elif piece.facts is None:
        return NO_FACTS
    values = [fen[at] or 0 for at in paid]
    if min(values) <= 0:
        return "按新标准不再符合条件，请先复核"
    if min(values) < piece.fen:
        return f"按新标准是{yuan(min(values))}元，低于现在的{yuan(piece.fen)}元；减发前须听取意见（社会救助法 第四十八条）"
    for at in paid[1:]:
        if fen[at] != fen[at - 1] and not turns[at]:
            return f"{months[at]:%Y年%m月}起情况也有变化（如年龄），请先复核"
    return ""


def _was_run(piece: Piece, month: dt.date, last_run: dt.date | None) -> bool:
    """Whether the month's list has gone: what it lacked is back-pay. Months of the former system are not ours."""
    return (
        last_run is not None
        and month <= last_run
        and (piece.paid_before is None or month > piece.paid_before)
    )
