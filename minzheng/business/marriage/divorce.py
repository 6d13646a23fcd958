"""M2–M4: receipt, cooling-off, withdrawal or certificate, and what the night does when nobody came (民法典 第一千零七十六条至第一千零七十八条)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Q

from minzheng.business.marriage.actions import (
    end_marriage,
    finish_applications,
    may_register,
    record_state,
    write_row,
)
from minzheng.business.marriage.certificates import issue_both, revoke_copies
from minzheng.business.marriage.models import (
    Agreement,
    Divorce,
    DivorceState,
    Kind,
    MarriageEnd,
    Prior,
    Registration,
    Source,
)
from minzheng.business.marriage.numbers import next_receipt
from minzheng.business.marriage.review import refuse_wrong_place
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record, record_read
from minzheng.foundation.calendar import default_calendar
from minzheng.foundation.events.bus import emit
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.items.limits import limits
from minzheng.foundation.people.models import LifeEventKind, Person

DAY = dt.timedelta(days=1)
NOT_ACCEPTED = "不予受理："
PROVES = (Source.REGISTERED, Source.VERIFIED)
PARTS = (
    "will",
    "children",
    "property",
    "debts",
)  # what an agreement must settle (民法典 第一千零七十六条第二款)


@dataclass(frozen=True)
class Days:
    """What the receipt prints: C, and the window after it."""

    cooling_until: dt.date
    window_from: dt.date
    window_until: dt.date


def days_from(applied_on: dt.date, region: str) -> Days:
    """By the clocks that M2 declares, so that the receipt says what `minzheng clocks M2` prints."""
    due = {one.clock.key: one.due for one in limits(item_of("M2"), {"accepted": applied_on}, region)}
    cooling, window = due["cooling"], due["window"]
    assert cooling is not None and window is not None, "both follow from the day of receipt"
    return Days(cooling, cooling + DAY, window)


@dataclass(frozen=True)
class Appearance:
    """What the registrar saw and asked: who stands here, whether each wants it, whether each may act for themselves."""

    man_present: bool = False
    woman_present: bool = False
    man_willing: bool = False
    woman_willing: bool = False
    both_capable: bool = False

    def refuse(self) -> None:
        if not (self.man_present and self.woman_present):
            raise Refused(
                "须双方本人同时到场，不能委托他人。请改日双方一起来（民法典 第一千零七十六条、第一千零七十七条）。"
            )
        if found := bars_to_divorce(self):
            raise Refused([f"{NOT_ACCEPTED}{bar}" for bar in found])


def bars_to_divorce(seen: Appearance, *, in_mainland: bool = True) -> list[str]:
    """What makes it the court's business, each with its ground; an absent party is no bar but comes another day."""
    found = []
    if not seen.both_capable:
        found.append("一方或双方是无民事行为能力人或者限制民事行为能力人，请向人民法院起诉（婚姻登记条例）。")
    if not (seen.man_willing and seen.woman_willing):
        found.append("没有达成离婚协议（一方不愿离婚），可以向人民法院起诉（民法典 第一千零七十九条）。")
    if not in_mainland:
        found.append("结婚登记不是在内地办理的，请向人民法院起诉（婚姻登记条例）。")
    return found


def couple_of(divorce: Divorce) -> Iterable[int]:
    return [divorce.man_id, divorce.woman_id]


@action("marriage.divorce_accept", "受理离婚登记申请", permission="marriage.write", persons=couple_of)
def accept_divorce(
    access: Any, divorce: Divorce, seen: Appearance, agreement: Mapping[str, str], *, in_mainland: bool = True
) -> Divorce:
    """Receipt of the application for `divorce.marriage` at `divorce.registry`. The agreement is sealed at once.

    `in_mainland`: whether the marriage was registered in the mainland (or by a Chinese mission abroad).
    """
    marriage, registry, today = divorce.marriage, divorce.registry, access.today
    may_register(access, registry, None, [marriage.man, marriage.woman])
    seen.refuse()
    if bars := bars_to_divorce(seen, in_mainland=in_mainland):
        raise Refused([f"{NOT_ACCEPTED}{bar}" for bar in bars])
    if marriage.ended_on is not None:
        raise Refused(
            f"这段婚姻已于{marriage.ended_on}因{marriage.get_end_display()}终止，不能再办离婚登记。"
        )
    refuse_wrong_place(registry, marriage)
    if lacking := [part for part in PARTS if not agreement.get(part, "").strip()]:
        raise Refused({part: "离婚协议没有写明这一项，请双方商量好后补写。" for part in lacking})
    days = days_from(today, registry.region_id)
    divorce.man, divorce.woman, divorce.region_id = marriage.man, marriage.woman, registry.region_id
    divorce.applied_on, divorce.accepted_by = today, access.user
    divorce.cooling_until, divorce.window_from = days.cooling_until, days.window_from
    divorce.window_until, divorce.calendar = days.window_until, default_calendar().version
    divorce.receipt_no = next_receipt(registry, today.year)
    try:
        with transaction.atomic():
            divorce.save(force_insert=True)
    except IntegrityError:
        raise Refused("双方已有一件离婚登记申请没有办结，请查原来的受理回执单。") from None
    Agreement.objects.create(
        divorce=divorce,
        region_id=divorce.region_id,
        man=divorce.man,
        woman=divorce.woman,
        content={part: agreement[part].strip() for part in PARTS},
        signed_on=today,
    )
    finish_applications(access, "M2", [marriage.man, marriage.woman])
    return divorce


