"""Reports of deaths: a source of enough rank ends the life by itself, any other opens a question (handbook 0.7).

Rank: medical certificate, cremation, police, village (standards/national/datacenter.yaml). A row counts only when
its number and its name are both the person's.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db import connection
from django.db.models import F
from django.utils import timezone

from minzheng.datacenter.deliveries.models import DeathReport, Delivery, ReportState
from minzheng.datacenter.deliveries.words import FileFormat
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.actions import record_life_event
from minzheng.foundation.people.deaths import death_of, rank_of, state_death
from minzheng.foundation.people.models import LifeEventKind

NEW = """
INSERT INTO deliveries_deathreport (person_id, source, died_on, rank, delivery_id, state, note, reported_at)
SELECT DISTINCT r.person_id, %(source)s, (r.values->>%(column)s)::date, %(rank)s, %(delivery)s, 'open', '', %(now)s
FROM deliveries_deliveryrow r
WHERE r.delivery_id = %(delivery)s AND r.state = 'matched' AND r.values->>%(column)s IS NOT NULL
  AND (%(only)s::bigint[] IS NULL OR r.person_id = ANY(%(only)s))
ON CONFLICT (person_id, source, died_on) DO NOTHING RETURNING id
"""
OTHER_DAY = "登记的死亡日期是 {}，请核对后更正"


def report_deaths(
    delivery: Delivery, form: FileFormat, access: Access, only: list[int] | None = None
) -> list[DeathReport]:
    """Keep the new reports of a delivery and settle what can be settled; others hear of the open ones."""
    if form.death is None:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            NEW,
            {
                "source": form.code, "column": form.death.column, "delivery": delivery.pk, "only": only,
                "rank": parameter(form.death.rank, delivery.region_id, access.today), "now": timezone.now(),
            },
        )  # fmt: skip
        new = [key for (key,) in cursor.fetchall()]
    _settle_the_known(new)
    enough = parameter("death_rank_enough", delivery.region_id, access.today)
    _correct(access, form, new, enough)
    made = DeathReport.objects.filter(pk__in=new, state=ReportState.OPEN).select_related("person")
    for report in made.filter(rank__gte=enough, person__died_on=None).order_by("-rank", "pk"):
        _end_life(access, report, form)
    still = list(made.filter(state=ReportState.OPEN))
    for report in still:
        emit(
            "person.death_reported", person=report.person_id, on=report.died_on.isoformat(),
            source=form.code, rank=report.rank, report=report.pk,
        )  # fmt: skip
    return still


def _settle_the_known(new: list[int]) -> None:
    """A death that is recorded already agrees with the report, or contradicts it: then somebody must look."""
    dead = DeathReport.objects.filter(pk__in=new, person__died_on__isnull=False)
    for report in dead.exclude(person__died_on=F("died_on")).select_related("person"):
        report.state, report.note = ReportState.CONFLICT, OTHER_DAY.format(report.person.died_on)
        report.save(update_fields=["state", "note"])
    dead.filter(person__died_on=F("died_on")).update(state=ReportState.RECORDED, note="与登记一致")


def _correct(access: Access, form: FileFormat, new: list[int], enough: int) -> None:
    """A surer source than the one on record: its day stands, and nobody needs to look."""
    conflicts = DeathReport.objects.filter(pk__in=new, state=ReportState.CONFLICT, rank__gte=enough)
    for report in conflicts.select_related("person").order_by("-rank", "pk"):
        known = death_of(report.person)
        if known is None or report.rank <= rank_of(known):
            continue
        state_death(access, report.person, report.died_on, form.says, report.rank)
        report.state, report.note = ReportState.RECORDED, f"来源等级 {report.rank} 更高，已更正死亡日期"
        report.save(update_fields=["state", "note"])


def _end_life(access: Access, report: DeathReport, form: FileFormat) -> None:
    report.person.refresh_from_db(fields=["died_on"])  # an earlier row of this file may have told it
    try:
        state_death(access, report.person, report.died_on, form.says, report.rank)
    except Refused as refused:
        report.note = " ".join(refused.messages)[:200]
    else:
        report.state, report.note = ReportState.RECORDED, f"来源等级 {report.rank}，号码和姓名相符，自动登记"
        _agree(report)
    report.save(update_fields=["state", "note"])


def _agree(report: DeathReport) -> None:
    """Other open reports of the same person now agree, or contradict."""
    others = DeathReport.objects.filter(person=report.person_id, state=ReportState.OPEN).exclude(pk=report.pk)
    others.filter(died_on=report.died_on).update(state=ReportState.RECORDED, note="与登记一致")
    others.exclude(died_on=report.died_on).update(
        state=ReportState.CONFLICT, note=OTHER_DAY.format(report.died_on)
    )


def region_of(report: Any) -> str:
    return report.person.region_id


@action(
    "death_report.confirm", "核实死亡线索", permission="person.write", region=region_of,
    persons=lambda report: [report.person_id],
)  # fmt: skip
def confirm_death(access: Any, report: DeathReport, died_on: str | dt.date, found: str) -> DeathReport:
    """The officer looked: the person is dead. The life ends; everything else follows from the event."""
    day = dt.date.fromisoformat(died_on) if isinstance(died_on, str) else died_on
    record_life_event(access, report.person, LifeEventKind.DEATH, day, f"核实：{report.source}"[:60])
    report.state, report.note, report.died_on = ReportState.RECORDED, found, day
    report.save(update_fields=["state", "note", "died_on"])
    _agree(report)
    return report


@action(
    "death_report.refute", "核实在世", permission="person.write", region=region_of,
    persons=lambda report: [report.person_id],
)  # fmt: skip
def refute_death(access: Any, report: DeathReport, found: str) -> DeathReport:
    """The officer looked: the person lives, or the report is about somebody else. It is not asked again."""
    if report.state not in (ReportState.OPEN, ReportState.CONFLICT):
        raise Refused("这条线索已经处理过。请刷新列表。")
    report.state, report.note = ReportState.REFUTED, found
    report.save(update_fields=["state", "note"])
    return report
