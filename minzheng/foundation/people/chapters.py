"""What happened in a life, as it was recorded (handbook 0.7)."""

from __future__ import annotations

from django.db.models import QuerySet
from django.urls import reverse

from minzheng.foundation.people.models import SEALED_EVENTS, LifeEvent
from minzheng.foundation.people.words import Chapter, Said, Strand, Whose


def _events(whose: Whose) -> QuerySet[LifeEvent]:
    return LifeEvent.objects.filter(whose.of("person")).exclude(kind__in=SEALED_EVENTS).defer("detail")


def _say(event: LifeEvent) -> Said:
    undone = "（已撤销）" if event.undone_on else ""
    url = reverse("desk:life_event", args=[event.pk])
    return Said(f"{event.get_kind_display()}{undone}", f"依据：{event.source}", "warn", url)


LIFE = Chapter(
    code="life",
    title="生命事件",
    past=(Strand(_events, "happened_on", _say, region="person__region_id", own=True),),
)
