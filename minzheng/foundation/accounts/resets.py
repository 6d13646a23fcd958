"""A new one-time password for somebody who lost the old one, or the telephone with the second proof.

The system administrator asks, having seen who asks for it; the security administrator grants: two persons, neither of
them the owner (等保三员, GB/T 22239 8.1.4.1, 8.1.10.2). Whatever was open under the account ends.
"""

from __future__ import annotations

import secrets

from allauth.idp.oidc.models import Token
from allauth.mfa.models import Authenticator
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.actions import acting, drop_log_ins, place_of, refuse_own
from minzheng.foundation.accounts.behind import is_same_person
from minzheng.foundation.accounts.models import RequestState, ResetRequest, User
from minzheng.foundation.accounts.one_time import runs_out_at
from minzheng.foundation.accounts.walls import beyond_region
from minzheng.foundation.actions import Refused, action

LONG_ENOUGH = 4  # characters of a reason that says something
BYTES = 9  # of a one-time password, 72 random bits


def account_named(access: Access, username: str) -> tuple[User, str]:
    """(account, where it belongs). Refused alike for an unknown name and for one outside the administrator's region."""
    user = User.objects.select_related(None).filter(username=username).first()
    place = ""
    if user is not None:
        with beyond_region("只取账号所在的区划，核对是不是本辖区的账号"):
            place = place_of(user) or (user.person.region_id if user.person else "")
    if user is None or not place or not access.may("account.write", place):
        raise Refused("您的辖区内没有这个登录名。请核对；登录名可以在“账号与任职”里查到。")
    return user, place


def _persons(request: ResetRequest) -> list[int]:
    return [request.user.person_id] if request.user.person_id else []


@action("account.ask_reset", "申请重设密码", permission="account.write", persons=_persons)
def ask_reset(access: Access, request: ResetRequest) -> ResetRequest:
    """Save a request; `request` has user, region, how the person was seen, and why."""
    refuse_own(access, request.user)
    request.why = " ".join(request.why.split())[:200]
    if len(request.why) < LONG_ENOUGH:
        raise Refused({"why": "请写明事由，例如“手机丢失，验证器打不开”。账号本人会看到。"})
    if not request.user.is_active:
        raise Refused("这个账号已停用，不能重设密码。请先恢复账号。")
    if not request.user.has_usable_password():
        raise Refused("这是部门系统的服务账号，没有密码。请在“开放接口”里更换密钥。")
    if ResetRequest.objects.filter(user=request.user, state=RequestState.WAITING).exists():
        raise Refused("这个账号的重设已经申请，正等安全管理员核准，不用重复申请。")
    request.asked_by = acting(access)
    request.save()
    return request


@action("account.grant_reset", "核准重设密码", permission="account.grant", persons=_persons)
def grant_reset(access: Access, request: ResetRequest) -> str:
    """The one-time password, which is kept nowhere but as a hash; whoever called this shows it once."""
    waiting = _waiting(access, request)
    user = waiting.user
    if not user.is_active:
        raise Refused("这个账号已停用，不能重设密码。请先恢复账号。")
    password = secrets.token_urlsafe(BYTES)
    user.set_password(password)
    user.one_time_until = runs_out_at()
    user.save(update_fields=["password", "one_time_until"])
    Authenticator.objects.filter(user=user).delete()
    Token.objects.filter(user=user).delete()  # what apps were allowed may be what went wrong
    drop_log_ins(user)
    _decide(access, waiting, RequestState.GRANTED)
    return password


@action("account.refuse_reset", "不予核准重设密码", permission="account.grant", persons=_persons)
def refuse_reset(access: Access, request: ResetRequest, reason: str) -> ResetRequest:
    reason = " ".join(reason.split())
    if len(reason) < LONG_ENOUGH:
        raise Refused("请写明不予核准的理由，申请人会看到。")
    waiting = _waiting(access, request)
    waiting.reason = reason[:200]
    return _decide(access, waiting, RequestState.REFUSED)


def _waiting(access: Access, request: ResetRequest) -> ResetRequest:
    """The request, locked, if it still waits and this person may decide on it."""
    found = (
        ResetRequest.objects.select_for_update(of=("self",))
        .select_related("user", "asked_by")
        .get(pk=request.pk)
    )
    if found.state != RequestState.WAITING:
        raise Refused("这项申请已经办过，请刷新页面。")
    refuse_own(access, found.user)
    if is_same_person(acting(access), found.asked_by):
        raise Refused("申请和核准须由两个人办理。这次重设是您申请的，请另一位安全管理员核准。")
    return found


def _decide(access: Access, request: ResetRequest, state: RequestState) -> ResetRequest:
    request.state, request.decided_by, request.decided_at = state, access.user, timezone.now()
    request.save(update_fields=["state", "decided_by", "decided_at", "reason"])
    return request
