"""The office's seal beside an instruction file: a detached CMS signature (DER, .p7s) that any bank can check.

    openssl cms -verify -binary -inform DER -in 批次.txt.p7s -content 批次.txt -CAfile root.pem -purpose any

The key is the county's seal of certificates/seals.py: a PKCS#12 file from a licensed authority.
"""

from __future__ import annotations

import asyncio
from typing import IO

from minzheng.foundation.certificates.seals import aside, seal_of
from minzheng.foundation.payments.models import Batch

SUFFIX = ".p7s"


def refuse_without_seal(batch: Batch) -> None:
    """Refused when the county has no seal: said before any money moves."""
    seal_of(batch.county_id)


def seal(batch: Batch, file: IO[bytes]) -> bytes:
    """The signature over all of `file`, from its beginning."""
    signer = seal_of(batch.county_id).signer
    file.seek(0)
    return bytes(aside(lambda: asyncio.run(signer.async_sign_general_data(file, "sha256"))).dump())
