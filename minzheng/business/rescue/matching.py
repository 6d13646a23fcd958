"""How alike a stay and a report of a missing person are: declared weights, each with its reason. It ranks; people decide.

What one side does not know counts for nothing: neither for nor against (an unknown is not a no).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from minzheng.business.rescue.models import MissingReport, Stay
from minzheng.foundation.items.figures import Figures, figures

NAMELESS = "无名"  # 无名氏, 无名女: what the station calls somebody is no name


@dataclass(frozen=True)
class Reason:
    """Points earned of the most there are to earn, and why, in words."""

    label: str
    points: int
    most: int
    why: str


@dataclass(frozen=True)
class Candidate:
    """`score`: hundredths of the points that could be earned from what both sides know."""

    report: MissingReport
    score: int
    reasons: tuple[Reason, ...]
    unknown: tuple[str, ...]  # what could not be compared

    def as_kept(self) -> list[dict[str, Any]]:
        return [vars(one) for one in self.reasons]


def candidates(stay: Stay, reports: Iterable[MissingReport], today: dt.date) -> list[Candidate]:
    """Those above the declared likeness, the most alike first; of equals the one with more known."""
    least = int(figures(today, stay.region_id)("rescue_match_shown"))
    found = (compare(stay, report, today) for report in reports)
    listed = [one for one in found if one is not None and one.score >= least]
    return sorted(listed, key=lambda one: (-one.score, len(one.unknown), one.report.pk))


def compare(stay: Stay, report: MissingReport, today: dt.date) -> Candidate | None:
    """None: it cannot be the same person (another sex, or missed only after the stay began)."""
    if stay.sex != report.sex or report.lost_on > stay.arrived_on:
        return None
    figure = figures(today, stay.region_id)
    judged = [
        ("年龄", *_age(stay, report, figure)),
        ("姓名", *_name(stay, report, figure)),
        ("地点", *_place(stay, report, figure)),
        ("体貌", *_text(stay.features, report.features, figure("rescue_weight_features"))),
        ("口音", *_text(stay.dialect, report.dialect, figure("rescue_weight_dialect"))),
        ("身高", *_height(stay, report, figure)),
    ]
    reasons = tuple(
        Reason(label, points, most, why) for label, points, most, why in judged if points is not None
    )
    most = sum(one.most for one in reasons)
    score = round(100 * sum(one.points for one in reasons) / most) if most else 0
    return Candidate(report, score, reasons, tuple(label for label, points, *_ in judged if points is None))


Judged = tuple[int | None, int, str]


def _age(stay: Stay, report: MissingReport, figure: Figures) -> Judged:
    most = int(figure("rescue_weight_age"))
    if report.birth_year is None:
        return None, most, ""
    apart = abs(stay.age - (stay.arrived_on.year - report.birth_year))
    return _near(apart, int(figure("rescue_age_tolerance")), most), most, f"相差约{apart}岁"


def _height(stay: Stay, report: MissingReport, figure: Figures) -> Judged:
    most = int(figure("rescue_weight_height"))
    if stay.height_cm is None or report.height_cm is None:
        return None, most, ""
    apart = abs(stay.height_cm - report.height_cm)
    return _near(apart, int(figure("rescue_height_tolerance")), most), most, f"相差约{apart}厘米"


def _near(apart: int, tolerance: int, most: int) -> int:
    """All for none apart, nothing from the tolerance on, evenly between."""
    return round(most * max(0, tolerance - apart) / tolerance)


def _name(stay: Stay, report: MissingReport, figure: Figures) -> Judged:
    most = int(figure("rescue_weight_name"))
    if NAMELESS in stay.called:
        return None, most, ""
    if stay.called == report.name:
        return most, most, "姓名相同"
    shared = [sign for sign in dict.fromkeys(stay.called) if sign in report.name]
    share = len(shared) / max(len(set(report.name)), 1)
    return round(most * min(share, 1)), most, f"相同的字：{'、'.join(shared)}" if shared else "没有相同的字"


def _place(stay: Stay, report: MissingReport, figure: Figures) -> Judged:
    """The best of found/stated here with lost/home there."""
    most = int(figure("rescue_weight_place"))
    here, there = (stay.found_at, stay.stated_home), (report.lost_at, report.home)
    tried = [_text(one, other, most) for one in here for other in there]
    known = [one for one in tried if one[0] is not None]
    return max(known, key=lambda one: one[0] or 0) if known else (None, most, "")


def _text(one: str, other: str, most: Any) -> Judged:
    """The share of the shorter text's pairs of signs that stand in the other one."""
    if not one.strip() or not other.strip():
        return None, int(most), ""
    pairs, others = _pairs(one), _pairs(other)
    shorter, longer = sorted((pairs, others), key=len)
    shared = [pair for pair in shorter if pair in longer]
    if not shared:
        return 0, int(most), "没有相同的说法"
    share = len(shared) / len(shorter)
    return round(int(most) * share), int(most), f"都提到：{'、'.join(_joined(shared)[:4])}"


def _pairs(text: str) -> dict[str, None]:
    signs = "".join(sign for sign in text if sign.isalnum())
    return dict.fromkeys(signs[at : at + 2] for at in range(max(len(signs) - 1, 1)))


def _joined(pairs: list[str]) -> list[str]:
    """Pairs that overlap, read as one word: 左脸, 脸有, 有疤 → 左脸有疤."""
    words: list[str] = []
    for pair in pairs:
        if words and len(pair) == 2 and words[-1].endswith(pair[0]):
            words[-1] += pair[1]
        else:
            words.append(pair)
    return words
