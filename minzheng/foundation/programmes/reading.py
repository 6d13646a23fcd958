"""Reads `programmes.yaml` of every app. What is written wrongly becomes a fault that `manage.py check` tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any

from django.apps import apps

from minzheng.foundation.programmes.penalties import is_known
from minzheng.foundation.programmes.words import (
    COMPARATORS,
    COUNTS,
    KINDS,
    UNITS,
    Point,
    Programme,
    Step,
    Target,
)
from minzheng.foundation.rules.yaml_text import read_yaml

FILE = "programmes.yaml"
FIELDS = {
    "title", "rows", "kind", "document", "asks", "period", "unit", "targets", "milestones", "gates", "checklist",
    "sheet", "closing", "funds", "publishes", "fix_within", "note",
}  # fmt: skip
NEVER = dt.date(9999, 12, 31)


def read_all() -> tuple[Programme, ...]:
    """Every app's programmes, in the order of INSTALLED_APPS and of the files."""
    return tuple(
        one
        for config in apps.get_app_configs()
        if (file := Path(config.path) / FILE).is_file()
        for one in read_file(file, str(config.verbose_name))
    )


def read_file(file: Path, line: str) -> Iterator[Programme]:
    for code, entry in (read_yaml(file) or {}).items():
        yield _Reader(str(code), entry, file, line).programme()


