"""Entered by one officer with its evidence, posted where law asks for it, confirmed by another: then lists can be made."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from minzheng.foundation.accounts.behind import person_of
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits import runs
from minzheng.foundation.calendar import Period, Unit, period_end
from minzheng.foundation.forms import clean
from minzheng.foundation.items.figures import figures
from minzheng.foundation.oneoffs.models import Distribution, State
from minzheng.foundation.oneoffs.select import held_back, is_triggered, preview, write_rights
from minzheng.foundation.oneoffs.words import one_off
from minzheng.foundation.payments.settle import last_run
from minzheng.foundation.regions.models import Level, Region


def _current(distribution: Distribution) -> Distribution:
    return Distribution.objects.select_for_update().get(pk=distribution.pk)


@action("one_off.enter", "登记一次性发放", permission="one_off.make", region=lambda region: region.code)
def enter(
    access: Any,
    county: Region,
    *,
    kind: str,
    month: dt.date,
    figures: Mapping[str, Any],
    evidence: str,
) -> Distribution:
    """What has happened, by which paper. Nothing is owed yet. Refused when the rule does not set it off."""
    declared = one_off(kind)
    if county.level != Level.COUNTY:
        raise Refused("一次性发放按县（市、区）办理，请选择县级区划。")
    runs.refuse_future(access, month)
    if not evidence.strip():
        raise Refused("请填写依据文件：统计公报、联席会议纪要或发放通知的文号。")
    stated, errors = clean(declared.form, dict(figures), today=access.today)
    if errors:
        raise Refused({path: [text] for path, text in errors.items()})
    made = Distribution(
        kind=kind,
        region=county,
        month=month,
        period=declared.period(month),
        figures=stated,
        evidence=evidence.strip()[:120],
        maker=person_of(access),
        made_on=access.today,
    )
    if not is_triggered(made):
        raise Refused("按登记的数据没有达到启动条件，不能发放。请核对数据和依据文件。")
    try:
        with transaction.atomic():
            made.save()
    except IntegrityError:
        raise Refused(
            f"{made.period}已经登记过“{declared.title}”，不能重复发放。请查看原来的登记。"
        ) from None
    return made


@action("one_off.post", "公示一次性发放名单", permission="one_off.make")
def post_list(access: Any, distribution: Distribution) -> Distribution:
    """The townships put their lists on the board; the days run."""
    current = _current(distribution)
    if current.state != State.ENTERED or not one_off(current.kind).publicity:
        raise Refused("这次发放不用公示，或已经公示。")
    current.state, current.posted_on = State.POSTED, access.today
    current.save()
    return current


@action("one_off.confirm", "确认一次性发放", permission="one_off.confirm")
def confirm(access: Any, distribution: Distribution, *, expected_fen: int) -> Distribution:
    """After it, the month's list can be made."""
    declared = one_off(distribution.kind)
    return runs.confirm(
        access,
        distribution,
        queue=declared.benefit,
        expected_fen=expected_fen,
        count=lambda current: _count(current, access.today),
        write=lambda current: _write(current, access.today),
    )


def _count(current: Distribution, today: dt.date) -> None:
    declared = one_off(current.kind)
    if declared.publicity and current.posted_on is None:
        raise Refused("名单还没有公示，请先公示。")
    if declared.publicity and today <= (last := publicity_ends(current)):
        raise Refused(f"公示期到 {last} 为止，期满后再确认。")
    ran = last_run(declared.benefit, current.region_id)
    if ran is not None and ran >= current.month:
        raise Refused(f"{ran:%Y年%m月}的名单已经冻结，不能再加。请把所属月份改为以后的月份重新登记。")
    if waiting := sum(one.rights for one in held_back(current)):
        raise Refused(
            f"有 {waiting} 份还算不出金额，列在“暂缓”里。请补登家庭档案或标准；机构供养等没有家庭的，"
            "撤销后重新登记，并选定按哪类标准。"
        )
    parts = preview(current)
    current.rights = sum(part.rights for part in parts)
    current.persons = sum(part.persons for part in parts)
    current.total_fen = sum(part.fen for part in parts)


def _write(current: Distribution, today: dt.date) -> None:
    if not current.total_fen:
        raise Refused("没有人可以发放，请核对登记的数据和发放对象。")
    if write_rights(current, today) != current.rights:
        raise Refused("有人这个月已经领过同一项补贴，没有写入。请核对名单。")


@action("one_off.drop", "撤销一次性发放", permission="one_off.make")
def drop(access: Any, distribution: Distribution, *, note: str) -> Distribution:
    """Entered wrongly: it stays on file and pays nobody."""
    if not note.strip():
        raise Refused("请写明撤销原因。")
    return runs.drop(distribution, note=note.strip()[:200])


def publicity_ends(distribution: Distribution) -> dt.date:
    """The last day on the board; natural days, never rolled (DC2)."""
    if distribution.posted_on is None:
        raise ValueError(distribution.pk)
    name = one_off(distribution.kind).publicity
    days = int(figures(distribution.posted_on, distribution.region_id, settings.STANDARDS_SET)(name))
    return period_end(distribution.posted_on, Period(days, Unit.DAYS))
