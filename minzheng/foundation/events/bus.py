"""Lines hear of each other only through events: `@on("person.died")` in a line's handlers.py."""

import logging
from collections import defaultdict
from collections.abc import Callable
from typing import Any

from django.db import transaction

from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.events.models import Event

log = logging.getLogger(__name__)

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
    # What follows from a deed is the system's, not the doer's: a death ends a benefit that another county pays.
    with transaction.atomic(), beyond_region("一件事的后果由系统办理，不限于办事人的辖区"):
        event = Event.objects.create(kind=kind, payload=payload)
        for handler in _handlers[kind]:
            handler(**payload)
    return event


def emit_apart(kind: str, /, **payload: Any) -> list[str]:
    """Store the event and run each handler in a transaction of its own: one that fails does not stop the others.

    For events that nobody's change depends on, such as the coming of the night. Returns the modules that failed,
    with the kind of error; the log has the rest.
    """
    Event.objects.create(kind=kind, payload=payload)
    failed = []
    for handler in _handlers[kind]:
        try:
            with transaction.atomic():
                handler(**payload)
        except Exception as error:
            log.exception("%s failed for %s", handler.__module__, kind)
            failed.append(f"{handler.__module__}（{type(error).__name__}）")
    return failed
