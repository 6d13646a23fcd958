"""Proposing and deciding: what the township proposes, what is answered; never by somebody who handled it before."""

from __future__ import annotations

from minzheng.foundation.calendar import Unit
from minzheng.foundation.items.clocks import Clock
from minzheng.foundation.items.steps import Move
from minzheng.foundation.items.usual.roles import OPINION, REASON


def propose_grant(to: str = "confirm") -> Move:
    """`to` may be another office's check; then the case is not yet received by who confirms."""
    return Move(
        key="propose_grant",
        title="拟给予",
        to=to,
        record=(OPINION,),
        guards=("eligible",),
        four_eyes_with=("accept",),
        marks=("proposed", *(("received",) if to == "confirm" else ())),
    )


def propose_refuse(four_eyes_with: tuple[str, ...] = ("accept",)) -> Move:
    return Move(
        key="propose_refuse",
        title="拟不予，报审核确认",
        to="confirm",
        record=(OPINION,),
        guards=("ineligible",),
        four_eyes_with=four_eyes_with,
        marks=("proposed", "received"),
    )


def grant(
    handled: tuple[str, ...],
    *,
    guards: tuple[str, ...] = ("eligible",),
    to: str = "active",
    notice: str = "granted",
    needs_once: tuple[str, ...] = (),
) -> Move:
    """Told at the same time. `handled`: moves whose makers may not decide."""
    return Move(
        key="grant",
        title="予以确认",
        to=to,
        record=(OPINION,),
        guards=guards,
        needs_once=needs_once,
        four_eyes_with=handled,
        marks=("granted", "told"),
        notices=(notice,),
        careful=True,
    )


def refuse(handled: tuple[str, ...], *, guards: tuple[str, ...] = ("ineligible",)) -> Move:
    return Move(
        key="refuse",
        title="不予确认",
        to="telling",
        record=(OPINION,),
        guards=guards,
        four_eyes_with=handled,
        marks=("refused",),
        notices=("refused",),
        careful=True,
    )


def send_back(to: str, title: str = "退回重新核实", marks: tuple[str, ...] = ("returned",)) -> Move:
    return Move(key="send_back", title=title, to=to, record=(REASON,), marks=marks, careful=True)


def total(length: str, cite: str, unit: Unit = Unit.WORKDAYS, title: str = "办结") -> Clock:
    """From acceptance to the decision."""
    return Clock(
        key="total",
        title=title,
        starts="accepted",
        stops=("granted", "refused", "withdrawn"),
        length=length,
        unit=unit,
        cite=cite,
    )


def publicity(length: str, cite: str) -> Clock:
    """How long a public notice hangs at least; an objection ends it."""
    return Clock(
        key="publicity",
        title="公示",
        starts="posted",
        stops=("publicised", "objected"),
        length=length,
        unit=Unit.DAYS,
        earliest=True,
        cite=cite,
    )


def tell(length: str, cite: str, title: str = "书面告知不予确认") -> Clock:
    """By when a refusal is in the applicant's hands."""
    return Clock(
        key="tell",
        title=title,
        starts="refused",
        stops=("told",),
        length=length,
        unit=Unit.WORKDAYS,
        cite=cite,
    )
