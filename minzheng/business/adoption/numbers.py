"""Numbers of the register, after the pattern of 收养登记工作规范（民发〔2008〕118号）: （2026）新晃收字00001; anew each year."""

from __future__ import annotations

from minzheng.foundation.cases.models import NumberSeries
from minzheng.foundation.certificates.actions import issuer_of

REGISTERED, DISSOLVED, AGAIN = "收", "解", "补收"


def next_number(kind: str, region: str, year: int) -> str:
    """The series' row stays locked until the registration is committed or undone: no gap, no double."""
    serial = NumberSeries.next(f"adoption-{kind}{region[:6]}-{year}")
    return f"（{year}）{issuer_of(region).short_name}{kind}字{serial:05d}"


def next_application(region: str, year: int) -> str:
    """431227-2026-SY000001."""
    return f"{region[:6]}-{year}-SY{NumberSeries.next(f'adoption-SY{region[:6]}-{year}'):06d}"
