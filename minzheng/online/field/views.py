"""走访 on a phone: the round, one visit, what was kept; and the shell that opens without a network."""

from __future__ import annotations

from django.contrib.staticfiles import finders
from django.core.exceptions import ValidationError
from django.http import FileResponse, Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import logged_in, permit, public
from minzheng.foundation.tasks.lists import OFFICE, find_task, readable
from minzheng.foundation.tasks.models import Task, TaskVisit
from minzheng.foundation.tasks.visits import record_visit
from minzheng.online.field.asking import wants_json
from minzheng.online.field.forms import VisitPage
from minzheng.online.field.patrols import open_patrols
from minzheng.online.field.round import stops_of, todays_round


@permit("task.handle")
@never_cache
def today(request: HttpRequest) -> HttpResponse:
    """Whom to visit, where and by when; names are masked until a visit is opened."""
    access = request.access  # type: ignore[attr-defined]
    context = {"round": todays_round(access), "patrols": open_patrols(access), "tab": "today"}
    return render(request, "field/today.html", context)


@permit("task.handle")
@never_cache
def show(request: HttpRequest, pk: int) -> HttpResponse:
    return task_page(request, find_task(request.access, pk, "task.handle"))  # type: ignore[attr-defined]


def task_page(request: HttpRequest, task: Task, *, shows_phones: bool = False) -> HttpResponse:
    """Who, why, where; numbers only in the answer to the request that asked for them (phone.py)."""
    stop = stops_of([task], request.access.today)[0]  # type: ignore[attr-defined]
    context = {
        "task": task,
        "kind": task.declared,
        "stop": stop,
        "about": stop.about,
        "visits": task.visits.select_related("made_by", "task").order_by("-made_at", "-id"),
        "shows_phones": shows_phones,
        "back_url": reverse("field:today"),
        "tab": "today",
    }
    return render(request, "field/task.html", context)


@permit("task.handle")
def visit(request: HttpRequest, pk: int) -> HttpResponse:
    """The form, which names nobody, so that a phone may keep it for where there is no network; and its answer.

    A phone's queue asks for JSON: {"state": "kept", "late": bool, "url": …} or {"state": "invalid", "problems": […]}.
    """
    tasks = readable(request.access, Task.objects.select_related("region"))  # type: ignore[attr-defined]
    task = request.access.get("task.handle", tasks, OFFICE, pk=pk)  # type: ignore[attr-defined]
    page = VisitPage(request, task)
    if request.method == "POST" and page.is_valid():
        try:
            made = record_visit(request.access, task, page.draft())  # type: ignore[attr-defined]
        except ValidationError as refused:
            page.refuse(refused.message_dict if hasattr(refused, "error_dict") else {"": refused.messages})
        else:
            return _kept(request, made)
    if request.method == "POST" and wants_json(request):
        return JsonResponse({"state": "invalid", "problems": page.problems()}, status=422)
    context = {
        "task": task,
        "kind": task.declared,
        "page": page,
        "back_url": reverse("field:task", args=[pk]),
    }
    return render(request, "field/visit.html", context, status=422 if request.method == "POST" else 200)


def _kept(request: HttpRequest, made: TaskVisit) -> HttpResponse:
    url = reverse("field:kept", args=[made.pk])
    if wants_json(request):
        return JsonResponse({"state": "kept", "late": not made.counted, "url": url})
    return redirect(url)


@logged_in("只是手机上的壳，不含任何人的资料；待发送的记录都在本机")
def offline(request: HttpRequest) -> HttpResponse:
    """待发送: what still waits on this phone. The page itself says nothing about anybody."""
    return render(request, "field/offline.html", {"tab": "offline"})


@public("脚本文件，不含数据；放在 /field/ 之下，才能管这里的离线打开")
def worker(request: HttpRequest) -> FileResponse:
    """The service worker, built with the other scripts (frontend/scripts/field-worker.js)."""
    path = finders.find("field-worker.js")
    if path is None:
        raise Http404("没有构建前端脚本。请在 frontend/ 运行 node build.mjs。")
    response = FileResponse(open(path, "rb"), content_type="text/javascript; charset=utf-8")  # noqa: SIM115  closed by FileResponse
    response["Cache-Control"] = "no-cache"
    return response
