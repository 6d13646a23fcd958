"""A guard: a named reason why a move may not be possible now. Items refer to guards by name (items/steps.py)."""

from collections.abc import Callable

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.models import Case

Guard = Callable[[Access, Case], str | None]
GUARDS: dict[str, Guard] = {}


def guard(function: Guard) -> Guard:
    """Make a function a guard under its own name; it returns a reason in Chinese, or None when nothing hinders."""
    GUARDS[function.__name__] = function
    return function
