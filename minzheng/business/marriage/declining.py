"""Not registering, in writing: the reasons with their articles, what can be done against it, one signed copy for each of the two."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from minzheng.business.marriage.actions import couple_of, may_register
from minzheng.business.marriage.certificates import NOT_MARRIED, NOT_PARTED
from minzheng.business.marriage.divorce import Appearance, bars_to_divorce
from minzheng.business.marriage.models import Declined, Registration, Registry, Wanted
from minzheng.business.marriage.numbers import next_declined
from minzheng.business.marriage.review import Asked, bars, review
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.at_counter import decline_waiting
from minzheng.foundation.certificates.actions import issue
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.refusals import Refusal

NO_BAR = "按现在查明的情况没有法律障碍，不能作出不予办理的决定。没有查清的，请先问清、查清。"
ITEMS = {Wanted.MARRIAGE: "M1", Wanted.DIVORCE: "M2"}
KINDS = {Wanted.MARRIAGE: NOT_MARRIED, Wanted.DIVORCE: NOT_PARTED}


@action("marriage.decline", "不予办理结婚登记", permission="marriage.write", persons=couple_of)
def decline_marriage(access: Any, registration: Registration, asked: Asked) -> Declined:
    """With every bar that the rules find; what is merely unknown is no reason to decline."""
    found = bars(review(registration, asked, access.today))
    return _decline(access, registration.registry, registration, Wanted.MARRIAGE, found)


@action("marriage.decline_divorce", "不予办理离婚登记", permission="marriage.write", persons=couple_of)
def decline_divorce(
    access: Any, wedding: Registration, registry: Registry, seen: Appearance, *, in_mainland: bool = True
) -> Declined:
    """No agreement, no capacity, not married in the mainland: for the court, not for the registry."""
    found = bars_to_divorce(seen, in_mainland=in_mainland)
    return _decline(access, registry, wedding, Wanted.DIVORCE, found)


def copies_of(declined: Declined) -> list[Issued]:
    return list(Issued.objects.filter(origin__startswith=f"declined:{declined.pk}:").order_by("pk"))


def _decline(
    access: Any, registry: Registry, about: Registration, wanted: Wanted, reasons: list[str]
) -> Declined:
    man, woman = about.man, about.woman
    assert man is not None and woman is not None, "both stand at the counter"
    if not reasons:
        raise Refused(NO_BAR)
    may_register(access, registry, None, [man, woman], alone=True)
    made = Declined(
        number=next_declined(registry, access.today.year), kind=wanted, registry=registry,
        region_id=registry.region_id, man=man, woman=woman, reasons=reasons, on=access.today, by=access.user,
    )  # fmt: skip
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError:
        raise Refused("今天已经给双方出具过不予办理告知书，请在“不予办理告知书”台账里打印。") from None
    for holder in (man, woman):
        said = Refusal(holder, wanted.label, tuple(reasons), made.region_id, made.number)
        issue(
            access,
            KINDS[wanted].code,
            said,
            region=made.region_id,
            origin=f"declined:{made.pk}:{holder.pk}",
            today=made.on,
        )
    decline_waiting(
        access,
        ITEMS[wanted],
        [man, woman],
        permission="marriage.write",
        told=f"理由和救济途径见《{KINDS[wanted].title}》（{made.number}）。",
    )
    return made
