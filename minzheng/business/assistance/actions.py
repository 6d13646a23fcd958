"""The money side of a dibao case: entitlements follow what was confirmed (DC6, DC7, EX34)."""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.actions import (
    change_amount,
    change_payee,
    end,
    gradual_exit,
    grant,
    on_death,
)
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.cases.engine import do_move
from minzheng.foundation.cases.models import Case, CaseMove, CasePerson
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.people.models import Person

ITEM, BENEFIT = "A1", "dibao"
BY_57 = "民发〔2021〕57号 第二十三条"
BY_LAW_48 = "社会救助法 第四十八条"
BY_83 = "民发〔2022〕83号"


def grant_dibao(case: Case, move: CaseMove) -> None:
    """Money from the month after confirmation (DC6), to the applicant."""
    grant(
        access_of(move),
        case.household,
        code=BENEFIT,
        amount_fen=case.amount_fen,
        why=Why("granted", BY_57, move.on, case.assessment),
        person=case.applicant,
        applied_on=case.submitted_on,
        case_id=case.pk,
        case_number=case.number,
        review_due=case.review_due,
    )


def change_dibao(case: Case, move: CaseMove) -> None:
    """From the month after the decision; after a death the overpaid part is recovered (DC7)."""
    entitlement = entitlement_of(case)
    died_on = death_behind(case)
    if died_on is None:
        why = Why("review", BY_LAW_48, move.on, case.assessment)
        change_amount(access_of(move), entitlement, amount_fen=case.amount_fen, why=why)
        return
    on_death(
        access_of(move),
        entitlement,
        died_on=died_on,
        why=Why("death", BY_83, move.on, case.assessment),
        recomputed_fen=case.amount_fen,
    )
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
    died_on = death_behind(case)
    if died_on is not None and not case.household.members_on(move.on).exists():
        on_death(
            access_of(move), entitlement, died_on=died_on, why=Why("death", BY_83, move.on, case.assessment)
        )
    else:
        end(access_of(move), entitlement, on=case.ends_on or move.on, reason=move.move)


def entitlement_of(case: Case) -> Entitlement:
    """The right that the case granted."""
    return Entitlement.objects.get(case_id=case.pk, benefit=BENEFIT)


def open_death_reviews(person: int, died_on: dt.date, today: dt.date) -> None:
    """Start the review of the dead person's granted case, unless the death was reported through the case itself."""
    rows = CasePerson.objects.filter(person=person, case__item="A1", is_live=True).select_related("case")
    for row in rows:
        case = row.case
        told = case.moves.filter(marks__contains=["died"])
        is_known = any(move.record.get("id_no") == row.id_no for move in told)
        can_be_told = any(move.key == "death" for move in case.at_step.moves)
        if can_be_told and not is_known:
            record = {"id_no": row.id_no, "died_on": died_on.isoformat(), "source": "数据比对"}
            do_move(SystemAccess.on(today), case, "death", record)


def open_family_reviews(
    person: int, happened_on: str, today: dt.date, story: str, household: int | None = None
) -> None:
    """Who belongs to the family has changed: its granted case comes up for review, once.

    `household`: a family that the person has come to, whose case does not know them yet.
    """
    known = CasePerson.objects.filter(person=person, case__item="A1", is_live=True).values("case")
    come_to = Q(household=household, persons__is_live=True) if household is not None else Q()
    for case in Case.objects.filter(Q(pk__in=known) | come_to, item="A1").distinct().order_by("pk"):
        if any(move.key == "change" for move in case.at_step.moves):
            do_move(
                SystemAccess.on(today),
                case,
                "change",
                {"change": "其他", "happened_on": happened_on, "story": story},
            )


def access_of(move: CaseMove) -> Access:
    """The confirming officer's, on the day of the confirmation: the audit trail names who caused the payment."""
    return Access(move.actor, move.on) if move.actor else SystemAccess.on(move.on)


def death_behind(case: Case) -> dt.date | None:
    """The last death recorded in the present round, on the day that is known now; None if it was undone since."""
    deaths = case.moves.filter(round=case.round, marks__contains=["died"]).order_by("-id").first()
    if deaths is None:
        return None
    row = case.persons.filter(id_no=deaths.record["id_no"]).select_related("person").first()
    return row.person.died_on if row and row.person else None


def _pay_a_living_member(case: Case, entitlement: Entitlement, move: CaseMove) -> None:
    """A dead payee's account is not paid: the next member of the household takes over."""
    if entitlement.payee.died_on is None:
        return
    heir: Person = case.household.members_on(move.on).first().person
    change_payee(access_of(move), entitlement, payee=heir)
