"""The one page of a visit: how it ended, what the kind asks, photo, position, a word more."""

from __future__ import annotations

import datetime as dt
import uuid
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS
from django.http import HttpRequest
from django.utils.dateparse import parse_datetime

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import QuestionForm, Uploads, django_form
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft
from minzheng.online.ui.forms import PlainForm

ANSWERS = "q"  # the kind's own questions, kept apart from the page's
PHOTO_HINT = "拍门牌、本人或家中情况。照片会自动变小，照片里自带的位置不会留下。"


class HowItWas(PlainForm):
    """What every visit records. The hidden boxes are filled by the page's script where it runs."""

    outcome = forms.ChoiceField(label="走访结果", widget=forms.RadioSelect)
    note = forms.CharField(
        label="还有什么要说明的？", required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    no_position = forms.ChoiceField(
        label="没有定位的原因",
        required=False,
        choices=[
            ("", "请选择"),
            ("没有信号", "没有信号"),
            ("手机不能定位", "手机不能定位"),
            ("电话联系，没有上门", "电话联系，没有上门"),
            ("本人不同意", "本人不同意记录位置"),
        ],
    )
    latitude = forms.FloatField(required=False, min_value=-90, max_value=90, widget=forms.HiddenInput)
    longitude = forms.FloatField(required=False, min_value=-180, max_value=180, widget=forms.HiddenInput)
    accuracy = forms.FloatField(required=False, min_value=0, widget=forms.HiddenInput)
    key = forms.UUIDField(widget=forms.HiddenInput)
    made_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, task: Task, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["outcome"].choices = [(one.key, one.title) for one in task.declared.outcomes]

    def clean_made_at(self) -> dt.datetime | None:
        """The phone's own time with its zone; what is no time counts as now."""
        try:
            moment = parse_datetime(self.cleaned_data["made_at"])
        except ValueError:
            return None
        return moment if moment is not None and moment.tzinfo else None

    def position(self) -> Position:
        said = self.cleaned_data
        if said.get("latitude") is None or said.get("longitude") is None:
            return Position(missing=said.get("no_position") or "")
        return Position(round(said["latitude"], 6), round(said["longitude"], 6), said.get("accuracy"))


class VisitPage:
    """The forms of one visit together."""

    def __init__(self, request: HttpRequest, task: Task) -> None:
        data = request.POST if request.method == "POST" else None
        files = request.FILES if data is not None else None
        kind, user = task.declared, request.user
        uploads = Uploads(user, task.office_id)  # type: ignore[arg-type]
        photo = Question("photos", "现场照片", "files", required=kind.needs_photo, hint=PHOTO_HINT)
        signed = Question(
            "signatures", "签名", "files", required=False, hint="双方在纸上签名后拍下来；不方便可以不签。"
        )
        today = request.access.today  # type: ignore[attr-defined]
        self.task = task
        self.main = HowItWas(task, data, initial={"key": uuid.uuid4()})
        self.answers: QuestionForm = django_form(
            kind.questions, data, files, today=today, uploads=uploads, prefix=ANSWERS
        )
        self.papers: QuestionForm = django_form((photo, signed), data, files, uploads=uploads, partial=True)
        for name in ("photos", "signatures"):
            self.papers.fields[name].widget.attrs |= {"accept": "image/*", "capture": "environment"}

    @property
    def reached(self) -> str:
        """The outcomes after which the questions are asked, as the page's script reads them."""
        return "|".join(one.key for one in self.task.declared.outcomes if one.reached)

    def is_valid(self) -> bool:
        main, papers = self.main.is_valid(), self.papers.is_valid()
        return all([main, papers, not self.asks_questions() or self.answers.is_valid()])

    def asks_questions(self) -> bool:
        outcome = self.task.declared.outcome(self.main.data.get("outcome", ""))
        return outcome is None or outcome.reached

    def draft(self) -> VisitDraft:
        said = self.main.cleaned_data
        return VisitDraft(
            outcome=said["outcome"],
            key=said["key"],
            answers=self.answers.answers if self.asks_questions() else {},
            note=said["note"],
            photos=self.papers.answers.get("photos", []),
            signatures=self.papers.answers.get("signatures", []),
            position=self.main.position(),
            made_at=said["made_at"],
        )

    def refuse(self, errors: dict[str, list[str]]) -> None:
        """Puts what the action refused at the box it is about, or above the page."""
        for key, texts in errors.items():
            form: Any = next(
                (one for one in (self.main, self.papers, self.answers) if key in one.fields), None
            )
            for text in texts:
                (form or self.main).add_error(key if form else None, text)

    def problems(self) -> list[dict[str, str]]:
        """Everything to mend, for the page's script: {"field": id of the box or "", "text": …}."""
        asked = [self.main, self.papers, *([self.answers] if self.asks_questions() else [])]
        return [
            {"field": "" if name == NON_FIELD_ERRORS else str(form[name].id_for_label), "text": text}
            for form in asked
            for name, texts in form.errors.items()
            for text in texts
        ]
