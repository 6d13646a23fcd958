"""Consents of a case's family: taken over from the signed application, withdrawn, and asked before every request."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Any

from minzheng.datacenter.verification.models import Authorisation, Request, RequestState
from minzheng.datacenter.verification.models.check import OPEN
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from minzheng.foundation.cases.models import Case, CasePerson
from minzheng.foundation.cases.parameters import parameter
from minzheng.foundation.documents.models import Document
from minzheng.foundation.exchange.words import Purpose, Source
from minzheng.foundation.people.models import Person
from minzheng.foundation.registry.words import shelf

PURPOSES = (Purpose.CHECK, Purpose.REVIEW)


def sources_to_check() -> list[Source]:
    """Those of the sharing catalogue that can be asked about single people, and may be for a check."""
    return [source for source in shelf(Source) if source.by_enquiry and Purpose.CHECK in source.purposes]


def take_over(case: Case) -> None:
    """Turn the signatures of an accepted application into authorisations; what is there already is left alone."""
    there = set(case.authorisations.values_list("person_id", flat=True))
    members = list(case.persons.exclude(person=None).select_related("authorisation", "authorised_by"))
    signed = [
        one for one in members if one.person_id not in there and _signature_of(one, members) is not None
    ]
    Authorisation.objects.bulk_create(
        [_authorisation(case, one, _signature_of(one, members)) for one in signed]
    )


def unsigned(case: Case) -> list[CasePerson]:
    """Members who have not consented, or have withdrawn."""
    valid = set(case.authorisations.filter(withdrawn_on=None).values_list("person_id", flat=True))
    return [one for one in case.persons.all() if one.person_id not in valid]


def covered(request: Request, on: dt.date) -> set[int]:
    """Those of the request's people whose consent covers it on that day."""
    subjects = request.check_of.subjects.filter(person__in=request.persons).select_related("authorisation")
    purpose = request.check_of.purpose
    return {one.person_id for one in subjects if one.authorisation.covers(request.source, purpose, on)}


def _whom(authorisation: Authorisation) -> Iterable[int]:
    return [authorisation.person_id]


@action(
    "check.withdraw_authorisation",
    "撤回核对授权",
    region=lambda authorisation: authorisation.case.region_id,
    persons=_whom,
)
def withdraw(access: Access, authorisation: Authorisation, reason: str = "") -> None:
    """From now on no request about this person is sent, and an answer on its way is not used.

    By the person (or whoever signed for them), or recorded at the desk on their request.
    """
    own = access.user is not None and access.user.person_id in {
        authorisation.person_id,
        authorisation.signed_by_id,
    }
    if not own:
        access.require("check.read", authorisation.case.region_id)
        if not reason.strip():
            raise Refused({"reason": "请写明谁在什么时候怎样提出撤回。"})
    if authorisation.withdrawn_on is not None:
        raise Refused("这份授权已经撤回，不用再办。")
    authorisation.withdrawn_on, authorisation.withdrawn_by = access.today, access.user
    authorisation.withdrawal_reason = reason.strip()[:200]
    authorisation.save(update_fields=["withdrawn_on", "withdrawn_by", "withdrawal_reason"])
    # Due at once, so that the next pass settles what nobody consents to any more.
    Request.objects.filter(
        check_of__subjects__authorisation=authorisation,
        state__in=OPEN,
        persons__contains=[authorisation.person_id],
    ).exclude(state=RequestState.SENT).update(next_try_at=None)


@action("check.obligor_consent", "登记义务人同意", permission="check.run", persons=lambda case: [])
def consent_of_obligor(access: Access, case: Case, person: Person, document: Document) -> Authorisation:
    """Somebody outside the household is asked about only with the own consent (社会救助法 第四十一条)."""
    if case.persons.filter(person=person).exists():
        raise Refused(f"{person.name}是共同生活的家庭成员，已在申请时签署授权，不用另外登记。")
    if case.authorisations.filter(person=person, withdrawn_on=None).exists():
        raise Refused(f"{person.name}的同意已经登记过。")
    return Authorisation.objects.create(
        person=person, role=Authorisation.Role.OBLIGOR, case=case, document=document, sha256=document.sha256,
        channel=Authorisation.Channel.PAPER, recorded_by=access.user, **_scope(case, access.today),
    )  # fmt: skip


def _signature_of(member: CasePerson, members: list[CasePerson]) -> CasePerson | None:
    """The row that carries the signature for this member; a minor's is the applicant's own."""
    if member.needs_authorisation:
        return member if member.authorised_on else None
    applicant = next((one for one in members if one.person_id == one.case.applicant_id), None)
    return applicant if applicant is not None and applicant.authorised_on else None


def _authorisation(case: Case, member: CasePerson, signature: CasePerson) -> Authorisation:
    document, is_minor = signature.authorisation, signature is not member
    return Authorisation(
        person_id=member.person_id,
        signed_by_id=signature.person_id if is_minor else None,
        role=Authorisation.Role.MINOR if is_minor else Authorisation.Role.MEMBER,
        case=case,
        channel=Authorisation.Channel.PAPER if document else Authorisation.Channel.LOGIN,
        document=document,
        sha256=document.sha256 if document else "",
        recorded_by=signature.authorised_by,
        **_scope(case, signature.authorised_on),
    )


def _scope(case: Case, since: dt.date) -> dict[str, Any]:
    days = parameter("check_authorisation_days", case.region_id, since)
    return {
        "sources": [source.code for source in sources_to_check()],
        "purposes": [purpose.value for purpose in PURPOSES],
        "since": since,
        "until": since + dt.timedelta(days=days),
    }
