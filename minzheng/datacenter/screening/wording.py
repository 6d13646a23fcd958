"""What a finding says about itself, in words that hold no name and no number of a person."""

from __future__ import annotations

from minzheng.datacenter.screening.models import Finding, Kind
from minzheng.foundation.benefits.words import benefit_title
from minzheng.foundation.ledger.money import yuan
from minzheng.foundation.regions.models import Region


def in_words(finding: Finding) -> str:
    """Why it was found, in one sentence."""
    detail = finding.detail
    match finding.kind:
        case Kind.ENTITLED_NOT_RECEIVING:
            return f"按规则每月应享{yuan(detail['due_fen'])}元，没有在领"
        case Kind.RECEIVING_NOT_ENTITLED:
            return f"按规则已不符合条件，每月仍领{yuan(detail['paid_fen'])}元"
        case Kind.WRONG_AMOUNT:
            return f"按规则每月应享{yuan(detail['due_fen'])}元，实际每月{yuan(detail['paid_fen'])}元"
        case Kind.UNDETERMINED:
            return "还缺：" + "；".join(detail.get("missing", ()))
        case Kind.DEAD_PAID:
            return f"登记死亡日期{detail['died_on']}，当月应发，次月起仍每月发{yuan(detail['paid_fen'])}元"
        case Kind.MOVED_OUT:
            return f"{detail['moved_on']}户籍迁往{place(detail['to'])}，当月由本地发放，次月起应停发"
        case Kind.OVERLAP:
            return f"同时在领“{benefit_title(detail['other'])}”，两项不能同时享受（{detail['cite']}）"
    if "elsewhere" in detail:
        return f"与{place(detail['elsewhere'])}的一条登记疑为同一人，请与该县核对"
    return f"与人员编号{detail['same_as']}的登记疑为同一人"


def place(code: str) -> str:
    """A county's full name; its code where the divisions of that place were never imported."""
    return Region.objects.filter(code=code).values_list("full_name", flat=True).first() or code
