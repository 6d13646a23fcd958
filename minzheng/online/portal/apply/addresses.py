"""Where each page of an application is, and where one goes after saving it."""

from __future__ import annotations

import datetime as dt

from django.urls import reverse

from minzheng.foundation.cases.models import Case
from minzheng.online.portal.apply.walk import Stop, is_done, next_stop, previous_stop, stops, stops_of_row

RETURNS = {"check": "portal:check", "tasks": "portal:tasks", "corrections": "portal:corrections"}


def address_of(case: Case, stop: Stop, back: str = "") -> str:
    query = f"?back={back}" if back in RETURNS else ""
    if stop.group is not None and stop.row is not None:
        return reverse("portal:row", args=[case.number, stop.group.key, stop.row, stop.slug]) + query
    return reverse("portal:question", args=[case.number, stop.section.key, stop.slug]) + query


def address_after(case: Case, stop: Stop, back: str, today: dt.date) -> str:
    """A page opened to mend one thing leads back to where it was opened from; else the way goes on.

    When mending opens a question that was not asked before, that one comes first.
    """
    form = case.service_item.form
    following = next_stop(form, stop, case.data)
    if back in RETURNS:
        opened = _opened_by(case, stop, following, today)
        return address_of(case, opened, back) if opened else reverse(RETURNS[back], args=[case.number])
    if following is not None:
        return address_of(case, following)
    waiting = next((one for one in stops(form, case.data) if not is_done(one, case.data, today)), None)
    return address_of(case, waiting) if waiting else reverse("portal:tasks", args=[case.number])


def _opened_by(case: Case, stop: Stop, following: Stop | None, today: dt.date) -> Stop | None:
    """A page that still needs an answer: of the same row, or the very next one."""
    near = [following] if following is not None else []
    if stop.group is not None and stop.row is not None:
        near = stops_of_row(stop.section, stop.group, stop.row, case.data)
    return next((one for one in near if not is_done(one, case.data, today)), None)


def address_before(case: Case, stop: Stop, back: str) -> str:
    if back in RETURNS:
        return reverse(RETURNS[back], args=[case.number])
    before = previous_stop(case.service_item.form, stop, case.data)
    return address_of(case, before) if before else reverse("portal:tasks", args=[case.number])


def position(case: Case, stop: Stop) -> dict[str, int]:
    """第几步，共几步: pages of the whole form; a group counts as one, however many rows it has."""
    slugs = [(one.section.key, one.slug) for one in stops(case.service_item.form, case.data)]
    slug = stop.group.key if stop.group else stop.slug
    return {"step": slugs.index((stop.section.key, slug)) + 1, "total": len(slugs)}
