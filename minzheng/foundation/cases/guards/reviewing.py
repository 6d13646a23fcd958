"""Guards of a granted case: reviews, cuts, stops, gradual exit, death."""

from __future__ import annotations

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.benefits.models import Entitlement, State
from minzheng.foundation.cases import assess
from minzheng.foundation.cases.guards.word import guard
from minzheng.foundation.cases.models import Case, Review
from minzheng.foundation.forms.showing import show_money


@guard
def amount_same(access: Access, case: Case) -> str | None:
    if assess.amount_fen(case) == case.amount_fen:
        return None
    return f"复核后的金额是每月 {_yuan(assess.amount_fen(case))}，与现在的 {_yuan(case.amount_fen)} 不同，请提出调整。"


@guard
def amount_differs(access: Access, case: Case) -> str | None:
    if assess.amount_fen(case) != case.amount_fen:
        return None
    return f"复核后的金额仍是每月 {_yuan(case.amount_fen)}，没有变化，请按“不变”办结。"


@guard
def amount_higher(access: Access, case: Case) -> str | None:
    new = assess.amount_fen(case)
    if new is not None and new > (case.amount_fen or 0):
        return None
    return f"复核后的金额 {_yuan(new)} 没有高于现在的 {_yuan(case.amount_fen)}。"


@guard
def amount_lower(access: Access, case: Case) -> str | None:
    if _is_cut(case):
        return None
    return f"复核后的金额 {_yuan(assess.amount_fen(case))} 没有低于现在的 {_yuan(case.amount_fen)}。"


@guard
def cut_was_heard(access: Access, case: Case) -> str | None:
    """Hear the family before less or nothing is paid (社会救助法 第四十八条); a death speaks for itself."""
    is_less = _is_cut(case) or assess.eligible(case) is False
    if not is_less or _after_death(case):
        return None
    if case.moves.filter(round=case.round, marks__contains=["heard"]).exists():
        return None
    return "减发、停发之前应当听取本人意见，请先退回登记听取意见。"


@guard
def after_death(access: Access, case: Case) -> str | None:
    return None if _after_death(case) else "本轮复核没有登记家庭成员死亡。"


@guard
def somebody_left(access: Access, case: Case) -> str | None:
    if is_empty(access, case):
        return "家庭成员均已去世，没有渐退期，请办理停发。"
    return None


@guard
def exit_over(access: Access, case: Case) -> str | None:
    """The last month of a gradual exit has passed."""
    if case.ends_on is not None and access.today > case.ends_on:
        return None
    return f"渐退期到 {case.ends_on} 止，期满后自动终止。"


@guard
def term_over(access: Access, case: Case) -> str | None:
    """The last day of what was recognised for a time has passed."""
    if case.ends_on is not None and access.today > case.ends_on:
        return None
    return f"认定有效期到 {case.ends_on}，期满后自动终止。"


@guard
def right_has_ended(access: Access, case: Case) -> str | None:
    """What the case granted pays no more: an event or a comparison ended it."""
    ended = Entitlement.objects.filter(case_id=case.pk, state__in=[State.ENDED, State.VOID])
    return None if ended.exists() else "这项待遇还在发放，请先办理停发。"


def _is_cut(case: Case) -> bool:
    new = assess.amount_fen(case)
    return new is not None and case.amount_fen is not None and new < case.amount_fen


def _after_death(case: Case) -> bool:
    return (
        case.reviews.filter(round=case.round, kind=Review.Kind.DEATH).exists()
        or case.moves.filter(round=case.round, marks__contains=["died"]).exists()
    )


def is_empty(access: Access, case: Case) -> bool:
    return case.household is not None and not case.household.members_on(access.today).exists()


def _yuan(fen: int | None) -> str:
    return "未定" if fen is None else show_money(fen)
