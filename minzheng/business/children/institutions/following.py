"""What follows a child: its file goes along to the new place and back, a death or an adoption frees the bed."""

from __future__ import annotations

import datetime as dt

from django.utils import timezone

from minzheng.business.children.growing import lay_elsewhere
from minzheng.business.children.institutions.models import Residence
from minzheng.business.children.models.files import ChildFile, FileState


def take_file_along(residence: int) -> None:
    """The open file lies where the child lives now; its officer and the visits sent out there are not theirs any more."""
    there = Residence.objects.select_related("region").get(pk=residence)
    file = ChildFile.objects.filter(person=there.person_id).exclude(state=FileState.CLOSED).first()
    if file is None or there.person_id is None:
        return
    there.file, there.file_home = file, file.region
    there.save(update_fields=["file", "file_home"])
    lay_elsewhere(file, there.region_id, timezone.localdate())


def bring_file_back(residence: int) -> None:
    there = Residence.objects.select_related("file").get(pk=residence)
    if there.file is not None and there.file_home_id is not None:
        lay_elsewhere(there.file, there.file_home_id, timezone.localdate())


def free_bed(person: int, on: dt.date, why: str) -> None:
    """What ends the right ends it by itself (benefits.py): only the bed is left to do."""
    for one in Residence.objects.filter(person=person, until=None):
        one.until, one.left_for = max(on, one.since), why
        one.save(update_fields=["until", "left_for"])
