"""What the club does to a membership beyond editing it."""

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.actions import Refused, action
from tests.club.models import Level, Member


@action("club.leave", "会员退会", permission="register.write")
def leave(access: Access, member: Member, reason: str) -> None:
    """End a membership; an honorary one cannot be ended by the office."""
    if member.level == Level.HONORARY:
        raise Refused("荣誉会员由理事会决定去留，请先报理事会。")
    member.is_active = False
    member.note = reason
    member.save(update_fields=["is_active", "note"])
