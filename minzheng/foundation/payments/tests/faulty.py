"""Return files with planted faults of ten kinds. A seed gives the same faults again, to the byte.

answer = Answer(batch_number, lines).spoil(random.Random(7), per_kind=5)
answer.text       # what the bank sends
answer.planted    # [Fault(kind, row number or None for the whole file, sequence of the line)]
"""

from __future__ import annotations

from dataclasses import dataclass, field
from random import Random

from minzheng.foundation.ledger.money import yuan

# kind → what the program calls it; "" where the line simply stays without an answer
ROW_FAULTS = {
    "missing row": "",
    "extra row": "unknown",
    "duplicate row": "duplicate",
    "wrong amount": "amount",
    "wrong account": "account",
    "wrong name": "name",
    "status flipped": "contradiction",
    "garbled row": "unreadable",
}
FILE_FAULTS = {
    "wrong batch": "不是本批次",
    "changed control total": "合计行与明细不符",
    "truncated": "没有合计行|不是本批次|合计行与明细不符|不是回盘文件",
}


@dataclass(frozen=True)
class Sent:
    """A line as the bank knows it."""

    sequence: int
    reference: str
    amount_fen: int
    account_no: str
    account_name: str

    def row(self, **other: str) -> list[str]:
        cells = {"reference": self.reference, "amount": yuan(self.amount_fen), "code": "00", "note": ""}
        cells |= {"account": self.account_no, "name": self.account_name}
        return ["D", *(cells | other).values()]


@dataclass(frozen=True)
class Fault:
    kind: str
    row_number: int
    sequence: int


@dataclass
class Answer:
    """An answer to `lines`; `answered` are lines that an earlier file has settled already (as paid)."""

    number: str
    lines: list[Sent]
    answered: list[Sent] = field(default_factory=list)
    planted: list[Fault] = field(default_factory=list)
    text: str = ""

    def spoil(self, chance: Random, *, per_kind: int) -> Answer:
        """Plant `per_kind` faults of each kind that a row can have, each in a line of its own."""
        victims = iter(chance.sample(self.lines, per_kind * (len(ROW_FAULTS) - 1)))
        flipped = iter(chance.sample(self.answered, per_kind))
        plan: dict[int, list[tuple[str, list[str]]]] = {
            line.sequence: [("", line.row())] for line in self.lines
        }
        for kind in ROW_FAULTS:
            for _ in range(per_kind):
                line = next(flipped) if kind == "status flipped" else next(victims)
                plan[line.sequence] = [(kind, row) for row in _spoilt(kind, line, self.number, chance)]
        rows: list[str] = []
        for sequence in sorted(plan, key=lambda _: chance.random()):
            for kind, cells in plan[sequence] or [("missing row", [])]:
                if cells:
                    rows.append("|".join(cells))
                if kind and (kind != "extra row" or cells[1] != self.lines_by[sequence].reference):
                    self.planted.append(Fault(kind, len(rows) + 1 if cells else 0, sequence))
        self.text = self.close(rows)
        return self

    @property
    def lines_by(self) -> dict[int, Sent]:
        return {line.sequence: line for line in [*self.lines, *self.answered]}

    def close(self, rows: list[str]) -> str:
        """Head, rows and a trailer that agrees with them: the bank's own mistakes add up."""
        total = sum(_fen(row) for row in rows)
        return "\r\n".join([f"R|MZ-YKT-R1|{self.number}", *rows, f"T|{len(rows)}|{yuan(total)}", ""])

    def spoil_whole(self, kind: str, chance: Random) -> str:
        """A file that is wrong as a whole."""
        text = self.close(["|".join(line.row()) for line in self.lines])
        if kind == "wrong batch":
            return text.replace(f"R1|{self.number}", f"R1|{self.number[:-1]}9{chance.randrange(10)}")
        if kind == "truncated":
            # Anywhere before the end of the trailer's sum; the last line break may be missing.
            return text[: chance.randrange(1, len(text.rstrip()) - 1)]
        *_, count, total = text.strip().rpartition("T|")[2].split("|")
        changed = (
            (str(int(count) + chance.choice([-1, 1])), total)
            if chance.random() < 0.5
            else (
                count,
                yuan(int(total.replace(".", "")) + chance.choice([-7000, -1, 1, 100])),
            )
        )
        return text.replace(f"T|{count}|{total}", "T|" + "|".join(changed))


def _spoilt(kind: str, line: Sent, number: str, chance: Random) -> list[list[str]]:
    """The rows that stand where the line's one row should."""
    match kind:
        case "missing row":
            return []
        case "extra row":
            return [line.row(), line.row(reference=f"{number}-{9_000_000 + line.sequence:07d}")]
        case "duplicate row":
            return [line.row(), line.row(code=chance.choice(["00", "01"]))]
        case "wrong amount":
            return [
                line.row(amount=yuan(line.amount_fen + chance.choice([-1, 1, 100, -line.amount_fen + 1])))
            ]
        case "wrong account":
            return [line.row(account=line.account_no[:-1] + str((int(line.account_no[-1]) + 1) % 10))]
        case "wrong name":
            return [line.row(name=f"{line.account_name}某")]
        case "status flipped":
            return [line.row(code=chance.choice(["01", "02", "03", "04", "99"]))]
        case _:
            whole = "|".join(line.row())
            broken = [
                whole[: chance.randrange(3, len("D|" + line.reference))],
                "\x00\x01�",
                whole.replace(".", "·"),
            ]
            return [[chance.choice(broken)]]


def _fen(row: str) -> int:
    """What the trailer counts: rows whose amount can be read."""
    cells = row.split("|")
    amount = cells[2] if len(cells) > 2 else ""
    return int(amount.replace(".", "")) if amount.replace(".", "").isdecimal() else 0
