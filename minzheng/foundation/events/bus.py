"""Lines hear of each other only through events: `@on("person.died")` in a line's handlers.py."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

from minzheng.foundation.events.models import Event

Handler = Callable[..., None]
_handlers: dict[str, list[Handler]] = defaultdict(list)


def on(kind: str) -> Callable[[Handler], Handler]:
    """Subscribe a function to a kind of event; it receives the payload as keyword arguments."""

    def subscribe(handler: Handler) -> Handler:
        _handlers[kind].append(handler)
        return handler

    return subscribe


def emit(kind: str, /, **payload: Any) -> Event:
    """Store the event and run its handlers, all or nothing with the change that caused it.

    `payload` holds JSON values only (ids, codes, ISO dates).
    """
    with transaction.atomic():
        event = Event.objects.create(kind=kind, payload=payload)
        for handler in _handlers[kind]:
            handler(**payload)
    return event