@action("marriage.divorce_withdraw", "撤回离婚登记申请", permission="marriage.write", persons=couple_of)
def withdraw_divorce(access: Any, divorce: Divorce, person: Person) -> None:
    """Either side alone, with the own identity card, up to C; the case closes at once (M3)."""
    now = _open(divorce)
    if person.pk not in couple_of(now):
        raise Refused("只有申请离婚的双方可以撤回，请核对身份证。")
    if access.today > now.cooling_until:
        raise Refused(
            f"冷静期已于{now.cooling_until}届满，不再办理撤回。不想离婚的，不来申领离婚证即可，"
            f"到{now.window_until}期满视为撤回。"
        )
    _close(now, DivorceState.WITHDRAWN, access.today, withdrawn_by=person)
    finish_applications(access, "M3", [person])
    divorce.refresh_from_db()


@action("marriage.divorce", "离婚登记", permission="marriage.write", persons=couple_of)
def register_divorce(
    access: Any, divorce: Divorce, seen: Appearance, *, second: User | None = None
) -> Registration:
    """Both in person at the same registry within the window (M4): register row, number, two certificates."""
    now, today = _open(divorce), access.today
    may_register(access, now.registry, second, [now.man, now.woman])
    if today < now.window_from:
        raise Refused(f"还在冷静期，从{now.window_from}起才能申领离婚证。")
    if today > now.window_until:
        raise Refused(f"申领期限已于{now.window_until}届满，视为撤回申请。仍要离婚的，请重新申请。")
    seen.refuse()
    for person in (now.man, now.woman):
        if not person.is_alive_on(today):
            raise Refused(f"{person.name}已登记死亡，婚姻关系已经终止，不能办理离婚登记。")
    wedding = now.marriage.registrations.order_by("pk").first()
    row = Registration(
        registry=now.registry,
        marriage=now.marriage,
        man=now.man,
        woman=now.woman,
        man_prior="",
        woman_prior="",
        man_nationality=wedding.man_nationality if wedding else "中国",
        woman_nationality=wedding.woman_nationality if wedding else "中国",
    )
    write_row(access, row, Kind.DIVORCE, second)
    if not end_marriage(now.marriage, today, MarriageEnd.DIVORCE):
        raise Refused("这段婚姻刚刚已经终止，请查登记簿核对。")
    _close(now, DivorceState.REGISTERED, today, registration=row)
    for one in now.marriage.registrations.filter(kind__in=[Kind.MARRIAGE, Kind.MARRIAGE_AGAIN]):
        revoke_copies(access, one, f"已于{today}离婚（{row.number}）")
    issue_both(access, row)
    for person in (now.man, now.woman):
        record_state(access, person, Prior.DIVORCED.label, LifeEventKind.DIVORCE, today, row.number)
    finish_applications(access, "M4", [now.man, now.woman])
    divorce.refresh_from_db()
    return row


def read_agreement(access: Any, divorce: Divorce) -> Agreement:
    """Open the sealed agreement: for the two parties and qualified registrars of that registry; the look is recorded."""
    user = access.user
    own = user is not None and user.person_id in couple_of(divorce)
    officers = divorce.registry.registrars.filter(user=user)
    is_registrar = access.may("marriage.agreement", divorce.region_id) and any(
        one.holds_on(access.today) for one in officers
    )
    if not own and not is_registrar:
        raise PermissionDenied("离婚协议只有当事人双方和原登记机关的婚姻登记员可以查阅。")
    record_read(
        "查阅离婚协议",
        actor=user,
        subject=divorce,
        persons=list(couple_of(divorce)),
        region=divorce.region_id,
    )
    return divorce.agreement


def deem_withdrawn(today: dt.date) -> int:
    """Every open application whose window is over (nightly). Each once; returns how many."""
    late = Divorce.objects.filter(state=DivorceState.OPEN, window_until__lt=today)
    done = 0
    for one in late.iterator():
        with transaction.atomic():
            now = Divorce.objects.select_for_update().get(pk=one.pk)
            if now.state == DivorceState.OPEN:
                _close(now, DivorceState.DEEMED, today)
                record(
                    "marriage.divorce_deemed",
                    "离婚登记申请视为撤回",
                    actor=None,
                    subject=now,
                    persons=list(couple_of(now)),
                    region=now.region_id,
                )
                done += 1
    return done


def divorces_of(person: Person) -> Iterable[Divorce]:
    """One's own applications, the latest first."""
    return (
        Divorce.objects.filter(Q(man=person) | Q(woman=person))
        .select_related("registry", "man", "woman")
        .order_by("-applied_on", "-pk")
    )


def registrations_of(person: Person) -> Iterable[Registration]:
    """What the register says about oneself, the latest first; an old record only once it is verified."""
    return (
        Registration.objects.filter(Q(man=person) | Q(woman=person), source__in=PROVES)
        .select_related("registry")
        .order_by("-registered_on", "-pk")
    )


def _open(divorce: Divorce) -> Divorce:
    now = Divorce.objects.select_for_update().get(pk=divorce.pk)
    if now.state != DivorceState.OPEN:
        raise Refused(f"这件离婚登记申请{now.get_state_display()}（{now.closed_on}），不能再办。")
    return now


def _close(divorce: Divorce, state: DivorceState, on: dt.date, **more: Any) -> None:
    divorce.state, divorce.closed_on = state, on
    for name, value in more.items():
        setattr(divorce, name, value)
    divorce.save()
    emit("marriage.divorce_closed", divorce=divorce.pk, state=str(state), region=divorce.region_id)
