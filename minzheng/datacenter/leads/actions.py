"""Leads in: by officers on their rounds, by the people themselves. Leads out: an application, another office, nothing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied

from minzheng.datacenter.leads.models import Lead, Need, Source, State
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.drafts import open_case
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

OPEN_AT_ONCE = (
    5  # so many unsettled leads of one citizen: enough for a neighbourhood, too few to flood a village
)
CHANNELS = {
    Source.DISCOVERY: Channel.DISCOVERY,
    Source.SIGNAL: Channel.PROACTIVE,
    Source.HOTLINE: Channel.HOTLINE,
}


@dataclass(frozen=True)
class LeadDraft:
    """What is said of somebody in need. `knows`: the person knows of it and agrees (个人信息保护法 第十三条)."""

    name: str
    need: str
    story: str
    address: str = ""
    phone: str = ""
    knows: bool = False
    group: str = ""
    person: Person | None = None
    household: Household | None = None


def _village(region: Region) -> str:
    return region.code


def _persons(lead: Lead) -> Iterable[int]:
    return [lead.person_id] if lead.person_id else []


@action("lead.report", "登记困难线索", permission="task.handle", region=_village)
def report_lead(access: Any, region: Region, draft: LeadDraft, source: str = Source.DISCOVERY) -> Lead:
    """An officer saw it on the round, or took it down from a call. The visit is due by the standard `lead_visit_days`."""
    return _report(access, region, draft, source)


@action("lead.say", "反映困难", region=_village)
def say_lead(access: Any, region: Region, draft: LeadDraft) -> Lead:
    """A citizen speaks for the own family or for a neighbour; anybody logged in whose identity is known may."""
    own = access.user.person if access.user is not None else None
    if own is None:
        raise PermissionDenied("请先完成实名认证，或拨打12345、到村（社区）反映。")
    waiting = Lead.objects.filter(reported_by=access.user, state=State.NEW).count()
    if waiting >= OPEN_AT_ONCE:
        raise Refused(f"您反映的 {waiting} 件还在核实。有急难的请直接拨打12345，或到村（社区）反映。")
    return _report(access, region, draft, Source.SELF if draft.person == own else Source.NEIGHBOUR)


def _report(access: Any, region: Region, draft: LeadDraft, source: str) -> Lead:
    if draft.need not in Need.values:
        raise Refused({"need": "请选择需要哪方面的帮助。"})
    lead = Lead.objects.create(
        source=source,
        region=region,
        person=draft.person,
        household=draft.household,
        name=draft.name,
        address=draft.address,
        phone=draft.phone,
        group=draft.group,
        need=draft.need,
        story=draft.story,
        knows=draft.knows,
        reported_by=access.user,
        reported_on=access.today,
    )
    origin = f"lead:{lead.pk}"
    task = TaskDraft(
        origin=origin,
        region=region.code,
        title=f"核实困难线索：{lead.get_need_display()}",
        reason=f"{lead.get_source_display()}：这户可能在{lead.get_need_display()}方面有困难。",
        person=draft.person.pk if draft.person else None,
        household=draft.household.pk if draft.household else None,
        detail={"lead": lead.pk},
    )
    open_tasks("lead.visit", [task], access.today, actor=access.user)
    lead.task = Task.objects.get(origin=origin)
    lead.save(update_fields=["task"])
    return lead


@action("lead.apply", "线索转为申请", permission="case.open", persons=_persons)
def apply_for_lead(access: Any, lead: Lead, *, item: str, id_no: str = "") -> None:
    """Open the draft of an application for the person; the rest is filled in under 代为申请."""
    _refuse_settled(lead)
    wanted = _item(item)
    person = lead.person or _person(access, id_no)
    case = open_case(
        access, wanted.code, person, lead.region, CHANNELS.get(Source(lead.source), Channel.AGENT)
    )
    lead.person, lead.case = person, case
    _settle(access, lead, State.CASE, f"办件 {case.number}")


@action("lead.refer", "线索转介", permission="task.oversee", persons=_persons)
def refer_lead(access: Any, lead: Lead, *, to: str) -> None:
    """It is another office's to help (医保、教育、住建、人社、残联 …)."""
    _refuse_settled(lead)
    _settle(access, lead, State.REFERRED, f"转介：{to.strip()}")


@action("lead.drop", "线索不需要救助", permission="task.oversee", persons=_persons)
def drop_lead(access: Any, lead: Lead, *, reason: str) -> None:
    _refuse_settled(lead)
    _settle(access, lead, State.NO_NEED, reason.strip())


def _settle(access: Any, lead: Lead, state: State, note: str) -> None:
    lead.state, lead.note, lead.settled_on = state, note[:200], access.today
    lead.save(update_fields=["state", "note", "settled_on", "person", "case"])


def _refuse_settled(lead: Lead) -> None:
    if lead.state == State.NEW:
        raise Refused("这条线索还在核实，请等走访结果；不用走访的，先在任务里办结。")
    if lead.state != State.CONFIRMED:
        raise Refused(f"这条线索{lead.get_state_display()}，不用再办。")


def _item(said: str) -> ServiceItem:
    wanted = said.strip()
    for item in shelf(ServiceItem):
        if wanted in (item.code, item.title):
            return item
    known = "、".join(f"{item.code} {item.title}" for item in shelf(ServiceItem))
    raise Refused({"item": f"没有“{wanted}”这个事项。可以填：{known}。"})


def _person(access: Any, id_no: str) -> Person:
    found = (
        access.scope("person.read", Person.objects.filter(id_no=id_no.strip().upper())).first()
        if id_no
        else None
    )
    if found is None:
        raise Refused(
            {"id_no": "线索里还没有对应的人员，请填写本人的身份证号；没有登记过的，先在人员台账里登记。"}
        )
    return found