class _Reader:
    """One entry. A field that cannot be read is noted with its remedy, and something harmless stands in for it."""

    def __init__(self, code: str, entry: Any, file: Path, line: str) -> None:
        self.code, self.line, self.path = code, line, "/".join(file.parts[-3:])
        self.entry: Mapping[str, Any] = entry if isinstance(entry, dict) else {}
        self.faults: list[str] = []
        for name in sorted(set(self.entry) - FIELDS):
            self.fault(name, f"不认识这个字段，请用：{'、'.join(sorted(FIELDS))}。")

    def fault(self, name: str, remedy: str) -> None:
        self.faults.append(f"{name}：{remedy}")

    def text(self, name: str) -> str:
        value = self.entry.get(name)
        if not isinstance(value, str) or not value.strip():
            self.fault(name, "没有填写，请补上。")
            return ""
        return value.strip()

    def choice(self, name: str, value: Any, known: Mapping[str, Any]) -> str:
        if value not in known:
            self.fault(name, f"“{value}”不认识，请写 {'、'.join(known)} 之一。")
            return next(iter(known))
        return str(value)

    def day(self, name: str, value: Any, default: dt.date = NEVER) -> dt.date:
        if isinstance(value, dt.date):
            return value
        try:
            return dt.date.fromisoformat(str(value))
        except ValueError:
            self.fault(name, f"“{value}”不是日期，请写成 2021-12-31。")
            return default

    def period(self) -> tuple[dt.date, dt.date]:
        text = str(self.entry.get("period", ""))
        if text.isdecimal() and len(text) == 4:
            return dt.date(int(text), 1, 1), dt.date(int(text), 12, 31)
        first, slash, last = text.partition("/")
        if not slash:
            self.fault("period", f"“{text}”读不懂，请写 2021 或 2021-01-01/2025-12-31。")
            return dt.date(2000, 1, 1), dt.date(2000, 12, 31)
        return self.day("period", first), self.day("period", last)

    def rows_of(self, name: str) -> list[Mapping[str, Any]]:
        given = self.entry.get(name, [])
        if not isinstance(given, list) or not all(isinstance(one, dict) for one in given):
            self.fault(name, "请写成一串条目，每条以“- ”开头。")
            return []
        for one in given:
            if not one.get("code") or not one.get("title"):
                self.fault(name, f"{one.get('code') or one.get('title') or '有一条'}：code 和 title 都要写。")
        return [one for one in given if one.get("code") and one.get("title")]

    def penalty(self, entry: Mapping[str, Any]) -> str:
        code = str(entry.get("penalty", ""))
        if code and not is_known(code):
            self.fault(
                f"checklist.{entry['code']}.penalty",
                f"“{code}”不在 standards/penalties.yaml 里，请改正代码，或在那里写明法律责任。",
            )
        return code

    def steps(self, name: str) -> tuple[Step, ...]:
        return tuple(
            Step(
                str(one["code"]),
                str(one["title"]),
                self.day(f"{name}.{one['code']}.by", one["by"]) if "by" in one else None,
                bool(one.get("proof", False)),
            )
            for one in self.rows_of(name)
        )

    def target(self, one: Mapping[str, Any], until: dt.date, gates: tuple[Step, ...]) -> Target:
        where = f"targets.{one['code']}"
        stated = [name for name in COMPARATORS if name in one]
        number = None
        if len(stated) > 1:
            self.fault(where, f"{'、'.join(stated)} 只能写一个。")
        if stated:
            number = self.number(f"{where}.{stated[0]}", one[stated[0]], str(one.get("unit", "")))
        gate = str(one.get("gate", ""))
        return Target(
            code=str(one["code"]),
            title=str(one["title"]),
            unit=str(one.get("unit", "")),
            counts=self.choice(f"{where}.counts", one.get("counts", "done"), COUNTS),
            by=self.day(f"{where}.by", one["by"]) if "by" in one else until,
            comparator=stated[0] if stated else "at_least",
            number=number,
            gate=gate,
            gate_title=next((step.title for step in gates if step.code == gate), ""),
            indicator=str(one.get("indicator", "")),
            text=str(one.get("text", "")),
        )

    def number(self, name: str, value: Any, unit: str) -> Decimal | None:
        text = str(value)
        if unit.startswith("元") != text.endswith("元"):
            self.fault(name, f"“{text}”：单位是“{unit}”，金额请写成 3000元，其他只写数字。")
        try:
            return Decimal(text.removesuffix("元")) * (100 if unit.startswith("元") else 1)
        except InvalidOperation:
            self.fault(name, f"“{text}”不是数字。")
            return None

    def programme(self) -> Programme:
        since, until = self.period()
        document, unit = self.entry.get("document"), self.entry.get("unit")
        document = document if isinstance(document, dict) else {}
        unit = unit if isinstance(unit, dict) else {}
        for name, needed, given in (
            ("document", ("title", "region"), document),
            ("unit", ("of", "name"), unit),
        ):
            for part in needed:
                if not given.get(part):
                    self.fault(f"{name}.{part}", "没有填写，请补上。")
        gates = self.steps("gates")
        return Programme(
            code=self.code,
            title=self.text("title"),
            covers=tuple(self.entry.get("rows", ())),
            line=self.line,
            kind=self.choice("kind", self.entry.get("kind"), KINDS),
            document=str(document.get("title", "")),
            seed=str(document.get("seed", "")),
            asks=self.text("asks"),
            region=str(document.get("region", "")).ljust(12, "0"),
            since=since,
            until=until,
            unit=self.choice("unit.of", unit.get("of"), UNITS),
            unit_name=str(unit.get("name", "")),
            facility_kind=str(unit.get("facility", "")),
            level=str(unit.get("level", "")),
            benefits=tuple(unit.get("benefits", ())),
            targets=tuple(self.target(one, until, gates) for one in self.rows_of("targets")),
            milestones=self.steps("milestones"),
            gates=gates,
            points=tuple(
                Point(
                    str(one["code"]),
                    str(one["title"]),
                    str(one.get("group", "")),
                    self.choice(f"checklist.{one['code']}.level", one.get("level", "general"), {"general": 1, "major": 1}),
                    str(one.get("cite", "")),
                    self.penalty(one),
                )
                for one in self.rows_of("checklist")
            ),
            sheet=str(self.entry.get("sheet", "")),
            closing=str(self.entry.get("closing", "")),
            has_funds=bool(self.entry.get("funds", False)),
            publishes=bool(self.entry.get("publishes", False)),
            fix_within=tuple((self.entry.get("fix_within") or {}).items()),
            note=str(self.entry.get("note", "")),
            path=self.path,
            faults=tuple(self.faults),
        )  # fmt: skip
