"""What somebody needs, as found by whoever looked (服务类社会救助: needs first, then the catalogue)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.people.models import Person
from minzheng.foundation.services.models import Needs


@action("service.needs", "评估服务需求", permission="service.order", persons=lambda person: [person.pk])
def assess_needs(access: Any, person: Person, *, needs: Sequence[str], note: str = "") -> Needs:
    """A new row each time: what was needed before stays to be seen."""
    if person.died_on is not None:
        raise Refused("本人已登记去世，不用再评估。")
    return Needs.objects.create(
        person=person, region=person.region, needs=list(needs), note=(note or "").strip()[:500],
        assessed_on=access.today, assessed_by=access.user,
    )  # fmt: skip
