"""What ends a child's file by itself, and what takes it along: a death, the eighteenth birthday, a move (handbook 0.7).

Nobody is sent to see a child who has died, and an adult is visited no more; whoever moves is visited in the new village.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings
from django.db.models.functions import Left

from minzheng.business.children.actions import whose
from minzheng.business.children.gaps.actions import dropped, remind
from minzheng.business.children.gaps.models import OPEN, ServiceGap
from minzheng.business.children.institutions.models import Residence
from minzheng.business.children.models.files import ChildFile, FileState
from minzheng.business.children.visits import visits_of
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.life_events.restoring import put_back
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import within
from minzheng.foundation.tasks.opening import withdraw_tasks

DIED, OF_AGE, ADOPTED = "已去世", "已满18周岁", "已被依法收养"


@action("child_file.end", "销册（去世、成年、被收养）", persons=whose)
def end_file(access: Any, file: ChildFile, *, why: str) -> None:
    """Done by the system; visits that were sent out are called back, what was still lacking is not needed any more."""
    file.state, file.closed_on, file.close_reason = FileState.CLOSED, access.today, why
    file.save()
    sent = [f"child_file:{file.pk}", *visits_of(file.pk)]
    withdraw_tasks(sent, f"档案已销册：{why}", actor=None, for_good=False)
    for gap in ServiceGap.objects.select_for_update().filter(file=file, state__in=OPEN):
        dropped(gap, why, access.today, None)


def end_files(files: Any, why: str, access: Any) -> int:
    """Every file among them that is still open; returns how many."""
    still_open = list(files.exclude(state=FileState.CLOSED).select_for_update(of=("self",)))
    for file in still_open:
        end_file(access, file, why=why)
    return len(still_open)


def child_died(person: int, on: dt.date) -> None:
    end_files(ChildFile.objects.filter(person=person), DIED, Access(None, on))


def as_before(event: int, person: int, on: dt.date) -> None:
    """The death or the move was none: file and gaps are what they were, as far as nobody has changed them since.

    What was sent out is sent again where the child is: the visits by night, the reminders of what was planned at once.
    """
    why = "登记的生命事件已撤销"
    files, gaps = ChildFile.objects.filter(person=person), ServiceGap.objects.filter(file__person=person)
    for file in files:
        withdraw_tasks(visits_of(file.pk), why, actor=None, for_good=False)
    put_back(event, files, gaps)
    for gap in gaps.filter(state__in=OPEN).select_related("file"):
        remind(gap, on, why)


def grow_up(day: dt.date) -> int:
    """Whoever comes of age is no child any more; run every night, also after nights that were missed."""
    kept = ChildFile.objects.exclude(state=FileState.CLOSED).filter(person__birth_date__isnull=False)
    count = 0
    for county in kept.annotate(county=Left("region_id", 6)).values_list("county", flat=True).distinct():
        months = 12 * int(figures(day, county.ljust(12, "0"), settings.STANDARDS_SET)("adult_age"))
        # One day more: whoever was born on 29 February is of age on the 28th of a common year (DC3).
        born = add_months(day, -months) + dt.timedelta(days=1)
        near = kept.filter(within(county), person__birth_date__lte=born)
        grown = [
            file.pk
            for file in near.select_related("person")
            if file.person and file.person.birth_date and add_months(file.person.birth_date, months) <= day
        ]
        count += end_files(ChildFile.objects.filter(pk__in=grown), OF_AGE, Access(None, day))
    return count


def child_moved(person: int, on: dt.date) -> None:
    """The file lies in the new village; the officer there is chosen anew, visits are sent from there.

    Who lives in an institution stays with it: its file goes along when the institution hands the child over.
    """
    if Residence.objects.filter(person=person, until=None).exists():
        return
    home = Person.objects.get(pk=person).region_id
    moved = ChildFile.objects.filter(person=person).exclude(state=FileState.CLOSED).exclude(region=home)
    for file in moved.select_for_update(of=("self",)):
        lay_elsewhere(file, home, on)


def lay_elsewhere(file: ChildFile, region: str, on: dt.date) -> None:
    why = "档案已转到孩子现在住的地方"
    withdraw_tasks(visits_of(file.pk), why, actor=None, for_good=False)
    file.region_id, file.officer = region, None
    file.save(update_fields=["region", "officer"])
    gaps = ServiceGap.objects.filter(file=file, state__in=OPEN)
    gaps.update(region_id=region)
    for gap in gaps.select_related("file"):
        remind(gap, on, why)
