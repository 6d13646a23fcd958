"""What a confirmed treatment becomes: a bill under its ceiling, a sum owed to the hospital, a visit some months later."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Sum

from minzheng.business.children.facilities import HOSPITAL
from minzheng.business.children.tomorrow.models import Treatment, TreatmentState
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.services.words import Charged
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

ITEM, VISIT = "C6", "children.recovery"
LEADS_TO = {"redo": TreatmentState.TREATED, "give_up": TreatmentState.GIVEN_UP}
UNDER_WAY = (TreatmentState.TREATED, TreatmentState.BILLED)


def recall(case: Case, on: dt.date) -> dict[str, Any]:
    """What only the register knows: whether an earlier treatment has not come to its end."""
    running = Treatment.objects.filter(person=case.applicant_id, state__in=UNDER_WAY).exclude(case=case)
    return {"tomorrow_running": running.exists()}


def _said(case: Case, move: str) -> dict[str, Any]:
    found = case.moves.filter(move=move).order_by("-id").first()
    return found.record if found else {}


def _hospital(name: str, on: dt.date) -> Facility | None:
    """The designated hospital of that whole name, wherever in the country it stands."""
    named = Facility.objects.on(on).filter(kind=HOSPITAL.code, name=name.strip())
    return named.select_related("organisation").first()


@guard
def tomorrow_arranged(access: Access, case: Case) -> str | None:
    """A designated hospital that can be paid, and a ceiling under what the county pays for one treatment."""
    said = _said(case, "arrange")
    hospital = _hospital(said.get("hospital", ""), access.today)
    if hospital is None:
        return "选定的不是正在运营的定点医院。请照“设施”台账写全称，或先登记这家定点医院。"
    if hospital.organisation is None:
        return f"{hospital.name}没有登记运营单位，费用无法结算。请先在“设施”台账登记运营单位。"
    cap = figures(access.today, case.region_id)("tomorrow_cap")
    if said["ceiling"] > cap:
        return f"核定额度 {yuan(said['ceiling'])} 超过每次上限 {yuan(cap)}，请重新安排，或先落实其他救助。"
    return None


def owed(bill: dict[str, Any]) -> int:
    """What insurance and other help leave over, in fen; below zero when the bill cannot be right."""
    return int(bill["total"] - bill["insured"] - bill["helped"])


@guard
def tomorrow_bill_sound(access: Access, case: Case) -> str | None:
    bill, treatment = _said(case, "bill"), Treatment.objects.get(case=case)
    left = owed(bill)
    if bill["discharged_on"] < bill["admitted_on"]:
        return "出院日期早于入院日期，请退回更正。"
    if left < 0:
        return "报销和资助合计超过总费用，请退回更正。"
    if left > treatment.ceiling_fen:
        return f"剩下的费用 {yuan(left)} 超过核定额度 {yuan(treatment.ceiling_fen)}，请退回，落实其他救助后再登记。"
    return None


def moved(log: CaseMove) -> None:
    """What a move of the case does to its treatment; `redo` and `give_up` only change where it stands."""
    case = log.case
    if log.move == "grant":
        begin(case, log)
    elif log.move == "bill":
        keep_bill(case, log)
    elif log.move == "settle":
        bill_checked(case)
    elif log.move in LEADS_TO:
        Treatment.objects.filter(case=case).update(state=LEADS_TO[log.move])


def begin(case: Case, approval: CaseMove) -> Treatment:
    said = _said(case, "arrange")
    hospital = _hospital(said["hospital"], approval.on)
    if hospital is None or hospital.organisation is None:
        raise Refused("选定的定点医院刚刚停止运营，请退回重新安排。")
    try:
        with transaction.atomic():
            return Treatment.objects.create(
                person=case.applicant, region=case.region, case=case, hospital=hospital.organisation,
                plan=said["plan"], ceiling_fen=said["ceiling"], approved_on=approval.on,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("孩子有一次治疗还没有结束。请先办结原来的，再确认新的。") from None


def keep_bill(case: Case, log: CaseMove) -> None:
    """The bill as it was handed in; sent back and handed in again, the later one counts."""
    one, bill = Treatment.objects.select_for_update(of=("self",)).get(case=case), log.record
    one.admitted_on, one.discharged_on = (
        dt.date.fromisoformat(bill[key]) for key in ("admitted_on", "discharged_on")
    )
    one.total_fen, one.own_fen, one.state = bill["total"], owed(bill), TreatmentState.BILLED
    one.save()


def bill_checked(case: Case) -> None:
    """Paid in the next settlement; a visit is due some months after the child came home."""
    one = Treatment.objects.select_for_update(of=("self",)).get(case=case)
    home = dt.date.fromisoformat(_said(case, "bill")["discharged_on"])
    months = int(figures(home, one.region_id)("tomorrow_visit_months"))
    one.state, one.next_visit = TreatmentState.CHECKED, add_months(home, months)
    one.save()


def due(county: str, month: dt.date) -> Iterator[Charged]:
    """What was checked and not yet paid, by hospital."""
    sums = _unpaid(county, month).values("hospital")
    for row in sums.annotate(count=Count("id"), fen=Sum("own_fen")).order_by("hospital"):
        yield Charged(row["hospital"], row["count"], int(row["fen"]))


def settled(county: str, month: dt.date) -> None:
    _unpaid(county, month).update(settled_in=month)


def _unpaid(county: str, month: dt.date) -> Any:
    return Treatment.objects.filter(
        within(prefix_of(county)), state=TreatmentState.CHECKED, settled_in=None, own_fen__gt=0,
        discharged_on__lte=last_day(month),
    )  # fmt: skip


def send_visits(on: dt.date) -> int:
    """One visit for each treatment whose day has come; returns how many were new."""
    seen = Treatment.objects.filter(next_visit__lte=on, visited_on=None)
    drafts = [
        TaskDraft(
            origin=f"treatment:{key}",
            region=region,
            person=person,
            title="明天计划出院回访",
            reason="治疗结束已满规定的月数，看恢复得怎样",
        )
        for key, region, person in seen.values_list("pk", "region_id", "person_id")
    ]
    return open_tasks(VISIT, drafts, on=on).count


def was_visited(origin: str, record: dict[str, Any], on: dt.date) -> None:
    one = Treatment.objects.select_for_update(of=("self",)).get(pk=int(origin.split(":")[1]))
    one.visited_on, one.recovery = on, record.get("recovery", "")[:500]
    one.save(update_fields=["visited_on", "recovery"])
