"""One search box for people, households and cases. What is typed is posted, never put in an address."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from minzheng.foundation.accounts.permits import permit
from minzheng.foundation.accounts.rates import at_most
from minzheng.foundation.audit.record import record
from minzheng.online.desk.search.finding import find


@permit("desk.open")
@at_most("searches_per_minute", per="user")
def search(request: HttpRequest) -> HttpResponse:
    """An exact case number opens its case; anything else lists what is found in the officer's region."""
    asked = request.POST.get("q", "").strip()
    found = find(request.access, asked)
    if found.exact_case is not None:
        return redirect("desk:case", found.exact_case)
    if found.people:
        record(
            "person.search",
            "按姓名或号码查人",
            actor=request.user,
            persons=[person.pk for person in found.people],
            is_read=True,
        )
    return render(request, "desk/search/search.html", {"asked": asked, "found": found})
