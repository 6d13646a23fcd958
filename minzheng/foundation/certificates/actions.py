"""Issuing, replacing, suspending and revoking certificates. Paper and electronic come from one transaction (S-025)."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import IntegrityError, transaction
from django.utils import timezone
from stdnum.cn import uscc

from minzheng.foundation.actions import Refused, action
from minzheng.foundation.audit.record import record
from minzheng.foundation.certificates.identifiers import identifier_of, next_serial, number_of
from minzheng.foundation.certificates.models import Issued, Issuer, State
from minzheng.foundation.certificates.national import keep_beside, national_seal_over
from minzheng.foundation.certificates.paper import page, said_by
from minzheng.foundation.certificates.seals import seal_of
from minzheng.foundation.certificates.words import Certificate, Content
from minzheng.foundation.events.bus import emit
from minzheng.foundation.registry.words import shelf


def _holder(certificate: Issued) -> Iterable[int]:
    return certificate.holders


def find_issuer(region_code: str) -> Issuer | None:
    """The authority of the county, or of what lies above it; None where nobody is registered."""
    above = [region_code[:digits].ljust(12, "0") for digits in (6, 4, 2)]
    return Issuer.objects.filter(pk__in=above).order_by("-pk").first()


def issuer_of(region_code: str) -> Issuer:
    found = find_issuer(region_code)
    if found is None:
        raise Refused("还没有登记发证机关，不能发证。请系统管理员用 minzheng issuers 登记。")
    return found


def register_issuer(issuer: Issuer) -> Issuer:
    """Add or change an issuer, by the system's administrator. Certificates keep the name that they were issued with.

    Refused without a seal: whoever registers learns of it, not the clerk who grants.
    """
    if not uscc.is_valid(issuer.uscc):
        raise Refused("统一社会信用代码不对，请核对18位代码。")
    seal_of(issuer.region_id)
    national_seal_over(b"", issuer.region_id)
    with transaction.atomic():
        issuer.save()
        record("certificate.issuer", "登记发证机关", actor=None, subject=issuer, region=issuer.region_id)
    return issuer


def issue(access: Any, kind: str, subject: Any, *, region: str, origin: str, today: dt.date) -> Issued:
    """Issue one certificate for `origin`. Refused when there is one already that is not revoked."""
    word = shelf(Certificate).get(kind)
    if Issued.objects.filter(kind=kind, origin=origin).exclude(state=State.REVOKED).exists():
        raise Refused(f"已经发过{word.title}。要换发请用“换发”，要作废请先注销。")
    content = word.content(subject, today)
    made = Issued(
        kind=kind, origin=origin, region_id=region, person_id=content.person, household_id=content.household
    )
    return _issue(access, made, content, today)


def replace(access: Any, old: Issued, subject: Any, *, reason: str, today: dt.date) -> Issued:
    """Revoke and issue anew in one transaction: there is no moment with two, and none without one."""
    content = old.word.content(subject, today)
    made = Issued(
        kind=old.kind, origin=old.origin, region_id=old.region_id, replaces=old, version=old.version + 1,
        person_id=content.person, household_id=content.household,
    )  # fmt: skip
    with transaction.atomic():
        revoke(access, old, reason=f"换发：{reason}")
        return _issue(access, made, content, today)


@action("certificate.issue", "发证", persons=_holder)
def _issue(access: Any, made: Issued, content: Content, today: dt.date) -> Issued:
    """Give the certificate its number, its paper and its seal. The line that issues judges the right."""
    word = made.word
    made.issuer = issuer_of(made.region_id)
    seal = seal_of(made.issuer.pk)
    serial = next_serial(word, made.issuer, today.year)
    made.number = content.number or number_of(word, made.issuer, today.year, serial)
    made.identifier = identifier_of(word, made.issuer, today.year, serial, made.version)
    made.issuer_name, made.name = made.issuer.name, content.name
    made.rows, made.public = [list(row) for row in content.rows], list(content.public)
    made.issued_on, made.valid_until, made.note = today, content.valid_until, content.note
    signed = seal.sign(
        page(word, said_by(made, is_test=seal.is_test)),
        f"签发{word.title}",
        made.issuer_name,
    )
    made.sha256, made.state_since = hashlib.sha256(signed).hexdigest(), timezone.now()
    national = national_seal_over(signed, made.issuer.pk)
    # Before the row: a row without its file would be a lie, while a file without its row says nothing to anybody.
    made.file = default_storage.save(f"certificates/{made.sha256[:2]}/{made.sha256}.pdf", ContentFile(signed))
    if national:
        keep_beside(made.file, national)
    try:
        with transaction.atomic():
            made.save(force_insert=True)
    except IntegrityError as clash:
        if "one_certificate_at_a_time" not in str(clash):
            raise
        raise Refused(f"另一位工作人员刚刚发了{word.title}。请刷新页面查看。") from None
    emit("certificate.issued", certificate=made.pk, kind=word.code, person=made.person_id)
    return made


@action("certificate.suspend", "暂停证照", permission="certificate.write", persons=_holder)
def suspend(access: Any, certificate: Issued, *, reason: str) -> None:
    _move(certificate, State.SUSPENDED, reason, {State.VALID})


@action("certificate.resume", "恢复证照", permission="certificate.write", persons=_holder)
def resume(access: Any, certificate: Issued) -> None:
    _move(certificate, State.VALID, "", {State.SUSPENDED})


@action("certificate.revoke", "注销证照", persons=_holder)
def revoke(access: Any, certificate: Issued, *, reason: str) -> None:
    """The end of it. A line's own action judges the right; an officer's goes through `revoke_by_officer`."""
    _move(certificate, State.REVOKED, reason, {State.VALID, State.SUSPENDED})
    emit("certificate.revoked", certificate=certificate.pk, kind=certificate.kind)


def revoke_by_officer(access: Any, certificate: Issued, *, reason: str) -> None:
    access.require("certificate.write", certificate.region_id)
    revoke(access, certificate, reason=reason)


def _move(certificate: Issued, to: State, reason: str, allowed: set[State]) -> None:
    """Judged and changed under a lock: two clerks at once, and one of them is told."""
    now = Issued.objects.select_for_update().get(pk=certificate.pk)
    if now.state not in allowed:
        raise Refused(f"这份证照{now.get_state_display()}，不能这样办。请刷新页面查看。")
    if to != State.VALID and not reason.strip():
        raise Refused({"reason": "请写明原因，例如“证件遗失”。"})
    now.state, now.reason, now.state_since = to, reason.strip()[:200], timezone.now()
    now.save(update_fields=["state", "reason", "state_since"])
    certificate.state, certificate.reason, certificate.state_since = now.state, now.reason, now.state_since
