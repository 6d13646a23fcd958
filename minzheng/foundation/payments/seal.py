"""The office's seal beside an instruction file: a detached CMS signature (DER, .p7s) that any bank can check.

    openssl cms -verify -binary -inform DER -in 批次.txt.p7s -content 批次.txt -CAfile root.pem -purpose any

The key is the county's seal of certificates/seals.py: a PKCS#12 file from a licensed authority. With
`MINZHENG_SEAL_SUITE=sm2` it is the national seal of certificates/sm2.py, which OpenSSL 3.0 verifies but in its parts.
"""

from __future__ import annotations

import asyncio
from typing import IO

from django.conf import settings

from minzheng.foundation.certificates.seals import Seal, aside, seal_of
from minzheng.foundation.certificates.sm2 import Sm2Seal, sm2_seal_of
from minzheng.foundation.payments.models import Batch

SUFFIX = ".p7s"


def refuse_without_seal(batch: Batch) -> None:
    """Refused when the county has no seal: said before any money moves."""
    _seal_of(batch)


def seal(batch: Batch, file: IO[bytes]) -> bytes:
    """The signature over all of `file`, from its beginning."""
    office = _seal_of(batch)
    if isinstance(office, Sm2Seal):
        return office.sign(file)
    signer = office.signer
    file.seek(0)
    return bytes(aside(lambda: asyncio.run(signer.async_sign_general_data(file, "sha256"))).dump())


def _seal_of(batch: Batch) -> Seal | Sm2Seal:
    return (sm2_seal_of if settings.SEAL_SUITE == "sm2" else seal_of)(batch.county_id)
