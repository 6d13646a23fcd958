"""S-144 credit, M8 counselling with sealed notes, and the alert on suspected crimes at the counter."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db.models import Q

from minzheng.business.marriage.actions import finish_applications
from minzheng.business.marriage.models import (
    AlertKind,
    CounselSession,
    CreditRecord,
    Divorce,
    DivorceState,
    RiskAlert,
)
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.calendar import add_months
from minzheng.foundation.items.figures import figures
from minzheng.foundation.people.models import Person
from minzheng.foundation.tasks.opening import TaskDraft, open_tasks

COUNTY_DIGITS = 6


def _about(one: Any) -> Iterable[int]:
    return [one.person_id]


@action("marriage.credit", "登记失信记录", permission="marriage.write", persons=_about)
def record_false_declaration(access: Any, credit: CreditRecord) -> CreditRecord:
    """A false declaration, a forged paper, another's identity: with the basis that proves it, until it expires."""
    if not credit.basis.strip():
        raise Refused({"basis": "请写明认定依据，例如判决书、公安机关证明的文号。"})
    years = int(figures(access.today, credit.region_id)("marriage_credit_years"))
    credit.recorded_on, credit.recorded_by = access.today, access.user
    credit.expires_on = add_months(access.today, 12 * years)
    credit.save(force_insert=True)
    return credit


@action("marriage.credit_repair", "信用修复", permission="marriage.write", persons=_about)
def repair_credit(access: Any, credit: CreditRecord, *, basis: str) -> None:
    """What was false has been put right. Whoever recorded it does not repair it."""
    now = CreditRecord.objects.select_for_update().get(pk=credit.pk)
    if now.repaired_on is not None:
        raise Refused("这条记录已经修复。")
    if now.recorded_by_id == access.user.pk:
        raise Refused("信用修复须由另一位工作人员办理。")
    if not basis.strip():
        raise Refused({"basis": "请写明修复的依据。"})
    now.repaired_on, now.repair_basis = access.today, basis.strip()[:200]
    now.save(update_fields=["repaired_on", "repair_basis"])


@action("marriage.counsel", "登记家庭辅导", permission="marriage.write", persons=_about)
def record_counselling(access: Any, session: CounselSession, notes: str) -> CounselSession:
    """What was said stays with the counsellor: no other account reads it, and neither does the register."""
    if not session.consented:
        raise Refused({"consented": "请先说明保密规定，来访人同意后再登记。"})
    session.counsellor, session.on = access.user, access.today
    session.notes = {"text": notes.strip()}
    session.divorce = Divorce.objects.filter(
        Q(man=session.person_id) | Q(woman=session.person_id), state=DivorceState.OPEN
    ).first()
    session.save(force_insert=True)
    finish_applications(access, "M8", [session.person])
    return session


def read_notes(access: Any, session: CounselSession) -> str:
    """For the counsellor who wrote them alone; even that look is recorded."""
    if access.user is None or session.counsellor_id != access.user.pk:
        raise PermissionDenied("谈话记录只有辅导员本人可以看。")
    record_read(
        "查看辅导谈话记录",
        actor=access.user,
        subject=session,
        persons=[session.person_id],
        region=session.region_id,
    )
    return str(session.notes.get("text", ""))


@action("marriage.alert", "登记风险提示", permission="marriage.write", persons=_about)
def raise_alert(access: Any, alert: RiskAlert, story: str) -> RiskAlert:
    """Suspected trafficking, force or violence: a task for the county, seen by named roles only; the couple learns nothing."""
    if not story.strip():
        raise Refused({"story": "请写下看到、听到的情况。"})
    alert.raised_on, alert.raised_by, alert.story = access.today, access.user, {"text": story.strip()}
    alert.save(force_insert=True)
    open_tasks(
        "marriage.risk",
        [
            TaskDraft(
                origin=f"marriage-alert:{alert.pk}",
                region=alert.region_id,
                household=None,
                person=None,
                title="核实登记风险提示",
                reason=f"婚姻登记中发现{AlertKind(alert.kind).label}，请单独、保密核实，必要时立即报警",
                detail={"alert": alert.pk},
            )
        ],
        on=access.today,
        actor=access.user,
    )
    return alert


@action("marriage.alert_told", "通报公安机关", permission="marriage.alert", persons=_about)
def tell_police(access: Any, alert: RiskAlert) -> None:
    if alert.told_police_on is None:
        alert.told_police_on = access.today
        alert.save(update_fields=["told_police_on"])


def credit_of(person: Person, access: Any) -> list[CreditRecord]:
    """Records that still count: neither expired nor repaired."""
    return list(CreditRecord.objects.filter(person=person, repaired_on=None, expires_on__gt=access.today))
