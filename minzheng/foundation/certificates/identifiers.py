"""Numbers of certificates, and their identifier in the national system of electronic licences.

The identifier's parts follow GB/T 36904-2018 (电子证照 标识规范): root, type, issuer, serial number, version, check
character by GB/T 17710 (MOD 37,36). The lengths of type and serial number are set by the catalogue of the place.
"""

from __future__ import annotations

from django.conf import settings
from stdnum.iso7064 import mod_37_36

from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.certificates.words import Certificate

ROOT = "1.2.156.3005.2"


def next_serial(word: Certificate, issuer: Issuer, year: int) -> int:
    """The next of the issuer's year, under a row lock: two clerks at once never share a number."""
    return NumberSeries.next(f"cert-{issuer.pk[:6]}-{word.code[:10]}-{year}")


def number_of(word: Certificate, issuer: Issuer, year: int, serial: int) -> str:
    """新晃低保〔2026〕000123号."""
    return f"{issuer.short_name}{word.mark}〔{year}〕{serial:06d}号"


def identifier_of(word: Certificate, issuer: Issuer, year: int, serial: int, version: int) -> str:
    type_code = settings.CERTIFICATE_TYPES.get(word.code, word.type_code)
    parts = [type_code, issuer.uscc, f"{year}{serial:08d}", f"{version:03d}"]
    return ".".join([ROOT, *parts, mod_37_36.calc_check_digit("".join(parts))])


def is_identifier(text: str) -> bool:
    """Whether the check character fits, for those typed in by hand."""
    if not text.startswith(ROOT + "."):
        return False
    parts = text.removeprefix(ROOT + ".").split(".")
    return len(parts) == 5 and mod_37_36.is_valid("".join(parts))
