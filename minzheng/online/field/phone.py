"""The telephone number of whom one is to visit: shown for the task in hand, once, and recorded."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.views.decorators.cache import never_cache

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.tasks.lists import find_task, persons_of
from minzheng.online.field.views import task_page


@permit("task.handle", fresh=True)
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with the numbers, in the answer to this one request only (个人信息保护法 第六条)."""
    if request.method != "POST":
        return redirect("field:task", pk)
    task = find_task(request.access, pk, "task.handle")  # type: ignore[attr-defined]
    record_read(
        "查看联系电话",
        actor=request.user,  # type: ignore[arg-type]
        subject=task,
        persons=persons_of(task),
        region=task.office_id,
        reason="走访联系",
    )
    return task_page(request, task, shows_phones=True)
