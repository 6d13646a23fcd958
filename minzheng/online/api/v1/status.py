"""Other departments ask whether somebody receives a benefit: by exact number and name, for a stated purpose, recorded.

The number travels in the body, never in an address. What is told is the least that answers the question: which
benefits, since when, whether they run; no amounts, no family, no address (个人信息保护法 第六条).
"""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Annotated, Any, Literal

from django.db import transaction
from django.db.models import Q
from django.http import HttpRequest
from ninja import Router, Schema
from pydantic import Field

from minzheng.foundation.audit.record import record
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.exchange.models import Direction, Outcome
from minzheng.foundation.exchange.record import log
from minzheng.foundation.exchange.words import Purpose
from minzheng.foundation.people.models import Membership, Person
from minzheng.online.api.access import Caller
from minzheng.online.api.operation import operation
from minzheng.online.api.problems import Detail, Problem
from minzheng.online.api.sources import BENEFIT_STATUS
from minzheng.online.api.v1.opening import IdNo, Name

router = Router(tags=["部门核实"])
SCOPES = ("status.enquire",)
PURPOSES = Literal["service", "review", "screening"]
MOST = 1000
Basis = Annotated[
    str,
    Field(min_length=4, max_length=120, description="依据：授权书编号、业务流水号或文件文号；不要写个人信息"),
]


class PersonIn(Schema, extra="forbid"):
    id_no: IdNo
    name: Name


class EnquiryIn(PersonIn):
    purpose: PURPOSES = Field(description="用途：service 办理业务核实、review 定期复核、screening 资格比对")
    basis: Basis


class BatchIn(Schema, extra="forbid"):
    persons: list[PersonIn] = Field(min_length=1, max_length=MOST)
    purpose: PURPOSES
    basis: Basis


class HeldOut(Schema):
    benefit: str
    title: str
    state: str = Field(description="active 享受中、suspended 暂缓发放、exiting 渐退期、ended 已停发")
    since: str
    until: str | None


class StatusOut(Schema):
    found: bool = Field(description="辖区内有没有姓名、号码都相符的人")
    benefits: list[HeldOut]


class EnquiryOut(StatusOut):
    as_of: dt.date
    request_id: str = Field(description="共享台账里的编号，对账时用")


class BatchOut(Schema):
    as_of: dt.date
    request_id: str
    answers: list[StatusOut] = Field(description="与请求的次序相同")


@operation(
    router, "POST", "/status/enquiries", summary="核实一个人的待遇资格", response=EnquiryOut, scopes=SCOPES
)
def enquire(request: HttpRequest, body: EnquiryIn) -> Any:
    answers, request_id = _answer(request.caller, [body], body.purpose, body.basis)  # type: ignore[attr-defined]
    return {**answers[0], "as_of": request.caller.today, "request_id": request_id}  # type: ignore[attr-defined]


@operation(
    router,
    "POST",
    "/status/enquiries/batch",
    summary="核实一批人的待遇资格",
    response=BatchOut,
    scopes=SCOPES,
)
def enquire_batch(request: HttpRequest, body: BatchIn) -> Any:
    answers, request_id = _answer(request.caller, body.persons, body.purpose, body.basis)  # type: ignore[attr-defined]
    return {"answers": answers, "as_of": request.caller.today, "request_id": request_id}  # type: ignore[attr-defined]


def _answer(caller: Caller, asked: list[Any], purpose: str, basis: str) -> tuple[list[dict[str, Any]], str]:
    client, access = caller.client, caller.access
    assert client is not None, "the operation needs a scope, so there is a client"
    if purpose not in client.purposes:
        text = (
            f"“{Purpose(purpose).label}”不在登记的用途内，没有查询。确有需要的，请与民政部门商定后变更登记。"
        )
        raise Problem("forbidden", text, [Detail(path="body.purpose", detail=text)])
    found = _people(caller, asked)
    held = _held(found)
    request_id = uuid.uuid4().hex
    # Either both records stand and the answer goes out, or neither: one commit, one wait for the disk.
    with transaction.atomic():
        log(
            BENEFIT_STATUS, purpose, BENEFIT_STATUS.keys, direction=Direction.GIVEN, region=client.region,
            persons_count=len(asked), authorisation=f"{client.department}：{basis}", outcome=Outcome.ANSWERED,
            requester=access.user, request_id=request_id, records=sum(len(held.get(key, [])) for key in found.values()),
        )  # fmt: skip
        record(
            "status.enquired", "核实待遇资格", actor=access.user, persons=found.values(), region=client.region_id,
            reason=Purpose(purpose).label, is_read=True, request=request_id,
        )  # fmt: skip
    numbers = [found.get((one.id_no.upper(), one.name)) for one in asked]
    return [
        {"found": key is not None, "benefits": held.get(key, []) if key else []} for key in numbers
    ], request_id


def _people(caller: Caller, asked: list[Any]) -> dict[tuple[str, str], int]:
    """{(number, name): person} of those in the client's region whose name agrees as well."""
    numbers = {one.id_no.upper() for one in asked}
    in_scope = caller.access.scope("status.enquire", Person.objects.filter(id_no__in=numbers))
    return {(person.id_no, person.name): person.pk for person in in_scope.only("id_no", "name")}


def _held(found: dict[tuple[str, str], int]) -> dict[int, list[dict[str, Any]]]:
    """Each person's benefits, the own and those of the family they belong to; two queries however many they are."""
    people = set(found.values())
    homes: dict[int, list[int]] = {}
    for person, home in Membership.objects.filter(person__in=people, until=None).values_list(
        "person_id", "household_id"
    ):
        homes.setdefault(home, []).append(person)
    rights = Entitlement.objects.filter(Q(person__in=people) | Q(household__in=homes)).exclude(
        state=State.VOID
    )
    held: dict[int, list[dict[str, Any]]] = {}
    for right in rights.order_by("-since_month", "pk"):
        shown = {
            "benefit": right.benefit,
            "title": benefit_title(right.benefit),
            "state": right.state,
            "since": f"{right.since_month:%Y-%m}",
            "until": f"{right.until_month:%Y-%m}" if right.until_month else None,
        }
        for person in {right.person_id, *homes.get(right.household_id or 0, [])} & people:
            held.setdefault(person, []).append(shown)
    return held
