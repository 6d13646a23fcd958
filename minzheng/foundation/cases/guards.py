"""Guards: named reasons why a move may not be possible now. Items refer to them by name."""

from collections.abc import Callable
from typing import Any

Guard = Callable[..., str | None]

GUARDS: dict[str, Guard] = {}


def guard(function: Callable[..., Any]) -> Callable[..., Any]:
    """Make a function a guard under its own name; it returns a reason in Chinese, or None when nothing hinders."""
    GUARDS[function.__name__] = function
    return function
