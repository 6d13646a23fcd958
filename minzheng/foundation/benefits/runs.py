"""A county's sum of one month: drawn up by one officer, confirmed by another as its page showed it, then it stands.

Subsidies of homes, waived funerals, services, one-off payments: what is counted and whose rights come of it is each one's
own (decisions/0020). Who may confirm what, once and until when, is the same for all and stands here.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any, TypeVar

import pgtrigger
from django.db import models
from django.db.models import F, Q

from minzheng.foundation.accounts.behind import another_person, person_of
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.lock import lock
from minzheng.foundation.benefits.models import is_first_day
from minzheng.foundation.benefits.months import month_of
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region


class RunState(models.TextChoices):
    DRAFT = "draft", "待确认"
    CONFIRMED = "confirmed", "已确认，待发放"
    DROPPED = "dropped", "已撤销"


class Run(models.Model):
    """`region` is a county, `month` its first day, `total_fen` whole fen. Its lines are the model's own."""

    region = models.ForeignKey(Region, models.PROTECT, verbose_name="县（市、区）", related_name="+")
    month = models.DateField("所属月份")
    state = models.CharField("状态", max_length=10, choices=RunState.choices, default=RunState.DRAFT)
    total_fen = models.BigIntegerField("合计（分）", default=0)
    maker = models.ForeignKey(Person, models.PROTECT, verbose_name="经办人", related_name="+")
    made_on = models.DateField("经办日期")
    checker = models.ForeignKey(
        Person, models.PROTECT, verbose_name="确认人", null=True, blank=True, related_name="+"
    )
    confirmed_on = models.DateField("确认日期", null=True, blank=True)

    class Meta:
        abstract = True

    @property
    def is_open(self) -> bool:
        return self.state not in (RunState.CONFIRMED, RunState.DROPPED)

    def waits_for(self, access: Any, permission: str) -> bool:
        """Whether this user may confirm it: it is open, the right is there, and another person made it."""
        may = access.may(permission, self.region_id)
        return bool(self.is_open and may and access.user.person_id != self.maker_id)


R = TypeVar("R", bound=Run)


def checks(name: str) -> list[models.CheckConstraint]:
    """What the database holds every run to, whoever writes it."""
    return [
        models.CheckConstraint(condition=is_first_day("month"), name=f"{name}_month_is_a_month"),
        models.CheckConstraint(
            condition=Q(checker__isnull=True) | ~Q(checker=F("maker")), name=f"{name}_by_two_persons"
        ),
        models.CheckConstraint(
            condition=~Q(state="confirmed") | Q(checker__isnull=False), name=f"{name}_is_confirmed"
        ),
    ]


def kept(name: str) -> list[pgtrigger.Trigger]:
    """No run is deleted, and a confirmed one never changes."""
    return [
        pgtrigger.Protect(name=f"{name}_is_kept", operation=pgtrigger.Delete),
        pgtrigger.Protect(
            name=f"confirmed_{name}_is_kept",
            operation=pgtrigger.Update,
            condition=pgtrigger.Q(old__state="confirmed"),
        ),
    ]


def refuse_unfinished(access: Any, month: dt.date) -> None:
    if month >= month_of(access.today):
        raise Refused(f"{month:%Y年%m月}还没有过完，数字还会变。请在下个月办理。")


def refuse_future(access: Any, month: dt.date) -> None:
    if month > month_of(access.today):
        raise Refused(f"{month:%Y年%m月}还没有到，不能办理。请选择已经开始的月份。")


def draw_up(
    access: Any, model: type[R], county: Region, month: dt.date, *, queue: str, what: str, **which: Any
) -> R:
    """The month's one draft, of whoever draws it up now; its lines, and what they hold, are the caller's to make anew.

    `queue` is the benefit that it pays (benefits/lock.py), `what` its name on the page, `which` the fields that tell runs
    of a month apart. Refused once it is confirmed.
    """
    if county.level != Level.COUNTY:
        raise Refused(f"{what}按县（市、区）办理，请选择县级区划。")
    lock(queue, county.code)
    rows = model._default_manager.select_for_update(of=("self",)).filter(region=county, month=month, **which)
    if rows.filter(state=RunState.CONFIRMED).exists():
        raise Refused(f"{month:%Y年%m月}的{what}已经确认过，不能重做。以后增加的列入下个月。")
    run = rows.filter(state=RunState.DRAFT).first() or model(region=county, month=month, **which)
    run.maker, run.made_on = person_of(access), access.today
    run.save()
    return run


def confirm(
    access: Any,
    run: R,
    *,
    queue: str,
    expected_fen: int,
    write: Callable[[R], None],
    count: Callable[[R], None] = lambda run: None,
) -> R:
    """Another person confirms the total that the page showed: `write` makes the rights of it, in the same transaction.

    `count` sums it up anew where what it counts may have changed since. Done twice it is done once.
    """
    lock(queue, run.region_id)
    rows = type(run)._default_manager.select_for_update(of=("self",)).select_related("region")
    current = rows.get(pk=run.pk)
    if current.state == RunState.CONFIRMED:
        return current
    if current.state == RunState.DROPPED:
        raise Refused("已经撤销，不能确认。请重新办理。")
    checker = another_person(access, current.maker_id, did="经办", does="确认")
    count(current)
    if current.total_fen != expected_fen:
        raise Refused(f"合计刚有变化，现在是 {yuan(current.total_fen)} 元。请刷新页面重新核对，再确认。")
    write(current)
    current.state, current.checker, current.confirmed_on = RunState.CONFIRMED, checker, access.today
    current.save()
    return current


def drop(run: R, **said: Any) -> R:
    """Drawn up wrongly: it stays on file, with what is `said` in its fields, and pays nobody."""
    current = type(run)._default_manager.select_for_update(of=("self",)).get(pk=run.pk)
    if not current.is_open:
        raise Refused("已经确认或撤销的不能撤销；多发的按追回办理。")
    for name, value in {"state": RunState.DROPPED, **said}.items():
        setattr(current, name, value)
    current.save()
    return current
