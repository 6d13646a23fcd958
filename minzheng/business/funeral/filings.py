"""F2 reward of an eco-burial, F3 reception from elsewhere, F5 filing of agents: each with its clock and its second person."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.business.funeral.benefits import ECO
from minzheng.business.funeral.certificates import TRANSPORT
from minzheng.business.funeral.models import Agent, EcoBurial, EcoState, Transport
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.calendar import Period, Unit, add_months, period_end
from minzheng.foundation.certificates.actions import issue
from minzheng.foundation.items.figures import figures


def _due(day: dt.date, region: str, name: str, unit: Unit = Unit.WORKDAYS) -> dt.date:
    return period_end(day, Period(int(figures(day, region)(name)), unit))


@action(
    "eco.ask",
    "申请生态安葬补贴",
    permission="register.write",
    persons=lambda eco: [eco.person_id, eco.family_id],
)
def ask_reward(access: Any, eco: EcoBurial) -> EcoBurial:
    """By the family at the counter, with the place's proof of how it was done; once a death."""
    if eco.person.died_on is None:
        raise Refused(f"{eco.person.name}没有死亡登记，请先登记死亡。")
    if eco.done_on < eco.person.died_on or eco.done_on > access.today:
        raise Refused({"done_on": "安葬日期应在去世之后、今天之前，请核对。"})
    if EcoBurial.objects.filter(person=eco.person).exists():
        raise Refused("这位逝者已经申请过生态安葬补贴，一人只有一次。")
    eco.maker, eco.asked_on = person_of(access), access.today
    eco.due_on = _due(access.today, eco.region_id, "eco_burial_days")
    eco.save(force_insert=True)
    return eco


@action(
    "eco.grant",
    "核定生态安葬补贴",
    permission="funeral.check",
    persons=lambda eco: [eco.person_id, eco.family_id],
)
def grant_reward(access: Any, eco: EcoBurial, *, finding: str) -> EcoBurial:
    """Verified by another person than who entered it: the county's reward goes to the family by the payment lists."""
    now = EcoBurial.objects.select_for_update(of=["self"]).select_related("family").get(pk=eco.pk)
    if now.state != EcoState.ASKED:
        raise Refused(f"已经{now.get_state_display()}，不用再办。")
    checker = person_of(access)
    if checker.pk == now.maker_id:
        raise Refused("登记和核定不能是同一个人（换账号也不行）。请由另一位同志核定。")
    fen = int(figures(access.today, now.region_id, settings.STANDARDS_SET)("eco_burial_reward"))
    right = grant(
        access,
        now.family,
        code=ECO.code,
        amount_fen=fen,
        why=Why("eco_burial", ECO.cite, access.today, {"method": now.method}),
        applied_on=now.asked_on,
    )
    now.state, now.checker, now.reason = EcoState.GRANTED, checker, finding.strip()[:200]
    now.reward_fen, now.entitlement = fen, right
    now.save()
    eco.refresh_from_db()
    return now


@action(
    "eco.refuse",
    "不予生态安葬补贴",
    permission="funeral.check",
    persons=lambda eco: [eco.person_id, eco.family_id],
)
def refuse_reward(access: Any, eco: EcoBurial, *, reason: str) -> EcoBurial:
    now = EcoBurial.objects.select_for_update().get(pk=eco.pk)
    if now.state != EcoState.ASKED:
        raise Refused(f"已经{now.get_state_display()}，不用再办。")
    if not reason.strip():
        raise Refused({"reason": "请写明不予补贴的理由，家属会看到。"})
    now.state, now.reason, now.checker = EcoState.REFUSED, reason.strip()[:200], person_of(access)
    now.save(update_fields=["state", "reason", "checker"])
    eco.refresh_from_db()
    return now


@action(
    "transport.ask", "申请遗体异地运输接收", permission="funeral.write", persons=lambda one: [one.person_id]
)
def ask_transport(access: Any, transport: Transport) -> Transport:
    """From out of the area to a home of this county (F3); the answer is due the next day."""
    if transport.to_home.kind != "funeral_home" or not transport.to_home.is_open_on(access.today):
        raise Refused({"to_home": "请选本县开着的殡仪馆。"})
    if not transport.certificate_no.strip():
        raise Refused({"certificate_no": "请填写死亡证明编号。"})
    transport.region_id = transport.to_home.region_id
    transport.asked_on = access.today
    transport.due_on = _due(access.today, transport.region_id, "body_transport_days", Unit.DAYS)
    transport.save(force_insert=True)
    return transport


@action(
    "transport.issue", "开具遗体接收证明", permission="funeral.write", persons=lambda one: [one.person_id]
)
def issue_reception(access: Any, transport: Transport) -> Transport:
    now = (
        Transport.objects.select_for_update(of=["self"])
        .select_related("region", "to_home")
        .get(pk=transport.pk)
    )
    if now.issued_on is not None or now.reason:
        raise Refused("这件申请已经办过，请刷新页面。")
    now.issued_on = access.today
    now.save(update_fields=["issued_on"])
    issue(access, TRANSPORT.code, now, region=now.region_id, origin=f"transport:{now.pk}", today=access.today)
    transport.refresh_from_db()
    return now


@action("transport.refuse", "不予接收", permission="funeral.write", persons=lambda one: [one.person_id])
def refuse_transport(access: Any, transport: Transport, *, reason: str) -> Transport:
    if transport.issued_on is not None or transport.reason:
        raise Refused("这件申请已经办过，请刷新页面。")
    transport.reason = reason.strip()[:120]
    transport.save(update_fields=["reason"])
    return transport


@action("agent.file", "殡葬代理备案", permission="funeral.write")
def file_agent(access: Any, agent: Agent) -> Agent:
    """F5: filed for a year from today; filed again each year."""
    if agent.struck_reason:
        raise Refused("备案已经注销，重新代理的请另行登记。")
    if not agent.organisation.is_open_on(access.today):
        raise Refused("这个单位已经注销，不能备案。")
    months = int(figures(access.today, agent.region_id)("funeral_agent_months"))
    begins = max(agent.valid_until, access.today) if agent.valid_until else access.today
    if agent.valid_until and add_months(access.today, months) <= agent.valid_until:
        raise Refused(f"备案到{agent.valid_until:%Y年%-m月%-d日}还有效，不用再办。")
    agent.filed_on, agent.valid_until = access.today, add_months(begins, months)
    agent.save(update_fields=["filed_on", "valid_until"])
    return agent


@action("agent.strike", "注销代理备案", permission="funeral.write")
def strike_agent(access: Any, agent: Agent, *, reason: str) -> Agent:
    if not reason.strip():
        raise Refused({"reason": "请写明注销的原因。"})
    agent.struck_reason = reason.strip()[:120]
    agent.save(update_fields=["struck_reason"])
    return agent


@action("agent.ask", "登记代理备案申请", permission="funeral.write")
def ask_filing(access: Any, agent: Agent) -> Agent:
    """The day counts from today; the county answers within its working days."""
    if Agent.objects.filter(organisation=agent.organisation, region=agent.region, struck_reason="").exists():
        raise Refused("这个单位已经在这里登记过代理备案，请在原记录上办理。")
    agent.asked_on = access.today
    agent.due_on = _due(access.today, agent.region_id, "funeral_agent_days")
    agent.save(force_insert=True)
    return agent
