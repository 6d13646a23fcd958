"""A child who has lost both parents is helped to the orphan's benefit (国办发〔2010〕54号; handbook 0.7, 1.3).

Somebody is sent to see the child and may begin the application from the visit. Nothing is applied for or granted by itself.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection

from minzheng.business.children.models import Parent
from minzheng.business.children.tasks import ORPHANED
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.models.case import FINISHED
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Membership, Person, Sex
from minzheng.foundation.people.relations import SELF, to_applicant
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

REASON = "登记的父亲和母亲都已去世或失踪。请看望孩子，问清由谁照顾，帮助申请"
COUPLE = {SELF, "配偶"}
STEP = "继"  # who else is the parent of a stepchild, the household register does not say


def propose_for_children_of(parent: int, household: int | None, on: dt.date) -> int:
    """A visit to every minor who has neither parent left and neither has nor asks for the benefit; returns how many.

    Who the parents are says the register of parents, or else the household register: the head and the spouse, both
    dead, for a child of theirs. Where the other parent is not known nothing is concluded.
    """
    lost = _by_parents(parent, on) | (_by_household(parent, household) if household else set())
    children = Person.objects.filter(pk__in=lost - _helped(lost), died_on=None)
    drafts = [
        TaskDraft(
            origin=f"child_orphaned:{child.pk}",
            region=child.region_id,
            person=child.pk,
            title=ORPHANED.title,
            reason=REASON,
        )
        for child in children
        if child.birth_date is not None
        and add_months(child.birth_date, 12 * int(figures(on, child.region_id)("adult_age"))) > on
    ]
    return open_tasks(ORPHANED.code, drafts, on=on).count


def _by_parents(parent: int, on: dt.date) -> set[int]:
    """This person's children on file whose father and mother both stand there as dead or missing."""
    found: set[int] = set()
    for child, region in Parent.objects.filter(person=parent, until=None).values_list("child", "region_id"):
        gone = figures(on, region)("child_gone_states")
        if Parent.objects.filter(child=child, until=None, state__in=gone).count() == 2:
            found.add(child)
    return found


def _by_household(parent: int, household: int) -> set[int]:
    couple: dict[int, Person] = {}
    children: set[int] = set()
    members = Membership.objects.filter(household=household)
    for row in members.select_related("person"):
        relation = to_applicant(row.relation)
        if relation in COUPLE:
            couple[row.person_id] = row.person
        elif relation == "子女" and row.until is None and STEP not in row.relation:
            children.add(row.person_id)
    both = {one.sex for one in couple.values()} == {Sex.MALE, Sex.FEMALE}
    nobody_left = all(one.died_on is not None for one in couple.values())
    return children - _on_file(children) if parent in couple and both and nobody_left else set()


def _on_file(children: Collection[int]) -> set[int]:
    """Whose parents stand in their own register: it goes before the household's."""
    return set(Parent.objects.filter(child__in=children, until=None).values_list("child", flat=True))


def _helped(children: Collection[int]) -> set[int]:
    paid = Entitlement.objects.filter(person__in=children, benefit="orphan", until_month=None)
    asked = Case.objects.filter(applicant__in=children, item="C1").exclude(status__in=FINISHED)
    return {
        *paid.exclude(state=State.VOID).values_list("person", flat=True),
        *asked.values_list("applicant", flat=True),
    }
