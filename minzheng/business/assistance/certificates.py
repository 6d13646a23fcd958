"""最低生活保障证, 特困人员救助供养证: issued with the confirmation where the county has registered as issuer; elsewhere the notice stands alone."""

from __future__ import annotations

import datetime as dt

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.models import State as Right
from minzheng.foundation.certificates.actions import find_issuer, issue, replace, revoke
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.words import Certificate, Content


def dibao_content(entitlement: Entitlement, on: dt.date) -> Content:
    """Who is paid, the family and the place. No amount: it changes every few months, and the paper would lie."""
    household, holder = entitlement.household, entitlement.payee
    assert household is not None
    supported = Entitlement.objects.filter(benefit="tekun", until_month=None).exclude(state=Right.VOID)
    counted = household.members_on(on).exclude(person__in=supported.values("person"))
    living = [m.person for m in counted if m.person.is_alive_on(on)]
    return Content(
        person=holder.pk,
        household=household.pk,
        name=holder.name,
        rows=(
            ("持证人", holder.name),
            ("保障人口", f"{len(living)}人：{'、'.join(person.name for person in living)}"),
            ("类别", household.get_category_display()),
            ("住址", entitlement.region.full_name),
            ("办件编号", entitlement.case_number),
        ),
        public=("类别",),
        note="家庭人口、收入、财产有变化，请及时告知乡镇（街道）。",
    )


DIBAO = Certificate(
    code="dibao",
    title="最低生活保障证",
    mark="低保",
    content=dibao_content,
    cite="民发〔2021〕57号",
    type_no="011",
    statement="经审核确认，持证人家庭享受最低生活保障待遇。是否仍在享受，以扫码核验的结果为准。",
)


def tekun_content(entitlement: Entitlement, on: dt.date) -> Content:
    """Who is supported and where. No grade and no place: health is nobody's business, and both change."""
    holder = entitlement.person
    return Content(
        person=holder.pk,
        household=None,
        name=holder.name,
        rows=(
            ("持证人", holder.name),
            ("住址", entitlement.region.full_name),
            ("办件编号", entitlement.case_number),
        ),
        public=(),
        note="生活自理、供养方式有变化，请告知乡镇（街道）。",
    )


TEKUN = Certificate(
    code="tekun",
    title="特困人员救助供养证",
    mark="特困",
    content=tekun_content,
    cite="民发〔2021〕43号",
    type_no="012",
    statement="经审核确认，持证人享受特困人员救助供养待遇。是否仍在享受，以扫码核验的结果为准。",
)
KINDS = {one.code: one for one in (DIBAO, TEKUN)}


def certify(access: Access, entitlement: Entitlement, today: dt.date) -> None:
    """A certificate for a new right, in the same transaction; a changed one where it says something else now."""
    if find_issuer(entitlement.region_id) is None:
        return
    old = held_for(entitlement)
    if old is None:
        issue(access, entitlement.benefit, entitlement, region=entitlement.region_id, origin=_origin(entitlement), today=today)  # fmt: skip
    elif [list(row) for row in KINDS[entitlement.benefit].content(entitlement, today).rows] != old.rows:
        replace(access, old, entitlement, reason="家庭情况变化", today=today)


def withdraw(access: Access, entitlement: Entitlement, reason: str) -> None:
    """The right has ended, and with it the certificate."""
    if held := held_for(entitlement):
        revoke(access, held, reason=reason)


def held_for(entitlement: Entitlement) -> Issued | None:
    return (
        Issued.objects.filter(kind=entitlement.benefit, origin=_origin(entitlement))
        .exclude(state=State.REVOKED)
        .first()
    )


def _origin(entitlement: Entitlement) -> str:
    return f"entitlement:{entitlement.pk}"
