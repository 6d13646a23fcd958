"""Under the cap, once for each home, and paid to whoever did the works."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Count, Q, Sum

from minzheng.business.elderly.renovation.models import Renovation
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.months import last_day
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case, CaseMove
from minzheng.foundation.items.figures import figures
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.organisations.models import Organisation
from minzheng.foundation.people.models import Membership
from minzheng.foundation.regions.models import prefix_of, within
from minzheng.foundation.services.words import Charged

ITEM = "E8"


def home_of(person: int) -> str:
    """The home somebody lives in: the open household, else the person alone."""
    lives = Membership.objects.filter(person=person, until=None).values_list("household", flat=True).first()
    return f"h{lives}" if lives else f"p{person}"


def recall(case: Case, on: dt.date) -> dict[str, Any]:
    """What only the register knows: whether this home has had its works."""
    done = Renovation.objects.filter(home=home_of(case.applicant_id)).exclude(case=case)
    return {"home_renovated": done.exists()}


def _record(case: Case, move: str) -> dict[str, Any]:
    found = case.moves.filter(move=move).order_by("-id").first()
    return found.record if found else {}


@guard
def renovation_under_cap(access: Access, case: Case) -> str | None:
    """Design and bill stay under what the county pays for one home."""
    cap = figures(access.today, case.region_id)("renovation_cap")
    planned = sum(row["cost"] for row in _record(case, "design").get("works", []))
    billed = _record(case, "finish").get("cost", 0)
    if planned > cap:
        return f"方案合计 {yuan(planned)}，超过每户上限 {yuan(cap)}，请退回修改方案。"
    if billed > cap:
        return f"实际费用 {yuan(billed)}，超过每户上限 {yuan(cap)}，超出部分由家庭承担的，请退回按上限登记。"
    return None


def keep_works(case: Case, approval: CaseMove) -> Renovation:
    """The accepted works. Refused when the home has had its works meanwhile."""
    finished, designed = _record(case, "finish"), _record(case, "design")
    provider = Organisation.objects.filter(uscc=finished["uscc"].strip().upper()).first()
    if provider is None:
        raise Refused("施工单位还没有登记。请先在单位台账登记，再退回更正。")
    try:
        with transaction.atomic():
            return Renovation.objects.create(
                person=case.applicant, region=case.region, case=case, home=home_of(case.applicant_id),
                works=[row["what"] for row in designed["works"]], provider=provider, cost_fen=finished["cost"],
                accepted_on=approval.on,
            )  # fmt: skip
    except IntegrityError:
        raise Refused("这处住房已经做过适老化改造，一户一次，不能再次验收。") from None


def _unpaid(county: str, month: dt.date) -> Any:
    return Renovation.objects.filter(
        within(prefix_of(county)), Q(settled_in=None) | Q(settled_in=month), accepted_on__lte=last_day(month)
    )


def due(county: str, month: dt.date) -> Iterator[Charged]:
    """Accepted and not yet paid, by who did the works."""
    sums = _unpaid(county, month).filter(settled_in=None).values("provider")
    for row in sums.annotate(count=Count("id"), fen=Sum("cost_fen")).order_by("provider"):
        yield Charged(row["provider"], row["count"], int(row["fen"]))


def settled(county: str, month: dt.date) -> None:
    _unpaid(county, month).filter(settled_in=None).update(settled_in=month)
