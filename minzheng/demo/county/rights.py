"""The dibao that the county already pays when the system takes over: right for most, wrong where trouble is planted."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from random import Random
from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from minzheng.business.assistance.benefits import DIBAO
from minzheng.datacenter.screening.due import due_in
from minzheng.demo.county.families import COUNTY, Family
from minzheng.demo.county.holders import write_certificates, write_person_rights
from minzheng.demo.county.load import SEED, copy_rows
from minzheng.demo.county.trouble import (
    DEAD_STILL_PAID,
    MISSED,
    NOT_ENTITLED,
    WRONG_AMOUNT,
    Planted,
)
from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.months import add_months

BEFORE_TROUBLE = dt.date(2026, 1, 1)
RIGHT = (
    "id, benefit, household_id, person_id, payee_id, account_name, region_id, case_number, state, grade,"
    " since_month, end_reason, paid_before, review_due, granted_at"
)
AMOUNT = "entitlement_id, from_month, amount_fen, reason, cite, decision, decided_on, recorded_at"


def write_rights(families: list[Family], planted: Planted, paid_until: dt.date) -> int:
    """Rights that the county's old system paid up to the month `paid_until`; returns how many households."""
    write_certificates(families, planted)
    paid = _amounts(families, planted, paid_until)
    random = Random(SEED)  # noqa: S311  repeatable, not secret
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT coalesce(max(id), 0) + 1 FROM benefits_entitlement")
        first = cursor.fetchone()[0]
        receiving = [family for family in families if family.key in paid]
        rights = [(key, family, paid[family.key]) for key, family in enumerate(receiving, first)]
        since = {key: add_months(BEFORE_TROUBLE, random.randint(0, 5)) for key, _, _ in rights}
        copy_rows("benefits_entitlement", RIGHT, _rights(rights, since, paid_until))
        copy_rows("benefits_entitlementamount", AMOUNT, _amount_rows(rights, since))
        cursor.execute(
            "SELECT setval(pg_get_serial_sequence('benefits_entitlement', 'id'), %s)", [first + len(rights)]
        )
        cursor.execute("ANALYZE benefits_entitlement, benefits_entitlementamount")
        record(
            "demo.load",
            "导入演示县原有低保对象（虚构）",
            actor=None,
            region="431227000000",
            rights=len(rights),
        )
        write_person_rights(families, planted, paid_until)
    return len(rights)


def _amounts(families: list[Family], planted: Planted, month: dt.date) -> dict[int, int]:
    """{household: fen a month} as it is paid, trouble included."""
    now, before = (due_in(DIBAO, day, COUNTY).by_subject() for day in (month, BEFORE_TROUBLE))
    missed = {family.key for family in planted.families[MISSED]}
    paid = {
        family.key: now[family.key] for family in families if family.key in now and family.key not in missed
    }
    for kind in (DEAD_STILL_PAID, NOT_ENTITLED):
        for family in planted.families[kind]:
            paid[family.key] = before[family.key]
    for place, family in enumerate(planted.families[WRONG_AMOUNT]):
        paid[family.key] += 5000 if place % 2 else -min(3000, paid[family.key] - 100)
    return paid


def _rights(
    rights: list[tuple[int, Family, int]], since: dict[int, dt.date], paid_until: dt.date
) -> Iterator[tuple[Any, ...]]:
    now = timezone.now()
    for key, family, _ in rights:
        yield (
            key, DIBAO.code, family.key, family.head.key, family.head.key, "", family.region, f"原系统{key:06d}",
            "active", "", since[key], "", paid_until, add_months(since[key], 12), now,
        )  # fmt: skip


def _amount_rows(
    rights: list[tuple[int, Family, int]], since: dict[int, dt.date]
) -> Iterator[tuple[Any, ...]]:
    decision = json.dumps({"来源": "原系统导入（虚构）"}, ensure_ascii=False)
    for key, _, fen in rights:
        yield (
            key,
            since[key],
            fen,
            "migrated",
            DIBAO.cite,
            decision,
            since[key] - dt.timedelta(days=9),
            timezone.now(),
        )
