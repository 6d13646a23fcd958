"""Found at night: checks that a home should have made and did not, and money taken in advance beyond what is allowed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.db.models import F, Max, Q, Sum

from minzheng.business.elderly.institutions.due import due_checks, open_homes
from minzheng.business.elderly.institutions.models import CheckKind, Home, Prepaid
from minzheng.business.elderly.institutions.tasks import MISSING_CHECK, PREPAID, REGRADE
from minzheng.business.elderly.oversight.credit import credit_of
from minzheng.foundation.items.figures import Figures, figures
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks


def missing_checks(on: dt.date) -> Iterator[TaskDraft]:
    """One for each kind that is overdue by more than the grace; the same gap is told once."""
    for home, kind, due in due_checks(open_homes(on), on):
        region = home.facility.region_id
        grace = int(figures(on, region, settings.STANDARDS_SET)("home_check_warn_days"))
        if on > due + dt.timedelta(days=grace):
            yield TaskDraft(
                origin=f"homes.missing_check:{home.pk}:{kind}:{due.isoformat()}",
                region=region,
                title=f"{home.facility.name}：{CheckKind(kind).label}缺",
                reason=f"应在{due:%Y年%m月%d日}前完成，没有记录。",
                subject=home.facility.name,
            )


def prepaid_warnings(on: dt.date) -> Iterator[TaskDraft]:
    """Fees for too many months, deposits beyond the multiple of the bed fee, and member cards that pile up (S-110)."""
    kept = F("fen") - F("returned_fen")
    for one in (
        Prepaid.objects.filter(paid_on__lte=on, returned_fen__lt=F("fen"))
        .exclude(kind=Prepaid.Kind.CARD)
        .annotate(kept=kept)
        .select_related("home__facility")
    ):
        figure = _figure(one.home, on)
        most = int(figure("home_prepaid_months"))
        bed_fee = one.home.monthly_bed_fee_fen * int(figure("home_deposit_months"))
        if one.kind == Prepaid.Kind.FEE and one.months > most:
            yield _draft(one.home, f"fee:{one.pk}", f"一次预收{one.months}个月服务费，最多{most}个月。")
        if one.kind == Prepaid.Kind.DEPOSIT and bed_fee and one.kept > bed_fee:
            yield _draft(one.home, f"deposit:{one.pk}", "一笔押金超过月床位费的规定倍数。")
    cards = (
        Prepaid.objects.filter(kind=Prepaid.Kind.CARD, paid_on__lte=on)
        .values("home")
        .annotate(kept=Sum(kept), latest=Max("paid_on"))
    )
    homes = Home.objects.select_related("facility").in_bulk([card["home"] for card in cards])
    for card in cards:
        home = homes[card["home"]]
        if card["kept"] >= int(_figure(home, on)("home_card_warning")):
            yield _draft(
                home, f"card:{home.pk}:{card['latest']:%Y-%m}", "会员费余额达到预警线，可能涉及非法集资。"
            )


def untrusted_grades(on: dt.date) -> Iterator[TaskDraft]:
    """A grade that the home would not be given today: its credit is below what asking for one needs."""
    rated = list(
        Home.objects.filter(Q(grade_until=None) | Q(grade_until__gte=on), grade__gt=0).select_related(
            "facility"
        )
    )
    credit = credit_of([one.facility for one in rated], on)
    for one in rated:
        points, least = credit[one.pk].points, int(_figure(one, on)("home_rating_credit_least"))
        if points < least:
            yield TaskDraft(
                origin=f"homes.regrade:{one.pk}:{one.grade}:{one.grade_until}",
                region=one.facility.region_id,
                title=f"{one.facility.name}：复核等级",
                reason=f"信用分{points}，低于保留等级要求的{least}分，现在是{one.grade}级。",
                subject=one.facility.name,
            )


def _figure(home: Home, on: dt.date) -> Figures:
    return figures(on, home.facility.region_id, settings.STANDARDS_SET)


def _draft(home: Home, key: str, reason: str) -> TaskDraft:
    return TaskDraft(
        origin=f"homes.prepaid:{key}",
        region=home.facility.region_id,
        title=f"{home.facility.name}：预收费异常",
        reason=reason,
        subject=home.facility.name,
    )


def warn(on: dt.date) -> dict[str, int]:
    """Open the tasks of the night; running it again opens nothing twice. Returns how many of each, by 中文."""
    return {
        MISSING_CHECK.title: open_tasks(MISSING_CHECK.code, missing_checks(on), on).count,
        REGRADE.title: open_tasks(REGRADE.code, untrusted_grades(on), on).count,
        PREPAID.title: open_tasks(PREPAID.code, prepaid_warnings(on), on).count,
    }
