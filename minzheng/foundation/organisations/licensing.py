"""Making out the licence that a registration decision has granted: paper and electronic in one transaction, or neither."""

from __future__ import annotations

import datetime as dt
from typing import Any

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.certificates.actions import issue, replace, revoke
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.organisations.certificates import OF_KIND, PUBLIC_FUNDRAISING, Licensed
from minzheng.foundation.organisations.models import Kind, Organisation

LICENCES = tuple({word.code: word.title for words in OF_KIND.values() for word in words}.items())


@action("organisation.license", "制发社会组织证照", permission="organisation.license")
def license_organisation(
    access: Any,
    organisation: Organisation,
    *,
    licence: str,
    decision_no: str,
    scope: str,
    fund_fen: int | None = None,
    supervisor: str = "",
    valid_until: dt.date | str | None = None,
) -> Issued:
    """On the decision of that number. One that is held already is replaced: revoked in the same transaction."""
    allowed = {word.code: word for word in OF_KIND.get(Kind(organisation.kind), ())}
    if licence not in allowed:
        raise Refused({"licence": f"{organisation.get_kind_display()}不能领这种证照，请核对单位类型。"})
    if not organisation.is_open_on(access.today):
        raise Refused(f"{organisation.name}已经注销，不能制发证照。")
    if not organisation.legal_rep_name or not organisation.address:
        raise Refused("单位台账里没有法定代表人或住所，请先补全再制发。")
    until = dt.date.fromisoformat(str(valid_until)) if valid_until else None
    if until is not None and until <= access.today:
        raise Refused({"valid_until": "有效期应晚于今天，请核对登记决定。"})
    said = Licensed(organisation, decision_no.strip(), scope.strip(), fund_fen, supervisor.strip(), until)
    held = held_by(organisation).filter(kind=licence).first()
    if held is not None:
        return replace(access, held, said, reason=f"依据{decision_no.strip()}", today=access.today)
    return issue(
        access,
        licence,
        said,
        region=organisation.region_id,
        origin=f"organisation:{organisation.pk}",
        today=access.today,
    )


def held_by(organisation: Organisation) -> Any:
    """The licences that are not revoked."""
    mine = Issued.objects.filter(origin=f"organisation:{organisation.pk}", kind__in=dict(LICENCES))
    return mine.exclude(state=State.REVOKED)


def revoke_all(access: Any, organisation: Organisation, reason: str) -> None:
    """With the organisation ends what it was licensed for."""
    for one in held_by(organisation):
        revoke(access, one, reason=reason)


__all__ = ["LICENCES", "PUBLIC_FUNDRAISING", "held_by", "license_organisation", "revoke_all"]
