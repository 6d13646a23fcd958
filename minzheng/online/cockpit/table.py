"""Figures as they are shown: small cells hidden, lights in words."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.urls import reverse

from minzheng.datacenter.small_cells import LEAST, hidden
from minzheng.foundation.regions.models import Level
from minzheng.online.cockpit.figures import Standing
from minzheng.online.ui.formats import big_number, money

NOT_SHOWN = "不显示"
NO_DATA = "没有数据"


@dataclass(frozen=True)
class Row:
    """One division of the table; `url` leads one level down and is empty at the lowest."""

    name: str
    url: str
    open_cases: str
    tone: str
    light: str
    in_time: str
    families: str
    people: str
    money: str


def rows_of(standings: Sequence[Standing]) -> list[Row]:
    hide_cases = hidden([one.open_cases for one in standings])
    hide_families = hidden([one.families for one in standings])
    hide_people = hidden([one.people for one in standings])
    rows = []
    for one, cases, families, people in zip(standings, hide_cases, hide_families, hide_people, strict=True):
        tone, light = light_of(one)
        rows.append(
            Row(
                name=one.region.name,
                url=reverse("cockpit:region", args=[int(one.region.code)])
                if one.region.level < Level.VILLAGE
                else "",
                open_cases=_said(one, cases, big_number(one.open_cases)),
                tone=tone,
                light=light,
                in_time=share_of(one),
                families=_said(one, families, big_number(one.families)),
                people=_said(one, people or families, big_number(one.people)),
                money=_said(one, families, money(one.fen)),
            )
        )
    return rows


def _said(one: Standing, is_hidden: bool, text: str) -> str:
    return NOT_SHOWN if is_hidden else text if one.is_kept else "—"


def light_of(one: Standing) -> tuple[str, str]:
    """(tone, words): red when anything is overdue, amber when something is near its limit."""
    if not one.is_kept:
        return "neutral", NO_DATA
    if one.red:
        return "bad", "有超时" if one.red < LEAST else f"超时 {one.red} 件"
    if one.amber:
        return "warn", "有临近时限" if one.amber < LEAST else f"临近 {one.amber} 件"
    return ("ok", "正常") if one.green else ("neutral", "没有在办")


def share_of(one: Standing) -> str:
    """Decided in time; too few to tell reads so, instead of a share that names single cases."""
    if one.decided == 0:
        return "—"
    return NOT_SHOWN if one.decided < LEAST else f"{100 * one.in_time / one.decided:.1f}%"


def tiles_of(total: Standing) -> list[tuple[str, str, str]]:
    """(label, number, unit) of the region as a whole."""
    small = 0 < total.families < LEAST
    return [
        ("正在办理", NOT_SHOWN if 0 < total.open_cases < LEAST else big_number(total.open_cases), "件"),
        ("按期办结率", share_of(total), "近一年"),
        ("享受待遇家庭", NOT_SHOWN if small else big_number(total.families), "户"),
        ("保障人数", NOT_SHOWN if small or 0 < total.people < LEAST else big_number(total.people), "人"),
        ("本月应发", NOT_SHOWN if small else money(total.fen), ""),
    ]


def steps_of(funnel: Sequence[tuple[str, int]]) -> list[tuple[str, int]]:
    """The funnel as bars, as far as its numbers name nobody."""
    shown = []
    for label, count in funnel:
        if 0 < count < LEAST:
            break
        shown.append((label, count))
    return shown if shown and shown[0][1] else []
