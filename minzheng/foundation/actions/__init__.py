"""Every write is an action: permission → transaction → change → audit, in one shape everywhere."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import wraps
from typing import Any, Concatenate, ParamSpec, TypeVar

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Model

from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.history import told_as

P = ParamSpec("P")
S = TypeVar("S", bound=Model)
T = TypeVar("T")


_deeds: ContextVar[list[str] | None] = ContextVar("deeds", default=None)


@contextmanager
def noting_deeds() -> Iterator[list[str]]:
    """The codes of the actions that succeed meanwhile: none, when everything was refused."""
    deeds: list[str] = []
    token = _deeds.set(deeds)
    try:
        yield deeds
    finally:
        _deeds.reset(token)


class Refused(ValidationError):
    """The user may do this kind of thing, but not this one, not now; the text says why and what to do."""


def action(
    code: str,
    title: str,
    *,
    permission: str | None = None,
    region: Callable[[Any], str] = lambda subject: subject.region_id,
    persons: Callable[[Any], Iterable[int]] = lambda subject: (),
    title_of: Callable[[Any], str] | None = None,
) -> Callable[[Callable[Concatenate[Any, S, P], T]], Callable[Concatenate[Any, S, P], T]]:
    """Make `function(access, subject, ...)` an action.

    `permission=None` means the function judges the right itself (a citizen's own case, a case step's role).
    `title_of` names the entry after the action's result where one action does many things (a case's moves).
    The audit entry is written in the same transaction as the change: neither exists without the other.
    """

    def decorate(function: Callable[Concatenate[Any, S, P], T]) -> Callable[Concatenate[Any, S, P], T]:
        @wraps(function)
        def run(access: Any, subject: S, /, *args: P.args, **kwargs: P.kwargs) -> T:
            from minzheng.foundation.audit.record import record

            if permission is not None:
                access.require(permission, region(subject))
            who = access.user.pk if access.user is not None else None
            with (
                transaction.atomic(),
                told_as(code, title, who),
                # The subject was found behind the wall, and the right is judged; a deed done on half of what bears on
                # it (the relative elsewhere, the benefit of another county) would be a wrong one.
                beyond_region("办一件事要读到与它有关的全部记录，对象和权限已按辖区核过"),
            ):
                result = function(access, subject, *args, **kwargs)
                record(
                    code,
                    title if title_of is None else title_of(result),
                    actor=access.user,
                    subject=subject,
                    persons=persons(subject),
                    region=region(subject),
                )
            if (deeds := _deeds.get()) is not None:
                deeds.append(code)
            return result

        run.action_code = code  # type: ignore[attr-defined]
        return run

    return decorate
