"""A death ends a marriage; the night closes divorces whose window is over; a task's end closes its alert."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from minzheng.business.marriage.actions import REGISTER, end_marriage, keep_state, resume_marriage
from minzheng.business.marriage.divorce import deem_withdrawn
from minzheng.business.marriage.models import Marriage, MarriageEnd, Registration, RiskAlert
from minzheng.foundation.documents.guards import Sight, document_guard
from minzheng.foundation.documents.models import Document
from minzheng.foundation.events.bus import emit, on
from minzheng.foundation.life_events.tasks import COUNTY
from minzheng.foundation.people.models import Household, LifeEventKind
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@on("person.died")
def widow(**payload: Any) -> None:
    """The other one is widowed and may marry again (handbook 0.7)."""
    died_on = dt.date.fromisoformat(payload["on"])
    marriage = Marriage.objects.filter(spouses__person=payload["person"], spouses__stands=True).first()
    if marriage is None or not end_marriage(marriage, died_on, MarriageEnd.DEATH):
        return
    other = marriage.other_than(payload["person"])
    keep_state(other, "丧偶", died_on)
    emit("person.widowed", person=other.pk, on=payload["on"], recorded_on=payload["recorded_on"])


@on("person.event_undone")
def not_widowed(person: int, kind: str, on: str, recorded_on: str, **_: Any) -> None:
    """Nobody died: the marriage goes on. Whoever has married again meanwhile is the registry's business."""
    if kind != LifeEventKind.DEATH:
        return
    day = dt.date.fromisoformat(on)
    ended = Marriage.objects.filter(spouses__person=person, end=MarriageEnd.DEATH, ended_on=day).first()
    if ended is None:
        return
    other = ended.other_than(person)
    if not resume_marriage(ended):
        draft = TaskDraft(
            origin=f"marriage-undone:{ended.pk}:{on}",
            region=ended.region_id,
            title=COUNTY.title,
            reason="登记的死亡已撤销，配偶此后已另行登记结婚，请婚姻登记机关核对两段婚姻",
            person=other.pk,
        )
        open_tasks(COUNTY.code, [draft], on=dt.date.fromisoformat(recorded_on), actor=None)
        return
    stated = other.fact_sheets.filter(source=REGISTER, since=day, values__marital_status="丧偶")
    stated.update(until=day)  # in force on no day
    emit("person.widow_undone", person=other.pk, on=on, recorded_on=recorded_on)


@on("person.death_corrected")
def widow_on_the_right_day(**payload: Any) -> None:
    """A surer source named another day of death: the marriage ended then."""
    was, day = (dt.date.fromisoformat(payload[key]) for key in ("was", "on"))
    ended = Marriage.objects.filter(
        spouses__person=payload["person"], end=MarriageEnd.DEATH, ended_on=was
    ).first()
    if ended is None:
        return
    ended.ended_on = day
    ended.save(update_fields=["ended_on"])
    other = ended.other_than(payload["person"])
    other.fact_sheets.filter(source=REGISTER, since=was, values__marital_status="丧偶").update(since=day)


@on("person.married")
@on("person.divorced")
def ask_who_lives_together(**payload: Any) -> None:
    """The village says who belongs to which family now; nobody is moved by a registration alone (handbook 0.7)."""
    if payload["household"] is None:
        return
    home = Household.objects.get(pk=payload["household"])
    draft = TaskDraft(
        origin=f"marriage-household:{payload['event']}",
        region=home.region_id,
        household=home.pk,
        person=None,
        title="核实家庭成员变化",
        reason="有家庭成员办理了婚姻登记，请核实现在和谁共同生活，需要的办理增加或减少成员",
        detail={"event": payload["event"]},
    )
    open_tasks("marriage.household", [draft], on=dt.date.fromisoformat(payload["recorded_on"]), actor=None)


@on("night.came")
def close_what_nobody_came_for(day: str) -> None:
    deem_withdrawn(dt.date.fromisoformat(day))


@on("task.done")
def close_alert(task: int, kind: str, origin: str, outcome: str, reason: str = "", **_: object) -> None:
    if kind == "marriage.risk":
        finding = {"true": "情况属实，已转交", "false": "情况不实"}.get(outcome, reason or "已处理")
        alert = RiskAlert.objects.filter(pk=origin.rpartition(":")[2], closed_on=None)
        alert.update(closed_on=dt.date.today(), finding=finding[:200])


@document_guard
def papers_of_a_registration(access: Any, document: Document) -> Sight | None:
    """Photos, declarations and scans: for the registry and the couple themselves."""
    rows = Registration.objects.filter(Q(photo=document) | Q(declaration=document))
    person = access.user.person_id if access.user is not None else None
    own = rows.filter(Q(man=person) | Q(woman=person)).first() if person else None
    row = own or access.scope("marriage.read", rows).first()
    return Sight(tuple(row.couple), row.region_id) if row else None
