"""What happens to a parent reaches the child's file and brings the child's benefit up for review (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from minzheng.business.children import from_rescue
from minzheng.business.children.adopted import release, take_back
from minzheng.business.children.gaps.actions import given_by_task
from minzheng.business.children.growing import as_before, child_died, child_moved
from minzheng.business.children.institutions import following
from minzheng.business.children.institutions.models import Residence
from minzheng.business.children.jobs import open_due
from minzheng.business.children.models import Parent
from minzheng.business.children.orphaned import propose_for_children_of
from minzheng.business.children.parents import children_of, forget, known_of_parents, lay_parent
from minzheng.business.children.states import AWAY, CONFINED, ParentState
from minzheng.business.children.tasks import GAP, RECOVERY, VISIT
from minzheng.business.children.tomorrow import keeping
from minzheng.business.children.visits import visited
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.calendar import add_months
from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.records import prefill
from minzheng.foundation.events.bus import on
from minzheng.foundation.items import Move
from minzheng.foundation.items.figures import figures
from minzheng.foundation.life_events.restoring import put_back
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import LifeEvent, LifeEventKind, Person
from minzheng.foundation.tasks.models import Task

ITEMS = ("C1", "C2")
EVENT = "生命事件登记"
DEDUCTED = ("dibao", "tekun", "living_subsidy")


@prefill
def parents_as_registered(case: Case, move: Move) -> dict[str, Any] | None:
    """Whoever verifies starts from the register, not from an application that a release has overtaken."""
    if case.item not in ITEMS or move.key != "verify":
        return None
    asked = move.form.questions
    return {key: value for key, value in known_of_parents(case).items() if key in asked}


@on("person.died")
def parent_died(**payload: Any) -> None:
    for row in children_of(payload["person"]):
        _change(row, payload, {"state": ParentState.DEAD}, "死亡")
    today = dt.date.fromisoformat(payload["recorded_on"])
    propose_for_children_of(payload["person"], payload["household"], today)


@on("person.death_corrected")
def parent_died_on_another_day(**payload: Any) -> None:
    """What rests on the day of the death (from which month the child is paid) is looked at again."""
    forget(payload["person"], EVENT, dt.date.fromisoformat(payload["was"]))
    for row in children_of(payload["person"]):
        _change(row, payload, {"state": ParentState.DEAD}, "死亡（日期已更正）")


@on("person.event_undone")
def parent_as_before(person: int, on: str, recorded_on: str, **_: Any) -> None:
    """What the event said of a parent was not so: what was known before holds again, and the child is looked at."""
    for row in forget(person, EVENT, dt.date.fromisoformat(on)):
        _review(row, {"recorded_on": recorded_on}, f"{row.get_side_display()}{on}的登记已撤销")


@on("person.imprisoned")
def parent_confined(**payload: Any) -> None:
    """The term stands in the event's detail where the court's data say it; otherwise it is asked in the review."""
    detail = LifeEvent.objects.values_list("detail", flat=True).get(pk=payload["event"])
    is_known = detail.get("state") in {state.value for state in CONFINED}
    stated = {"state": detail["state"] if is_known else ParentState.PRISON}
    if isinstance(detail.get("term_months"), int):
        stated["term_months"] = detail["term_months"]
    for row in children_of(payload["person"]):
        _change(row, payload, stated, "被限制人身自由")


@on("person.released")
def parent_released(**payload: Any) -> None:
    for row in children_of(payload["person"]):
        if row.state in CONFINED:
            _change(row, payload, {"state": ParentState.WELL}, "已释放")


@on("person.married")
def lost_parent_was_traced(**payload: Any) -> None:
    """A registry office saw somebody who is on file as lost: the township looks again, nothing is changed by itself."""
    for row in children_of(payload["person"]):
        if row.state in AWAY:
            _review(row, payload, f"{row.get_side_display()}登记结婚，不再是失联")
        else:
            _review(row, payload, f"{row.get_side_display()}登记结婚，请核实抚养情况")


@on("person.divorced")
def parents_parted(**payload: Any) -> None:
    """Who brings the child up has to be seen again (handbook 0.7)."""
    for row in children_of(payload["person"]):
        _review(row, payload, f"{row.get_side_display()}{payload['on']}离婚，请核实抚养情况")


@on("person.disability_changed")
def parents_grade_changed(**payload: Any) -> None:
    person = Person.objects.get(pk=payload["person"])
    known = person_document(person, dt.date.fromisoformat(payload["recorded_on"]))["members"][0]
    stated = {
        "disability_type": known.get("disability_type", ""),
        "disability_grade": known.get("disability_grade", ""),
    }
    for row in children_of(payload["person"]):
        if row.state in (ParentState.WELL, ParentState.DISABLED):
            _change(row, payload, {"state": ParentState.DISABLED, **stated}, "残疾等级变化")


@on("person.adopted")
def child_found_a_family(**payload: Any) -> None:
    """The benefit ends by itself (benefits.py); the file is closed, and the place in the centre is free again."""
    release(payload["person"], Access(None, dt.date.fromisoformat(payload["recorded_on"])))


@on("person.event_undone")
def child_lost_that_family(**payload: Any) -> None:
    """The adoption was void from the beginning: the village looks after the child again."""
    if payload["kind"] == "adoption":
        take_back(payload["person"], Access(None, dt.date.fromisoformat(payload["recorded_on"])))


@on("person.died")
@on("person.adopted")
def bed_is_free(**payload: Any) -> None:
    """Whoever lived in an institution lives there no more; the right ends by itself (benefits.py)."""
    why = "死亡" if LifeEvent.objects.get(pk=payload["event"]).kind == LifeEventKind.DEATH else "被依法收养"
    following.free_bed(payload["person"], dt.date.fromisoformat(payload["on"]), why)


@on("person.event_undone")
def lives_there_again(**payload: Any) -> None:
    if payload["kind"] in (LifeEventKind.DEATH, LifeEventKind.ADOPTION):
        put_back(payload["event"], Residence.objects.filter(person=payload["person"]))


@on("person.died")
def nobody_visits_the_dead(**payload: Any) -> None:
    child_died(payload["person"], dt.date.fromisoformat(payload["recorded_on"]))


@on("person.moved")
def file_moves_along(**payload: Any) -> None:
    child_moved(payload["person"], dt.date.fromisoformat(payload["recorded_on"]))


@on("person.event_undone")
def file_as_before(**payload: Any) -> None:
    if payload["kind"] in (LifeEventKind.DEATH, LifeEventKind.MOVE):
        as_before(payload["event"], payload["person"], dt.date.fromisoformat(payload["recorded_on"]))


@on("rescue.minor_came")
def expect_minor(**payload: Any) -> None:
    from_rescue.expect(**payload)


@on("rescue.left")
def minor_left_the_station(number: str, way: str, **_: Any) -> None:
    """Handed to us it stays expected until somebody received it; gone home or elsewhere, nobody need come."""
    if way != "protection":
        from_rescue.not_needed(number)


@on("person.adoption_ended")
def child_without_that_family(**payload: Any) -> None:
    """A minor whose adoption is dissolved is the village's to look after again: who brings the child up has to be seen."""
    person, day = Person.objects.get(pk=payload["person"]), dt.date.fromisoformat(payload["on"])
    grown_up = int(figures(day, person.region_id)("adult_age"))
    if person.birth_date is not None and add_months(person.birth_date, 12 * grown_up) > day:
        take_back(person.pk, Access(None, dt.date.fromisoformat(payload["recorded_on"])))


