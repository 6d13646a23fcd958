"""What the adoption pages share: whose registry, one row in scope, a person who stands here."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.urls import reverse

from minzheng.business.adoption.models import Adoption, Application, Dissolution, Evaluation, Unsealing
from minzheng.foundation.accounts.models import Assignment, User
from minzheng.foundation.accounts.permissions import roles_with
from minzheng.foundation.actions import Refused
from minzheng.foundation.people.at_counter import ID_CARD, Identity, person_at_counter
from minzheng.foundation.people.exact import person_with
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region, prefix_of

READ, WRITE, EVALUATE, UNSEAL = "adoption.read", "adoption.write", "adoption.evaluate", "adoption.unseal"
TRAIL = ("收养登记", "/desk/adoption/")
PEOPLE = ("adopter", "spouse", "child")


def registry_of(access: Any) -> Region:
    """The county of the officer: adoptions are registered by the county's civil affairs, not below it."""
    counties = [prefix for prefix in access.prefixes(WRITE) if len(prefix) == 6]
    if not counties:
        raise PermissionDenied("收养登记由县级民政部门办理，您没有县级登记员的任职。请联系系统管理员。")
    return Region.objects.get(code=f"{counties[0]}000000")


def application_of(request: HttpRequest, pk: int) -> Application:
    rows = Application.objects.select_related(*PEOPLE, "notice", "evaluation", "adoption", "accepted_by")
    found: Application = request.access.get(READ, rows, pk=pk)  # type: ignore[attr-defined]
    return found


def evaluation_of(request: HttpRequest, pk: int) -> Evaluation:
    """For its team, and for the registry; another team's family is 404."""
    access: Any = request.access  # type: ignore[attr-defined]
    rows = Evaluation.objects.select_related(
        "application__adopter", "application__spouse", "application__child"
    )
    if not access.may(READ):
        rows = rows.filter(evaluators__user=access.user)
    found: Evaluation = access.get(EVALUATE, rows, pk=pk)
    return found


def adoption_of(request: HttpRequest, pk: int) -> Adoption:
    rows = Adoption.objects.select_related(*PEOPLE, "registrar", "application", "event__person")
    found: Adoption = request.access.get(READ, rows, pk=pk)  # type: ignore[attr-defined]
    return found


def dissolution_of(request: HttpRequest, pk: int) -> Dissolution:
    rows = Dissolution.objects.select_related("adoption__adopter", "adoption__spouse", "adoption__child")
    found: Dissolution = request.access.get(READ, rows, pk=pk)  # type: ignore[attr-defined]
    return found


def unsealing_of(request: HttpRequest, pk: int) -> Unsealing:
    rows = Unsealing.objects.select_related("adoption", "asked_by", "allowed_by")
    found: Unsealing = request.access.get(UNSEAL, rows, pk=pk)  # type: ignore[attr-defined]
    return found


def here(access: Any, region: Region, name: str, number: str, *, sex: str = "", born: str = "") -> Person:
    """Who stands here, found or begun; a child without a number is taken at what its papers say."""
    if number:
        return person_at_counter(access, region, Identity(name, number))
    if not (sex and born):
        raise Refused({"child_id_no": "没有身份证号的孩子，请填写出生日期和性别。"})
    said = Identity(name, "", f"不用{ID_CARD}", sex, dt.date.fromisoformat(born))
    return person_at_counter(access, region, said)


def known_person(given: Any) -> Person | None:
    """A party by name and whole number; somebody unknown is no party."""
    found = person_with(given.get("id_no") or "") if given.get("id_no") else None
    return found if found is not None and found.name == given.get("name") else None


def evaluators_for(region: str, today: dt.date) -> list[User]:
    """Who may evaluate in this county today, the own people first."""
    held = Assignment.objects.filter(role__in=roles_with(EVALUATE), since__lte=today).exclude(
        until__lte=today
    )
    near = [one for one in held.select_related("user") if region.startswith(prefix_of(one.region_id))]
    return list(
        dict.fromkeys(
            one.user for one in sorted(near, key=lambda one: (-len(prefix_of(one.region_id)), one.pk))
        )
    )


def trail(title: str, *more: tuple[str, str]) -> list[tuple[str, str]]:
    return [TRAIL, *more, (title, "")]


def page_of(one: Any) -> str:
    """Where a row is worked on."""
    kinds = {
        Application: "application",
        Evaluation: "evaluation",
        Adoption: "row",
        Dissolution: "dissolution",
        Unsealing: "unsealing",
    }
    return reverse(f"desk:adoption:{kinds[type(one)]}", args=[one.pk])
