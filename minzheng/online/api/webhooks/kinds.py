"""Which events can be subscribed to, and what is told of each: numbers and codes, never a name or a personal number."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.cases.models import Case
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.words import sealed_kinds

Payload = dict[str, Any]


@dataclass(frozen=True)
class Told:
    """What goes out: where it happened, who handed the case in (a user's key), and the data themselves."""

    region: str
    opened_by: int | None
    data: Payload


@dataclass(frozen=True)
class EventKind:
    """`source`: the event of the house it comes from; `told` gives None where there is nothing to tell."""

    code: str
    title: str
    source: str
    told: Callable[[Payload], Told | None]


def _case(payload: Payload) -> Told | None:
    case = Case.objects.filter(pk=payload["case"]).first()
    if case is None:
        return None
    data = {
        "case": case.number,
        "item": case.item,
        "status": case.status,
        "outcome": case.outcome,
        "region": case.region_id[:9].ljust(12, "0"),  # the township: a village of few would point at somebody
        "on": payload["on"],
    }
    return Told(case.region_id, case.opened_by_id, data)


def _certificate(payload: Payload) -> Told | None:
    found = Issued.objects.filter(pk=payload["certificate"]).first()
    if found is None or found.kind in sealed_kinds():
        return None
    opened_by = None
    if found.origin.startswith("case:"):
        opened_by = (
            Case.objects.filter(pk=found.origin.removeprefix("case:"))
            .values_list("opened_by", flat=True)
            .first()
        )
    data = {
        "certificate": found.identifier,
        "kind": found.kind,
        "state": found.state,
        "region": found.region_id[:9].ljust(12, "0"),
    }
    return Told(found.region_id, opened_by, data)


def _ended(payload: Payload) -> Told | None:
    right = Entitlement.objects.filter(pk=payload["entitlement"], state=State.ENDED).first()
    if right is None or right.until_month is None:
        return None
    opened_by = (
        Case.objects.filter(number=right.case_number).values_list("opened_by", flat=True).first()
        if right.case_number
        else None
    )
    data = {
        "case": right.case_number,
        "benefit": right.benefit,
        "until": f"{right.until_month:%Y-%m}",
        "region": right.region_id[:9].ljust(12, "0"),
    }
    return Told(right.region_id, opened_by, data)


KINDS = {
    kind.code: kind
    for kind in (
        EventKind("case.accepted", "受理", "case.accepted", _case),
        EventKind("case.correction_asked", "告知补正", "case.correction_asked", _case),
        EventKind("case.not_accepted", "不予受理", "case.not_accepted", _case),
        EventKind("case.granted", "确认给予", "case.granted", _case),
        EventKind("case.refused", "不予确认", "case.refused", _case),
        EventKind("case.withdrawn", "撤回申请", "case.withdrawn", _case),
        EventKind("case.lapsed", "逾期未补正", "case.lapsed", _case),
        EventKind("case.terminated", "申请人去世，终止办理", "case.terminated", _case),
        EventKind("case.resumed", "死亡登记撤销，恢复办理", "case.resumed", _case),
        EventKind("benefit.ended", "待遇停发", "entitlement.amended", _ended),
        EventKind("certificate.issued", "签发证照", "certificate.issued", _certificate),
        EventKind("certificate.revoked", "注销证照", "certificate.revoked", _certificate),
    )
}
