"""What a decided case of F2 … F5 leaves behind: a reward, a certificate, a cemetery in use, an agent on the list."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.business.funeral.benefits import ECO
from minzheng.business.funeral.certificates import TRANSPORT
from minzheng.business.funeral.facilities import HOME
from minzheng.business.funeral.models import Agent, EcoBurial, Filing, Place, Transport
from minzheng.business.funeral.receptions import deceased_with
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.certificates.actions import issue
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within


def _deceased(access: Any, case: Case) -> Person:
    return deceased_with(access, case.region_id, case.data["deceased_name"], case.data["deceased_id_no"])


def reward(access: Any, case: Case, log: CaseMove) -> EcoBurial:
    """F2: verified by one, confirmed by another; the county's reward goes to the family by the payment lists."""
    person = _deceased(access, case)
    done_on = dt.date.fromisoformat(case.data["done_on"])
    if person.died_on is None:
        raise Refused(f"{person.name}没有死亡登记，请先登记死亡。")
    if done_on < person.died_on:
        raise Refused("安葬日期在去世之前，请退回核对。")
    if EcoBurial.objects.filter(person=person).exists():
        raise Refused("这位逝者已经领过生态安葬补贴，一人只有一次。请不予补贴，写明理由。")
    fen = int(figures(access.today, case.region_id, settings.STANDARDS_SET)("eco_burial_reward"))
    right = grant(
        access,
        case.applicant,
        code=ECO.code,
        amount_fen=fen,
        why=Why("eco_burial", ECO.cite, access.today, {"method": case.data["method"]}),
        applied_on=case.submitted_on,
    )
    return EcoBurial.objects.create(
        person=person,
        family=case.applicant,
        region=case.region,
        case=case,
        method=case.data["method"],
        done_on=done_on,
        proof_no=case.data["proof_no"],
        decided_on=access.today,
        reward_fen=fen,
        entitlement=right,
    )


def receive_from_elsewhere(access: Any, case: Case, log: CaseMove) -> Transport:
    """F3: the certificate with which the body may travel."""
    person, home = _deceased(access, case), _home_named(case, access.today)
    certificate_no = case.data["certificate_no"].strip()
    if Transport.objects.filter(person=person, certificate_no=certificate_no).exists():
        raise Refused("这张死亡证明已经开具过接收证明，请查台账，不要重复开具。")
    made = Transport.objects.create(
        person=person,
        person_name=person.name,
        region_id=home.region_id,
        case=case,
        from_place=case.data["from_place"],
        to_home=home,
        certificate_no=certificate_no,
        issued_on=access.today,
    )
    issue(
        access, TRANSPORT.code, made, region=made.region_id, origin=f"transport:{made.pk}", today=access.today
    )
    return made


def _home_named(case: Case, today: dt.date) -> Facility:
    homes = Facility.objects.on(today).filter(within(case.region_id[:6]), kind=HOME.code)
    name = (case.data.get("home_name") or "").strip()
    found = list((homes.filter(name=name) if name else homes)[:2])
    if len(found) != 1:
        raise Refused("没有查到要接收的殡仪馆。请告知补正：写明本县开着的是哪一家。")
    return found[0]


def file_cemetery(access: Any, case: Case, log: CaseMove) -> Place:
    """F4: what was planned is now the place's, and villagers may be laid to rest there."""
    assert case.facility is not None, "the item is about a cemetery"
    place, _ = Place.objects.get_or_create(
        facility=case.facility, defaults={"region_id": case.facility.region_id, "villagers_only": True}
    )
    what = case.data
    place.area, place.planned, place.land_no = what["area"], what["planned"], what["land_no"]
    place.approval_no, place.filing, place.filed_on = log.record["filing_no"], Filing.FILED, access.today
    place.save()
    return place


def file_agent(access: Any, case: Case, log: CaseMove) -> Agent:
    """F5: filed for a year; handed in again before the end, the next year is added."""
    county = case.region_id[:6].ljust(12, "0")
    months = int(figures(access.today, county)("funeral_agent_months"))
    one = Agent.objects.filter(organisation=case.organisation, region_id=county, struck_reason="").first()
    if one is None:
        one = Agent(organisation=case.organisation, region_id=county, valid_until=access.today)
    one.services, one.filed_on = case.data["services"], access.today
    one.valid_until = add_months(max(one.valid_until, access.today), months)
    one.save()
    return one


@action("agent.strike", "注销代理备案", permission="funeral.write")
def strike_agent(access: Any, agent: Agent, *, reason: str) -> Agent:
    if not reason.strip():
        raise Refused({"reason": "请写明注销的原因。"})
    agent.struck_reason = reason.strip()[:120]
    agent.save(update_fields=["struck_reason"])
    return agent


KEEP = {"F2": reward, "F3": receive_from_elsewhere, "F4": file_cemetery, "F5": file_agent}
