"""Where a worker may die: before and after each statement, commit, call to the bank and change of a file.

The points are counted in the order in which they are reached, so the same seed strikes the same places in every run of
the same program.
"""

from __future__ import annotations

import asyncio
import http.client
import os
import signal
from collections.abc import Callable
from dataclasses import dataclass
from random import Random
from typing import Any

from django.db import connection, connections


def points_of(work: Callable[[], None]) -> list[str]:
    """Does `work` and tells what each point it passed was: "execute", "_commit", "request", "replace" …"""
    passed: list[str] = []
    point = _Points(passed.append)
    point.install()
    try:
        work()
    finally:
        point.remove()
    return passed


@dataclass(frozen=True)
class Place:
    """The `count`-th point from where the worker starts; `outside`: of those alone where it meets the disk or the bank."""

    count: int
    outside: bool

    def __str__(self) -> str:
        return f"{self.count}{' outside' if self.outside else ''}"


def choose(points: list[str], chance: Random, strikes: int) -> Place:
    """A place so far off that a month, whose points are given, meets about so many strikes on its way.

    Every other one is where the work meets the disk or the bank, which is where money is lost.
    """
    outside = chance.random() < 0.5
    there = sum(kind != "execute" for kind in points) if outside else len(points)
    return Place(chance.randint(1, max(1, 2 * there // strikes)), outside)


def in_a_worker(work: Callable[[], None], at: Place, strike: Callable[[], None]) -> bool:
    """Fork a worker that does `work` and meets `strike` at that place; True when it finished in spite of that."""
    _close_connections()
    child = os.fork()
    if child:
        return os.waitpid(child, 0)[1] == 0
    status = 1
    try:
        passed = 0

        def reach(kind: str) -> None:
            nonlocal passed
            passed += not at.outside or kind != "execute"
            if passed == at.count:
                passed += 1  # once: the database's own end is met by more than one point
                strike()

        _Points(reach).install()
        work()
        status = 0
    finally:
        os._exit(status)  # neither the test's own clean-up nor its report may run twice


def _close_connections() -> None:
    """Those of before a browser's event loop ran in this thread, too: the child, in which no loop runs, would find them."""
    connections.close_all()
    loop = asyncio._get_running_loop()
    asyncio._set_running_loop(None)
    try:
        connections.close_all()
    finally:
        asyncio._set_running_loop(loop)


def kill_worker() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


class _Points:
    """Hangs `reach` into everything through which the work meets the world."""

    def __init__(self, reach: Callable[[str], None]) -> None:
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
            setattr(holder, name, self._around(original, name))

    def remove(self) -> None:
        connection.execute_wrappers.remove(self._statement)
        for (holder, name), original in zip(self.places, self.originals, strict=True):
            setattr(holder, name, original)

    def _around(self, original: Callable[..., Any], kind: str) -> Callable[..., Any]:
        def call(*args: Any, **kwargs: Any) -> Any:
            self.reach(kind)
            result = original(*args, **kwargs)
            self.reach(kind)
            return result

        return call

    def _statement(self, execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
        return self._around(execute, "execute")(sql, params, many, context)
