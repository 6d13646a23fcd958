"""The national seal of a certificate: `….pdf.p7s` beside the file, a detached CMS signature with SM2 and SM3 over all of it.

The seal within the PDF is for any reader; this one, made where `MINZHENG_SEAL_SUITE=sm2`, is for programs of the national
suite, which PDF readers and pyHanko do not know.
"""

from __future__ import annotations

import io

from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.sm2 import sm2_seal_of

SUFFIX = ".p7s"


def is_wanted() -> bool:
    return bool(settings.SEAL_SUITE == "sm2")


def national_seal_over(pdf: bytes, region_code: str) -> bytes | None:
    """The signature (DER) of the office; None where the suite is another. Refused when the seal cannot be used."""
    return sm2_seal_of(region_code).sign(io.BytesIO(pdf)) if is_wanted() else None


def keep_beside(file: str, seal: bytes) -> None:
    default_storage.save(file + SUFFIX, ContentFile(seal))


def national_seal_of(certificate: Issued) -> bytes | None:
    """As it was made when the certificate was issued; None for one that was issued without."""
    if not has_national_seal(certificate):
        return None
    with default_storage.open(certificate.file + SUFFIX) as stored:
        return bytes(stored.read())


def has_national_seal(certificate: Issued) -> bool:
    return bool(default_storage.exists(certificate.file + SUFFIX))
