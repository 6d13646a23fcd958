"""Agreements that run out soon are told in time; which homes have one."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings

from minzheng.business.elderly.medical.models import ClinicContract, HomeClinic
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.facilities.rights import refuse_closed, require_facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

HOME = "elder_home"
RENEW = "elderly.renew_signing"


@action("medical.sign", "登记养老机构医养签约")
def sign_with_clinic(
    access: Any,
    home: Facility,
    *,
    clinic: str,
    since: dt.date | str,
    until: dt.date | str,
    services: str = "",
) -> HomeClinic:
    """By the home's own account or an officer of its place."""
    require_facility(access, home)
    refuse_closed(home)
    begin, end = dt.date.fromisoformat(str(since)), dt.date.fromisoformat(str(until))
    if end < begin:
        raise Refused({"until": "有效期早于签约日期，请对照协议核对。"})
    return HomeClinic.objects.create(
        facility=home, region=home.region, clinic=clinic, services=services or "", since=begin, until=end
    )


def signed_homes(on: dt.date) -> Any:
    """Open homes with an agreement that holds on that day."""
    running = HomeClinic.objects.filter(since__lte=on, until__gte=on).values("facility")
    return Facility.objects.on(on).filter(kind=HOME, pk__in=running)


def remind(on: dt.date) -> int:
    """One task for each agreement that ends soon and has no successor; the same one is told once."""
    return open_tasks(RENEW, [*_homes(on), *_elders(on)], on).count


def _soon(on: dt.date) -> dt.date:
    return on + dt.timedelta(days=int(figures(on, standards=settings.STANDARDS_SET)("signing_remind_days")))


def _homes(on: dt.date) -> Iterator[TaskDraft]:
    ending = HomeClinic.objects.filter(until__range=(on, _soon(on))).select_related("facility")
    for one in ending:
        if HomeClinic.objects.filter(facility=one.facility_id, until__gt=one.until).exists():
            continue
        yield TaskDraft(
            origin=f"signing:home:{one.pk}", region=one.region_id, title=f"{one.facility.name}：医养签约到期",
            reason=f"与{one.clinic}的协议到{one.until:%Y年%m月%d日}为止。", subject=one.facility.name,
        )  # fmt: skip


def _elders(on: dt.date) -> Iterator[TaskDraft]:
    ending = list(ClinicContract.objects.filter(until__range=(on, _soon(on))))
    people = {
        one.id_no: one.pk for one in Person.objects.filter(id_no__in=[c.id_no for c in ending], died_on=None)
    }
    for one in ending:
        renewed = ClinicContract.objects.filter(id_no=one.id_no, until__gt=one.until).exists()
        if one.id_no in people and not renewed:
            yield TaskDraft(
                origin=f"signing:{one.pk}", region=one.region_id, person=people[one.id_no], title="医养签约到期",
                reason=f"与{one.clinic}的签约到{one.until:%Y年%m月%d日}为止，请问老人要不要续签。",
            )  # fmt: skip
