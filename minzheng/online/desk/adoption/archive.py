"""收养档案: found by its number alone, opened by two people; a row's certificates, dissolution, unsealing."""

from __future__ import annotations

from typing import Any

from django.core.files.storage import default_storage
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache

from minzheng.business.adoption.archive import read_file
from minzheng.business.adoption.certificates import ends_of, papers_of
from minzheng.business.adoption.models import Adoption, Unsealing
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record, record_read
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.forms.rendering import django_form
from minzheng.foundation.idempotency.once import keyed
from minzheng.foundation.registers.views.files import attachment
from minzheng.online.desk.adoption import questions as ask
from minzheng.online.desk.adoption.deeds import ADOPTION, DISSOLUTION, UNSEALING
from minzheng.online.desk.adoption.parts import (
    READ,
    TRAIL,
    UNSEAL,
    WRITE,
    adoption_of,
    dissolution_of,
    page_of,
    trail,
    unsealing_of,
)
from minzheng.online.desk.deeds import deed_page, open_deeds

HOME = ("收养档案查阅", "/desk/adoption/unsealings/")


@never_cache
@permit(READ)
def find(request: HttpRequest) -> HttpResponse:
    """By the number on the certificate; nobody is found by name."""
    access: Any = request.access  # type: ignore[attr-defined]
    sent = request.POST if request.method == "POST" else None
    form = django_form(ask.NUMBER, sent, None, today=access.today)
    if sent is not None and form.is_valid():
        found = access.scope(READ, Adoption.objects.filter(number=form.answers["number"].strip())).first()
        if found is not None:
            return redirect(page_of(found))
        form.add_error("number", "没有这个字号的登记，请照证书核对，括号用全角。")
    context = {"form": form, "trail": trail("收养档案")}
    return render(request, "desk/adoption/find.html", context, status=422 if form.errors else 200)


@never_cache
@permit(READ)
def row(request: HttpRequest, pk: int) -> HttpResponse:
    """Numbers, dates, states. Names are in the sealed file."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = adoption_of(request, pk)
    record_read(
        "查看民政登记", actor=access.user, subject=found, persons=found.parent_keys, region=found.region_id
    )
    context = {
        "one": found,
        "copies": [
            (one, *one.standing(access.today), _may_print(access, found, one)) for one in papers_of(found)
        ],
        "dissolutions": found.dissolutions.order_by("pk"),
        "unsealings": found.unsealings.select_related("asked_by", "allowed_by").order_by("-pk"),
        "deeds": open_deeds(ADOPTION, access, found),
        "trail": trail(found.number),
    }
    return render(request, "desk/adoption/row.html", context)


def _may_print(access: Any, adoption: Adoption, copy: Issued) -> bool:
    """On the day on which it is given; later the file has to be opened first."""
    if copy.state == State.REVOKED or not access.may(WRITE, adoption.region_id):
        return False
    if copy.issued_on == access.today:
        return True
    mine = adoption.unsealings.filter(asked_by=access.user)
    return any(one.is_open_on(access.today) for one in mine)


@never_cache
@permit(WRITE)
def copy(request: HttpRequest, pk: int, copy: int) -> HttpResponse:
    """The signed certificate, to be printed and handed over."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = adoption_of(request, pk)
    one = next((one for one in papers_of(found) if one.pk == copy), None)
    if one is None or not _may_print(access, found, one):
        raise Http404("没有找到这份证，或者不在发证当天。请先申请查阅档案。")
    record(
        "certificate.read", "打印登记证", actor=access.user, subject=one, persons=found.parent_keys,
        region=one.region_id, is_read=True,
    )  # fmt: skip
    with default_storage.open(one.file) as stored:
        return attachment(stored.read(), f"{one.number}.pdf", "application/pdf")


@never_cache
@permit(WRITE)
@keyed
def row_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = adoption_of(request, pk)
    chosen = next((one for one in ADOPTION if one.key == deed and one.is_open(found)), None)
    back = page_of(found)
    return deed_page(request, found, chosen, back=back, trail=[TRAIL, (found.number, back)])


@never_cache
@permit(READ)
def dissolution(request: HttpRequest, pk: int) -> HttpResponse:
    """J3: the agreement, the limit, the decision."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = dissolution_of(request, pk)
    record_read(
        "查看民政登记",
        actor=access.user,
        subject=found,
        persons=found.adoption.parent_keys,
        region=found.region_id,
    )
    context = {
        "one": found,
        "left": (found.due_on - access.today).days,
        "papers": [one for one in ends_of(found) if _may_print(access, found.adoption, one)],
        "deeds": open_deeds(DISSOLUTION, access, found),
        "trail": trail("解除收养登记", (found.adoption.number, page_of(found.adoption))),
    }
    return render(request, "desk/adoption/dissolution.html", context)


@never_cache
@permit(WRITE)
@keyed
def dissolution_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = dissolution_of(request, pk)
    chosen = next((one for one in DISSOLUTION if one.key == deed and one.is_open(found)), None)
    back = page_of(found)
    return deed_page(request, found, chosen, back=back, trail=[TRAIL, (str(found), back)])


@permit(UNSEAL)
def unsealings(request: HttpRequest) -> HttpResponse:
    """What waits for a second person, and the latest openings."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = access.scope(UNSEAL, Unsealing.objects.select_related("adoption", "asked_by", "allowed_by"))
    context = {
        "waiting": rows.filter(allowed_on=None, refused_why="").order_by("asked_on", "pk")[:30],
        "settled": rows.exclude(allowed_on=None, refused_why="").order_by("-pk")[:30],
    }
    return render(request, "desk/adoption/unsealings.html", context)


@never_cache
@permit(UNSEAL)
def unsealing(request: HttpRequest, pk: int) -> HttpResponse:
    access: Any = request.access  # type: ignore[attr-defined]
    found = unsealing_of(request, pk)
    is_own = found.asked_by.person_id == access.user.person_id
    context = {
        "one": found,
        "deeds": [] if is_own else open_deeds(UNSEALING, access, found),
        "is_own": is_own,
        "may_open": is_own and found.is_open_on(access.today) and access.may(WRITE, found.region_id),
        "trail": [HOME, (found.adoption.number, "")],
    }
    return render(request, "desk/adoption/unsealing.html", context)


@never_cache
@permit(UNSEAL, fresh=True)
@keyed
def unsealing_deed(request: HttpRequest, pk: int, deed: str) -> HttpResponse:
    found = unsealing_of(request, pk)
    chosen = next((one for one in UNSEALING if one.key == deed and one.is_open(found)), None)
    back = page_of(found)
    return deed_page(request, found, chosen, back=back, trail=[HOME, (str(found), back)])


@never_cache
@permit(WRITE, fresh=True)
def file(request: HttpRequest, pk: int) -> HttpResponse:
    """The opened file: read by the officer who asked, each time with the stated purpose in the trail."""
    access: Any = request.access  # type: ignore[attr-defined]
    found = unsealing_of(request, pk)
    adoption, origin = read_file(access, found)
    titles = (("placer_is", "送养人"), ("found", "孩子的来历"), ("police_no", "报案或证明编号"))
    context = {
        "unsealing": found,
        "one": adoption,
        "application": adoption.application,
        "origin": [(title, origin.content.get(key, "")) for key, title in titles]
        if origin is not None
        else None,
        "trail": [HOME, (str(found), page_of(found)), ("档案", "")],
    }
    return render(request, "desk/adoption/file.html", context)
