"""What an adoption means for a child's file and place. Done by the system: the registry has no right over either."""

from __future__ import annotations

from typing import Any

from django.db.models import Q

from minzheng.business.children.actions import whose
from minzheng.business.children.growing import ADOPTED, end_files
from minzheng.business.children.models import ChildFile, Intake
from minzheng.business.children.models.files import FileState
from minzheng.business.children.models.protection import CareState
from minzheng.foundation.actions import action
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.opening import withdraw_tasks


def release(child: int, access: Any) -> None:
    """Close every open file; whoever is in temporary care leaves to the new family."""
    person = Person.objects.get(pk=child)
    end_files(ChildFile.objects.filter(_of(person)), ADOPTED, access)
    if person.id_no:
        # Nobody leaves before the health check: who has had none stays on the centre's list until it is done.
        for intake in Intake.objects.filter(
            id_no=person.id_no, state=CareState.IN_CARE, health_on__isnull=False
        ):
            leave_adopted(access, intake)


def take_back(child: int, access: Any) -> None:
    """The files that the adoption closed run again; nobody else's."""
    person = Person.objects.get(pk=child)
    for file in ChildFile.objects.filter(_of(person), state=FileState.CLOSED, close_reason=ADOPTED):
        reopen_file(access, file)


@action("child_file.reopen", "恢复儿童档案", persons=whose)
def reopen_file(access: Any, file: ChildFile) -> None:
    file.state, file.closed_on, file.close_reason = FileState.KEPT, None, ""
    file.save()


@action("child_intake.adopted", "登记离站（已被收养）")
def leave_adopted(access: Any, intake: Intake) -> None:
    intake.state, intake.left_on, intake.left_to = CareState.LEFT, access.today, ADOPTED
    intake.save()
    withdraw_tasks([f"child_long_term:{intake.pk}"], "已离站", actor=None)


def _of(person: Person) -> Q:
    return Q(person=person) | Q(id_no=person.id_no) if person.id_no else Q(person=person)
