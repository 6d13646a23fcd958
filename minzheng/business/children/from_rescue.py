"""A minor whom the rescue station took in: expected here at once, taken over by two, and both files name each other."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.business.children.models.protection import CareState, Intake, Reason
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.models import Person

STATION = "救助管理站"


def expect(*, stay: str, region: str, sex: str, age: int, person: int | None, on: str) -> None:
    """Under the stay's number; what the child looks like stays in the station's file until somebody comes for it."""
    if Intake.objects.filter(stay_no=stay).exists():
        return
    known = Person.objects.filter(pk=person).first() if person else None
    row = Intake(
        region_id=region, name=known.name if known else "待接收的未成年人", id_no=(known.id_no or "") if known else "",
        sex=sex, age=age, features=f"见救助档案{stay}", reason=Reason.LOST, brought_by=STATION, hand_over_no=stay,
        stay_no=stay, arrived_on=dt.date.fromisoformat(on), state=CareState.EXPECTED,
    )  # fmt: skip
    row.give_number()
    row.save()


def not_needed(stay: str) -> None:
    """The family came for the child before the centre did."""
    Intake.objects.filter(stay_no=stay, state=CareState.EXPECTED).update(state=CareState.NOT_NEEDED)


@action("child_intake.take_over", "从救助站接收", permission="protection.write")
def take_over(access: Any, intake: Intake, *, name: str, features: str, staff: str, staff_two: str) -> Intake:
    """Two of the centre's people fetch the child; the station's bed is free in the same transaction."""
    row = Intake.objects.select_for_update().get(pk=intake.pk)
    if row.state != CareState.EXPECTED:
        raise Refused(f"这名未成年人{row.get_state_display()}，不用接收。请刷新页面后再看。")
    if staff.strip() == staff_two.strip():
        raise Refused({"staff_two": "接收要有两名工作人员，请填写另一位。"})
    row.name, row.features, row.staff, row.staff_two = name, features, staff.strip(), staff_two.strip()
    row.state, row.arrived_on = CareState.IN_CARE, access.today
    row.save()
    emit(
        "child.taken_over", stay=row.stay_no, intake=row.number, by=access.user.pk if access.user else None,
        on=access.today.isoformat(),
    )  # fmt: skip
    return row
