"""Legal clocks of A4 and A5 (民发〔2021〕43号; handbook §1)."""

from minzheng.foundation.calendar import Unit
from minzheng.foundation.items import Clock
from minzheng.foundation.items.usual import publicity, tell

BY_43 = "民发〔2021〕43号"

CLOCKS = (
    Clock(
        key="survey",
        title="调查并提出初审意见",
        starts="accepted",
        stops=("proposed", "withdrawn"),
        length="tekun_survey_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_43}（乡镇审核）",
    ),
    publicity("tekun_publicity_days", f"{BY_43}（公示）"),
    Clock(
        key="decide",
        title="县级审核确认",
        starts="received",
        stops=("granted", "refused", "returned", "withdrawn", "changed", "ended", "review_finished"),
        length="tekun_decide_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_43}（县级审核确认）",
    ),
    tell("tekun_tell_days", "社会救助法 第四十五条；比照民发〔2021〕57号"),
    Clock(
        key="reassess",
        title="复核自理能力",
        starts="ability_reported",
        stops=("ability_assessed", "ended"),
        length="tekun_reassess_days",
        unit=Unit.WORKDAYS,
        cite=f"{BY_43}（自理能力复核）",
    ),
)
