"""What follows from a decision on a 特困人员: how they are cared for, the county's random visit, birthdays of the young."""

from __future__ import annotations

import datetime as dt

from minzheng.business.assistance.models import Ability, Place, Support
from minzheng.business.assistance.spot_checks import draw, note_finding
from minzheng.business.assistance.tasks import TEKUN_VISIT
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import next_month
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.granting import ask_for_review, right_of
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.items import Status
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

ITEM, BENEFIT, SPOT = "A4", "tekun", "tekun"
LOOKED_BACK = 31  # days: a night that was missed is made up


def worked_out(case: Case, rule: str) -> object:
    """What a rule answered about the applicant in the case's stored decision; None when it did not."""
    steps = (case.assessment or {}).get("trace", [])
    return next((step.get("value") for step in steps if step["name"] == rule), None)


def ability_of(case: Case) -> Ability:
    if worked_out(case, "care_unable"):
        return Ability.UNABLE
    return Ability.PARTLY if worked_out(case, "care_partly") else Ability.ABLE


def begin_support(case: Case, move: CaseMove) -> Support:
    """The first line of the support file, beside the right."""
    right = right_of(case)
    wishes = case.data.get("place") or Place.SCATTERED
    return Support.objects.create(
        entitlement=right,
        person_id=right.person_id,
        region_id=right.region_id,
        place=Place.SCATTERED,
        place_since=right.since_month,
        ability=ability_of(case),
        failures=worked_out(case, "care_failures") or 0,
        ability_since=right.since_month,
        waiting_since=move.on if wishes == Place.COLLECTIVE else None,
    )


def note_new_ability(case: Case, move: CaseMove) -> None:
    """The grade that the new amount rests on, from the month after the re-assessment (DC6)."""
    support = Support.objects.select_for_update().get(entitlement=right_of(case))
    support.ability = ability_of(case)
    support.failures = worked_out(case, "care_failures") or 0
    support.ability_since = next_month(reassessed_on(case) or move.on)
    support.save()


def reassessed_on(case: Case) -> dt.date | None:
    """The day of this round's re-assessment (A5); the new grade is paid from the month after it."""
    log = case.moves.filter(round=case.round, marks__contains=["ability_assessed"]).order_by("-id").first()
    if log is None:
        return None
    stated = log.record.get("assessed_on")
    return dt.date.fromisoformat(stated) if stated else log.on


def draw_for_visit(case: Case, today: dt.date) -> None:
    """At least 30 per cent are visited by the county (43号); who is chosen cannot be confirmed without the visit."""
    if not draw(case, SPOT, "tekun_visit_percent", today).chosen:
        return
    Case.objects.filter(pk=case.pk).update(county_visit=True)
    draft = TaskDraft(
        origin=f"tekun.visit:{case.pk}",
        region=case.region_id,
        person=case.applicant_id,
        household=case.household_id,
        title="特困认定随机入户核查",
        reason=f"办件 {case.number} 被随机抽中，县级入户核查后才能确认。",
        detail={"case": case.number},
    )
    open_tasks(TEKUN_VISIT.code, [draft], today)


def visit_was_made(case: Case, move: CaseMove) -> None:
    """The county's record is in the case: the drawn lot has its finding, the task is settled."""
    note_finding(case.pk, SPOT, "已核查", move.on)
    withdraw_tasks([f"tekun.visit:{case.pk}"], "已在办件中登记县级入户核查", actor=move.actor)


def review_the_grown(today: dt.date) -> int:
    """On the 18th birthday the study test is due (EX12): the case comes onto the township's desk, once."""
    count = 0
    for right in (
        Entitlement.objects.filter(
            benefit=BENEFIT, until_month=None, person__birth_date__gt=add_months(today, -12 * 20)
        )
        .exclude(state=State.VOID)
        .select_related("person")
    ):
        born = right.person.birth_date
        assert born is not None, "the query has asked for it"
        birthday = add_months(born, 12 * int(parameter("adult_age", right.region_id, today)))
        if not birthday <= today <= birthday + dt.timedelta(days=LOOKED_BACK):
            continue
        case = Case.objects.filter(pk=right.case_id, status=Status.ACTIVE).first()
        if case is not None and not case.reviews.filter(started_on__gte=birthday).exists():
            ask_for_review(right.person_id, (ITEM,), "满18周岁，核实是否仍在就读", today)
            count += 1
    return count
