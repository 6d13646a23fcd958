"""F1: the bill at the counter, offset at once; what is waived follows from the rules, and the trace is kept with it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction
from django.db.models import Q

from minzheng.business.funeral.models import Basic, Bill, BillLine, BillState, Price, Reception
from minzheng.business.funeral.rights import require_home
from minzheng.business.funeral.waiting import finish
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.rules import Decision, decide

WANTED = ["funeral_waiver", "funeral_waived", "funeral_family_pays", "reason_funeral_scope"]
DAY = dt.timedelta(days=1)
# What was held in the month of death: benefit code → fact of the rules.
HELD = {"dibao": "died_on_dibao", "tekun": "died_on_tekun", "orphan": "died_an_orphan"}
FEES = {
    Basic.TRANSPORT: "funeral_transport_fee",
    Basic.CREMATION: "funeral_cremation_fee",
    Basic.ASHES: "funeral_ashes_fee",
}


@action("funeral.price", "登记收费项目")
def list_price(access: Any, price: Price) -> Price:
    """One more line of a home's published list; a basic service has one line of its kind at a time."""
    require_home(access, price.home)
    price.region_id = price.home.region_id
    if not price.document.strip():
        raise Refused({"document": "请填写定价文件；没有文件依据的不能收费。"})
    if price.home.kind != "funeral_home":
        raise Refused({"home": "请选择殡仪馆。"})
    price.full_clean()
    price.save(force_insert=True)
    return price


@action("funeral.price_stop", "停止执行收费项目")
def stop_price(access: Any, price: Price, *, until: dt.date | str) -> Price:
    require_home(access, price.home)
    day = dt.date.fromisoformat(str(until))
    if day <= price.since:
        raise Refused({"until": "停止执行日期应在执行日期之后。"})
    price.until = day
    price.save(update_fields=["until"])
    return price


def prices_on(reception: Reception, day: dt.date) -> list[Price]:
    listed = reception.home.prices.filter(Q(until=None) | Q(until__gt=day), since__lte=day)
    order = {code: number for number, code in enumerate(Basic.values)}
    return sorted(listed, key=lambda price: (order.get(price.basic, len(order)), price.pk))


def lines_of(reception: Reception, quantities: Mapping[int, int], day: dt.date) -> list[BillLine]:
    """Lines by price key. Refused for what the home's list of that day does not hold."""
    listed = {price.pk: price for price in prices_on(reception, day)}
    lines = []
    for key, quantity in quantities.items():
        if quantity <= 0:
            continue
        if key not in listed:
            raise Refused("只能收取收费清单上的项目。请先在价目表登记并公示，或去掉这一项。")
        price = listed[key]
        lines.append(BillLine(price=price, quantity=quantity, unit_fen=price.fen, fen=price.fen * quantity))
    if not lines:
        raise Refused("账单上还没有项目，请填写数量。")
    # A home may count each day that was begun; never more days than the body was there.
    most = ((reception.ended_on or day) - reception.received_on).days + 1
    if any(line.price.basic == Basic.STORAGE and line.quantity > most for line in lines):
        raise Refused(f"遗体在馆不超过{most}日，存放费不能多收。请把数量改成实际天数。")
    basics = [line.price.basic for line in lines if line.price.basic]
    if len(basics) > len(set(basics)):
        raise Refused("同一种基本服务只能选一个收费项目，请核对数量。")
    return lines


def judge(reception: Reception, lines: list[BillLine], day: dt.date) -> Decision:
    """The rules on this bill, by the scope and caps of the day and the home's county."""
    document = {
        "amounts": "fen",
        "on": day.isoformat(),
        "region": reception.region_id,
        "standards": settings.STANDARDS_SET,
        "household": {},
        "members": [{"who": "逝者", **_status(reception), **_fees(lines)}],
    }
    return decide(document, want=WANTED, about=0)


def waived_by(decision: Decision) -> tuple[int, int]:
    """(waived, the family pays) in whole fen. Refused while something is not known: nothing is waived by guess."""
    waived, pays = decision["funeral_waived"], decision["funeral_family_pays"]
    if waived is None or pays is None:
        waits = "、".join(decision.describe(one) for one in decision.missing("funeral_waived"))
        raise Refused(f"还不能结算，没有查清：{waits}。请在人员档案里补上再办。")
    return int(waived), int(pays)


@action("funeral.bill", "结算费用", persons=lambda reception: [reception.person_id])
def make_bill(access: Any, reception: Reception, quantities: Mapping[int, int]) -> Bill:
    """One bill a death, with the waiver taken off; `quantities`: {price key: whole number}."""
    require_home(access, reception.home)
    if reception.is_held:
        raise Refused("火化或移交之后再结算，存放天数才算得清。")
    lines = lines_of(reception, quantities, access.today)
    decision = judge(reception, lines, access.today)
    waived, pays = waived_by(decision)
    bill = Bill(
        reception=reception, person=reception.person, home=reception.home, region_id=reception.region_id,
        on=access.today, total_fen=sum(line.fen for line in lines), waived_fen=waived, family_fen=pays,
        decision=decision.as_json(), made_by=access.user,
    )  # fmt: skip
    try:
        with transaction.atomic():
            bill.save(force_insert=True)
    except IntegrityError:
        raise Refused("这位逝者的费用已经结算过，减免只有一次。请打开原来的结算单。") from None
    for line in lines:
        line.bill = bill
    BillLine.objects.bulk_create(lines)
    finish("F1", reception.person, reception.region_id, f"已在{reception.home.name}结算", access.today)
    return bill


@action("funeral.paid", "家属结清", persons=lambda bill: [bill.person_id])
def settle_with_family(access: Any, bill: Bill) -> Bill:
    """The family has paid its part; only then the treasury pays the rest."""
    require_home(access, bill.home)
    now = Bill.objects.select_for_update(of=["self"]).get(pk=bill.pk)
    if now.state == BillState.OPEN:
        now.state = BillState.PAID
        now.save(update_fields=["state"])
    bill.refresh_from_db()
    return now


def _fees(lines: list[BillLine]) -> dict[str, int]:
    fees: dict[str, int] = {}
    for line in lines:
        if line.price.basic == Basic.STORAGE:
            fees["funeral_storage_fee"] = line.unit_fen
            fees["funeral_stored_days"] = line.quantity
        elif name := FEES.get(Basic(line.price.basic)) if line.price.basic else None:
            fees[name] = line.fen
        else:
            fees["funeral_other_fee"] = fees.get("funeral_other_fee", 0) + line.fen
    return fees


def _status(reception: Reception) -> dict[str, Any]:
    """Whether needy on the last day of life: rights of that month still count, although the death has ended them."""
    person, died_on = reception.person, reception.person.died_on or reception.died_on
    month, before = month_of(died_on), died_on - DAY
    homes = person.memberships.filter(since__lte=before).filter(Q(until=None) | Q(until__gt=before))
    rights = (
        Entitlement.objects.filter(
            Q(until_month=None) | Q(until_month__gte=month),
            Q(person=person) | Q(household__in=homes.values("household")),
            benefit__in=HELD,
            since_month__lte=month,
        )
        .exclude(state=State.VOID)
        .values_list("benefit", flat=True)
    )
    held = set(rights)
    status: dict[str, Any] = {fact: code in held for code, fact in HELD.items()}
    known = person_document(person, before)["members"][0]
    if known.get("on_edge") is not None:
        status["died_in_edge_family"] = known["on_edge"]
    if person.hukou_region_id is not None:
        status["funeral_hukou_here"] = person.hukou_region_id[:6] == reception.region_id[:6]
    return status
