"""一户一条救助链: cases and benefits of a family in one line of time (国办发〔2023〕39号)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Prefetch, Q
from django.urls import reverse

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount, State
from minzheng.foundation.benefits.words import Benefit
from minzheng.foundation.cases.lists import readable
from minzheng.foundation.cases.models import Case, Outcome
from minzheng.foundation.items import Status
from minzheng.foundation.people.models import Household
from minzheng.foundation.registry.words import shelf
from minzheng.online.desk.people.links import Link
from minzheng.online.desk.people.watch import links_of_watch
from minzheng.online.ui.formats import cn_month, money

TONES = {
    State.ACTIVE: "ok",
    State.SUSPENDED: "warn",
    State.EXITING: "warn",
    State.ENDED: "neutral",
    State.VOID: "bad",
}


@dataclass(frozen=True)
class Received:
    """One benefit: what, in which state, how much a month now (fen; None once it has ended), from when to when."""

    title: str
    state: str
    tone: str
    amount_fen: int | None
    since: dt.date
    until: dt.date | None
    case_number: str


def received_by(persons: Sequence[int], households: Iterable[int]) -> list[Received]:
    """Benefits of these persons or households, the newest first."""
    current = Prefetch(
        "amounts",
        EntitlementAmount.objects.filter(superseded_at=None).order_by("-from_month"),
        to_attr="current",
    )
    whose = Q(person_id__in=persons) | Q(household_id__in=list(households))
    rights = Entitlement.objects.filter(whose).prefetch_related(current).order_by("-since_month", "-pk")
    return [
        Received(
            title=title_of(right.benefit),
            state=right.get_state_display(),
            tone=TONES[State(right.state)],
            amount_fen=right.current[0].amount_fen if right.current and right.state != State.ENDED else None,
            since=right.since_month,
            until=right.until_month,
            case_number=right.case_number,
        )
        for right in rights
    ]


def title_of(code: str) -> str:
    """A benefit's title; one that came from an older system and is declared by no line keeps its code."""
    return shelf(Benefit).get(code).title if code in shelf(Benefit) else code


def chain_of(access: Access, persons: Sequence[int], household: Household) -> list[Link]:
    """What was asked, decided and paid for this family, and what comes next; the newest first."""
    links: list[Link] = []
    about = Q(household=household) | Q(applicant_id__in=persons)
    for case in readable(access, Case.objects.filter(about).exclude(status=Status.DRAFT)):
        links += _links_of_case(case)
    rights = Entitlement.objects.filter(Q(household=household) | Q(person_id__in=persons))
    for right in rights:
        title = title_of(right.benefit)
        links.append(
            Link(right.since_month, f"开始享受{title}", f"自{cn_month(right.since_month)}起发放", "ok")
        )
        if right.until_month:
            links.append(
                Link(
                    right.until_month,
                    f"{title}发放至{cn_month(right.until_month)}",
                    right.end_reason,
                    "neutral",
                )
            )
    links += links_of_watch(access, persons, household)
    return sorted(links, key=lambda link: link.on, reverse=True)


def _links_of_case(case: Case) -> Iterable[Link]:
    url = reverse("desk:case", args=[case.number])
    name = case.service_item.title
    yield Link(case.submitted_on or case.opened_on, f"申请{name}", case.get_channel_display(), "info", url)
    if case.outcome == Outcome.GRANTED and case.decided_on:
        each = "一次性" if case.service_item.once else "每月"
        amount = f"{each}{money(case.amount_fen)}" if case.amount_fen is not None else ""
        yield Link(case.decided_on, f"确认{name}", amount, "ok", url)
    elif case.outcome:
        ended = case.decided_on or case.closed_on or case.opened_on
        yield Link(
            ended, f"{name}：{case.get_outcome_display()}", "；".join(map(str, case.reasons)), "bad", url
        )
    elif not case.is_finished:
        yield Link(case.opened_on, f"{name}：{case.at_step.title}", "正在办理", "warn", url)
    if case.review_due and case.status == Status.ACTIVE:
        yield Link(case.review_due, "下次复核", "复核后决定是否调整", "info", url)
