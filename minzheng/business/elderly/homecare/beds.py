"""A bed begins with the confirmation, ends with admission, death or a move, and is worth its month when it was served."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, QuerySet

from minzheng.business.elderly.homecare.models import CareBed, Device
from minzheng.business.elderly.institutions.actions.residents import claim_place
from minzheng.business.elderly.institutions.models.beds import CarePlace
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.items.figures import figures
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.services.models import Payer, State
from minzheng.foundation.services.words import Charged

ITEM = "E6"
DEATH, MOVED = "去世", "迁出本县"
SERVED = (State.CONFIRMED, State.SETTLED)


def begin(case: Case, approval: CaseMove) -> CareBed:
    """What was installed and accepted becomes a bed. Refused when the person lives in an institution that day."""
    installed = case.moves.filter(move="install").order_by("-id")[0].record
    provider = Organisation.objects.filter(uscc=installed["uscc"].strip().upper()).first()
    if provider is None:
        raise Refused("合同上的服务机构还没有登记。请先在单位台账登记，再退回更正。")
    try:
        with transaction.atomic():
            bed = CareBed.objects.create(
                person=case.applicant, region=case.region, provider=provider, case=case,
                contract_no=installed["contract_no"], since=approval.on,
            )  # fmt: skip
            claim_place(bed.person_id, CarePlace.Kind.HOME_BED, approval.on)
            Device.objects.bulk_create(
                Device(
                    person=case.applicant, region=case.region, bed=bed, kind=one["kind"], serial=one["serial"],
                    installed_on=approval.on,
                )
                for one in installed["devices"]
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            "本人已有家庭养老床位、正住在养老机构，或设备编号已被别人使用。请先办理原来的终止、离院，或核对设备编号。"
        ) from None
    return bed


def end_bed(person: int, on: dt.date, why: str) -> int:
    """`on` is the first day without. Its devices stay until somebody takes them away."""
    ended = 0
    for bed in CareBed.objects.filter(person=person, until__isnull=True):
        bed.until, bed.ended_for = max(on, bed.since), why[:60]
        bed.save(update_fields=["until", "ended_for"])
        CarePlace.objects.filter(person_id=person, kind=CarePlace.Kind.HOME_BED, until__isnull=True).update(
            until=bed.until
        )
        ended += 1
    return ended


def move_along(person: int, on: dt.date) -> bool:
    """A bed goes along within its county, with its devices; the county's contract reaches no further. True: it ended."""
    home = Person.objects.get(pk=person).region_id
    bed = CareBed.objects.filter(person=person, until=None).first()
    if bed is None or bed.region_id == home:
        return False
    if bed.region_id[:6] != home[:6]:
        return bool(end_bed(person, on, MOVED))
    bed.region_id = home
    bed.save(update_fields=["region"])
    bed.devices.filter(removed_on=None).update(region_id=home)
    return False


def correct_end(person: int, was: dt.date, on: dt.date) -> None:
    """The bed that a death ended on one day ended on another."""
    for bed in CareBed.objects.filter(person=person, until=was, ended_for=DEATH):
        bed.until = max(on, bed.since)
        bed.save(update_fields=["until"])
        _places(person, was).update(until=bed.until)


def run_again(person: int, ended_on: dt.date, why: str = DEATH) -> None:
    """Nobody died (or moved): the bed runs on, unless the elder is cared for elsewhere by now."""
    if CarePlace.objects.filter(person_id=person, since__gte=ended_on).exists():
        return
    for bed in CareBed.objects.filter(person=person, until=ended_on, ended_for=why):
        bed.until, bed.ended_for = None, ""
        bed.save(update_fields=["until", "ended_for"])
        _places(person, ended_on).update(until=None)


def _places(person: int, until: dt.date) -> QuerySet[CarePlace]:
    return CarePlace.objects.filter(person_id=person, kind=CarePlace.Kind.HOME_BED, until=until)


def due(county: str, month: dt.date) -> Iterator[Charged]:
    """For each provider: beds that ran in the month and were served as often as the standard asks, times its rate."""
    last = last_day(month)
    stated = figures(last, county)
    served = Count(
        "person__orders",
        filter=Q(person__orders__payer=Payer.BED, person__orders__state__in=SERVED)
        & Q(person__orders__finished_at__date__range=(month, last)),
    )
    running = CareBed.objects.filter(within(prefix_of(county)), since__lte=last)
    running = running.filter(Q(until__isnull=True) | Q(until__gt=month))
    counted: dict[int, int] = {}
    for bed in running.annotate(served=served).filter(served__gte=stated("care_bed_services")):
        counted[bed.provider_id] = counted.get(bed.provider_id, 0) + 1
    for provider, count in sorted(counted.items()):
        yield Charged(provider, count, count * stated("care_bed_monthly"))
