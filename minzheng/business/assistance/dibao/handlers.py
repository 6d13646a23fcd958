"""What happens in a life reaches the family's dibao (handbook 0.7): who is counted, and with which income, is seen afresh."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from minzheng.business.assistance import actions
from minzheng.business.assistance.dibao import deaths
from minzheng.business.assistance.dibao.apart import recount_families
from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.events.bus import on
from minzheng.foundation.people.models import LifeEventKind

# What the township reads. An adoption is named nowhere: whoever learns of it keeps it secret (民法典 第一千一百一十条).
NOT_DEAD = "登记的死亡已撤销，家庭人口恢复原样，请按现在的情况复核。"
STORIES = {
    "person.born": "登记了新生儿，家庭成员增加，请核实家庭人口和收入。",
    "person.imprisoned": "有家庭成员入狱或被强制隔离戒毒，不计入家庭人口，请核实家庭人口和收入。",
    "person.released": "有家庭成员已释放，重新计入家庭人口，请核实家庭人口和收入。",
    "person.disability_changed": "有家庭成员的残疾等级变化，请核实能否参照“单人户”和各项扣减。",
    "person.employed": "有家庭成员就业，请核实收入；不再符合条件的，按规定给予渐退期。",
    "person.graduated": "有家庭成员毕业或离校，请核实是否仍计入家庭人口。",
    "person.moved": "有家庭成员的户籍迁移，请核实家庭人口和由哪里管理；迁往省外的，告知在新地申请。",
    "person.adopted": "家庭成员有变化，请核实家庭人口和收入。",
    "person.adoption_ended": "家庭成员有变化，请核实家庭人口和收入。",
} | dict.fromkeys(
    ("person.married", "person.divorced", "person.widowed", "person.marriage_undone", "person.widow_undone"),
    "婚姻登记显示家庭成员的婚姻状况有变化，请核实家庭人口和收入。",
)


def _look_at_the_family(story: str) -> Callable[..., None]:
    def look(**payload: Any) -> None:
        today = dt.date.fromisoformat(payload["recorded_on"])
        actions.open_family_reviews(payload["person"], payload["on"], today, story, payload.get("household"))

    return look


for kind, told in STORIES.items():
    on(kind)(_look_at_the_family(told))


@on("person.event_undone")
def review_when_the_child_goes_back(**payload: Any) -> None:
    """An adoption that was void from the beginning: the family that it came to is another one again."""
    if payload["kind"] == LifeEventKind.ADOPTION:
        _look_at_the_family(STORIES["person.adopted"])(**payload)
        today = dt.date.fromisoformat(payload["recorded_on"])
        ask_for_review(payload["person"], ("A4",), STORIES["person.adopted"], today)


@on("person.died")
def review_after_death(**payload: Any) -> None:
    """Adjust within three months (民发〔2022〕83号): the review starts by itself, whoever learnt of the death."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    actions.open_death_reviews(today, person=payload["person"])


@on("person.death_corrected")
def cut_from_another_month(**payload: Any) -> None:
    was, day, today = (dt.date.fromisoformat(payload[key]) for key in ("was", "on", "recorded_on"))
    deaths.correct(SystemAccess.on(today), payload["person"], was, day)


@on("person.event_undone")
def nobody_died(**payload: Any) -> None:
    """What was cut is owed again, and the family is looked at as it is; also where its own case had said it."""
    if payload["kind"] == LifeEventKind.DEATH:
        day, today = (dt.date.fromisoformat(payload[key]) for key in ("on", "recorded_on"))
        deaths.undo(SystemAccess.on(today), payload["person"], day)
        actions.open_family_reviews(payload["person"], payload["on"], today, NOT_DEAD)


@on("night.came")
def review_what_could_not_be_told(day: str) -> None:
    """A death that came while the family was being decided about is looked at as soon as that is done."""
    actions.open_death_reviews(dt.date.fromisoformat(day))


@on("night.came")
def work_out_without_the_supported(day: str) -> None:
    recount_families(dt.date.fromisoformat(day))
