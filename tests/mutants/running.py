"""The plugin of pytest that runs the tests once as they are, and then in a child process for every fault."""

from __future__ import annotations

import gc
import os
import select
import signal
import sys
import time
from collections import defaultdict
from pathlib import Path
from random import Random
from types import FunctionType
from typing import Any

import pytest
from _pytest.runner import runtestprotocol
from django.db import connection

from tests.mutants.changes import Mutant, mutants

NOT_PUT_IN = 3
SLOW = 30.0  # seconds beyond which a child hangs: that, too, is noticed


class Mutating:
    def __init__(self, files: list[str], sample: int, seed: int) -> None:
        self.files, self.sample, self.seed = [Path(file).resolve() for file in files], sample, seed
        self.calls: dict[tuple[str, str], list[pytest.Item]] = defaultdict(list)
        self.took: dict[pytest.Item, float] = {}
        self.noticed: list[Mutant] = []
        self.survived: list[Mutant] = []
        self.never_called: list[Mutant] = []
        self.total = 0

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        items = [one for one in session.items if not _commits(one)]
        self._as_they_are(items)
        gc.unfreeze()  # conftest.py takes what was imported out of sight
        if _fails(None, [one for one in items if one.get_closest_marker("django_db")][:3]):
            raise pytest.UsageError("a child without a fault fails: nothing can be measured")
        found = [one for file in self.files for one in mutants(file)]
        chosen = Random(self.seed).sample(found, min(self.sample, len(found)))
        for number, mutant in enumerate(sorted(chosen, key=lambda one: (one.file, one.line)), 1):
            kept = self._kind(mutant)
            kept.append(mutant)
            word = {id(self.noticed): "noticed", id(self.survived): "SURVIVED"}.get(id(kept), "NEVER CALLED")
            print(f"{number}/{len(chosen)} {word} {_said(mutant)}", flush=True)
        self.total = len(found)
        return True

    def score(self) -> dict[str, Any]:
        """Of the sample: how many were noticed, and the others by name."""
        tried = len(self.noticed) + len(self.survived) + len(self.never_called)
        return {
            "faults_possible": self.total,
            "sample": tried,
            "seed": self.seed,
            "noticed": len(self.noticed),
            "score": round(len(self.noticed) / tried, 3),
            "survivors": [_said(one) for one in self.survived],
            "never_called": [_said(one) for one in self.never_called],
        }

    def _as_they_are(self, items: list[pytest.Item]) -> None:
        """Every test once, noting which functions it calls; one that fails is of no use here. What lasts for the session stays set up."""
        names = {str(file) for file in self.files}
        called: set[tuple[str, str]] = set()

        def watch(frame: Any, event: str, _: object) -> None:
            if event == "call" and frame.f_code.co_filename in names:
                called.add((frame.f_code.co_filename, frame.f_code.co_qualname.split(".<locals>")[0]))

        for place, item in enumerate(items):
            called.clear()
            begun = time.monotonic()
            sys.setprofile(watch)
            reports = runtestprotocol(item, nextitem=items[(place + 1) % len(items)], log=False)
            sys.setprofile(None)
            self.took[item] = time.monotonic() - begun
            if any(one.failed for one in reports):
                print(f"left out, it fails as it is: {item.nodeid}", flush=True)
                continue
            for one in called:
                self.calls[one].append(item)

    def _kind(self, mutant: Mutant) -> list[Mutant]:
        items = self.calls.get((str(mutant.file), mutant.function), [])
        if not items:
            return self.never_called
        return (
            self.noticed if _fails(mutant, sorted(items, key=lambda one: self.took[one])) else self.survived
        )


def _fails(mutant: Mutant | None, items: list[pytest.Item]) -> bool:
    """In a child: the fault put in (None: none), then the tests until one fails. A child that hangs or falls is noticed as well."""
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        os.close(reading)
        _leave_the_parents_connection()
        silence = os.open(os.devnull, os.O_WRONLY)
        os.dup2(silence, 1)
        if mutant is not None:
            os.dup2(silence, 2)
        try:
            if mutant is not None:
                _put_in(mutant)
        except BaseException:
            os._exit(NOT_PUT_IN)
        for place, item in enumerate(items):
            if any(
                one.failed
                for one in runtestprotocol(item, nextitem=items[(place + 1) % len(items)], log=False)
            ):
                os._exit(1)
        os.write(writing, b"survived")
        os._exit(0)
    os.close(writing)
    ready, _, _ = select.select([reading], [], [], SLOW * 4)
    if not ready:
        os.kill(child, signal.SIGKILL)
    _, ended = os.waitpid(child, 0)
    if os.WIFEXITED(ended) and os.WEXITSTATUS(ended) == NOT_PUT_IN:
        raise pytest.UsageError(f"could not be put in: {mutant and _said(mutant)}")
    survived = os.read(reading, 8) == b"survived"
    os.close(reading)
    return not survived


def _put_in(mutant: Mutant) -> None:
    """Wherever a reference to the function lies, it is the same object: its code is replaced."""
    found = False
    for one in gc.get_objects():
        if (
            type(one) is FunctionType  # isinstance would wake Django's lazy objects
            and one.__code__.co_qualname == mutant.function
            and one.__code__.co_filename == str(mutant.file)
            and len(one.__code__.co_freevars) == len(mutant.code.co_freevars)
        ):
            one.__code__ = mutant.code
            found = True
    assert found, f"{mutant.function} was not found in the running process"


def _leave_the_parents_connection() -> None:
    connection.connection = None
    connection.in_atomic_block = False
    connection.savepoint_ids = []
    connection.atomic_blocks = []
    connection.needs_rollback = False
    connection.run_on_commit = []


def _commits(item: pytest.Item) -> bool:
    marker = item.get_closest_marker("django_db")
    return bool(marker and marker.kwargs.get("transaction"))


def _said(mutant: Mutant) -> str:
    return f"{mutant.file.parent.name}/{mutant.file.name}:{mutant.line} {mutant.function}: {mutant.was} → {mutant.now}"
