"""法院确认无效、撤销婚姻: the register is marked, the certificates revoked, and the two are what they were before."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.db.models import Q

from minzheng.business.marriage.actions import REGISTER, couple_of, end_marriage, keep_state
from minzheng.business.marriage.certificates import revoke_copies
from minzheng.business.marriage.models import Kind, Marriage, MarriageEnd, Prior, Registration, Standing
from minzheng.business.marriage.review import LEAVES_BEHIND, last_ended
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.events.bus import emit
from minzheng.foundation.people.facts import person_document
from minzheng.foundation.people.models import Person


@action("marriage.court_mark", "标注法院判决", permission="marriage.write", persons=couple_of)
def mark_by_court(
    access: Any, registration: Registration, *, standing: str, judgment_no: str, on: dt.date | str
) -> None:
    """Void or annulled on the court's copy: register marked, certificates revoked, the other lines told."""
    day = dt.date.fromisoformat(on) if isinstance(on, str) else on
    if standing not in {Standing.VOID, Standing.ANNULLED}:
        raise Refused({"standing": "请选择判决结果：无效，或者撤销。"})
    if not judgment_no.strip():
        raise Refused({"judgment_no": "请填写生效判决书的文号，并留存副本。"})
    marriage = registration.marriage
    if not (marriage.since if marriage else registration.registered_on) <= day <= access.today:
        raise Refused({"on": "判决生效日期应在结婚之后、今天之前，请对照判决书核对。"})
    now = Registration.objects.select_for_update().get(pk=registration.pk)
    if not now.is_marriage or now.standing != Standing.VALID:
        raise Refused("只能标注有效的结婚登记，请刷新页面核对。")
    rows = (
        Registration.objects.filter(marriage=now.marriage_id)
        if now.marriage_id
        else Registration.objects.filter(pk=now.pk)
    )
    for one in rows:
        one.standing, one.remark = (
            Standing(standing),
            f"{Standing(standing).label}：{judgment_no.strip()}（{day}）"[:300],
        )
        one.save(update_fields=["standing", "remark"])
        revoke_copies(access, one, one.remark)
    if now.marriage is not None:
        end = MarriageEnd.VOID if standing == Standing.VOID else MarriageEnd.ANNULLED
        undo_marriage(access, now.marriage, day, end)
    registration.refresh_from_db()


def undo_marriage(access: Any, marriage: Marriage, day: dt.date, end: MarriageEnd) -> None:
    """It never was (民法典 第一千零五十四条): each is again what they were before it, unless another marriage came since.

    Also of a marriage that a death or a divorce had ended already: the widow of a void one is no widow.
    """
    if not end_marriage(marriage, day, end):
        Marriage.objects.filter(pk=marriage.pk).update(end=end)
    for person in (marriage.man, marriage.woman):
        if not person.is_alive_on(day) or _married_since(person, marriage):
            continue
        if state := _state_before(marriage, person):
            keep_state(person, state, day)
        else:  # nobody ever said what they were: unknown again, never a guess
            stated = person.fact_sheets.filter(source=REGISTER, since__gte=marriage.since, until=None)
            stated.update(until=day)
        emit(
            "person.marriage_undone",
            person=person.pk,
            on=day.isoformat(),
            recorded_on=access.today.isoformat(),
        )


def _married_since(person: Person, marriage: Marriage) -> bool:
    counts = Q(ended_on=None) | Q(end__in=LEAVES_BEHIND)
    return Marriage.objects.filter(counts, spouses__person=person, since__gt=marriage.since).exists()


def _state_before(marriage: Marriage, person: Person) -> str | None:
    """As declared and checked at the wedding; of an old record without it, as the register or the facts had it before."""
    wedding = marriage.registrations.filter(kind=Kind.MARRIAGE).order_by("registered_on", "pk").first()
    side = "man" if person.pk == marriage.man_id else "woman"
    if wedding is not None and (prior := getattr(wedding, f"{side}_prior")):
        return str(Prior(prior).label)
    if earlier := last_ended(person, before=marriage.since):
        return str(LEAVES_BEHIND[MarriageEnd(earlier.end)].label)
    facts = person_document(person, marriage.since - dt.timedelta(days=1))["members"][0]
    return facts.get("marital_status")
