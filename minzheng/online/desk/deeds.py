"""Which deeds are open on an officer's page, the page of one deed, and any other page of one form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.forms import Question
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.online.portal.apply.places import places_near
from minzheng.online.ui.deeds import Deed
from minzheng.online.ui.forms import answered

Questions = Sequence[Question]
Trail = Sequence[tuple[str, str]]
ONE_FORM = "desk/deeds/one_form.html"


def open_deeds(deeds: Sequence[Deed], access: Any, row: Any) -> list[Deed]:
    """What this user may do now, in the declared order; the first is the next step."""
    return [one for one in deeds if _may(one, access, row) and one.is_open(row)]


def _may(deed: Deed, access: Any, row: Any) -> bool:
    return (not deed.permission or access.may(deed.permission, row.region_id)) and deed.mine(row, access)


def deed_page(request: HttpRequest, row: Any, deed: Deed | None, *, back: str, trail: Trail, template: str = ONE_FORM, initial: Any = None) -> HttpResponse:  # fmt: skip
    """The page of a declared deed; 404 for one that is not open to this user."""
    access: Any = request.access  # type: ignore[attr-defined]
    if deed is None or not _may(deed, access, row):
        raise Http404("没有这一步，或者您不能办理。请返回上一页。")

    def do(answers: Mapping[str, Any]) -> str:
        messages.success(request, deed.says(deed.run(access, row, answers)))
        return back

    return one_form(
        request,
        deed.asks(row),
        deed.title,
        do,
        back=back,
        trail=trail,
        lead=f"{row} · {deed.lead}" if deed.lead else str(row),
        button=deed.title,
        danger=deed.danger,
        region=row.region_id,
        initial=initial,
        template=template,
        more={"deed": deed, "row": row},
    )


def one_form(
    request: HttpRequest,
    questions: Questions,
    heading: str,
    do: Callable[[dict[str, Any]], str],
    *,
    back: str,
    trail: Trail,
    done: str = "",
    lead: str = "",
    button: str = "登记",
    danger: bool = False,
    region: str | None = None,
    initial: Any = None,
    template: str = ONE_FORM,
    more: Mapping[str, Any] | None = None,
) -> HttpResponse:
    """A page of one form: `do(answers)` returns the address to go to; a refusal is shown where it belongs.

    `done` is said afterwards ("": `do` says it itself); uploads are kept for `region`.
    """
    access: Any = request.access  # type: ignore[attr-defined]
    data, files = (request.POST, request.FILES) if request.method == "POST" else (None, None)
    asks_where = region is not None and any(one.kind == "region" for one in questions)
    form = django_form(
        tuple(questions),
        data,
        files,
        today=access.today,
        uploads=Uploads(access.user, region),
        initial=initial or {},
        places=places_near(region, access.today) if asks_where else (),
    )
    is_done, where = answered(form, do)
    if is_done:
        if done:
            messages.success(request, done)
        return redirect(where)
    context = {
        "form": form,
        "heading": heading,
        "lead": lead,
        "back": back,
        "button": button,
        "danger": danger,
        "trail": [*trail, (heading, "")],
        **(more or {}),
    }
    return render(request, template, context, status=422 if form.errors else 200)
