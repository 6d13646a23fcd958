"""A case asks for its check and records the result; who may open the papers of an objection."""

from __future__ import annotations

from typing import Any

from minzheng.datacenter.verification import guards  # noqa: F401  registers the guards that items name
from minzheng.datacenter.verification.actions import start_for_case
from minzheng.datacenter.verification.consents import take_over
from minzheng.datacenter.verification.jobs import ask_soon
from minzheng.datacenter.verification.models import Check
from minzheng.datacenter.verification.models.check import OPEN
from minzheng.datacenter.verification.record import record_from_report
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.cases.records import prefill
from minzheng.foundation.events.bus import on

prefill(record_from_report)


@on("case.accepted")
def keep_consents(**payload: Any) -> None:
    """The signatures under the application become authorisations with scope, dates and digest."""
    take_over(Case.objects.get(pk=payload["case"]))


@on("case.check_asked")
def start_check(**payload: Any) -> None:
    """Within the officer's own move: refused together with it, and started only when it is committed."""
    move = CaseMove.objects.select_related("actor").get(pk=payload["log"])
    case = Case.objects.select_related("region").get(pk=payload["case"])
    start_for_case(Access(move.actor, move.on), case)


@on("night.came")
def ask_again(**_: Any) -> None:
    """Tries that are due, for where no queue can wait for their hour."""
    for check in Check.objects.filter(requests__state__in=OPEN).distinct():
        ask_soon(check)


@on("case.checked")
def report_recorded(**payload: Any) -> None:
    Check.objects.filter(case=payload["case"], state=Check.State.READY).update(state=Check.State.RECORDED)


@on("case.withdrawn")
@on("case.terminated")
@on("case.refused")
@on("case.ended")
def nothing_more_to_ask(**payload: Any) -> None:
    """A case that is over asks nobody; an answer on its way is not used."""
    Check.objects.filter(case=payload["case"], state=Check.State.ASKING).update(state=Check.State.CANCELLED)
