"""Registering clients, new secrets, the end of a client; subscriptions. Each is an action of the system administrator."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from allauth.idp.oidc.models import Client, Token
from django.utils import timezone

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import Assignment, Role, User
from minzheng.foundation.actions import Refused, action
from minzheng.online.api.models import ApiClient, Delivery, DeliveryState, Kind, Subscription
from minzheng.online.api.oauth.adapter import new_secret
from minzheng.online.api.scopes import SCOPES
from minzheng.online.api.webhooks.addresses import AddressRefused, check_address
from minzheng.online.api.webhooks.kinds import KINDS

PERMISSION = "api.client"
GRANTS = {
    Kind.PARTNER: [Client.GrantType.CLIENT_CREDENTIALS],
    Kind.CITIZEN_APP: [Client.GrantType.AUTHORIZATION_CODE, Client.GrantType.REFRESH_TOKEN],
}
# https anywhere, an app's own scheme, http on the developer's own machine
REDIRECT = re.compile(
    r"https://[^\s*#]{3,200}"
    r"|(?!https?:|javascript:|data:)[a-z][a-z0-9+.-]{2,30}://[^\s*#]{1,200}"
    r"|http://(127\.0\.0\.1|localhost)(:\d+)?/[^\s*#]*"
)


@action("api.register", "登记接口客户", permission=PERMISSION)
def register_client(
    access: Access, client: ApiClient, scopes: Iterable[str], redirects: Iterable[str] = ()
) -> str:
    """Save a new client; returns the secret, which is kept nowhere but as a hash ("" for a citizen app: PKCE instead)."""
    kind = Kind(client.kind)
    wanted = list(scopes)
    _check_scopes(kind, wanted)
    if client.until <= client.since:
        raise Refused({"until": "到期日期应晚于启用日期。"})
    secret = new_secret() if kind == Kind.PARTNER else ""
    oidc = Client(name=client.name, type=Client.Type.CONFIDENTIAL if secret else Client.Type.PUBLIC)
    oidc.set_secret(secret or new_secret())
    oidc.set_grant_types([grant.value for grant in GRANTS[kind]])
    oidc.set_scopes(wanted if kind == Kind.PARTNER else ["openid", *wanted])
    oidc.set_default_scopes(wanted)
    oidc.set_redirect_uris(_redirects(kind, redirects))
    oidc.save(force_insert=True)
    client.oidc, client.registered_by = oidc, access.user
    client.secret_since = timezone.now() if secret else None
    if kind == Kind.PARTNER:
        client.user = _service_account(client, access.today)
    client.save(force_insert=True)
    return secret


@action("api.rotate", "更换接口密钥", permission=PERMISSION)
def rotate_secret(access: Access, client: ApiClient) -> str:
    """A new secret; the old one is worth nothing from now on, nor are the tokens it fetched."""
    if client.kind != Kind.PARTNER:
        raise Refused("群众应用没有密钥，不用更换。怀疑被冒用的，请停用后重新登记。")
    _refuse_ended(client)
    secret = new_secret()
    client.oidc.set_secret(secret)
    client.oidc.save(update_fields=["secret"])
    client.secret_since = timezone.now()
    client.save(update_fields=["secret_since"])
    Token.objects.filter(client=client.oidc).delete()
    return secret


@action("api.revoke", "停用接口客户", permission=PERMISSION)
def revoke_client(access: Access, client: ApiClient, reason: str) -> None:
    """No further call, from this moment; the row stays as the record of who could do what when."""
    _refuse_ended(client)
    client.revoked_at, client.revoke_reason = timezone.now(), reason.strip()
    client.save(update_fields=["revoked_at", "revoke_reason"])
    Token.objects.filter(client=client.oidc).delete()
    client.subscriptions.filter(ended_at=None).update(ended_at=timezone.now())
    if client.user is not None:
        client.user.is_active = False
        client.user.save(update_fields=["is_active"])
        client.user.assignments.filter(until=None).update(until=max(access.today, client.since))


@action("api.subscribe", "登记事件订阅", permission=PERMISSION, region=lambda client: client.region_id)
def subscribe(access: Access, client: ApiClient, url: str, events: list[str]) -> Subscription:
    """Tell this address of these events. The secret that signs is shown once, by whoever called this."""
    _refuse_ended(client)
    if client.kind != Kind.PARTNER:
        raise Refused("事件只推送给部门系统。群众应用请查询“我的办件”。")
    if unknown := set(events) - set(KINDS):
        raise Refused(f"没有这些事件：{'、'.join(sorted(unknown))}。请从列出的事件里选。")
    if not events:
        raise Refused({"events": "请至少选一种事件。"})
    try:
        check_address(url)
    except AddressRefused as refusal:
        raise Refused({"url": str(refusal)}) from None
    if client.subscriptions.filter(url=url, ended_at=None).exists():
        raise Refused({"url": "这个地址已经登记过。要改事件的，请先停止原来的订阅。"})
    return Subscription.objects.create(client=client, url=url, events=sorted(events), secret=new_secret())


@action("api.unsubscribe", "停止事件订阅", permission=PERMISSION, region=lambda one: one.client.region_id)
def unsubscribe(access: Access, subscription: Subscription) -> None:
    if subscription.ended_at is not None:
        raise Refused("这项订阅已经停止，不用再办。")
    subscription.ended_at = timezone.now()
    subscription.save(update_fields=["ended_at"])
    subscription.deliveries.filter(state=DeliveryState.WAITING).update(
        state=DeliveryState.DEAD, next_at=None, ended_at=timezone.now(), answer="订阅已停止"
    )


@action("api.resend", "重发事件", permission=PERMISSION, region=lambda one: one.subscription.client.region_id)
def resend(access: Access, delivery: Delivery) -> None:
    """Once more from the beginning, with the same identifier: whoever has it already knows it again."""
    from minzheng.online.api.webhooks.jobs import deliver_soon
    from minzheng.online.api.webhooks.outbox import give_up_at

    if delivery.state != DeliveryState.DEAD:
        raise Refused("只有未送达的事件可以重发。")
    if delivery.subscription.ended_at is not None:
        raise Refused("这项订阅已经停止。请先重新登记订阅。")
    now = timezone.now()
    delivery.state, delivery.tries, delivery.next_at, delivery.ended_at = DeliveryState.WAITING, 0, now, None
    delivery.give_up_at = give_up_at(now)
    delivery.save()
    deliver_soon()


def _check_scopes(kind: Kind, wanted: list[str]) -> None:
    if not wanted:
        raise Refused({"scopes": "请至少选一项授权范围。"})
    of_citizens = kind == Kind.CITIZEN_APP
    if wrong := [code for code in wanted if code not in SCOPES or SCOPES[code].is_of_citizens != of_citizens]:
        raise Refused({"scopes": f"{kind.label}不能有这些授权范围：{'、'.join(wrong)}。"})


def _redirects(kind: Kind, redirects: Iterable[str]) -> list[str]:
    given = [one.strip() for one in redirects if one.strip()]
    if kind == Kind.PARTNER:
        return []
    if not given:
        raise Refused({"redirects": "请填写授权完成后回到应用的地址。"})
    for one in given:
        if not REDIRECT.fullmatch(one):
            raise Refused(
                {"redirects": f"“{one}”不能作回调地址：请用 https:// 开头的完整地址，不含 * 和 #。"}
            )
    return given


def _service_account(client: ApiClient, today: dt.date) -> User:
    """Nobody logs in with it: it has no password. Its one role carries what the scopes may open."""
    user = User(username=f"api.{client.oidc_id[:24]}", display_name=client.department)
    user.set_unusable_password()
    user.save()
    Assignment.objects.create(
        user=user, role=Role.PARTNER, region=client.region, since=min(client.since, today)
    )
    return user


def _refuse_ended(client: ApiClient) -> None:
    if client.revoked_at is not None:
        raise Refused("这个接口客户已停用，不能再变更。如需恢复，请重新登记。")
