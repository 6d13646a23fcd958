"""The first migration of an empty database, in a tenth of the time.

Django draws the models of every moment of the history, and after each step draws anew whatever is related to what
changed. Here that is everything, since everything stands in a division: for four hundred steps and a hundred models
it took half a minute, five seconds of it PostgreSQL's. A step that only adds needs the model it adds to and no other.
Steps that change a column keep Django's way, and code in a migration is given models drawn whole, as Django does
for what it calls delayed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from django.db.migrations.state import ProjectState

CHANGES_OTHERS = ("rename_model", "remove_field", "alter_field", "rename_field")


@contextmanager
def additions_drawn_alone() -> Iterator[None]:
    """While it lasts, a step of a migration that adds something draws one model."""
    usual = {name: getattr(ProjectState, name) for name in (*CHANGES_OTHERS, "_find_reload_model")}

    def alone(
        state: ProjectState, app_label: str, model_name: str, delay: bool = False
    ) -> set[tuple[str, str]]:
        state.is_delayed = True
        return {(app_label, model_name)}

    def as_usual(name: str) -> Callable[..., Any]:
        def step(*args: Any, **options: Any) -> Any:
            ProjectState._find_reload_model = usual["_find_reload_model"]  # type: ignore[attr-defined]
            try:
                return usual[name](*args, **options)
            finally:
                ProjectState._find_reload_model = alone  # type: ignore[attr-defined]

        return step

    ProjectState._find_reload_model = alone  # type: ignore[attr-defined]
    for name in CHANGES_OTHERS:
        setattr(ProjectState, name, as_usual(name))
    try:
        yield
    finally:
        for name, method in usual.items():
            setattr(ProjectState, name, method)