@on("child.handed_over")
def file_goes_along(residence: int) -> None:
    following.take_file_along(residence)


@on("child.handed_back")
def file_comes_back(residence: int) -> None:
    following.bring_file_back(residence)


@on("facility.closed")
def nobody_is_left_behind(facility: int, **_: Any) -> None:
    """An institution closes when every child has gone elsewhere."""
    if Residence.objects.filter(facility=facility, until=None).exists():
        raise Refused("这家机构还住着孩子，不能关闭。请先在“机构养育儿童”里移交或办理离开。")


@on("case.granted")
@on("case.papers_done")
@on("case.paid_bank")
@on("case.returned")
@on("case.ended")
def treatment_goes_on(**payload: Any) -> None:
    if payload["item"] == keeping.ITEM:
        keeping.moved(
            CaseMove.objects.select_related("case__applicant", "case__region").get(pk=payload["log"])
        )


@on("entitlement.amended")
def other_support_changed(entitlement: int) -> None:
    """Dibao, tekun or the living subsidy began, changed or ended: the difference has to be worked out again (EX14)."""
    right = Entitlement.objects.filter(pk=entitlement, benefit__in=DEDUCTED).first()
    if right is None:
        return
    people = {right.person_id}
    if right.household is not None:
        today = dt.date.today()
        people |= {one.person_id for one in right.household.members_on(today)}
    held = Entitlement.objects.filter(benefit="unattended", person__in=people, state="active")
    for person in held.values_list("person_id", flat=True):
        ask_for_review(person, ("C2",), "已领的其他保障有变化，重新计算差额", dt.date.today())


def _change(row: Parent, payload: dict[str, Any], stated: dict[str, Any], story: str) -> None:
    happened_on = dt.date.fromisoformat(payload["on"])
    lay_parent(row.child, row.side, {"state_since": happened_on, **stated}, EVENT, happened_on)
    _review(row, payload, f"{row.get_side_display()}{payload['on']}{story}")


def _review(row: Parent, payload: dict[str, Any], story: str) -> None:
    ask_for_review(row.child_id, ITEMS, story, dt.date.fromisoformat(payload["recorded_on"]))


@on("task.done")
def keep_visit(task: int, kind: str, origin: str, outcome: str, record: dict[str, Any], **_: Any) -> None:
    """An empty outcome: settled at the desk without a visit; nobody has been seen."""
    if not outcome:
        return
    if kind == VISIT.code:
        visited(Task.objects.get(pk=task), outcome, record)
    elif kind == GAP.code:
        given_by_task(Task.objects.get(pk=task), outcome, record)
    elif kind == RECOVERY.code:
        keeping.was_visited(origin, record, timezone.localdate())


@on("night.came")
def send_what_is_due(day: str) -> None:
    open_due(dt.date.fromisoformat(day))
