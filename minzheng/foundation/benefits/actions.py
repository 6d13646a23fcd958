"""Writes on entitlements. Their right is judged by the caller: a case step's role, or the life event itself.

Each takes the lock of its county and benefit, changes the timeline and tells `entitlement.amended`, on which
foundation/payments settles the months already charged: back-pay or recovery, per month and once (DC6, DC7).
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits.beside import free_month, refuse_excluded
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.models import (
    ONCE,
    Entitlement,
    State,
    SuspensionPeriod,
    as_it_was,
    county_of,
)
from minzheng.foundation.benefits.months import add_months, month_of, next_month
from minzheng.foundation.benefits.timeline import Span, Why, lay
from minzheng.foundation.benefits.words import Benefit, Unit, benefit
from minzheng.foundation.events.bus import emit
from minzheng.foundation.guardians.models import guardian_of
from minzheng.foundation.people.models import Household, Person


def _persons(subject: Entitlement | Household | Person) -> list[int]:
    if isinstance(subject, Entitlement):
        return [one for one in (subject.person_id, subject.payee_id) if one is not None]
    return [subject.head_id] if isinstance(subject, Household) else [subject.pk]


def _current(entitlement: Entitlement) -> Entitlement:
    """The locked, current row. An ended right may still be corrected for its past (a late death, a new standard)."""
    lock(entitlement.benefit, entitlement.county)
    current = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    if current.state == State.VOID:
        raise Refused("这项待遇已被撤销，不能再变更。")
    return current


def _open(entitlement: Entitlement) -> Entitlement:
    """The locked, current row of a right that still runs."""
    current = _current(entitlement)
    if current.state == State.ENDED:
        raise Refused("这项待遇已经停发，不能再变更。如需恢复，请重新申请。")
    return current


def _tell(entitlement: Entitlement) -> Entitlement:
    emit("entitlement.amended", entitlement=entitlement.pk)
    return entitlement


@action("entitlement.grant", "确认待遇", persons=_persons)
def grant(
    access: Any,
    holder: Household | Person,
    *,
    code: str,
    amount_fen: int,
    why: Why,
    person: Person | None = None,
    payee: Person | None = None,
    account_name: str = "",
    applied_on: dt.date | None = None,
    reached_on: dt.date | None = None,
    grade: str = "",
    case_id: int | None = None,
    case_number: str = "",
    review_due: dt.date | None = None,
    spans: Sequence[Span] = (),
) -> Entitlement:
    """Grant benefit `code` to a household or a person, from the month its start rule says.

    `amount_fen` a month, at least 1; or `spans`, where months differ (benefits/due.py): it then starts with the
    first of them. `person` holds a household's right (default: its head); `payee` is paid
    (default: the guardian, else the holder). Raises Refused when another benefit excludes this one, or it is held already.
    """
    declared = benefit(code)
    household = holder if isinstance(holder, Household) else None
    if (household is not None) != (declared.unit is Unit.HOUSEHOLD):
        raise Refused(
            f"“{declared.title}”按{'家庭' if declared.unit is Unit.HOUSEHOLD else '个人'}确认，请改选对象。"
        )
    if amount_fen <= 0:
        raise Refused("月金额应大于零。不符合条件的，请作出不予确认的决定。")
    right_holder = person or (holder.head if isinstance(holder, Household) else holder)
    region = _competent(declared, holder)
    lock(code, county_of(region))
    since = spans[0].from_month if spans else declared.first_month(why.decided_on, applied_on, reached_on)
    if declared.once:
        since = free_month(code, right_holder, since)
    refuse_excluded(declared, household, right_holder, since)
    entitlement = Entitlement.objects.create(
        benefit=code,
        household=household,
        person=right_holder,
        payee=payee or guardian_of(right_holder.pk, access.today) or right_holder,
        account_name=account_name,
        region_id=region,
        case_id=case_id,
        case_number=case_number,
        grade=grade,
        since_month=since,
        until_month=since if declared.once else None,
        end_reason=ONCE if declared.once else "",
        state=State.ENDED if declared.once else State.ACTIVE,
        review_due=review_due,
    )
    for span in spans or [Span(since, since if declared.once else None, amount_fen)]:
        lay(entitlement, span, why)
    return _tell(entitlement)


def _competent(declared: Benefit, holder: Household | Person) -> str:
    """Who pays: the place where they live, or the place of the hukou when the benefit follows it."""
    if declared.follows_hukou and isinstance(holder, Person) and holder.hukou_region_id:
        return holder.hukou_region_id
    return holder.region_id


@action("entitlement.change", "调整待遇金额", persons=_persons)
def change_amount(access: Any, entitlement: Entitlement, *, amount_fen: int, why: Why) -> Entitlement:
    """A rise or cut by review: from the month after the decision (DC6)."""
    current = _open(entitlement)
    if amount_fen <= 0:
        raise Refused("调整后的月金额应大于零。不再符合条件的，请办理停发或渐退。")
    lay(current, Span(next_month(why.decided_on), None, amount_fen), why)
    return _tell(current)


@action("entitlement.restate", "按新标准重算待遇", persons=_persons)
def restate(access: Any, entitlement: Entitlement, *, spans: list[Span], why: Why) -> Entitlement:
    """Lay amounts over months that may lie in the past: a new standard counts from its own month (DC6, EX17)."""
    current = _current(entitlement)
    for span in spans:
        first = max(span.from_month, current.since_month)
        if span.until_month is None or span.until_month >= first:
            lay(current, Span(first, span.until_month, span.amount_fen), why)
    return _tell(current)


@action("entitlement.suspend", "暂缓发放", persons=_persons)
def suspend(access: Any, entitlement: Entitlement, *, from_month: dt.date, reason: str) -> Entitlement:
    """Hold the money from a month on: it stays calculated and visible, and is not sent."""
    current = _open(entitlement)
    if current.state == State.SUSPENDED:
        raise Refused("这项待遇已在暂缓发放中。")
    SuspensionPeriod.objects.create(entitlement=current, from_month=from_month, reason=reason)
    return _save(current, State.SUSPENDED)


@action("entitlement.resume", "恢复发放", persons=_persons)
def resume(
    access: Any, entitlement: Entitlement, *, from_month: dt.date, pay_held: bool, why: Why
) -> Entitlement:
    """Pay again from a month on. `pay_held`: the held months are paid too; otherwise nothing is owed for them."""
    current = _open(entitlement)
    period = current.suspensions.filter(until_month__isnull=True).first()
    if period is None:
        raise Refused("这项待遇没有暂缓发放，不需要恢复。")
    last_held = add_months(from_month, -1)
    if last_held < period.from_month:
        period.delete()
    else:
        period.until_month = last_held
        period.save(update_fields=["until_month"])
        if not pay_held:
            lay(current, Span(period.from_month, last_held, 0), why)
    return _save(current, State.EXITING if current.until_month else State.ACTIVE)


@action("entitlement.exit", "渐退", persons=_persons)
def gradual_exit(access: Any, entitlement: Entitlement, *, verified_on: dt.date, months: int) -> Entitlement:
    """Go on at the old amount for `months` months after the change was verified, then stop (EX34).

    `months` is the dated local parameter; the law allows at most six (民发〔2022〕83号).
    """
    current = _open(entitlement)
    if months < 1:
        raise Refused("渐退期至少一个月。不给渐退期的，请直接办理停发。")
    current.until_month = add_months(month_of(verified_on), months)
    current.end_reason = "gradual_exit"
    return _save(current, State.EXITING)


@action("entitlement.end", "停发待遇", persons=_persons)
def end(access: Any, entitlement: Entitlement, *, on: dt.date, reason: str) -> Entitlement:
    """Stop: the month of the event or of the decision is the last payable one (DC6, DC7)."""
    return _end(_current(entitlement), month_of(on), reason)


@action("entitlement.void", "撤销待遇", persons=_persons)
def void(access: Any, entitlement: Entitlement, *, reason: str) -> Entitlement:
    """The right never existed (granted on false papers): everything paid becomes recoverable."""
    current = _current(entitlement)
    current.end_reason = reason
    return _save(current, State.VOID)


@action("entitlement.death", "死亡后调整待遇", persons=_persons)
def on_death(
    access: Any,
    entitlement: Entitlement,
    *,
    died_on: dt.date,
    why: Why,
    recomputed_fen: int = 0,
    back_pay: bool = False,
) -> Entitlement:
    """DC7. `recomputed_fen`: what the remaining family is owed a month; 0 ends the right.

    A smaller amount holds from the month after the death, so what was paid above it is recovered. A larger one
    holds from the month after the decision, unless the local parameter `backpay.on_death` says otherwise.
    """
    current = _current(entitlement)
    if recomputed_fen <= 0:
        return _end(current, month_of(died_on), "death")
    first, decided = next_month(died_on), month_of(why.decided_on)
    rows = current.amounts.filter(superseded_at__isnull=True).exclude(until_month__lt=first)
    if not back_pay and first <= decided:
        for row in list(rows.filter(from_month__lte=decided)):
            last = min(row.until_month or decided, decided)
            lay(current, Span(max(row.from_month, first), last, min(row.amount_fen, recomputed_fen)), why)
        first = next_month(decided)
    lay(current, Span(first, None, recomputed_fen), why)
    return _tell(current)


@action("entitlement.death_corrected", "更正死亡后的停发月份", persons=_persons)
def end_later(access: Any, entitlement: Entitlement, *, last: dt.date) -> Entitlement:
    """The person lived longer than was believed: the right goes on, at its amounts of then, to `last`."""
    current = _current(entitlement)
    current.until_month = max(last, current.since_month)
    return _save(current, State.ENDED)


@action("entitlement.reinstate", "恢复被误停的待遇", persons=_persons)
def reinstate(access: Any, entitlement: Entitlement) -> Entitlement:
    """As it was before what ended it, which had not happened: the months since then are owed again."""
    lock(entitlement.benefit, entitlement.county)
    current = Entitlement.objects.select_for_update().get(pk=entitlement.pk)
    before = as_it_was(current)
    current.until_month, current.end_reason = before.until_month, before.end_reason
    _save(current, State(before.state))
    emit("entitlement.reinstated", entitlement=current.pk, on=access.today.isoformat())
    return current


@action("entitlement.payee", "变更领款人", persons=_persons)
def change_payee(
    access: Any, entitlement: Entitlement, *, payee: Person, account_name: str = ""
) -> Entitlement:
    """From now on another person's account is paid: a guardian, or the family's new head."""
    current = _open(entitlement)
    current.payee = payee
    current.account_name = account_name
    return _save(current, State(current.state))


@action("entitlement.holder", "变更家庭待遇的持有人", persons=_persons)
def change_holder(access: Any, entitlement: Entitlement, *, holder: Person) -> Entitlement:
    """Another member holds the family's right from now on, and is paid."""
    current = _open(entitlement)
    current.person = holder
    current.payee = guardian_of(holder.pk, access.today) or holder
    current.account_name = ""
    return _save(current, State(current.state))


def _end(entitlement: Entitlement, last: dt.date, reason: str) -> Entitlement:
    entitlement.end_reason = reason
    if last < entitlement.since_month:
        return _save(entitlement, State.VOID)
    if entitlement.until_month is not None:
        last = min(last, entitlement.until_month)
    entitlement.until_month = last
    return _save(entitlement, State.ENDED)


def _save(entitlement: Entitlement, state: State) -> Entitlement:
    entitlement.state = state
    entitlement.save()
    return _tell(entitlement)
