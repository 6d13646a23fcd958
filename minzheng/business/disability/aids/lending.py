"""Fitted, lent against a deposit, given back; the county's share of a month's rent is settled with the station."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db.models import Q

from minzheng.business.disability.aids.models import AidDevice, AidLoan, DeviceState, Way
from minzheng.business.disability.facilities import AID_STATION
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.calendar import add_months
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.named import people_of
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.rules import decide
from minzheng.foundation.services.words import Charged
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

RULE, OVERDUE = "aid_subsidy", "disability.aid_due"


@action("aid.stock", "登记辅具", permission="register.write", region=lambda aid: aid.region_id)
def stock(access: Any, aid: Any, *, serial: str, station: str) -> AidDevice:
    """One piece comes onto the shelf of an open station of the catalogue's county."""
    stations = Facility.objects.on(access.today).filter(
        within(prefix_of(aid.region_id)), kind=AID_STATION.code
    )
    found = stations.filter(name=station.strip()).first()
    if found is None:
        raise Refused({"station": "没有找到这个租赁站点。请照设施台账写全称。"})
    if AidDevice.objects.filter(serial=serial.strip()).exists():
        raise Refused({"serial": "这个编号已经登记过，请核对标签。"})
    return AidDevice.objects.create(aid=aid, station=found, region=found.region, serial=serial.strip())


@action("aid.lend", "适配并租出", permission="register.write")
def lend(
    access: Any,
    device: AidDevice,
    *,
    id_no: str,
    way: str,
    need: str,
    fitted_on: dt.date | str,
    fitted_by: str,
    months: int | None = None,
    deposit_no: str = "",
) -> AidLoan:
    """To a person of one's own regions. Rented against the catalogue's deposit, or given free (福康工程)."""
    current = AidDevice.objects.select_for_update(of=("self",)).select_related("aid").get(pk=device.pk)
    if current.state != DeviceState.FREE:
        raise Refused(f"这件辅具{current.get_state_display()}，不能租出。")
    person = access.scope("person.read", Person.objects.filter(id_no=id_no)).first()
    if person is None:
        raise Refused({"id_no": "您的辖区里没有这个人。请核对身份证号，或先在人员台账登记。"})
    if not person.is_alive_on(access.today):
        raise Refused("人员档案登记此人已经去世，请核对。")
    fitted = dt.date.fromisoformat(str(fitted_on))
    is_rent = way == Way.RENT
    if is_rent and not months:
        raise Refused({"months": "租赁请填写租几个月。"})
    if is_rent and current.aid.deposit_fen and not deposit_no.strip():
        raise Refused({"deposit_no": "先收押金、开收据，再登记租出。"})
    current.state = DeviceState.LENT
    current.save(update_fields=["state"])
    return AidLoan.objects.create(
        name=person.name, id_no=person.id_no, person=person, region=person.region, device=current, way=way,
        need=need, fitted_on=fitted, fitted_by=fitted_by, since=access.today,
        due_on=add_months(access.today, months or 0) if is_rent else None,
        rent_fen=current.aid.rent_fen if is_rent else 0,
        deposit_fen=current.aid.deposit_fen if is_rent else 0, deposit_no=deposit_no.strip() if is_rent else "",
        subsidised=is_rent and is_subsidised(person, access.today),
    )  # fmt: skip


def is_subsidised(person: Person, on: dt.date) -> bool:
    """By the rule; what is not known yet is no subsidy: it begins when the loan is renewed with the facts on file."""
    document = person_document(person, on) | {"standards": settings.STANDARDS_SET}
    return decide(document, want=[RULE], about=0)[RULE] is True


def _persons(loan: AidLoan) -> list[int]:
    return list(people_of([loan]))


