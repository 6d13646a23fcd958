"""Made by one officer, confirmed by another, granted to the organisations' own accounts; cut when a grade is lost."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.conf import settings

from minzheng.business.elderly.institutions.actions.rights import region_of_home
from minzheng.business.elderly.institutions.benefits import RATING, SUBSIDIES
from minzheng.business.elderly.institutions.models import Home, Run, RunLine
from minzheng.business.elderly.institutions.subsidies.counting import COUNTED, half_up
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.benefits import runs
from minzheng.foundation.benefits.organisations import Due, grant_month, reduce_month
from minzheng.foundation.benefits.runs import RunState
from minzheng.foundation.items.figures import figures
from minzheng.foundation.regions.models import Region


@action("home_run.make", "核算养老机构补贴", permission="one_off.make", region=lambda region: region.code)
def make_run(access: Any, county: Region, *, benefit: str, month: dt.date) -> Run:
    """Work out one subsidy of one month (its first day); an unconfirmed one is worked out anew."""
    if benefit not in SUBSIDIES:
        raise Refused("请选择补贴种类。")
    runs.refuse_unfinished(access, month)
    what = SUBSIDIES[benefit].title
    return _counted(runs.draw_up(access, Run, county, month, queue=benefit, what=what, benefit=benefit))


def _counted(run: Run) -> Run:
    run.lines.all().delete()
    owed = [one for one in COUNTED[run.benefit](run.region, run.month) if one.fen or one.basis]
    RunLine.objects.bulk_create(
        RunLine(run=run, home=one.home, days=one.days, fen=one.fen, basis=one.basis) for one in owed
    )
    run.total_fen = sum(one.fen for one in owed)
    run.save()
    return run


@action("home_run.confirm", "确认养老机构补贴", permission="one_off.confirm")
def confirm_run(access: Any, run: Run, *, expected_fen: int) -> Run:
    """Worked out anew, as people may have moved since; after it, the list can be made."""
    return runs.confirm(
        access,
        run,
        queue=run.benefit,
        expected_fen=expected_fen,
        count=_counted,
        write=lambda now: _grant(now, access.today),
    )


def _grant(run: Run, today: dt.date) -> None:
    owed = run.lines.exclude(fen=0).select_related("home__facility")
    lines = list(owed.order_by("home__facility__region_id", "home_id"))
    if not lines:
        raise Refused("没有机构可以发放，请核对备案、入住和能力评估。")
    dues = [
        Due(
            line.home.facility.organisation_id or 0,
            line.home.facility.region_id,
            line.fen,
            line.home_id,
            {"run": run.pk, **line.basis},
        )
        for line in lines
    ]
    rights = grant_month(run.benefit, run.month, dues, cite=SUBSIDIES[run.benefit].cite, decided_on=today)
    for line, right in zip(lines, rights, strict=True):
        line.entitlement = right
    RunLine.objects.bulk_update(lines, ["entitlement"])


@action("home_run.drop", "撤销养老机构补贴核算", permission="one_off.make")
def drop_run(access: Any, run: Run) -> Run:
    return runs.drop(run)


@action("home.grade", "登记养老机构等级", permission="home.file", region=region_of_home)
def record_grade(
    access: Any, home: Home, *, grade: int, on: dt.date | str, valid_until: dt.date | str | None = None
) -> Home:
    """A home is graded anew (0: the grade is taken away). After a loss, the unused part of its subsidy is recovered."""
    day = dt.date.fromisoformat(str(on))
    if not 0 <= int(grade) <= 5:
        raise Refused("等级是一级至五级；撤销等级的填0。")
    if day > access.today:
        raise Refused("评定日期晚于今天，请核对。")
    until = dt.date.fromisoformat(str(valid_until)) if valid_until else None
    return set_grade(home, int(grade), day, until)


def set_grade(home: Home, grade: int, day: dt.date, until: dt.date | None) -> Home:
    """The same without judging the right: a rating that was granted, lowered or withdrawn (handlers.py)."""
    home = Home.objects.select_for_update(of=["self"]).select_related("facility__region").get(pk=home.pk)
    if grade < home.grade:
        _claw_back(home, day)
    home.grade, home.grade_until = grade, until
    home.save(update_fields=["grade", "grade_until"])
    return home


def _claw_back(home: Home, day: dt.date) -> None:
    """What the lost grade was paid for and not kept: months left ÷ months of its validity (handbook §3)."""
    line = (
        RunLine.objects.filter(
            home=home, run__benefit=RATING.code, run__state=RunState.CONFIRMED, basis__grade=home.grade
        )
        .select_related("run", "entitlement")
        .order_by("-run__month")
        .first()
    )
    if line is None or line.entitlement is None:
        return
    validity = int(figures(day, home.facility.region_id, settings.STANDARDS_SET)("home_rating_months"))
    begun = line.run.month
    kept = min(validity, (day.year - begun.year) * 12 + day.month - begun.month)
    reduce_month(
        line.entitlement,
        half_up(line.fen * kept, validity),
        cite="各地养老机构补贴办法（手册§3：降级按比例追回）",
        decided_on=day,
        why="grade_lost",
    )
