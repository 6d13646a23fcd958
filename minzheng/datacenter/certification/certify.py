"""One run of the silent certification: the clean are confirmed without a word, only exceptions reach anybody.

A county and benefit is one transaction: killed at any point, the next run does what is left and nothing twice.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db import connection, transaction

from minzheng.datacenter.certification.compare import compare_month
from minzheng.datacenter.certification.models import Certification, PlaceNotice, Result
from minzheng.datacenter.certification.tasks import VISIT
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.actions import end, on_death
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.benefits.words import Benefit, benefit
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


@dataclass
class Certified:
    """How many rights were judged in this run, by what was found; who was judged before is not counted again."""

    found: Counter[Result] = field(default_factory=Counter)

    @property
    def judged(self) -> int:
        return self.found.total()


def certify(month: dt.date, region: Region, today: dt.date) -> Certified:
    """Certify every right of the region's silent benefits for a month (its first day)."""
    certified = Certified()
    for declared in shelf(Benefit):
        if declared.silent is not None:
            certified.found.update(_one_benefit(declared, month, region, today))
    return certified


def _one_benefit(declared: Benefit, month: dt.date, region: Region, today: dt.date) -> Counter[Result]:
    with transaction.atomic():
        with connection.cursor() as cursor:
            cursor.execute(
                "SELECT pg_advisory_xact_lock(hashtext('certify'), hashtext(%s))",
                [f"{declared.code}/{region.code[:6]}"],
            )
        found = compare_month(declared, month, region.prefix)
        rows = Certification.objects.select_related("entitlement", "person", "region")
        for one in rows.filter(pk__in=found[Result.DEAD]):
            _stop_for_death(one, declared, today)
        for one in rows.filter(pk__in=found[Result.MOVED]):
            _end_for_move(one, today)
        visits = [
            key
            for kind in (Result.EXCLUDED, Result.EXPIRED, Result.UNKNOWN, Result.DOUBTED)
            for key in found[kind]
        ]
        _visit(rows.filter(pk__in=visits), today)
        counts = Counter({result: len(keys) for result, keys in found.items()})
        if counts.total():
            record(
                "certification.run", "静默认证", actor=None, region=region.code, subject=region,
                benefit=declared.code, month=month.isoformat(), found={r.value: n for r, n in counts.items()},
            )  # fmt: skip
    return counts


def _stop_for_death(one: Certification, declared: Benefit, today: dt.date) -> None:
    """The month of death stays paid; what was paid after it becomes a recovery item (DC7)."""
    died_on = one.person.died_on
    if died_on is None or declared.silent is None:
        raise ValueError(one.pk)
    why = Why("death", declared.silent.cite, today)
    on_death(SystemAccess.on(today), one.entitlement, died_on=died_on, why=why)


def _end_for_move(one: Certification, today: dt.date) -> None:
    """The old place pays the month of the move; the new place is told, so that nobody falls between (0.7)."""
    moved_on = dt.date.fromisoformat(one.evidence)
    end(SystemAccess.on(today), one.entitlement, on=moved_on, reason="moved_out")
    PlaceNotice.objects.create(
        certification=one,
        person=one.person,
        benefit=one.benefit,
        region=one.region,
        to_region_id=one.person.hukou_region_id,
        last_month=month_of(moved_on),
        made_on=today,
    )


def _visit(rows: Iterable[Certification], today: dt.date) -> None:
    drafts = [
        TaskDraft(
            origin=origin_of(one),
            region=one.region_id,
            person=one.person_id,
            title=f"{VISIT.title}（{benefit(one.benefit).title}）",
            reason=f"{one.month:%Y年%m月}静默认证：{in_words(one)}",
            detail={"certification": one.pk},
        )
        for one in rows
    ]
    open_tasks(VISIT.code, drafts, today)


def origin_of(one: Certification) -> str:
    """One visit a right and month."""
    return f"certification:{one.pk}"


def in_words(one: Certification) -> str:
    """What was found, in words that name nobody."""
    match one.result:
        case Result.DEAD:
            return f"登记于{one.evidence}去世，当月照发，次月起停发"
        case Result.MOVED:
            return f"户籍于{one.evidence}迁出本省，当月照发，次月起停发"
        case Result.EXCLUDED:
            other = shelf(Benefit).get(one.evidence).title if one.evidence in shelf(Benefit) else one.evidence
            return f"同时在领“{other}”，两项不能同时享受"
        case Result.EXPIRED:
            return f"证件已于{one.evidence}到期，请提醒换证并核实是否仍符合条件"
        case Result.DOUBTED:
            return f"{one.evidence}，请核实是否仍符合条件"
        case Result.UNKNOWN:
            return "查不到证件的有效期，请核实"
    return "数据比对一致，不用本人办理任何手续"
