"""Legal clocks of A1 (民发〔2021〕57号; 民发〔2022〕83号; handbook §1)."""

from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock, Track
from minzheng.foundation.items.usual import publicity, tell

BY_57 = "民发〔2021〕57号"
DECIDED = ("granted", "refused", "withdrawn")


def _total(key: str, track: Track, cite: str) -> Clock:
    return Clock(
        key=key,
        title="办结",
        starts="accepted",
        stops=DECIDED,
        length=f"dibao_{key}_days",
        unit=Unit.WORKDAYS,
        track=track,
        cite=cite,
    )


CLOCKS = (
    Clock(
        key="survey",
        title="开始入户调查",
        starts="accepted",
        stops=("survey_started", "withdrawn"),
        length="dibao_survey_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_57}（调查核实）",
    ),
    Clock(
        key="check",
        title="启动信息核对",
        starts="accepted",
        stops=("check_asked", "checked", "withdrawn"),
        length="dibao_check_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_57}（信息核对）",
    ),
    publicity("dibao_publicity_days", f"{BY_57}（公示）"),
    Clock(
        key="decide",
        title="审核确认",
        starts="received",
        stops=(*DECIDED, "returned"),
        length="dibao_decide_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_57}（审核确认）",
    ),
    _total("total", Track.ORDINARY, f"{BY_57}（办理时限）"),
    _total("total_delegated", Track.DELEGATED, "民发〔2022〕83号"),
    _total("total_special", Track.SPECIAL, f"{BY_57}（办理时限，特殊情形）"),
    tell("dibao_tell_days", f"{BY_57}（告知）"),
    Clock(
        key="death",
        title="死亡后调整待遇",
        starts="died",
        stops=("review_finished", "ended"),
        length="dibao_death_months",
        unit=Unit.MONTHS,
        cite="民发〔2022〕83号",
    ),
)
