"""Who may make a move: a role over the region, another person than before, and no near relative."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Q

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Role
from minzheng.foundation.cases.models import Case
from minzheng.foundation.cases.relatives import is_near_relative
from minzheng.foundation.cases.system import SystemAccess
from minzheng.foundation.items import APPLICANT, SYSTEM, Move, ServiceItem, Status, Step


@dataclass(frozen=True)
class Right:
    """The role in which the move may be made, or the reason why not. `is_hidden`: not this user's business at all."""

    role: str = ""
    hindrance: str = ""

    @property
    def is_hidden(self) -> bool:
        return not self.role and not self.hindrance


def right_to(access: Access, case: Case, step: Step, move: Move) -> Right:
    """Judged afresh at every move: an assignment may have ended since the page was opened."""
    role = acting_role(access, case, step, move)
    if not role or role in {APPLICANT, SYSTEM}:
        return Right(role)
    assert access.user is not None, "a role over a region is held by a user"
    if is_near_relative(access.user, case, access.today):
        return Right(
            hindrance="您与本件当事人是同一人、同住家庭成员或已备案的近亲属，应当回避，请交由其他工作人员办理。"
        )
    if move.four_eyes_with and made_before(access, case, move.four_eyes_with):
        return Right(hindrance="您已经办理过本件的前面环节，这一步须由另一位工作人员办理。")
    return Right(role)


def acting_role(access: Access, case: Case, step: Step, move: Move) -> str:
    """The first of the move's roles that the user holds over the case's region; "" if none."""
    for role in step.roles_of(move):
        if role == SYSTEM:
            if isinstance(access, SystemAccess):
                return SYSTEM
        elif role == APPLICANT:
            if is_applicant(access, case) or _may_apply_for_them(access, case):
                return APPLICANT
        elif access.holds({role}, case.region_id):
            return role
    return ""


def is_applicant(access: Access, case: Case) -> bool:
    """The applicant in person, the account of the applying organisation, or whoever filled in the application."""
    user = access.user
    if user is None:
        return False
    if case.organisation_id is not None and case.organisation_id in access.organisations:
        return True
    return user.pk == case.opened_by_id or (
        case.applicant_id is not None and user.person_id == case.applicant_id
    )


def made_before(access: Access, case: Case, moves: tuple[str, ...]) -> bool:
    """Whether this human being, under whatever account, made one of the moves in the case's present round."""
    same = Q(actor=access.user)
    if access.user is not None and access.user.person_id is not None:
        same |= Q(actor_person=access.user.person_id)
    return case.moves.filter(same, round=case.round, move__in=moves).exists()


def role_label(role: str) -> str:
    """The role in Chinese, for the timeline."""
    own = {APPLICANT: "申请人", SYSTEM: "系统"}
    return own.get(role) or Role(role).label


def may_open_for_others(access: Access, item: ServiceItem, region: str) -> bool:
    """The window of the township and the helper for every item; the county's for those that it accepts itself."""
    if access.may("case.open", region):
        return True
    return item.accepted_by_county and access.may("case.window", region)


def _may_apply_for_them(access: Access, case: Case) -> bool:
    """Window and helper may fill in and mend for the family, but never look into a citizen's unsent draft."""
    return case.status != Status.DRAFT and may_open_for_others(access, case.service_item, case.region_id)
