"""What one may do with one thing: a few short forms on its page, each answered by an action of the foundation."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form
from minzheng.online.ui.forms import answered


@dataclass(frozen=True)
class Act:
    """`run(access, thing, **answers)`; `said` is what the page says when it is done. `locates`: asks for the position."""

    key: str
    title: str
    run: Callable[..., Any]
    said: str
    questions: tuple[Question, ...] = ()
    danger: bool = False
    locates: bool = False
    hint: str = ""


class Acts:
    """The forms of a page. `done(request, thing)` runs the posted one: True when it was done."""

    def __init__(self, request: HttpRequest, acts: Sequence[Act], region: str) -> None:
        self.posted = request.POST.get("act", "") if request.method == "POST" else ""
        self.forms: list[tuple[Act, QuestionForm]] = []
        for act in acts:
            is_posted = act.key == self.posted
            form = django_form(
                act.questions,
                request.POST if is_posted else None,
                request.FILES if is_posted else None,
                today=request.access.today,  # type: ignore[attr-defined]
                uploads=Uploads(request.user, region),  # type: ignore[arg-type]
                prefix=act.key,
            )
            self.forms.append((act, form))

    def done(self, request: HttpRequest, thing: Any) -> bool:
        for act, form in self.forms:
            if act.key != self.posted:
                continue
            if answered(form, partial(_run, request, act, thing))[0]:
                messages.success(request, act.said)
                return True
        return False


def _run(request: HttpRequest, act: Act, thing: Any, answers: Mapping[str, Any]) -> Any:
    given = dict(answers)
    if act.locates:
        given["position"] = _position(request, given.pop("no_position", "") or "")
    return act.run(request.access, thing, **given)  # type: ignore[attr-defined]


def _position(request: HttpRequest, missing: str) -> Any:
    from minzheng.foundation.tasks.visits import Position

    try:
        latitude, longitude = (float(request.POST.get(key, "")) for key in ("latitude", "longitude"))
    except ValueError:
        return Position(missing=missing)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return Position(missing=missing)
    return Position(round(latitude, 6), round(longitude, 6))
