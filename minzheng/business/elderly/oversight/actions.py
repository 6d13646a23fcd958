"""Drawn by lot, inspected by two, mended, punished where the law says so."""

from __future__ import annotations

import datetime as dt
import random
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.business.elderly.oversight.models import Inspection, Penalty, Result
from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.accounts.models import Assignment, Role
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region, within

KIND = "elder_home"
INSPECTORS = (Role.COUNTY_REVIEWER, Role.COUNTY_APPROVER, Role.TOWNSHIP_REVIEWER, Role.TOWNSHIP_CLERK)
WEIGHT = {"A": 1, "B": 2, "C": 4, "D": 8}  # how many lots a home has: who was trusted less is looked at more


@action("oversight.draw", "随机抽取检查对象和人员", permission="home.file", region=lambda county: county.code)
def draw(access: Any, county: Region, *, count: int, due_on: dt.date | str) -> list[Inspection]:
    """双随机: homes by lots weighted by credit (国办发〔2020〕48号), two inspectors each by lot. The seed is kept."""
    due = dt.date.fromisoformat(str(due_on))
    if due <= access.today:
        raise Refused({"due_on": "请给检查人员留出时间，填写以后的日期。"})
    homes = list(
        Facility.objects.on(access.today)
        .filter(within(county.prefix), kind=KIND)
        .exclude(inspections__done_on=None, inspections__isnull=False)
        .order_by("pk")
    )
    inspectors = list(
        Person.objects.filter(
            accounts__assignments__in=Assignment.objects.filter(
                within(county.prefix), role__in=INSPECTORS, until=None
            )
        )
        .distinct()
        .order_by("pk")
    )
    if len(inspectors) < 2:
        raise Refused("可抽取的检查人员不足两人，请先给检查人员开立账号、绑定本人。")
    if not homes:
        raise Refused("没有可抽取的机构：都已抽中、还没有检查完。")
    draws = Inspection.objects.filter(within(county.prefix)).values("seed").distinct().count()
    seed = f"{county.code[:6]}-{access.today:%Y%m%d}-{draws + 1}"
    lot = random.Random(seed)  # noqa: S311  repeatable by anyone who knows the seed: that is the point
    credit = credit_of(homes, access.today)
    drawn = []
    while homes and len(drawn) < count:
        chosen = lot.choices(homes, [WEIGHT[credit[one.pk].grade] for one in homes])[0]
        homes.remove(chosen)
        first, second = lot.sample(inspectors, 2)
        drawn.append(
            Inspection(
                facility=chosen, region_id=chosen.region_id, seed=seed, drawn_on=access.today, due_on=due,
                first=first, second=second,
            )
        )  # fmt: skip
    return Inspection.objects.bulk_create(drawn)


@action("oversight.inspected", "登记抽查结果", permission="register.write")
def inspected(
    access: Any,
    inspection: Inspection,
    *,
    done_on: dt.date | str,
    result: str,
    finding: str,
    mend_by: dt.date | str | None = None,
) -> Inspection:
    """By one of the two who were drawn."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    if inspection.done_on is not None:
        raise Refused("这次抽查已经登记过结果。")
    if person_of(access).pk not in {inspection.first_id, inspection.second_id}:
        raise Refused(f"检查由抽中的{inspection.first.name}、{inspection.second.name}登记，不能由别人代填。")
    day = dt.date.fromisoformat(str(done_on))
    if not inspection.drawn_on <= day <= access.today:
        raise Refused({"done_on": "检查日期应在抽取以后、今天以前。"})
    if result == Result.ORDER and not mend_by:
        raise Refused({"mend_by": "限期整改的，请写明整改到哪一天。"})
    inspection.done_on, inspection.result, inspection.finding = day, result, finding.strip()[:300]
    inspection.mend_by = dt.date.fromisoformat(str(mend_by)) if result == Result.ORDER and mend_by else None
    inspection.save()
    return inspection


@action("oversight.mended", "登记抽查问题整改完成", permission="register.write")
def mended(access: Any, inspection: Inspection, *, mended_on: dt.date | str) -> Inspection:
    """Looked at again by an officer, not said by the home."""
    inspection = Inspection.objects.select_for_update().get(pk=inspection.pk)
    day = dt.date.fromisoformat(str(mended_on))
    if inspection.result != Result.ORDER or inspection.mended_on is not None or inspection.done_on is None:
        raise Refused("没有等待整改的问题。")
    if not inspection.done_on <= day <= access.today:
        raise Refused({"mended_on": "整改日期应在检查以后、今天以前。"})
    inspection.mended_on = day
    inspection.save(update_fields=["mended_on"])
    return inspection


@action("oversight.penalty", "登记行政处罚", permission="home.file")
def punish(
    access: Any,
    home: Facility,
    *,
    number: str,
    kind: str,
    reason: str,
    basis: str,
    decided_on: dt.date | str,
    fine_fen: int | None = None,
) -> Penalty:
    """As the decision says; public from today for the term of the standard (行政处罚法 第四十八条)."""
    day = dt.date.fromisoformat(str(decided_on))
    if kind == Penalty.Kind.FINE and not fine_fen:
        raise Refused({"fine_fen": "请填写罚款金额。"})
    months = int(figures(access.today, home.region_id)("penalty_public_months"))
    try:
        with transaction.atomic():
            return Penalty.objects.create(
                facility=home, region=home.region, number=number, kind=kind, reason=reason, basis=basis,
                fine_fen=(fine_fen or 0) if kind == Penalty.Kind.FINE else 0, decided_on=day,
                public_until=add_months(day, months),
            )  # fmt: skip
    except IntegrityError:
        raise Refused({"number": "这个文号已经登记过，不用重复登记。"}) from None
