"""What happened in a life, as it was recorded (handbook 0.7)."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.urls import reverse

from minzheng.foundation.people.models import SEALED_EVENTS, LifeEvent, Membership
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose


def events_in(household: int) -> QuerySet[LifeEvent]:
    """What happened to whoever lived in the family on that day: a death, too, is told where the person is no longer listed."""
    lived = Membership.objects.filter(
        Q(until=None) | Q(until__gte=OuterRef("happened_on")),
        household=household,
        person=OuterRef("person"),
        since__lte=OuterRef("happened_on"),
    )
    return LifeEvent.objects.filter(Exists(lived)).exclude(kind__in=SEALED_EVENTS)


def _events(whose: Whose) -> QuerySet[LifeEvent]:
    told = LifeEvent.objects.filter(whose.of("person")).exclude(kind__in=SEALED_EVENTS)
    if whose.household is not None:
        told |= events_in(whose.household)
    return told.defer("detail")


def _say(event: LifeEvent) -> Said:
    undone = "（已撤销）" if event.undone_on else ""
    url = reverse("desk:life_event", args=[event.pk])
    return Said(f"{event.get_kind_display()}{undone}", f"依据：{event.source}", "warn", url)


LIFE = Chapter(
    code="life",
    title="生命事件",
    past=(Strand(_events, "happened_on", _say, region="person__region_id", own=True),),
)
