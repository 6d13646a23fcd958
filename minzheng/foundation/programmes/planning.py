"""A plan a year: numbers by region, and the units that take part. Planned twice, nothing is there twice."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db.models import CharField, Value
from django.db.models.functions import MD5, Cast, Concat

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.models import State as EntitlementState
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.people.models import Household
from minzheng.foundation.programmes.access import PLAN
from minzheng.foundation.programmes.models import Figure, PlanNumber, Undertaking
from minzheng.foundation.programmes.words import Programme
from minzheng.foundation.regions.models import Level, Region, within
from minzheng.foundation.registry.words import shelf


def code_of(region: Region) -> str:
    return region.code


@dataclass(frozen=True)
class UnitDraft:
    """One unit to plan. `key`: "facility:17", "region:…", "item:…"; `planned`: {target code: number}; money in fen."""

    key: str
    name: str
    region: str
    due_on: dt.date
    owner: str = ""
    funds_fen: int = 0
    starts_on: dt.date | None = None
    planned: Mapping[str, int] = field(default_factory=dict)
    facility: int | None = None


@action("programme.plan_numbers", "制定行动计划数", permission=PLAN, region=code_of)
def plan_numbers(
    access: Any, region: Region, *, programme: str, year: int, target: str, numbers: Mapping[str, int], document: str
) -> int:  # fmt: skip
    """Set the year's number of a target for the region or divisions below: {12-digit code: number}. Returns how many
    changed. A number that is there already and says the same is left alone."""
    word = _running(programme, year)
    if word.target(target) is None:
        raise Refused(f"“{word.title}”没有目标 {target}，请刷新页面后重新选择。")
    if not document.strip():
        raise Refused({"document": "请写明依据文件，例如“县民政局〔2026〕3号”。"})
    _refuse_strangers(region, numbers)
    if any(number < 0 for number in numbers.values()):
        raise Refused("计划数不能小于0，请核对。")
    same = PlanNumber.objects.filter(programme=programme, target=target, year=year, region__in=list(numbers))
    known = {one.region_id: one for one in same.select_for_update()}
    changed = 0
    for code, number in sorted(numbers.items()):
        one = known.get(code) or PlanNumber(programme=programme, target=target, year=year, region_id=code)
        if one.pk and (one.number, one.document) == (number, document.strip()):
            continue
        one.number, one.document, one.made_by = number, document.strip()[:120], access.user
        one.save()
        changed += 1
    if changed:
        emit("programme.planned", programme=programme, target=target, year=year, region=region.code)
    return changed


@action("programme.plan_units", "列入行动项目", permission=PLAN, region=code_of)
def plan_units(
    access: Any, region: Region, *, programme: str, year: int, units: Sequence[UnitDraft]
) -> list[Undertaking]:
    """Add the units that are not planned yet in that year; returns those, with their planned numbers kept beside them."""
    word = _running(programme, year)
    _refuse_strangers(region, {unit.region: 0 for unit in units})
    keys = [unit.key for unit in units]
    there = Undertaking.objects.filter(programme=programme, year=year, unit_key__in=keys)
    known = set(there.values_list("unit_key", flat=True))
    new = {unit.key: unit for unit in units if unit.key not in known}
    Undertaking.objects.bulk_create(
        (
            Undertaking(
                programme=programme,
                year=year,
                region_id=unit.region,
                unit_key=unit.key,
                name=unit.name,
                facility_id=unit.facility,
                owner=unit.owner,
                starts_on=unit.starts_on,
                due_on=unit.due_on,
                funds_fen=unit.funds_fen if word.has_funds else 0,
            )
            for unit in new.values()
        ),
        ignore_conflicts=True,  # another officer who plans the same at the same moment
    )
    made = list(
        Undertaking.objects.filter(programme=programme, year=year, unit_key__in=list(new)).order_by("pk")
    )
    counted = {one.code for one in word.figures}
    Figure.objects.bulk_create(
        (
            Figure(undertaking=one, target=code, planned=number)
            for one in made
            for code, number in new[one.unit_key].planned.items()
            if code in counted
        ),
        ignore_conflicts=True,
    )
    if made:
        emit("programme.units_planned", programme=programme, year=year, undertakings=[one.pk for one in made])
    return made


def region_units(region: Region, level: Level, due_on: dt.date, on: dt.date) -> list[UnitDraft]:
    """The region itself, or every division of a level below it, as units of a programme of regions."""
    below = Region.objects.on(on).under(region.code).filter(level=level).order_by("code")
    return [UnitDraft(f"region:{one.code}", one.name, one.code, due_on) for one in below]


def facility_units(region: Region, kind: str, due_on: dt.date, on: dt.date) -> list[UnitDraft]:
    """Every facility of a kind that is open in the region, as units of a programme of facilities."""
    found = Facility.objects.on(on).filter(within(region.prefix), kind=kind).select_related("organisation")
    return [
        UnitDraft(
            f"facility:{one.pk}",
            one.name,
            one.region_id,
            due_on,
            owner=(one.organisation.name if one.organisation else "")[:60],
            facility=one.pk,
        )
        for one in found.order_by("pk")
    ]


def drawn_families(
    region: Region, benefits: Sequence[str], count: int, lot: str, due_on: dt.date
) -> list[UnitDraft]:
    """`count` families of those that receive one of the benefits, by lot: the same `lot` draws the same ones again.

    A family is named by its case number only, so that lists and exports name nobody.
    """
    receive = Entitlement.objects.filter(
        within(region.prefix), benefit__in=benefits, state=EntitlementState.ACTIVE, household__isnull=False
    )
    by_lot = MD5(Concat(Value(f"{lot}:"), Cast("pk", CharField())))
    drawn = Household.objects.filter(pk__in=receive.values("household")).order_by(by_lot, "pk")[:count]
    numbers = dict(
        receive.filter(household__in=[one.pk for one in drawn]).values_list("household_id", "case_number")
    )
    return [
        UnitDraft(f"household:{one.pk}", f"抽查家庭（{numbers[one.pk] or one.pk}）", one.region_id, due_on)
        for one in drawn
    ]


def _running(programme: str, year: int) -> Programme:
    if programme not in shelf(Programme):
        raise Refused("没有这项行动，请刷新页面后重新选择。")
    return shelf(Programme).get(programme)


def _refuse_strangers(region: Region, codes: Iterable[str]) -> None:
    if any(not code.startswith(region.prefix) for code in codes):
        raise Refused(f"只能安排{region.name}和它下面的地区，请核对名单。")
