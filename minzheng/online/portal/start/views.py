"""Starting an application: where, for whom; then it is a draft with a number."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from minzheng.foundation.accounts.permits import citizen
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.drafts import AGENT_LETTER, add_material, open_case
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.documents.models import Document
from minzheng.foundation.forms.rendering import Uploads, django_form
from minzheng.foundation.items import ServiceItem
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Level, Region
from minzheng.foundation.registry.words import shelf
from minzheng.online.portal.mine import cases_of
from minzheng.online.portal.start import proxy
from minzheng.online.portal.start.organisation import choices_of, open_chosen, question_of
from minzheng.online.portal.start.prefill import KNOWN, TYPED_BY_AGENT, prefill


@citizen
def where(request: HttpRequest, code: str) -> HttpResponse:
    """The village or community: the registered one to confirm, or county → township → village by links."""
    access = request.access  # type: ignore[attr-defined]
    item = _item(code)
    if item.for_organisations:
        return redirect("portal:for_organisation", code)
    under = request.GET.get("under", "")
    chosen = get_object_or_404(Region.objects.on(access.today), code=under) if under else None
    home = access.user.person.region if not chosen else None
    back = reverse("portal:guide", args=[code])
    if chosen:
        is_top = chosen.level <= Level.COUNTY
        back = reverse("portal:where", args=[code]) + ("" if is_top else f"?under={chosen.parent_id}")
    return render(
        request,
        "portal/start/where.html",
        {
            "item": item,
            "home": home if home and home.level == Level.VILLAGE else None,
            "chosen": chosen,
            "places": _places(chosen, access.today),
            "back_url": back,
            "village": Level.VILLAGE,
        },
    )


@citizen
def whom(request: HttpRequest, code: str, region: str) -> HttpResponse:
    item, village = _item(code), _village(request, region)
    back = reverse("portal:where", args=[code])
    return render(request, "portal/start/whom.html", {"item": item, "village": village, "back_url": back})


@citizen
@require_POST
def for_oneself(request: HttpRequest, code: str, region: str) -> HttpResponse:
    item, village = _item(code), _village(request, region)
    return _open(request, item, request.access.user.person, village, Channel.PORTAL)  # type: ignore[attr-defined]


@citizen
@require_http_methods(["GET", "POST"])
def for_another(request: HttpRequest, code: str, region: str) -> HttpResponse:
    access = request.access  # type: ignore[attr-defined]
    item, village = _item(code), _village(request, region)
    form = django_form(
        proxy.QUESTIONS,
        request.POST if request.method == "POST" else None,
        request.FILES if request.method == "POST" else None,
        today=access.today,
        uploads=Uploads(access.user, region),
    )
    if request.method == "POST" and form.is_valid():
        agent = proxy.Agent(form.answers["agent_relation"], tuple(form.answers.get("letter", [])))
        try:
            applicant = proxy.person_applied_for(access, form.answers, village)
            return _open(request, item, applicant, village, Channel.AGENT, agent)
        except Refused as refusal:
            form.add_error(None, refusal)
    context = {
        "item": item,
        "village": village,
        "form": form,
        "back_url": reverse("portal:whom", args=[code, region]),
    }
    return render(request, "portal/start/for_another.html", context)


@citizen
@require_http_methods(["GET", "POST"])
def for_organisation(request: HttpRequest, code: str) -> HttpResponse:
    """Which of the organisations whose account this is, and which of its places; where that lies is where it applies."""
    access = request.access  # type: ignore[attr-defined]
    item = _item(code)
    if not item.for_organisations:
        return redirect("portal:where", code)
    choices = {one.key: one for one in choices_of(access, item)}
    asked = question_of(item, choices)
    only = {"whose": next(iter(choices))} if len(choices) == 1 else {}
    data = request.POST if request.method == "POST" else None
    form = django_form((asked,), data, initial=only, today=access.today)
    if request.method == "POST" and form.is_valid():
        return open_chosen(request, item, choices[form.answers["whose"]])
    context = {
        "item": item,
        "form": form if choices else None,
        "back_url": reverse("portal:guide", args=[code]),
    }
    return render(request, "portal/start/for_organisation.html", context)


def _open(
    request: HttpRequest,
    item: ServiceItem,
    applicant: Person,
    village: Region,
    channel: str,
    agent: proxy.Agent | None = None,
) -> HttpResponse:
    """The draft; an application that is already on its way is shown instead of a second one."""
    access = request.access  # type: ignore[attr-defined]
    known = TYPED_BY_AGENT if agent else KNOWN
    data = prefill(item, applicant, known) | ({"agent": {"relation": agent.relation}} if agent else {})
    try:
        case = open_case(access, item.code, applicant, village, channel, data)
        for letter in Document.objects.filter(pk__in=agent.letter if agent else []):
            add_material(access, case, AGENT_LETTER, letter)
    except Refused as refusal:
        going_on = _unfinished(request, item, applicant)
        if going_on is None:
            # Whether a stranger has applied for assistance is nobody's business but theirs.
            raise Refused(
                "现在不能代为申请。请申请人本人登录查看，或到乡镇（街道）便民窗口办理。"
            ) from refusal
        return render(
            request,
            "portal/start/already.html",
            {"item": item, "case": going_on, "refusal": refusal.messages},
        )
    return redirect("portal:tasks", case.number)


def _unfinished(request: HttpRequest, item: ServiceItem, applicant: Person) -> Case | None:
    mine = cases_of(request.access)  # type: ignore[attr-defined]
    return mine.filter(item=item.code, applicant=applicant, closed_on=None).first()


def _item(code: str) -> ServiceItem:
    if code not in shelf(ServiceItem):
        raise Http404("没有这个事项。请回到服务大厅从目录里选择。")
    return shelf(ServiceItem).get(code)


def _village(request: HttpRequest, code: str) -> Region:
    today = request.access.today  # type: ignore[attr-defined]
    return get_object_or_404(Region.objects.on(today), code=code, level=Level.VILLAGE)


def _places(chosen: Region | None, today: object) -> list[Region]:
    """The next level down; first of all the counties in which villages are known."""
    regions = Region.objects.on(today)  # type: ignore[arg-type]
    if chosen is not None:
        return list(regions.filter(parent=chosen))
    return list(regions.filter(level=Level.COUNTY, children__children__isnull=False).distinct())
