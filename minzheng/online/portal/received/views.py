"""我家的待遇: what we receive and why, what comes next, what was done; that nobody needs me to prove I am alive.

A grown-up's own benefits are that person's business: the family sees what the family holds, and what is paid to them.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.datacenter.certification.certify import in_words
from minzheng.datacenter.certification.models import Certification
from minzheng.datacenter.proactive.actions import decline
from minzheng.datacenter.proactive.models import OPEN, Offer, State
from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.benefits.models import Entitlement, EntitlementAmount
from minzheng.foundation.benefits.models import State as RightState
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.people.archive import Point, Reader
from minzheng.foundation.people.models import Person
from minzheng.foundation.people.words import Whose


@dataclass(frozen=True)
class Received:
    """One right with its amount now, and what the latest month's comparison said about it."""

    right: Entitlement
    title: str
    tone: str
    amount_fen: int | None
    certified: Certification | None
    words: str
    whose: str  # 全家, 本人, or the name of whom I am paid for

    @property
    def cite(self) -> str:
        return self.right.current[0].cite if self.right.current else ""  # type: ignore[attr-defined]


TONES = {RightState.ACTIVE: "ok", RightState.SUSPENDED: "bad", RightState.EXITING: "warn"}


@citizen
def mine(request: HttpRequest) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    me = access.user.person
    home = me.memberships.filter(until=None).values_list("household", flat=True).first()
    whose = Whose((me.pk,), home, access.today)
    reader = Reader(access, own=True)
    page = request.GET.get("page", "1")
    told = reader.past(
        whose, page=min(int(page), 1000) if page.isascii() and page.isdigit() and int(page) else 1
    )
    offers = Offer.objects.filter(person=me, state__in=[*OPEN, State.GRANTED]).order_by("-pk")
    context = {
        "received": received_by(me, and_paid_to_me=True),
        "ahead": [(one, _link(one, me)) for one in reader.ahead(whose, [me])],
        "told": [(one, _link(one, me)) for one in told.points],
        "newer": told.page - 1,
        "older": told.page + 1 if told.more else 0,
        "today": access.today,
        "offers": [(offer, benefit_title(offer.benefit), offer.state in OPEN) for offer in offers],
        "back_url": reverse("portal:home"),
    }
    return render(request, "portal/received/mine.html", context)


def _link(point: Point, me: Person) -> str:
    """Where there is more to see: of what is one's own."""
    return point.said.own_url if point.person == me.pk else ""


@citizen
@require_POST
def refuse(request: HttpRequest, pk: int) -> HttpResponse:
    """“我不要”: whoever says so is not listed again, and may apply at any time."""
    access = request.access  # type: ignore[attr-defined]
    offer = Offer.objects.filter(person=access.user.person_id, pk=pk).first()
    if offer is None:
        raise Http404("没有找到这一项。请从“我家的待遇”里打开。")
    try:
        decline(access, offer)
        messages.success(request, "已登记：您不要这项待遇。以后想要，可以随时申请。")
    except ValidationError as refused:
        messages.error(request, " ".join(refused.messages))
    return redirect("portal:received")


def received_by(me: Person, *, and_paid_to_me: bool = False) -> list[Received]:
    """Rights of the person and of the family that the person belongs to; those that run first.

    `and_paid_to_me`: also another's, such as a child's, whose money comes to this person's account.
    """
    whose = Q(person=me, household=None) | Q(
        household__in=me.memberships.filter(until=None).values("household")
    )
    if and_paid_to_me:
        whose |= Q(payee=me)
    amounts = EntitlementAmount.objects.filter(superseded_at=None).order_by("-from_month")
    latest = Certification.objects.order_by("-month")
    rights = (
        Entitlement.objects.filter(whose)
        .exclude(state=RightState.VOID)
        .select_related("person")
        .prefetch_related(
            Prefetch("amounts", amounts, to_attr="current"),
            Prefetch("certifications", latest, to_attr="latest"),
        )
        .order_by("-since_month")
    )
    found = []
    for right in rights:
        certified = right.latest[0] if right.latest and right.person_id == me.pk else None
        running = right.state != RightState.ENDED or right.is_given_once
        found.append(
            Received(
                right=right,
                title=benefit_title(right.benefit),
                tone=TONES.get(RightState(right.state), "neutral"),
                amount_fen=right.current[0].amount_fen if right.current and running else None,
                certified=certified,
                words=in_words(certified) if certified else "",
                whose="全家"
                if right.household_id
                else "本人"
                if right.person_id == me.pk
                else str(right.person),
            )
        )
    return sorted(found, key=lambda one: one.amount_fen is None or one.right.is_given_once)
