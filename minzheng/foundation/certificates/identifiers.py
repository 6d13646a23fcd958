"""Numbers of certificates, and their identifier in the national system of electronic licences.

The identifier's parts follow GB/T 36904-2018 (电子证照 标识规范): root, type (the defining body's 18 characters and three
digits), issuer (18 characters), serial number, version (three digits), check character by GB/T 17710 (MOD 37,36). The
standard leaves the serial number's length to the issuer: a year and eight digits here.
"""

from __future__ import annotations

import re

from django.conf import settings
from stdnum.iso7064 import mod_37_36

from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.certificates.models import Issuer
from minzheng.foundation.certificates.words import Certificate

ROOT = "1.2.156.3005.2"
PLACE = "[0-9A-Z]"
SHAPE = re.compile(
    rf"{re.escape(ROOT)}\.({PLACE}{{21}})\.({PLACE}{{18}})\.({PLACE}{{1,20}})\.([0-9]{{3}})\.({PLACE})"
)


def next_serial(word: Certificate, issuer: Issuer, year: int) -> int:
    """The next of the issuer's year, under a row lock: two clerks at once never share a number."""
    return NumberSeries.next(f"cert-{issuer.pk[:6]}-{word.code[:10]}-{year}")


def number_of(word: Certificate, issuer: Issuer, year: int, serial: int) -> str:
    """新晃低保〔2026〕000123号."""
    return f"{issuer.short_name}{word.mark}〔{year}〕{serial:06d}号"


def identifier_of(word: Certificate, issuer: Issuer, year: int, serial: int, version: int) -> str:
    parts = [type_of(word, issuer), issuer.uscc, f"{year}{serial:08d}", f"{version:03d}"]
    return ".".join([ROOT, *parts, mod_37_36.calc_check_digit("".join(parts))])


def type_of(word: Certificate, issuer: Issuer) -> str:
    """21 characters: the official directory's where settings name it, else one that the issuer itself has defined."""
    official = settings.CERTIFICATE_TYPES.get(word.code)
    return str(official) if official else f"{issuer.uscc}{word.type_no}"


def is_identifier(text: str) -> bool:
    """Whether the parts have their lengths and the check character fits, for those typed in by hand."""
    found = SHAPE.fullmatch(text)
    return found is not None and bool(mod_37_36.is_valid("".join(found.groups())))
