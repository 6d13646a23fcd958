"""Contracts with providers: signed, changed by a supplement, ended early; and who works under them (财政部令第102号)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.organisations.uscc import UsccError, parse_uscc
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.services.models import Amendment, Contract, Worker
from minzheng.foundation.services.settle import spent
from minzheng.foundation.services.words import ServiceKind


def day_of(value: dt.date | str) -> dt.date:
    return dt.date.fromisoformat(str(value))


def provider_with(uscc: str) -> Organisation:
    """The registered organisation of this code; refused at its question otherwise."""
    try:
        found = Organisation.objects.filter(uscc=parse_uscc(uscc), ended_on=None).first()
    except UsccError as wrong:
        raise Refused({"uscc": str(wrong)}) from None
    if found is None:
        raise Refused({"uscc": "没有登记这个单位，或它已注销。请先在单位台账登记。"})
    return found


@action("contract.sign", "登记购买服务合同", permission="service.settle", region=lambda county: county.code)
def sign_contract(
    access: Any,
    county: Region,
    *,
    number: str,
    title: str,
    uscc: str,
    kinds: Sequence[str],
    since: dt.date | str,
    until: dt.date | str,
    amount_fen: int,
    deliverables: str,
) -> Contract:
    """From its first day on the provider may accept orders of these kinds in the county."""
    if day_of(until) < day_of(since):
        raise Refused({"until": "合同的止日早于起日，请对照合同核对。"})
    if unknown := [kind for kind in kinds if kind not in shelf(ServiceKind)]:
        raise Refused({"kinds": f"没有服务项目“{unknown[0]}”，请从目录中选择。"})
    try:
        with transaction.atomic():
            return Contract.objects.create(
                number=number, title=title, provider=provider_with(uscc), region=county, kinds=list(kinds),
                since=day_of(since), until=day_of(until), amount_fen=amount_fen, deliverables=deliverables[:300],
            )  # fmt: skip
    except IntegrityError:
        raise Refused(
            {"number": "这个合同编号已经登记过。续签请用新编号，变更请在原合同登记补充协议。"}
        ) from None


@action("contract.amend", "登记补充协议", permission="service.settle")
def amend(
    access: Any,
    contract: Contract,
    *,
    signed_on: dt.date | str,
    until: dt.date | str,
    amount_fen: int,
    reason: str,
) -> Amendment:
    """The contract says what holds from now on; the supplement keeps what held before. Never below what is used up."""
    current = Contract.objects.select_for_update().get(pk=contract.pk)
    if not current.is_running(access.today):
        raise Refused("合同已经到期或终止，不能补充。请另签新合同。")
    if day_of(until) < access.today:
        raise Refused({"until": "新的止日已经过去。要提前结束，请用“提前终止”。"})
    if amount_fen < (used := spent(current)):
        raise Refused({"amount_fen": f"已经结算{used / 100:.2f}元，合同金额不能比它少。"})
    made = Amendment.objects.create(
        contract=current, region=current.region, signed_on=day_of(signed_on), reason=reason.strip()[:300],
        until_before=current.until, until=day_of(until), amount_fen_before=current.amount_fen, amount_fen=amount_fen,
    )  # fmt: skip
    current.until, current.amount_fen = made.until, amount_fen
    current.save()
    return made


@action("contract.end", "提前终止合同", permission="service.settle")
def end_contract(access: Any, contract: Contract, *, ended_on: dt.date | str) -> Contract:
    """`ended_on` is the first day on which nothing may be accepted under it; what was accepted is still settled."""
    current = Contract.objects.select_for_update().get(pk=contract.pk)
    if current.ended_on is not None:
        raise Refused("这份合同已经登记过终止。")
    if not current.since <= day_of(ended_on) <= current.until:
        raise Refused({"ended_on": "终止日应在合同期内，请核对。"})
    current.ended_on = day_of(ended_on)
    current.save()
    return current


def _of_provider(access: Any, provider: Organisation, region: str) -> None:
    """Its own account, or the county that contracts it."""
    if provider.pk in access.organisations:
        access.require("institution.work")
    else:
        access.require("service.settle", region)


@action("worker.add", "登记服务人员", region=lambda contract: contract.region_id)
def add_worker(
    access: Any,
    contract: Contract,
    *,
    name: str,
    id_no: str,
    since: dt.date | str,
    phone: str = "",
    skill: str = "",
) -> Worker:
    """Somebody who goes out for the provider, in the county of its contract."""
    _of_provider(access, contract.provider, contract.region_id)
    here = Worker.objects.filter(provider=contract.provider, until=None)
    if any(one.id_no == id_no for one in here):
        raise Refused({"id_no": "这个人已经在岗，不用再登记。"})
    return Worker.objects.create(
        provider=contract.provider, region=contract.region, name=name, id_no=id_no, phone=phone or "",
        skill=skill or "", since=day_of(since),
    )  # fmt: skip


@action("worker.leave", "登记服务人员离职")
def worker_leaves(access: Any, worker: Worker, *, until: dt.date | str) -> Worker:
    _of_provider(access, worker.provider, worker.region_id)
    if worker.until is not None or day_of(until) < worker.since:
        raise Refused({"until": "离职日期应在入职之后；已经离职的不用再登记。"})
    worker.until = day_of(until)
    worker.save(update_fields=["until"])
    return worker
