"""Where a worker may die: before and after each statement, commit, call to the bank and change of a file.

The points of a step are numbered in the order in which they are reached, so point 137 of a seed is the same place in
every run of the same program.
"""

from __future__ import annotations

import http.client
import os
import signal
from collections.abc import Callable
from typing import Any

from django.db import connection


def count_points(work: Callable[[], None]) -> int:
    """How many points `work` passes."""
    passed: list[int] = []
    point = _Points(lambda: passed.append(1))
    point.install()
    try:
        work()
    finally:
        point.remove()
    return len(passed)


def in_a_worker(work: Callable[[], None], at: int, strike: Callable[[], None]) -> bool:
    """Fork a worker that does `work` and meets `strike` at point `at`; True when it finished in spite of that."""
    connection.close()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    try:
        passed = 0

        def reach() -> None:
            nonlocal passed
            passed += 1
            if passed == at:
                strike()

        _Points(reach).install()
        work()
        status = 0
    finally:
        os._exit(status)  # neither the test's own clean-up nor its report may run twice


def kill_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Points:
    """Hangs `reach` into everything through which the work meets the world."""

    def __init__(self, reach: Callable[[], None]) -> None:
        self.reach = reach
        self.places = [
            (connection, "_commit"),
            (http.client.HTTPConnection, "request"),
            (http.client.HTTPConnection, "getresponse"),
            (os, "replace"),
            (os, "fsync"),
        ]
        self.originals = [getattr(holder, name) for holder, name in self.places]

    def install(self) -> None:
        connection.execute_wrappers.append(self._statement)
        for (holder, name), original in zip(self.places, self.originals, strict=True):
            setattr(holder, name, self._around(original))

    def remove(self) -> None:
        connection.execute_wrappers.remove(self._statement)
        for (holder, name), original in zip(self.places, self.originals, strict=True):
            setattr(holder, name, original)

    def _around(self, original: Callable[..., Any]) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.reach()
            result = original(*args, **kwargs)
            self.reach()
            return result

        return call

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return self._around(execute)(sql, params, many, context)
