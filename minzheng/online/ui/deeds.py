"""What one may do with one thing: a deed asks its questions and runs an action; short ones stand as forms on the page."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from django.contrib import messages
from django.http import HttpRequest

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form
from minzheng.online.ui.forms import answered

Answers = Mapping[str, Any]


@dataclass(frozen=True)
class Deed:
    """`run(access, row, answers)` calls the action; `by_name` makes one of an action that takes its answers by name.

    `permission`: "" where whoever reaches the page may do it. `questions` and `is_open` may depend on the row, `mine` on
    the user too. `done` is said afterwards, or says it of what `run` gave back. `locates`: asks the phone for its place.
    """

    key: str
    title: str
    permission: str
    run: Callable[[Any, Any, Answers], Any]
    is_open: Callable[[Any], bool] = lambda row: True
    questions: Sequence[Question] | Callable[[Any], Sequence[Question]] = ()
    lead: str = ""
    done: str | Callable[[Any], str] = "已登记。"
    danger: bool = False
    icon: str = "pencil"
    mine: Callable[[Any, Any], bool] = lambda row, access: True
    locates: bool = False

    def asks(self, row: Any) -> tuple[Question, ...]:
        return tuple(self.questions(row) if callable(self.questions) else self.questions)

    def says(self, made: Any) -> str:
        return self.done(made) if callable(self.done) else self.done


def by_name(action: Callable[..., Any]) -> Callable[[Any, Any, Answers], Any]:
    """`run` of a deed whose questions are named as the action's parameters; the unanswered ones keep their defaults."""

    def run(access: Any, row: Any, answers: Answers) -> Any:
        return action(access, row, **{key: value for key, value in answers.items() if value is not None})

    return run


class DeedForms:
    """The forms of a page, in turn as (deed, form). `done()` runs the posted one: True when it was done."""

    def __init__(self, request: HttpRequest, deeds: Sequence[Deed], row: Any, region: str) -> None:
        self.request, self.row = request, row
        self.posted = request.POST.get("deed", "") if request.method == "POST" else ""
        self.forms: list[tuple[Deed, QuestionForm]] = []
        for deed in deeds:
            is_posted = deed.key == self.posted
            form = django_form(
                deed.asks(row),
                request.POST if is_posted else None,
                request.FILES if is_posted else None,
                today=request.access.today,  # type: ignore[attr-defined]
                uploads=Uploads(request.user, region),  # type: ignore[arg-type]
                prefix=deed.key,
            )
            self.forms.append((deed, form))

    def __iter__(self) -> Iterator[tuple[Deed, QuestionForm]]:
        return iter(self.forms)

    def done(self) -> bool:
        for deed, form in self.forms:
            if deed.key != self.posted:
                continue
            is_done, made = answered(form, partial(_run, self.request, deed, self.row))
            if is_done:
                messages.success(self.request, deed.says(made))
                return True
        return False


def _run(request: HttpRequest, deed: Deed, row: Any, answers: Answers) -> Any:
    given = dict(answers)
    if deed.locates:
        given["position"] = _position(request, given.pop("no_position", "") or "")
    return deed.run(request.access, row, given)  # type: ignore[attr-defined]


def _position(request: HttpRequest, missing: str) -> Any:
    from minzheng.foundation.tasks.visits import Position

    try:
        latitude, longitude = (float(request.POST.get(key, "")) for key in ("latitude", "longitude"))
    except ValueError:
        return Position(missing=missing)
    if not (-90 <= latitude <= 90 and -180 <= longitude <= 180):
        return Position(missing=missing)
    return Position(round(latitude, 6), round(longitude, 6))
