"""Questions as a Django form: the same cleaning, drawn by any template that can draw Django fields.

form = django_form(questions, request.POST, request.FILES, answers=draft, uploads=Uploads(user))
if form.is_valid(): draft |= form.answers
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile

from minzheng.foundation.accounts.models import User
from minzheng.foundation.documents.check import UploadRefused
from minzheng.foundation.documents.store import own_documents, store_document
from minzheng.foundation.forms.cleaning import clean_row
from minzheng.foundation.forms.questions import Answers, Question
from minzheng.foundation.forms.widgets import Files, widget_for

STYLES = {
    "name": "short", "phone": "short", "number": "short", "date": "date", "month": "date",
    "id_no": "id", "bank_account": "id", "money": "money", "money_flow": "money",
}  # fmt: skip


@dataclass(frozen=True)
class Uploads:
    """Whose uploads a form keeps, and the region they belong to."""

    user: User
    region_id: str | None = None


class QuestionField(forms.Field):
    """Carries the box and the words; the judging is clean_row's. `required` only marks the label."""

    def __init__(self, question: Question, places: Any) -> None:
        super().__init__(
            label=question.label,
            help_text=question.hint,
            required=question.required,
            widget=widget_for(question, places),
        )
        self.question = question
        self.unit = question.unit or ("元" if question.kind == "money" else "")
        self.style = STYLES.get(question.kind, "")
        self.max_bytes = settings.MAX_UPLOAD_BYTES if question.is_file else 0

    def clean(self, value: Any) -> Any:
        return value

    def has_changed(self, initial: Any, data: Any) -> bool:
        return bool(initial != data)


class QuestionForm(forms.Form):
    """`answers` after is_valid(): cleaned JSON answers of these questions, as clean_row gives them."""

    use_required_attribute = False

    def __init__(self, questions: tuple[Question, ...], *args: Any, **more: Any) -> None:
        self.questions = questions
        self.context_answers: Answers = more.pop("answers")
        self.today: dt.date = more.pop("today")
        self.uploads: Uploads | None = more.pop("uploads")
        self.partial: bool = more.pop("partial")
        self.answers: dict[str, Any] = {}
        places = more.pop("places")
        super().__init__(*args, **more)
        for question in questions:
            self.fields[question.key] = QuestionField(question, places)

    def clean(self) -> dict[str, Any]:
        typed = dict(self.cleaned_data)
        refused = {}
        for question in self.questions:
            if question.is_file and isinstance(typed.get(question.key), dict):
                typed[question.key], problems = self._keep_files(question, typed[question.key])
                if problems:
                    refused[question.key] = problems
        self.answers, errors = clean_row(
            self.questions, typed, self.context_answers, self.today, self.partial
        )
        for key, text in errors.items():
            if key in self.fields and key not in refused:
                self.add_error(key, text)
        for key, problems in refused.items():
            for text in problems:
                self.add_error(key, text)
        return self.answers

    def _keep_files(self, question: Question, given: dict[str, list[Any]]) -> tuple[list[int], list[str]]:
        """Store what can be taken, at once: a mistake elsewhere on the page must not cost the upload."""
        if self.uploads is None:
            raise TypeError("a form with file questions needs uploads=Uploads(user)")
        before = {str(one) for one in self.initial.get(question.key) or []}
        kept = [int(one) for one in given["kept"] if one in before]
        kept += own_documents([one for one in given["kept"] if one not in before], self.uploads.user)
        problems = []
        for upload in given["new"]:
            try:
                stored = self._store(question, upload, self.uploads)
                kept = [stored] if question.kind == "file" else [*kept, stored]
            except UploadRefused as refusal:
                problems.append(str(refusal))
        self._show_kept(question, kept)
        return kept, problems

    def _store(self, question: Question, upload: UploadedFile, uploads: Uploads) -> int:
        return store_document(
            upload,
            kind=question.key,
            user=uploads.user,
            region_id=uploads.region_id,
            keep_capture=question.keep_capture,
        ).pk

    def _show_kept(self, question: Question, kept: list[int]) -> None:
        """If the page comes back with errors, it shows what was taken, not what was sent."""
        widget = self.fields[question.key].widget
        if isinstance(widget, Files):
            widget.taken = kept


def django_form(
    questions: Iterable[Question],
    data: Any = None,
    files: Any = None,
    *,
    initial: Answers | None = None,
    answers: Answers | None = None,
    today: dt.date | None = None,
    uploads: Uploads | None = None,
    places: Any = (),
    prefix: str | None = None,
    partial: bool = False,
) -> QuestionForm:
    """`initial`: cleaned answers to show; `answers`: the rest of the form, for conditions (show_if).

    `partial`: what is missing is no error (save and leave).
    """
    questions = tuple(questions)
    return QuestionForm(
        questions,
        data,
        files,
        initial=_as_typed(questions, initial or {}),
        answers=answers or {},
        today=today or dt.date.today(),
        uploads=uploads,
        partial=partial,
        places=places,
        prefix=prefix,
    )


def _as_typed(questions: tuple[Question, ...], answers: Answers) -> dict[str, Any]:
    """Cleaned answers as one would type them: fen become yuan, True becomes 是."""
    typed = {}
    for question in questions:
        value = answers.get(question.key)
        if value is None:
            continue
        match question.kind:
            case "money":
                value = _yuan(value)
            case "money_flow":
                value = {"amount": _yuan(value["fen"]), "period": value["period"]}
            case "yes_no":
                value = "yes" if value else "no"
        typed[question.key] = value
    return typed


def _yuan(fen: int) -> str:
    return f"{fen // 100}.{fen % 100:02d}" if fen % 100 else str(fen // 100)
