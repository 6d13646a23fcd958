"""One person, one household: who lives here, what they receive, since when, why, what was tried, what comes next.

Opening a page is a read of everyone on it and is recorded; whole numbers are shown once, for a stated reason.
"""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from minzheng.datacenter.certification.certify import in_words
from minzheng.datacenter.certification.models import Certification
from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.audit.record import record_read
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.people.chapters import events_in
from minzheng.foundation.people.models import Household, Person
from minzheng.foundation.people.words import Whose
from minzheng.online.desk.people.facts import facts_of
from minzheng.online.desk.people.received import received_by
from minzheng.online.desk.people.reveal import RevealForm
from minzheng.online.desk.people.story import record_look, story_of
from minzheng.online.desk.people.watch import standing_of

PEOPLE = Person.objects.select_related("region", "hukou_region")


@permit("person.read")
def person(request: HttpRequest, pk: int) -> HttpResponse:
    found = request.access.get("person.read", PEOPLE, pk=pk)
    record_look(request, "查看个人档案", found, [found.pk])
    return _person_page(request, found, RevealForm())


def certified(person: Person) -> list[tuple[Certification, str, str]]:
    """The latest comparisons of each of the person's rights (静默认证), with the benefit and what was found."""
    latest = person.certifications.order_by("-month", "benefit")[:6]
    return [(one, benefit_title(one.benefit), in_words(one)) for one in latest]


@permit("person.reveal", fresh=True)
@require_POST
@never_cache
def reveal(request: HttpRequest, pk: int) -> HttpResponse:
    """The same page with whole numbers, in the answer to this one request only."""
    found = request.access.get("person.reveal", PEOPLE, pk=pk)
    form = RevealForm(request.POST)
    if not form.is_valid():
        return _person_page(request, found, form)
    record_read(
        "查看完整号码",
        actor=request.user,
        subject=found,
        persons=[found.pk],
        region=found.region_id,
        reason=form.reason,
    )
    return _person_page(request, found, form, revealed=True)


def _person_page(
    request: HttpRequest, found: Person, form: RevealForm, revealed: bool = False
) -> HttpResponse:
    today = request.access.today
    memberships = list(
        found.memberships.select_related("household__head", "household__region").order_by("-since")
    )
    homes = [one.household_id for one in memberships if one.until is None]
    here = reverse("desk:person", args=[found.pk])
    context = {
        **story_of(request, Whose((found.pk,), None, today), [found], here),
        "person": found,
        "memberships": memberships,
        "received": [(one, "") for one in received_by([found.pk], homes)],
        "certified": certified(found),
        "facts": facts_of(today, person=found),
        "form": form,
        "revealed": revealed,
        "may_write": request.access.may("person.write", found.region_id),
        "may_reveal": request.access.may("person.reveal", found.region_id),
    }
    return render(request, "desk/people/person.html", context)


@permit("person.read")
def household(request: HttpRequest, pk: int) -> HttpResponse:
    """一户一条救助链: who lives here, what they receive since when and why, what comes next, what was tried."""
    found = request.access.get("person.read", Household.objects.select_related("region", "head"), pk=pk)
    members = list(found.members_on(request.access.today))
    ids = [member.person_id for member in members]
    gone = Person.objects.filter(life_events__in=events_in(found.pk)).exclude(pk__in=ids).distinct()
    names = {one.pk: one.name for one in (*(member.person for member in members), *gone)}
    record_look(request, "查看家庭档案", found, list(names))
    whose = Whose(tuple(ids), found.pk, request.access.today)
    here = reverse("desk:household", args=[found.pk])
    context = {
        **story_of(request, whose, [member.person for member in members], here, names),
        "household": found,
        "members": members,
        "received": [(one, names.get(one.person or 0, "全家")) for one in received_by(ids, [found.pk])],
        "facts": facts_of(request.access.today, household=found),
        "standing": standing_of(request.access, found),
    }
    return render(request, "desk/people/household.html", context)
