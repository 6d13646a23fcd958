"""A child moves in, leaves, is handed over to another institution with its papers, and comes back if that is undone."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.children.facilities import INSTITUTION
from minzheng.business.children.institutions.models import Conversion, ConversionState, Paper, Residence
from minzheng.foundation.accounts.behind import refuse_same_person
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.granting import ask_for_review
from minzheng.foundation.events.bus import emit
from minzheng.foundation.facilities.models import Facility
from minzheng.foundation.life_events.actions import undo_of_register
from minzheng.foundation.people.actions import life_event_of_register
from minzheng.foundation.people.models import LifeEventKind
from minzheng.foundation.people.named import people_of

WRITE = "ward.write"
HANDED_OVER, TAKEN_BACK = "移交其他儿童福利机构", "移交已撤销"


def _persons(row: Residence) -> list[int]:
    return list(people_of([row]))


def _institution(name: str, on: dt.date) -> Facility:
    """A running institution by its whole name, wherever it stands: the city's takes in the counties' children."""
    running = Facility.objects.on(on).filter(kind=INSTITUTION.code, name=name.strip())
    found = list(running.select_for_update(of=("self",))[:2])
    if len(found) != 1:
        raise Refused({"house": "没有找到正在运营的这家儿童福利机构。请照“设施”台账写全称。"})
    return found[0]


def refuse_full(facility: Facility) -> None:
    """Whoever lives there lies in a bed of the register; a converting institution takes in nobody."""
    beds = facility.counts.get("beds")
    taken = Residence.objects.filter(facility=facility, until=None).count()
    if beds is not None and taken >= beds:
        raise Refused(f"{facility.name}登记床位 {beds} 张，已经住满。请改选机构，或先更正床位数。")
    if Conversion.objects.filter(facility=facility).exclude(state=ConversionState.WITHDRAWN).exists():
        raise Refused(f"{facility.name}正在转型，不再收住。请改选机构。")


@action("residence.admit", "儿童入住机构", permission=WRITE, region=lambda facility: facility.region_id)
def admit(
    access: Any,
    facility: Facility,
    *,
    name: str,
    id_no: str,
    bed: str,
    ground: str,
    ground_no: str,
    since: dt.date | str,
) -> Residence:
    """From this day on the child is brought up by the institution: the right to the higher standard is looked at."""
    day = dt.date.fromisoformat(str(since))
    current = Facility.objects.select_for_update(of=("self",)).get(pk=facility.pk)
    if day > access.today or not current.is_open_on(day):
        raise Refused({"since": "入住日期应在机构开办之后、今天之前，请核对。"})
    refuse_full(current)
    row = Residence(
        name=name, id_no=id_no, region=current.region, facility=current, bed=bed.strip(), ground=ground,
        ground_no=ground_no, since=day,
    )  # fmt: skip
    row.clean()
    if row.person is None or row.person.name != name.strip():
        raise Refused({"id_no": "人员库里没有这个姓名和号码的孩子，请先在人员台账登记，或核对号码。"})
    if not row.person.is_alive_on(day):
        raise Refused({"id_no": "人员档案登记此人已经去世，请核对。"})
    _save(row)
    _look_at_right(row, "入住儿童福利机构，按机构养育标准核定", access.today)
    return row


@action("residence.leave", "儿童离开机构", permission=WRITE, persons=_persons)
def leave(access: Any, residence: Residence, *, until: dt.date | str, left_for: str) -> Residence:
    current = _living(residence)
    day = dt.date.fromisoformat(str(until))
    if not current.since <= day <= access.today:
        raise Refused({"until": "离开日期应在入住之后、今天之前，请核对。"})
    current.until, current.left_for = day, left_for[:60]
    current.save(update_fields=["until", "left_for"])
    _look_at_right(current, f"离开儿童福利机构（{left_for}），按散居标准核定", access.today)
    return current


@action("residence.transfer", "移交其他儿童福利机构", permission=WRITE, persons=_persons)
def transfer(
    access: Any,
    residence: Residence,
    *,
    house: str,
    bed: str,
    moved_on: dt.date | str,
    hand_over_no: str,
    papers: Sequence[str],
    with_hukou: bool,
) -> Residence:
    """The child, its papers and its file go together. With the hukou the right follows: the new place pays from next month."""
    current, day = _living(residence), dt.date.fromisoformat(str(moved_on))
    if not current.since <= day <= access.today:
        raise Refused({"moved_on": "移交日期应在入住之后、今天之前，请核对。"})
    if missing := [str(one.label) for one in (Paper.CHILD, Paper.GUARDIAN) if one not in papers]:
        raise Refused({"papers": f"{'、'.join(missing)}必须随人移交。请备齐后再办。"})
    target = _institution(house, access.today)
    if target.pk == current.facility_id:
        raise Refused({"house": "孩子现在就住在这家机构，请核对接收机构的名称。"})
    refuse_full(target)
    current.until, current.left_for, current.left_by = day, HANDED_OVER, access.user
    current.save(update_fields=["until", "left_for", "left_by"])
    made = Residence(
        name=current.name, id_no=current.id_no, person=current.person, region=target.region, facility=target,
        bed=bed.strip(), ground=current.ground, ground_no=current.ground_no, since=day, came_from=current,
        came_from_house=current.facility.name, hand_over_no=hand_over_no, papers=list(papers),
    )  # fmt: skip
    _save(made)
    if with_hukou and made.person is not None:
        made.move = life_event_of_register(
            access, made.person, LifeEventKind.MOVE, day, "儿童福利机构移交", to_region=made.region
        )
        made.save(update_fields=["move"])
    emit("child.handed_over", residence=made.pk)
    return made


@action("residence.take_back", "撤销移交", permission=WRITE, persons=_persons)
def take_back(access: Any, residence: Residence, *, reason: str) -> Residence:
    """By another person than who handed the child over: the old bed, the old file's place, the hukou and the right."""
    refuse_same_person(access, residence.left_by, did="移交", does="撤销")
    before = Residence.objects.select_for_update(of=("self",)).get(pk=residence.pk)
    there = Residence.objects.filter(came_from=before, until=None).select_for_update(of=("self",)).first()
    if there is None:
        raise Refused("没有可以撤销的移交，或孩子已经离开接收机构。请刷新页面核对。")
    there.until, there.left_for = there.since, TAKEN_BACK
    there.save(update_fields=["until", "left_for"])
    before.until, before.left_for, before.left_by = None, "", None
    _save(before)
    if there.move is not None:
        undo_of_register(access, there.move, reason)
    emit("child.handed_back", residence=there.pk)
    return before


def _living(residence: Residence) -> Residence:
    current = Residence.objects.select_for_update(of=("self",)).get(pk=residence.pk)
    if current.until is not None:
        raise Refused("孩子已经离开这家机构，不能再办这一步。请刷新页面。")
    return current


def _save(row: Residence) -> None:
    """A bed or a child that is taken is said at its question."""
    try:
        with transaction.atomic():
            row.save()
    except IntegrityError as clash:
        if "one_child_in_a_bed" in str(clash):
            raise Refused({"bed": "这张床已经有孩子，请换一张床。"}) from None
        if "one_residence_at_a_time" in str(clash):
            raise Refused("这个孩子正住在一家儿童福利机构。请由那家机构办理移交或离开。") from None
        raise


def _look_at_right(row: Residence, story: str, today: dt.date) -> None:
    if row.person_id is not None:
        ask_for_review(row.person_id, ("C1",), story, today)
