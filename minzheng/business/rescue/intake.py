"""求助接待 (国令381 第六条、第七条): voluntary, free, apart by sex and age; what is brought along is listed and given back."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.rescue.apart import free_bed, hand_over, is_minor, wing_of, years_on
from minzheng.business.rescue.identity import link_person, read_number
from minzheng.business.rescue.models import (
    Belonging,
    Extension,
    HealthCheck,
    HealthKind,
    Identity,
    Refusal,
    Stay,
    StayState,
    Wing,
)
from minzheng.business.rescue.tasks import EXTENSION, SEARCH
from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Sex
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks, withdraw_tasks

WRITE, CONFIRM = "rescue.write", "rescue.confirm"
TAKEN = {
    "one_open_stay_per_person": "这个人正在救助站，没有离站。请在“救助”里找到原来的记录。",
    "one_rescued_in_a_bed": "这个床位刚刚安排了别人，请再登记一次。",
}


def whose(stay: Stay) -> tuple[int, ...]:
    return stay.persons


def locked(stay: Stay) -> Stay:
    """The row as it stands now; refused when the person has left."""
    now = Stay.objects.select_for_update(of=["self"]).select_related("station", "person").get(pk=stay.pk)
    if not now.is_open:
        raise Refused("本人已经离站，不能再办这一步。请刷新页面。")
    return now


@action("rescue.take_in", "接待入站", permission=WRITE, persons=whose)
def take_in(access: Any, stay: Stay, *, id_no: str = "") -> Stay:
    """Somebody asks for help and agrees to stay. Wing, bed, number and limit are given here.

    `id_no`: read from the identity card itself; without one, whoever it is stays a provisional identity.
    """
    figure = figures(stay.arrived_on, stay.region_id)
    if stay.found_on > stay.arrived_on or stay.arrived_on > access.today:
        raise Refused({"arrived_on": "入站日期应在发现日期之后、今天之前，请核对。"})
    if not stay.told_by.strip():
        raise Refused({"told_by": "救助要本人自愿。请先告知救助规定，由本人或在场人签收告知书。"})
    if id_no:  # the card knows better than the eye
        stay.age = years_on(read_number(access, id_no).birth_date, stay.arrived_on)
    stay.wing = wing_of(stay)
    stay.bed = _bed_in(stay.station, stay.wing)
    stay.until = period_end(stay.arrived_on, Period(int(figure("rescue_stay_days")), Unit.DAYS))
    serial = NumberSeries.next(f"rescue-{stay.region_id[:6]}-{stay.arrived_on.year}")
    stay.number = f"JZ{stay.region_id[:6]}{stay.arrived_on.year}{serial:05d}"
    stay.received_by = access.user
    stated = stay.stated_id_no or stay.stated_home
    stay.identity = Identity.STATED if stated else Identity.UNKNOWN
    try:
        with transaction.atomic():
            stay.save(force_insert=True)
            if id_no:
                link_person(access, stay, name=stay.called, id_no=id_no, basis="核验身份证原件")
    except IntegrityError as clash:
        _say_taken(clash)
    search = TaskDraft(
        origin=f"rescue_search:{stay.pk}", region=stay.region_id, title=SEARCH.title, reason=stay.number
    )
    if stay.is_unknown:
        open_tasks(SEARCH.code, [search], access.today, actor=access.user)
    if is_minor(stay):
        hand_over(access, stay)
    return stay


def _say_taken(clash: IntegrityError) -> None:
    for name, text in TAKEN.items():
        if name in str(clash):
            raise Refused(text) from None
    raise clash


def _bed_in(station: Facility, wing: Wing) -> str:
    bed = free_bed(station, wing)
    if bed is None:
        raise Refused(f"{wing.label}没有空床。请联系就近的救助站接收，或在“救助站”里登记新增的床位。")
    return bed


@action("rescue.places", "登记床位", permission=WRITE)
def set_places(access: Any, station: Facility, *, men: int, women: int, boys: int, girls: int) -> Facility:
    """How many beds each wing has; not fewer than people lie there."""
    now = Facility.objects.select_for_update().get(pk=station.pk)
    stated = {"men": men, "women": women, "boys": boys, "girls": girls}
    for wing, beds in stated.items():
        lying = Stay.objects.filter(station=now, wing=wing).exclude(state=StayState.LEFT)
        most = max((int(bed) for bed in lying.values_list("bed", flat=True) if bed.isdecimal()), default=0)
        if beds < most:
            raise Refused({wing: f"{Wing(wing).label}的{most}号床还有人，不能少于{most}张。"})
    now.counts = {**now.counts, **stated}
    now.save(update_fields=["counts"])
    return now


@action("rescue.belongings", "登记随身物品", permission=WRITE, persons=whose)
def list_belongings(access: Any, stay: Stay, *, items: str, belongings_by: str) -> Stay:
    """`items`: one a line, "手机 1"; signed by the person, or by two of the staff for who cannot sign."""
    now = locked(stay)
    rows = [_belonging(now, line) for line in items.splitlines() if line.strip()]
    if not rows:
        raise Refused({"items": "请至少写一样；没有随身物品的不用登记。"})
    Belonging.objects.bulk_create(rows)
    now.belongings_by = belongings_by[:20]
    now.save(update_fields=["belongings_by"])
    return now


def _belonging(stay: Stay, line: str) -> Belonging:
    what, _, count = line.strip().replace("，", " ").replace("×", " ").rpartition(" ")
    if count.isdecimal() and what.strip():
        return Belonging(stay=stay, what=what.strip()[:60], count=int(count))
    return Belonging(stay=stay, what=line.strip()[:60])


@action("rescue.health", "登记健康检查", permission=WRITE, persons=whose)
def check_health(access: Any, stay: Stay, *, kind: str, finding: str, hospital: str = "") -> HealthCheck:
    """An emergency goes to hospital at once; the stay goes on there."""
    now = locked(stay)
    if kind == HealthKind.EMERGENCY and not hospital.strip():
        raise Refused({"hospital": "急救送医的，请写明送到哪家医院。"})
    made = HealthCheck.objects.create(
        stay=now, on=access.today, kind=kind, finding=finding, hospital=hospital.strip()[:60], by=access.user
    )
    if kind == HealthKind.EMERGENCY:
        now.state = StayState.HOSPITAL
        now.save(update_fields=["state"])
    return made


@action("rescue.back", "出院回站", permission=WRITE, persons=whose)
def back_from_hospital(access: Any, stay: Stay) -> Stay:
    now = locked(stay)
    if now.state != StayState.HOSPITAL:
        raise Refused("本人没有在医院，不用办理。请刷新页面。")
    now.state = StayState.IN_CARE
    now.save(update_fields=["state"])
    return now


@action("rescue.carer", "安排照料人", permission=WRITE, persons=whose)
def assign_carer(access: Any, stay: Stay, *, carer: str) -> Stay:
    """Women are looked after by women (国令381 第七条)."""
    now = locked(stay)
    staff = User.objects.select_related("person").filter(pk=carer).first()
    if staff is None or staff.person is None:
        raise Refused({"carer": "请从本站工作人员中选。"})
    if now.sex == Sex.FEMALE and staff.person.sex != Sex.FEMALE:
        raise Refused({"carer": "女性受助人员由女性工作人员照料，请另选一位。"})
    now.carer = staff
    now.save(update_fields=["carer"])
    return now


@action("rescue.extend_ask", "申请延期救助", permission=WRITE, persons=whose)
def ask_extension(access: Any, stay: Stay, *, days: int, reason: str) -> Extension:
    now = locked(stay)
    most = int(figures(access.today, now.region_id)("rescue_extension_days"))
    if not 1 <= int(days) <= most:
        raise Refused({"days": f"一次最多延长{most}日，还需要的到期前再申请。"})
    if now.extensions.filter(granted=None).exists():
        raise Refused("已经申请过延期，等县级另一位同志核准。")
    asked = Extension.objects.create(
        stay=now, region_id=now.region_id, days=days, reason=reason.strip()[:200], asked_by=person_of(access),
        asked_on=access.today,
    )  # fmt: skip
    draft = TaskDraft(
        origin=f"rescue_extension:{asked.pk}", region=now.region_id, title=EXTENSION.title, reason=now.number
    )
    open_tasks(EXTENSION.code, [draft], access.today, actor=access.user)
    return asked


@action("rescue.extend", "决定延期救助", permission=CONFIRM, persons=lambda one: one.stay.persons)
def decide_extension(access: Any, asked: Extension, *, granted: bool, note: str = "") -> Extension:
    """By another person than who asked; the limit moves from its own end, never shorter."""
    now = Extension.objects.select_for_update().get(pk=asked.pk)
    if now.granted is not None:
        raise Refused("这次延期已经决定过，请刷新页面。")
    decider = another_person(access, now.asked_by_id, did="申请", does="核准")
    stay = locked(now.stay)
    if not granted and not note.strip():
        raise Refused({"note": "不同意的，请写明理由和安排。"})
    now.granted, now.decided_by, now.decided_on, now.note = granted, decider, access.today, note.strip()[:200]
    now.save()
    if granted:
        withdraw_tasks([f"rescue_ending:{stay.pk}:{stay.until}"], "已延期", actor=access.user)
        stay.until += dt.timedelta(days=now.days)
        stay.save(update_fields=["until"])
    withdraw_tasks([f"rescue_extension:{now.pk}"], "已决定", actor=access.user)
    return now


@action("rescue.refuse", "不予救助", permission=WRITE)
def refuse_help(access: Any, refusal: Refusal) -> Refusal:
    """Only with a written reason; the notice says where one may complain (实施细则)."""
    if len(refusal.reason.strip()) < 10:
        raise Refused({"reason": "请把理由写具体，让本人看得明白（不少于10个字）。"})
    serial = NumberSeries.next(f"rescue-refusal-{refusal.region_id[:6]}-{access.today.year}")
    refusal.number = f"不予救助〔{access.today.year}〕{refusal.region_id[:6]}-{serial:04d}号"
    refusal.asked_on, refusal.by = access.today, access.user
    refusal.save(force_insert=True)
    return refusal
