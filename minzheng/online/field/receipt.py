"""The receipt of a visit, and from there to the application of whom it found in need."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.cases.api import open_case
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.forms.showing import show as in_words
from minzheng.foundation.items.catalogue import item_of
from minzheng.foundation.tasks.lists import OFFICE, persons_of, readable
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.online.field.applying import ApplyForm, form_after


@permit("task.handle")
@never_cache
def kept(request: HttpRequest, pk: int) -> HttpResponse:
    """The receipt of one's own visit; beside it the other's, when somebody was quicker."""
    access = request.access  # type: ignore[attr-defined]
    made = _own(access, pk)
    return _page(request, made, form_after(access, made))


@require_POST
@permit("case.open")
def apply(request: HttpRequest, pk: int) -> HttpResponse:
    """Open the draft, or go on with the one there is; the rest is filled in under 代为申请."""
    access = request.access  # type: ignore[attr-defined]
    made = _own(access, pk)
    form = form_after(access, made, request.POST)
    if form is None:
        raise Http404("这次走访没有发现要申请救助的人。请回到走访清单。")
    if form.is_valid():
        person, item = form.cleaned_data["person"], item_of(form.cleaned_data["item"])
        try:
            case = open_case(access, item.code, person, person.region, Channel.DISCOVERY)
        except ValidationError as refused:
            form.add_error(None, refused.messages)
        else:
            messages.success(request, "申请已开好，请接着填写。")
            return redirect("desk:intake_section", case.number, item.form.sections[0].key)
    return _page(request, made, form)


def _own(access: Access, pk: int) -> TaskVisit:
    visits: QuerySet[TaskVisit] = TaskVisit.objects.filter(
        task__in=readable(access, Task.objects.all())
    ).select_related("task__region", "task__done_by", "made_by")
    return access.get("task.handle", visits, f"task__{OFFICE}", pk=pk)


def _page(request: HttpRequest, made: TaskVisit, form: ApplyForm | None) -> HttpResponse:
    task = made.task
    record_read(
        "查看走访记录", actor=request.user, subject=task, persons=persons_of(task), region=task.office_id
    )  # type: ignore[arg-type]
    other = None if made.counted else task.visits.filter(counted=True).select_related("made_by").last()
    context = {
        "task": task,
        "made": made,
        "answers": answers_of(made),
        "other": other,
        "other_answers": answers_of(other) if other else [],
        "form": form,
        "back_url": reverse("field:today"),
        "tab": "today",
    }
    return render(request, "field/kept.html", context, status=422 if form and form.errors else 200)


def answers_of(made: TaskVisit) -> list[tuple[str, str]]:
    """(question, answer in words) of what the visit recorded."""
    questions = {question.key: question for question in made.task.declared.questions}
    return [
        (questions[key].label, in_words(questions[key], value))
        for key, value in made.record.items()
        if key in questions
    ]
