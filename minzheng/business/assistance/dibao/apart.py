"""A member of a dibao family who becomes a 特困人员: the same person never has both (handbook 0.4; 民发〔2021〕43号 第三条).

The rule leaves them out (rules_family.py `counted`). So the family's case comes up on the first night of the month in
which the support begins, and again when it has ended; what is decided counts from that very month, so that no month
is paid twice for the same person.
"""

from __future__ import annotations

import datetime as dt

from django.db.models import Q

from minzheng.business.assistance import actions
from minzheng.business.assistance.dibao import deaths
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.actions import change_holder, end, on_death
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import add_months, month_of
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.cases.models import Case, CaseMove, CasePerson
from minzheng.foundation.people.models import Person

APART = "apart"  # reason of the amounts that were worked out without a member
DECIDED = ("granted", "review", "death", APART)  # an uprating counts nobody anew
BY_43 = "民发〔2021〕43号 第三条"
BEGAN = "有家庭成员从本月起按特困人员供养，不再计入低保家庭人口，请核实后调整。"
ENDED = "有家庭成员的特困供养已经终止，重新计入低保家庭人口，请核实后调整。"
MISSED = 1  # months: nights that were missed are made up


def recount_families(today: dt.date) -> int:
    """Bring up the families whose member began, or ceased, to be supported; each once. Returns how many."""
    month = month_of(today)
    tekun = Entitlement.objects.filter(benefit="tekun").exclude(state=State.VOID)
    began = tekun.filter(since_month__range=(add_months(month, -MISSED), month))
    over = tekun.filter(until_month__range=(add_months(month, -MISSED - 1), add_months(month, -1)))
    count = 0
    for story, rights, field, gap in (
        (BEGAN, began, "since_month", 0),
        (ENDED, over.exclude(end_reason__in=("death", "prison")), "until_month", 1),
    ):
        for person, stated in rights.values_list("person", field):
            since = add_months(stated, gap)
            if _is_open(person, since):
                actions.open_family_reviews(person, since.isoformat(), today, story)
                count += 1
    return count


def _is_open(person: int, since: dt.date) -> bool:
    """The family's case rests, and nobody has looked at it since."""
    rows = CasePerson.objects.filter(person=person, case__item=actions.ITEM, is_live=True)
    return rows.filter(case__step="active").exclude(case__reviews__started_on__gte=since).exists()


def apart_since(case: Case) -> dt.date | None:
    """The month from which a member is supported elsewhere, if no decision about the family has counted it yet."""
    right = actions.entitlement_of(case)
    people = case.persons.exclude(person=None).values("person")
    began = Entitlement.objects.filter(
        Q(until_month=None) | Q(until_month__gte=right.since_month),
        benefit="tekun",
        person__in=people,
        since_month__gte=right.since_month,
    ).exclude(state=State.VOID)
    for since in began.order_by("-since_month").values_list("since_month", flat=True):
        held = right.amounts.filter(superseded_at=None, from_month__lte=since)
        held = held.filter(Q(until_month=None) | Q(until_month__gte=since))
        return None if held.filter(decided_on__gte=since, reason__in=DECIDED).exists() else since
    return None


def changed_without(case: Case, move: CaseMove) -> bool:
    """What was paid above the new amount since that month is recovered; more is owed from the next month on.

    False: nobody has left the family in this way, the decision is an ordinary one.
    """
    since = apart_since(case)
    if since is None or deaths.behind(case):
        return False
    right = actions.entitlement_of(case)
    why = Why(APART, BY_43, move.on, case.assessment)
    last = add_months(since, -1)
    on_death(actions.access_of(move), right, died_on=last, why=why, recomputed_fen=case.amount_fen or 0)
    _let_another_hold(case, right, move)
    return True


def ended_without(case: Case, move: CaseMove) -> bool:
    """Nobody else is counted: the month before the support is the last one. False: it ends for another reason."""
    since = apart_since(case)
    if since is None or not _nobody_else(case):
        return False
    end(actions.access_of(move), actions.entitlement_of(case), on=add_months(since, -1), reason=APART)
    return True


def refuse_exit(case: Case) -> None:
    """A gradual exit would pay dibao beside the support of the same person."""
    if apart_since(case) is not None and _nobody_else(case):
        raise Refused("本户没有其他计入人口了，原来的保障对象已按特困人员供养，没有渐退期，请办理停发。")


def _nobody_else(case: Case) -> bool:
    """Whether the rules count nobody of the family any more."""
    steps = (case.assessment or {}).get("trace", [])
    return any(step["name"] == "size" and step.get("value") == 0 for step in steps)


def _let_another_hold(case: Case, right: Entitlement, move: CaseMove) -> None:
    """The supported person holds the family's right no longer, and is not paid for it."""
    supported = Entitlement.objects.filter(benefit="tekun", until_month=None).exclude(state=State.VOID)
    gone = set(
        supported.filter(person__in=[right.person_id, right.payee_id]).values_list("person", flat=True)
    )
    if not gone:
        return
    left = case.household.members_on(move.on).exclude(person__in=supported.values("person"))
    heir: Person = left.first().person
    change_holder(actions.access_of(move), right, holder=heir)
