"""收养登记证 and 解除收养关系证明: paper and electronic in the transaction of the act (handbook 11.8, S-025)."""

from __future__ import annotations

import datetime as dt

from minzheng.business.adoption.models import Adoption, Application, Dissolution
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.certificates.actions import issue, revoke
from minzheng.foundation.certificates.models import Issued, State
from minzheng.foundation.certificates.refusals import Refusal, refusal_notice
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.people.masking import mask_id_no
from minzheng.foundation.people.models import Person

BY = "民法典 第一千一百零五条；中国公民收养子女登记办法（2023修订）"
Copy = tuple[Adoption, Person, str]  # whose copy of which adoption, under which number
End = tuple[Dissolution, Person]


def content_of(copy: Copy, on: dt.date) -> Content:
    """Who checks it learns that it stands and since when; the child is named on the paper alone."""
    adoption, holder, number = copy
    rows = [
        ("收养登记证字号", number),
        ("收养人", "、".join(person.name for person in adoption.parents)),
        ("收养人身份证件号", "、".join(mask_id_no(person.id_no or "") for person in adoption.parents)),
        ("被收养人", adoption.child.name),
        (
            "被收养人出生日期",
            f"{adoption.child.birth_date:%Y年%-m月%-d日}" if adoption.child.birth_date else "不详",
        ),
        ("登记日期", f"{adoption.registered_on:%Y年%-m月%-d日}"),
    ]
    if number != adoption.number:
        rows.append(("备注", f"补领，原字号{adoption.number}"))
    return Content(person=holder.pk, name=holder.name, rows=tuple(rows), public=("登记日期",), number=number)


def end_of(end: End, on: dt.date) -> Content:
    dissolution, holder = end
    adoption = dissolution.adoption
    rows = (
        ("证明字号", dissolution.number),
        ("收养人", "、".join(person.name for person in adoption.parents)),
        ("被收养人", adoption.child.name),
        ("原收养登记证字号", adoption.number),
        ("解除日期", f"{on:%Y年%-m月%-d日}"),
    )
    return Content(
        person=holder.pk, name=holder.name, rows=rows, public=("解除日期",), number=dissolution.number
    )


ADOPTED = Certificate(
    code="adopted",
    title="收养登记证",
    mark="收",
    content=content_of,
    cite=BY,
    type_no="003",
    statement="收养申请，符合《中华人民共和国民法典》规定，予以登记，收养关系自登记之日起成立，发给此证。",
    is_sealed=True,
    covers=("S-130",),
)
DISSOLVED = Certificate(
    code="adoption_dissolved",
    title="解除收养关系证明",
    mark="解",
    content=end_of,
    cite="民法典 第一千一百一十四条至第一千一百一十八条",
    type_no="004",
    statement="各方自愿解除收养关系，符合《中华人民共和国民法典》规定，予以登记，收养关系自登记之日起解除。",
    is_sealed=True,
    covers=("S-130",),
)
NOT_ADOPTED = refusal_notice(
    "adoption_declined", "不予办理收养登记告知书", mark="收不", type_no="007", cite=BY, covers=("S-130",)
)
NOT_DISSOLVED = refusal_notice(
    "adoption_dissolution_declined",
    "不予办理解除收养登记告知书",
    mark="解不",
    type_no="008",
    cite="民法典 第一千一百一十四条至第一千一百一十八条；中国公民收养子女登记办法（2023修订）",
    covers=("S-130",),
)


def issue_refusal(access: Access, application: Application, reasons: list[str], today: dt.date) -> None:
    """A signed copy for each of those who wanted to adopt. It names no child."""
    for holder in application.parents:
        issue(
            access,
            NOT_ADOPTED.code,
            Refusal(holder, "收养登记", tuple(reasons), application.region_id, application.number),
            region=application.region_id,
            origin=f"adoption-declined:{application.pk}:{holder.pk}",
            today=today,
        )


def refusals_of(application: Application) -> list[Issued]:
    return list(
        Issued.objects.filter(origin__startswith=f"adoption-declined:{application.pk}:").order_by("pk")
    )


def issue_end_refusal(access: Access, end: End, reasons: list[str], today: dt.date) -> Issued:
    """That the adoption stands as it did, and why. It names the certificate, not the child."""
    dissolution, holder = end
    what = f"解除收养登记（收养登记证{dissolution.adoption.number}）"
    return issue(
        access,
        NOT_DISSOLVED.code,
        Refusal(holder, what, tuple(reasons), dissolution.region_id),
        region=dissolution.region_id,
        origin=f"dissolution-declined:{dissolution.pk}:{holder.pk}",
        today=today,
    )


def issue_copy(access: Access, adoption: Adoption, holder: Person, number: str, today: dt.date) -> Issued:
    return issue(
        access,
        ADOPTED.code,
        (adoption, holder, number),
        region=adoption.region_id,
        origin=f"adoption:{adoption.pk}:{holder.pk}",
        today=today,
    )


def issue_end(access: Access, dissolution: Dissolution, holder: Person, today: dt.date) -> Issued:
    return issue(
        access,
        DISSOLVED.code,
        (dissolution, holder),
        region=dissolution.region_id,
        origin=f"dissolution:{dissolution.pk}:{holder.pk}",
        today=today,
    )


def copies_of(adoption: Adoption) -> list[Issued]:
    """Of the adoption, again and again; the newest first."""
    return list(
        Issued.objects.filter(kind=ADOPTED.code, origin__startswith=f"adoption:{adoption.pk}:").order_by(
            "-pk"
        )
    )


def ends_of(dissolution: Dissolution) -> list[Issued]:
    """What proves a dissolution, or says why there was none; one copy a party."""
    adoption = dissolution.adoption
    parties = [*adoption.parent_keys, adoption.child_id]
    origins = [
        f"{about}:{dissolution.pk}:{key}"
        for about in ("dissolution", "dissolution-declined")
        for key in parties
    ]
    return list(
        Issued.objects.filter(kind__in=[DISSOLVED.code, NOT_DISSOLVED.code], origin__in=origins).order_by(
            "pk"
        )
    )


def papers_of(adoption: Adoption) -> list[Issued]:
    """All that was issued about it."""
    ends = [paper for one in adoption.dissolutions.select_related("adoption") for paper in ends_of(one)]
    return [*copies_of(adoption), *ends]


def revoke_copies(access: Access, adoption: Adoption, reason: str, holder: int | None = None) -> int:
    """Both copies or one holder's. Returns how many were still held."""
    held = [
        one
        for one in copies_of(adoption)
        if one.state != State.REVOKED and (holder is None or one.person_id == holder)
    ]
    for one in held:
        revoke(access, one, reason=reason)
    return len(held)
