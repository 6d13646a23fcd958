"""From points to a grade that explains itself: by the sheet's Rule, or by the sheet's own table; never by hand."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from django.conf import settings

from minzheng.foundation.rules import default_counter
from minzheng.foundation.rules.kinds import to_date
from minzheng.foundation.scoring.words import ScoreSheet, Version


def grading_of(
    sheet: ScoreSheet, version: Version, sums: Mapping[str, int], region: str, on: dt.date
) -> dict[str, Any]:
    """{grade, title, total, lowest, clauses: [{text, ok, cite}]}; grade 0: none is reached. Points by part."""
    clauses = list(_by_rule(sheet, sums, region, on) if sheet.rule else _by_table(version, sums))
    grade = max((one["grade"] for one in clauses if one["ok"]), default=0)
    titles = dict(sheet.titles) | {one.grade: one.title for one in version.grades}
    return {
        "grade": grade,
        "title": titles.get(grade, "未达到等级"),
        "total": sum(sums.values()),
        "most": version.most,
        "on": on.isoformat(),
        "clauses": [one for one in clauses if one["text"]],
    }


def _by_rule(
    sheet: ScoreSheet, sums: Mapping[str, int], region: str, on: dt.date
) -> Iterable[dict[str, Any]]:
    counter = default_counter()
    facts = counter.facts(
        {
            "on": on.isoformat(),
            "region": region,
            "standards": settings.STANDARDS_SET,
            "household": {f"score_{part}": points for part, points in sums.items()},
            "members": [],
        }
    )
    decision = counter.decide(facts, [sheet.rule])
    reached = int(decision[sheet.rule] or 0)
    yield {"grade": reached, "ok": True, "text": "", "cite": ""}
    said = decision.as_json()
    for step in said["trace"]:
        yield {
            "grade": 0,
            "ok": step["value"] is not False,
            "text": f"{step['label']}：{step['text']}",
            "cite": step["cite"],
        }
    for standard in said["standards"]:
        yield {
            "grade": 0,
            "ok": True,
            "text": f"标准：{standard['label']} {standard['text']}",
            "cite": f"{standard.get('cite', '')}，自{standard.get('from', '')}",
        }


def _by_table(version: Version, sums: Mapping[str, int]) -> Iterable[dict[str, Any]]:
    total = sum(sums.values())
    for grade in sorted(version.grades, key=lambda one: -one.grade):
        short = [
            f"{part.title}得 {sums[part.code]} 分，不到 {part.most} 分的 {grade.part_percent}%"
            for part in version.parts
            if sums[part.code] * 100 < part.most * grade.part_percent
        ]
        if total < grade.total:
            short.insert(0, f"总分 {total}，低于 {grade.total}")
        met = f"总分 {total}，达到 {grade.total}" + (
            f"；各部分都达到 {grade.part_percent}%" if grade.part_percent else ""
        )
        yield {
            "grade": grade.grade,
            "ok": not short,
            "text": f"{grade.title}：{'；'.join(short) or met}",
            "cite": f"{version.cite}，自{to_date(int(version.since.strftime('%Y%m%d')))}",
        }


def mean(points: Sequence[int]) -> int:
    """The assessors' points for one item, halves rounded up (四舍五入)."""
    return (2 * sum(points) + len(points)) // (2 * len(points))
