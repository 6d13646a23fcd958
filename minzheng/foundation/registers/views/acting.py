"""A button on one row, and the same button over many: what will happen is said before it happens."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from minzheng.foundation.accounts.permits import proof_question
from minzheng.foundation.forms.rendering import QuestionForm, django_form
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.registers.acting import MOST, act_on, chosen_keys
from minzheng.foundation.registers.declaration import Register, RowAction
from minzheng.foundation.registers.jobs import start
from minzheng.foundation.registers.models import Job, JobKind
from minzheng.foundation.registers.views.routes import listing_of, registered, row_of, trail, user_of


@registered("read")
@keyed
def act(request: HttpRequest, register: Register, key: str, action: str) -> HttpResponse:
    row = row_of(request, register, key)
    chosen = action_of(request, register, action)
    if chosen.fresh and (question := proof_question(request)):
        return question
    form = _form(request, chosen, is_answer=request.method == "POST")
    error = ""
    if request.method == "POST" and form.is_valid():
        error = act_on(request.access, register, chosen, row.pk, form.answers)  # type: ignore[attr-defined]
        if not error:
            messages.success(request, f"已办理“{chosen.title}”：{register.name(row)}。")
            return redirect("registers:detail", register.code, row.pk)
    context = {
        "register": register,
        "action": chosen,
        "what": register.name(row),
        "form": form,
        "error": error,
        "back": reverse("registers:detail", args=[register.code, row.pk]),
        "trail": trail(register, (chosen.title, "")),
    }
    return render(request, "registers/act.html", context, status=422 if error or form.errors else 200)


@require_POST
@registered("read")
def bulk(request: HttpRequest, register: Register) -> HttpResponse:
    """First the confirmation, with the number of rows; then, if the number is still the same, the work."""
    listing = listing_of(request, register)
    chosen = action_of(request, register, request.POST.get("action", ""))
    if chosen.fresh and (question := proof_question(request)):
        return question
    back = f"{reverse('registers:list', args=[register.code])}?{urlencode(listing.parameters())}"
    everything = request.POST.get("all") == "1"
    keys = chosen_keys(listing, request.POST.getlist("keys"), everything)
    if not keys:
        messages.error(request, "还没有选中任何一行。请先勾选，再点要办的事。")
        return redirect(back)
    if len(keys) > MOST:
        messages.error(request, f"一次最多办理 {MOST:,} {register.unit}。请先用筛选缩小范围。")
        return redirect(back)
    is_answer = "count" in request.POST
    form = _form(request, chosen, is_answer=is_answer)
    has_changed = is_answer and request.POST["count"] != str(len(keys))
    if is_answer and form.is_valid() and not has_changed:
        told: dict[str, Any] = {"action": chosen.key, "keys": keys, "record": form.answers}
        job = Job(
            kind=JobKind.BULK, register=register.code, owner=user_of(request), total=len(keys), request=told
        )
        return redirect("registers:job", register.code, start(job).pk)
    context = {
        "register": register,
        "action": chosen,
        "what": f"选中的 {len(keys)} {register.unit}",
        "form": form,
        "error": f"列表刚有变化，现在是 {len(keys)} {register.unit}。请核对后再确认。" if has_changed else "",
        "keys": [] if everything else keys,
        "everything": everything,
        "count": len(keys),
        "back": back,
        "trail": trail(register, (chosen.title, "")),
    }
    return render(request, "registers/act.html", context)


def action_of(request: HttpRequest, register: Register, key: str) -> RowAction:
    found = register.action(key)
    if found is None:
        raise Http404("没有这个操作。请返回列表重新点选。")
    if not request.access.may(found.permission):  # type: ignore[attr-defined]
        raise PermissionDenied("您没有办理这件事的权限。如工作需要，请联系本单位系统管理员调整任职。")
    return found


def _form(request: HttpRequest, action: RowAction, *, is_answer: bool) -> QuestionForm:
    return django_form(action.questions, request.POST if is_answer else None, today=request.access.today)  # type: ignore[attr-defined]
