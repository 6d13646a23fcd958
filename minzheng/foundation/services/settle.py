"""The monthly settlement: confirmed orders → one statement a contract → one right a provider → the ordinary payment lists.

Never a second payment engine: what is confirmed here becomes rights of organisations (benefits/organisations.py).
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Count, QuerySet, Sum

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits import runs
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.benefits.organisations import Due, grant_month
from minzheng.foundation.benefits.runs import RunState
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Region, within
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.models import (
    PAID_BY_US,
    Contract,
    Order,
    Settlement,
    State,
    Statement,
)
from minzheng.foundation.services.words import Charge, ServiceKind

CITE = "国办发〔2013〕96号 政府向社会力量购买服务；财政部令第102号 政府购买服务管理办法"


def due_orders(county: Region, benefit: str, month: dt.date) -> QuerySet[Order]:
    """Confirmed, unsettled, finished in the month or before, paid by us; nothing with an open complaint."""
    kinds = [kind.code for kind in shelf(ServiceKind) if kind.benefit == benefit]
    return Order.objects.filter(
        within(county.prefix),
        kind__in=kinds,
        state=State.CONFIRMED,
        payer__in=PAID_BY_US,
        statement__isnull=True,
        finished_at__date__lte=last_day(month),
    ).exclude(complaints__answered_on__isnull=True, complaints__isnull=False)


@action("service.settle", "编制服务结算", permission="service.settle", region=lambda county: county.code)
def draw_up(access: Any, county: Region, *, benefit: str, month: dt.date) -> Settlement:
    """Put what is due on statements, one for each contract. Done again, an unconfirmed draft is made anew."""
    runs.refuse_future(access, month)
    made = runs.draw_up(access, Settlement, county, month, queue=benefit, what="服务结算", benefit=benefit)
    Order.objects.filter(statement__settlement=made).update(statement=None)
    made.statements.all().delete()
    due = due_orders(county, benefit, month)
    sums = (
        due.values("provider", "contract")
        .annotate(count=Count("id"), fen=Sum("price_fen"))
        .order_by("provider")
    )
    for row in sums:
        statement = Statement.objects.create(
            settlement=made, region=county, provider_id=row["provider"], contract_id=row["contract"],
            count=row["count"], total_fen=row["fen"],
        )  # fmt: skip
        due.filter(provider=row["provider"], contract=row["contract"]).update(statement=statement)
    if benefit in shelf(Charge):
        Statement.objects.bulk_create(
            Statement(
                settlement=made, region=county, provider_id=one.provider, count=one.count, total_fen=one.fen
            )
            for one in shelf(Charge).get(benefit).due(county.code, month)
        )
    made.total_fen = sum(made.statements.values_list("total_fen", flat=True))
    made.save(update_fields=["total_fen"])
    return made


def spent(contract: Contract, *, without: Settlement | None = None) -> int:
    """What the contract has been used for in confirmed settlements; whole fen."""
    confirmed = contract.statements.filter(settlement__state=RunState.CONFIRMED).exclude(settlement=without)
    return int(confirmed.aggregate(fen=Sum("total_fen", default=0))["fen"])


def beyond_ceiling(settlement: Settlement) -> list[tuple[Statement, int]]:
    """Statements that would use a contract beyond its amount, with what is left of it (fen)."""
    found = []
    for statement in settlement.statements.select_related("contract", "provider"):
        if statement.contract is not None:
            left = statement.contract.amount_fen - spent(statement.contract, without=settlement)
            if statement.total_fen > left:
                found.append((statement, left))
    return found


@action("service.check", "确认服务结算", permission="service.check")
def confirm_settlement(access: Any, settlement: Settlement, *, expected_fen: int) -> Settlement:
    """The providers' rights are written in the same transaction."""
    return runs.confirm(
        access,
        settlement,
        queue=settlement.benefit,
        expected_fen=expected_fen,
        write=lambda current: _settle(current, access.today),
    )


def _settle(current: Settlement, today: dt.date) -> None:
    if over := beyond_ceiling(current):
        statement, left = over[0]
        raise Refused(
            f"{statement.provider.name}的结算超过合同金额，合同还剩 {yuan(left)}。请补充合同或核减工单后重新编制。"
        )
    if Order.objects.filter(statement__settlement=current).exclude(state=State.CONFIRMED).exists():
        raise Refused("有工单已经变化，请重新编制结算。")
    charge = shelf(Charge).get(current.benefit) if current.benefit in shelf(Charge) else None
    if charge and _as_stated(current) != _as_due(charge, current):
        raise Refused("床位、工程等情况已经变化，请重新编制结算。")
    owed = current.statements.values("provider").annotate(fen=Sum("total_fen")).filter(fen__gt=0)
    dues = [
        Due(row["provider"], current.region_id, int(row["fen"]), why={"settlement": current.pk})
        for row in owed
    ]
    if dues:
        cite = charge.cite if charge else CITE
        grant_month(current.benefit, current.month, dues, cite=cite, decided_on=today)
    Order.objects.filter(statement__settlement=current).update(state=State.SETTLED)
    if charge:
        charge.settled(current.region_id, current.month)


def _as_stated(settlement: Settlement) -> set[tuple[int, int, int]]:
    return set(settlement.statements.values_list("provider", "count", "total_fen"))


def _as_due(charge: Charge, settlement: Settlement) -> set[tuple[int, int, int]]:
    due = charge.due(settlement.region_id, settlement.month)
    return {(one.provider, one.count, one.fen) for one in due}
