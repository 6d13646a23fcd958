"""Reads standards/scoring/*.yaml. What is written wrongly becomes a fault that `manage.py check` tells."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from minzheng.foundation.regions.models import Level
from minzheng.foundation.rules.standards import FOLDER
from minzheng.foundation.rules.yaml_text import read_yaml
from minzheng.foundation.scoring.words import Grade, Item, Part, ScoreSheet, Version

SHEETS = FOLDER / "scoring"
LEVELS = {"province": Level.PROVINCE, "city": Level.CITY, "county": Level.COUNTY}


def read_sheets(folder: Path = SHEETS) -> tuple[ScoreSheet, ...]:
    return tuple(sheet for file in sorted(folder.glob("*.yaml")) for sheet in read_file(file))


def read_file(file: Path) -> Iterator[ScoreSheet]:
    for code, entry in (read_yaml(file) or {}).items():
        yield _sheet(str(code), entry, file)


def _sheet(code: str, entry: Mapping[str, Any], file: Path) -> ScoreSheet:
    faults = [f"{name}：没有填写，请补上。" for name in ("title", "line", "subject") if not entry.get(name)]
    versions = []
    for number, one in enumerate(entry.get("versions") or [], 1):
        try:
            versions.append(_version(one))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            faults.append(
                f"versions 第{number}版：{error} 没有填写或读不懂，请对照 docs/programmes.md 改正。"
            )
    return ScoreSheet(
        code=code,
        title=str(entry.get("title", "")),
        covers=tuple(entry.get("rows", ())),
        line=str(entry.get("line", "")),
        subject=str(entry.get("subject", "")),
        facility=str(entry.get("facility", "")),
        rule=str(entry.get("rule", "")),
        titles=tuple((int(grade), str(title)) for grade, title in (entry.get("titles") or {}).items()),
        certificate=str(entry.get("certificate", "")),
        is_rating=bool(entry.get("rating", True)),
        has_own_pages=bool(entry.get("own_pages", False)),
        versions=tuple(versions),
        path=f"standards/scoring/{file.name}",
        faults=tuple(faults),
    )


def _version(one: Mapping[str, Any]) -> Version:
    parts = [_part(part) for part in one["parts"]]
    return Version(
        since=one["from"] if isinstance(one["from"], dt.date) else dt.date.fromisoformat(str(one["from"])),
        cite=str(one["cite"]),
        parts=tuple(parts),
        grades=tuple(
            Grade(
                int(grade["grade"]),
                str(grade["title"]),
                int(grade["total"]),
                int(grade.get("part_percent", 0)),
            )
            for grade in one.get("grades", ())
        ),
        conditions=tuple(str(text) for text in one.get("conditions", ())),
        region=str(one.get("region", "")).ljust(12, "0") if one.get("region") else "",
        mark=str(one.get("mark", "")),
        awarded_by={int(grade): LEVELS[str(level)] for grade, level in (one.get("awarded_by") or {}).items()},
        declared_most={str(part["code"]): int(part["most"]) for part in one["parts"] if "most" in part},
    )


def _part(part: Mapping[str, Any]) -> Part:
    """An item is written `{code: …, title: …, most: …}`, or shorter as `title: points`."""
    items = []
    for number, item in enumerate(part["items"], 1):
        if set(item) == {"title", "most"} or "code" in item:
            code, title, most = item.get("code") or f"{part['code']}_{number}", item["title"], item["most"]
        else:
            ((title, most),) = item.items()
            code = f"{part['code']}_{number}"
        items.append(Item(str(code), str(title), int(most), str(item.get("hint", ""))))
    return Part(str(part["code"]), str(part["title"]), tuple(items))