@action("aid.return", "归还并退押金", permission="register.write", persons=_persons)
def take_back(
    access: Any,
    loan: AidLoan,
    *,
    returned_on: dt.date | str,
    condition: str,
    withheld_fen: int = 0,
    withheld_for: str = "",
    refund_no: str = "",
) -> AidLoan:
    """The device goes back to the shelf, the deposit to the user; what is withheld has its reason."""
    current = AidLoan.objects.select_for_update(of=("self",)).get(pk=loan.pk)
    day = dt.date.fromisoformat(str(returned_on))
    if current.returned_on is not None:
        raise Refused("已经归还，不用再办。")
    if not current.since <= day <= access.today:
        raise Refused({"returned_on": "归还日期应在领用之后、今天之前，请核对。"})
    withheld = withheld_fen or 0
    if withheld > current.deposit_fen:
        raise Refused({"withheld_fen": "扣除的不能多于押金；超出的损失另行协商。"})
    if withheld and not withheld_for.strip():
        raise Refused({"withheld_for": "扣押金要写明原因，并告知本人。"})
    if current.deposit_fen > withheld and not refund_no.strip():
        raise Refused({"refund_no": "先退押金、取得本人签收的收据，再办结。"})
    current.returned_on, current.withheld_fen = day, withheld
    current.withheld_for, current.refund_no = withheld_for.strip(), refund_no.strip()
    current.save()
    AidDevice.objects.filter(pk=current.device_id).update(state=condition)
    withdraw_tasks([_origin(current)], "已归还", actor=access.user)
    return current


@action("aid.extend", "续租", permission="register.write", persons=_persons)
def extend(access: Any, loan: AidLoan, *, months: int) -> AidLoan:
    """Later due; whether the rent is subsidised is looked at afresh."""
    current = AidLoan.objects.select_for_update(of=("self",)).select_related("person").get(pk=loan.pk)
    if current.returned_on is not None or current.due_on is None:
        raise Refused("只有没归还的租赁可以续租。")
    withdraw_tasks([_origin(current)], "已续租", actor=access.user)
    current.due_on = add_months(max(current.due_on, access.today), months)
    if current.person is not None:
        current.subsidised = is_subsidised(current.person, access.today)
    current.save(update_fields=["due_on", "subsidised"])
    return current


@action("aid.mended", "回到货架", permission="register.write")
def back_on_shelf(access: Any, device: AidDevice) -> AidDevice:
    current = AidDevice.objects.select_for_update(of=("self",)).get(pk=device.pk)
    if current.state != DeviceState.REPAIR:
        raise Refused("只有维修、消毒中的辅具可以回到货架。")
    current.state = DeviceState.FREE
    current.save(update_fields=["state"])
    return current


def due(county: str, month: dt.date) -> Iterator[Charged]:
    """The county's share of the rent of every subsidised loan that ran in the month, by who runs the station."""
    last = last_day(month)
    stated = figures(last, county)
    percent, cap = stated("aid_subsidy_percent"), stated("aid_subsidy_cap")
    running = AidLoan.objects.filter(
        within(prefix_of(county), "device__region_id"),
        Q(returned_on=None) | Q(returned_on__gte=month),
        subsidised=True,
        since__lte=last,
        device__station__organisation__isnull=False,
    )
    counted: dict[int, tuple[int, int]] = {}
    for provider, rent in running.values_list("device__station__organisation", "rent_fen"):
        number, fen = counted.get(provider, (0, 0))
        counted[provider] = (number + 1, fen + min(cap, (rent * percent + 50) // 100))
    for provider, (number, fen) in sorted(counted.items()):
        yield Charged(provider, number, fen)


def remind(on: dt.date) -> int:
    """Somebody asks for what should have been given back; once for each due day."""
    late = AidLoan.objects.filter(returned_on=None, due_on__lt=on).only(
        "id", "region_id", "person_id", "due_on"
    )
    drafts = [
        TaskDraft(
            origin=_origin(one),
            region=one.region_id,
            person=one.person_id,
            title="辅具到期未还",
            reason=f"应在 {one.due_on} 归还或续租",
        )
        for one in late
    ]
    return open_tasks(OVERDUE, drafts, on=on).count


def _origin(loan: AidLoan) -> str:
    return f"aid_loan:{loan.pk}:{loan.due_on or ''}"
