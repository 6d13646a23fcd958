"""The money side of a dibao case: entitlements follow what was confirmed (DC6, DC7, EX34)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Max, Prefetch, Q

from minzheng.business.assistance.dibao import deaths
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import (
    change_amount,
    change_payee,
    end,
    gradual_exit,
    grant,
)
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case, CaseMove, CasePerson
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.cases.turns import moves_made
from minzheng.foundation.people.models import LifeEventKind, Person

ITEM, BENEFIT = "A1", "dibao"
BY_57 = "民发〔2021〕57号 第二十三条"
BY_LAW_48 = "社会救助法 第四十八条"


def grant_dibao(case: Case, move: CaseMove) -> None:
    """Money from the month after confirmation (DC6), to the applicant."""
    grant(
        access_of(move),
        case.household,
        code=BENEFIT,
        amount_fen=case.amount_fen,
        why=Why("granted", BY_57, move.on, case.assessment),
        person=living_member(case, move.on),
        applied_on=case.submitted_on,
        case_id=case.pk,
        case_number=case.number,
        review_due=case.review_due,
    )


def change_dibao(case: Case, move: CaseMove) -> None:
    """From the month after the decision; after a death the overpaid part is recovered (DC7)."""
    entitlement = entitlement_of(case)
    if not deaths.behind(case):
        why = Why("review", BY_LAW_48, move.on, case.assessment)
        change_amount(access_of(move), entitlement, amount_fen=case.amount_fen, why=why)
        return
    why = Why("death", deaths.BY_83, move.on, case.assessment)
    deaths.cut(access_of(move), case, entitlement, why, case.amount_fen)
    _pay_a_living_member(case, entitlement, move)


def start_exit(case: Case, move: CaseMove) -> None:
    """The old amount for the local number of months, then nothing (EX34)."""
    months = parameter("gradual_exit_months", case.region_id, move.on)
    gradual_exit(access_of(move), entitlement_of(case), verified_on=move.on, months=months)


def end_dibao(case: Case, move: CaseMove) -> None:
    """Stop. The month of the decision is the last one; when all have died, the month of the last death (DC7)."""
    entitlement = entitlement_of(case)
    if entitlement.state in {State.ENDED, State.VOID}:
        return
    if deaths.behind(case) and not case.household.members_on(move.on).exists():
        why = Why("death", deaths.BY_83, move.on, case.assessment)
        deaths.cut(access_of(move), case, entitlement, why, 0)
    else:
        end(access_of(move), entitlement, on=case.ends_on or move.on, reason=move.move)


def entitlement_of(case: Case) -> Entitlement:
    """The right that the case granted."""
    return Entitlement.objects.get(case_id=case.pk, benefit=BENEFIT)


def open_death_reviews(today: dt.date, **whose: int) -> None:
    """Bring up the running families of dead members (all, or of `person`), unless the case knows of the death already.

    A family that is being reviewed or decided about just now is told once it is through.
    """
    told = Prefetch("case__moves", CaseMove.objects.filter(marks__contains=["died"]), to_attr="told")
    was_alive = Q(person__life_events__kind=LifeEventKind.DEATH)
    rows = (
        CasePerson.objects.filter(case__item=ITEM, is_live=True, person__died_on__isnull=False, **whose)
        .annotate(taken_back=Max("person__life_events__undoing__at", filter=was_alive))
        .select_related("case", "person")
        .prefetch_related(told)
    )
    for row in rows:
        known = {move.record["id_no"] for move in row.case.told if not _is_before(move, row.taken_back)}
        can_be_told = any(move.key == "death" for move in row.case.at_step.moves)
        if can_be_told and row.id_no not in known:
            record = {"id_no": row.id_no, "died_on": row.person.died_on.isoformat(), "source": "数据比对"}
            do_move(SystemAccess.on(today), row.case, "death", record)


def _is_before(move: CaseMove, moment: dt.datetime | None) -> bool:
    """What was told before it turned out to be wrong tells nothing of what happened since."""
    return moment is not None and move.at < moment


def open_family_reviews(
    person: int, happened_on: str, today: dt.date, story: str, household: int | None = None
) -> None:
    """Who belongs to the family has changed: its granted case comes up for review, once.

    While a decision is being prepared, its result is worked out afresh; a review that was through is taken up again.
    `household`: a family that the person has come to, whose case does not know them yet.
    """
    known = CasePerson.objects.filter(person=person, case__item="A1", is_live=True).values("case")
    come_to = Q(household=household, persons__is_live=True) if household is not None else Q()
    for case in Case.objects.filter(Q(pk__in=known) | come_to, item="A1").distinct().order_by("pk"):
        if key := _ear_of(case):
            record = {"change": "其他", "happened_on": happened_on, "story": story}
            do_move(SystemAccess.on(today), case, key, record)


def _ear_of(case: Case) -> str:
    """The move by which a case hears that its family has changed; "" where nothing hangs on it."""
    here = {move.key for move in case.at_step.moves}
    if "change" in here:
        return "change"
    is_given_up = "give_up" in moves_made(case)[1]
    return "news" if "news" in here and not is_given_up else ""


def access_of(move: CaseMove) -> Access:
    """The confirming officer's, on the day of the confirmation: the audit trail names who caused the payment."""
    return Access(move.actor, move.on) if move.actor else SystemAccess.on(move.on)


def _pay_a_living_member(case: Case, entitlement: Entitlement, move: CaseMove) -> None:
    """A dead payee's account is not paid: the next member of the household takes over."""
    if entitlement.payee.died_on is None:
        return
    change_payee(access_of(move), entitlement, payee=living_member(case, move.on))


def living_member(case: Case, on: dt.date) -> Person:
    """The applicant; when they have died, the next member of the family."""
    if case.household is None or case.applicant.is_alive_on(on):
        return case.applicant
    heir = case.household.members_on(on).select_related("person").first()
    if heir is None:
        raise Refused("申请人已经去世，家里没有其他成员，不能确认给付。请核对家庭成员。")
    return heir.person
