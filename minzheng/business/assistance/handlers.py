"""What dibao does when something happens: money follows the decision, a death opens a review (handbook 0.7)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from minzheng.business.assistance import actions
from minzheng.business.assistance.certificates import KINDS, certify, withdraw
from minzheng.business.assistance.dibao import apart
from minzheng.business.assistance.dibao import handlers as families  # noqa: F401  the registry reads this file only
from minzheng.business.assistance.labels.actions import LABELS, end_label, recognise
from minzheng.business.assistance.referrals.actions import ask_the_late
from minzheng.business.assistance.spot_checks import draw_delegated
from minzheng.business.assistance.spot_checks import take_in_spot_check as spot_checked
from minzheng.business.assistance.tasks import DIBAO_SPOT
from minzheng.business.assistance.tekun import actions as tekun
from minzheng.business.assistance.tekun.caring import came_to_live, left_home, move_to
from minzheng.business.assistance.tekun.proofs import ask_for_proofs
from minzheng.business.assistance.temporary.actions import (
    ask_for_late_papers,
    list_for_payment,
    papers_came,
)
from minzheng.business.assistance.temporary.recall import ITEMS
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.cases.granting import ask_for_review, right_of
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.events.bus import on


def _is_ours(payload: dict[str, Any]) -> bool:
    return payload["item"] == actions.ITEM


@on("case.granted")
def grant_dibao(**payload: Any) -> None:
    if _is_ours(payload):
        case, move = _case_and_move(payload)
        actions.grant_dibao(case, move)
        _keep_certificate(case, move)
        draw_delegated(case, move.on)


@on("task.done")
def take_in_spot_check(**payload: Any) -> None:
    if payload["kind"] == DIBAO_SPOT.code:
        spot_checked(payload["origin"], payload["outcome"], timezone.localdate())


@on("case.changed")
def change_dibao(**payload: Any) -> None:
    if _is_ours(payload):
        case, move = _case_and_move(payload)
        if not apart.changed_without(case, move):
            actions.change_dibao(case, move)
        _keep_certificate(case, move)


@on("case.exit_started")
def start_exit(**payload: Any) -> None:
    if _is_ours(payload):
        case, move = _case_and_move(payload)
        apart.refuse_exit(case)
        actions.start_exit(case, move)


@on("case.ended")
def end_dibao(**payload: Any) -> None:
    if _is_ours(payload):
        case, move = _case_and_move(payload)
        if not apart.ended_without(case, move):
            actions.end_dibao(case, move)
        withdraw(actions.access_of(move), actions.entitlement_of(case), f"待遇终止：{move.title}")


def _keep_certificate(case: Case, move: CaseMove) -> None:
    certify(actions.access_of(move), actions.entitlement_of(case), move.on)


def _case_and_move(payload: dict[str, Any]) -> tuple[Case, CaseMove]:
    case = Case.objects.select_related("household", "applicant").get(pk=payload["case"])
    return case, CaseMove.objects.select_related("actor").get(pk=payload["log"])


@on("case.paid_bank")
def pay_temporary_help(**payload: Any) -> None:
    if payload["item"] in ITEMS:
        list_for_payment(*_case_and_move(payload))


@on("case.papers_done")
def close_the_reminder(**payload: Any) -> None:
    if payload["item"] in ITEMS:
        papers_came(payload["case"])


@on("night.came")
def remind_of_papers(day: str) -> None:
    ask_for_late_papers(dt.date.fromisoformat(day))


def _is_tekun(payload: dict[str, Any]) -> bool:
    return payload["item"] == tekun.ITEM


@on("case.granted")
def begin_support(**payload: Any) -> None:
    if _is_tekun(payload):
        case, move = _case_and_move(payload)
        tekun.begin_support(case, move)
        certify(actions.access_of(move), right_of(case), move.on)


@on("case.changed")
def note_new_ability(**payload: Any) -> None:
    if _is_tekun(payload):
        tekun.note_new_ability(*_case_and_move(payload))


@on("case.place_changed")
def change_place(**payload: Any) -> None:
    if _is_tekun(payload):
        case, move = _case_and_move(payload)
        since = dt.date.fromisoformat(move.record["from_date"])
        move_to(actions.access_of(move), right_of(case).support, move.record["place"], since)


@on("home.admitted")
def supported_in_a_home(person: int, facility: int, on: str, **_: Any) -> None:
    came_to_live(person, facility, dt.date.fromisoformat(on))


@on("home.left")
def supported_at_home(person: int, facility: int, on: str, **_: Any) -> None:
    left_home(person, facility, dt.date.fromisoformat(on))


@on("case.received")
def draw_for_visit(**payload: Any) -> None:
    """Only before the first decision: a review is not drawn."""
    if _is_tekun(payload):
        case, move = _case_and_move(payload)
        if case.decided_on is None:
            tekun.draw_for_visit(case, move.on)


@on("case.county_visited")
def settle_the_visit(**payload: Any) -> None:
    if _is_tekun(payload):
        tekun.visit_was_made(*_case_and_move(payload))


@on("entitlement.reinstated")
def certify_again(entitlement: int, on: str) -> None:
    """The certificate went with the right; revoked is revoked, so a new one comes with the right."""
    right = Entitlement.objects.get(pk=entitlement)
    if right.benefit in KINDS:
        today = dt.date.fromisoformat(on)
        certify(SystemAccess.on(today), right, today)


@on("case.ended")
def end_support(**payload: Any) -> None:
    if _is_tekun(payload):
        case, move = _case_and_move(payload)
        withdraw(actions.access_of(move), right_of(case), f"救助供养终止：{move.title}")


@on("person.graduated")
def study_is_over(**payload: Any) -> None:
    """A 特困人员 over 18 who leaves school: the township looks at once (社会救助法 第十六条)."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], (tekun.ITEM,), f"{payload['on']} 毕业或离校", today)


@on("night.came")
def look_after_the_supported(day: str) -> None:
    today = dt.date.fromisoformat(day)
    tekun.review_the_grown(today)
    ask_for_proofs(today)


@on("night.came")
def ask_late_departments(day: str) -> None:
    ask_the_late(dt.date.fromisoformat(day))


@on("case.granted")
def recognise_family(**payload: Any) -> None:
    if payload["item"] in LABELS:
        recognise(*_case_and_move(payload))


@on("case.ended")
def end_recognition(**payload: Any) -> None:
    if payload["item"] in LABELS:
        end_label(*_case_and_move(payload))


@on("person.married")
@on("person.divorced")
@on("person.widowed")
@on("person.marriage_undone")
@on("person.widow_undone")
def review_after_a_change_of_marriage(**payload: Any) -> None:
    """Who has to support a 特困人员 has changed; the family's dibao: dibao/handlers.py."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], (tekun.ITEM,), f"{payload['on']} 婚姻状况变化", today)


@on("person.adopted")
@on("person.adoption_ended")
def review_after_a_child_came_or_went(**payload: Any) -> None:
    """The desk reads of no adoption."""
    today = dt.date.fromisoformat(payload["recorded_on"])
    ask_for_review(payload["person"], (tekun.ITEM,), "家庭成员有变化，请核实义务人。", today)
