"""How allauth treats our accounts."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.internal import ratelimit
from allauth.mfa.adapter import DefaultMFAAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse

from minzheng.foundation.accounts.models import User
from minzheng.foundation.accounts.one_time import RUN_OUT, has_run_out
from minzheng.foundation.accounts.rates import APP, login_failures, open_again_at
from minzheng.foundation.audit.record import record

WRONG_CODE = "验证码不对或已过期。请填验证器现在显示的数字，或换一个备用码。"


class AccountAdapter(DefaultAccountAdapter):
    # One answer to an unknown name and to a wrong password: nobody learns which names exist.
    error_messages = DefaultAccountAdapter.error_messages | {
        "username_password_mismatch": "登录名或密码不对。请核对大小写和输入法，再试一次。",
        "incorrect_code": WRONG_CODE,
        "incorrect_password": "密码不对，请重新填写。注意大小写和输入法。",
        "too_many_login_attempts": "输错次数太多，为安全起见暂停验证。请十分钟后再试；忘记密码请联系本单位系统管理员。",
        "account_inactive": "这个账号已停用。如需恢复，请联系本单位系统管理员。",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Accounts are opened by an administrator or by real-name verification, never by a web form."""
        return False

    def get_reauthentication_methods(self, user: Any) -> list[dict[str, Any]]:
        """One page asks, whichever way is taken (accounts/proof.py); allauth's own three stay unused."""
        return [{"id": "prove", "description": "再次验证身份", "url": reverse("accounts:prove")}]

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Counts the try before the password is looked at; the count is taken back if it was right."""
        key = self._get_login_attempts_cache_key(request, **credentials)
        self._login_failed_rl_usage = ratelimit.consume(
            request, app=APP, action="login_failed", config=login_failures(), key=key
        )
        if self._login_failed_rl_usage is None:
            again = open_again_at(request, key)
            raise ValidationError(
                f"密码输错次数太多，为保护账号，暂时不能登录。请在 {again:%H:%M} 以后再试；"
                "忘记密码请联系本单位系统管理员，群众请到乡镇（街道）便民服务中心。"
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """A one-time password that has run out opens nothing; only who knows it is told so."""
        user = super().authenticate(request, **credentials)
        if user is not None and has_run_out(user):
            raise ValidationError(RUN_OUT)
        return user

    def clean_password(self, password: str, user: Any = None) -> str:
        """The one-time password was in other hands: it is never kept as the own one."""
        if user is not None and user.one_time_until and user.check_password(password):
            raise ValidationError("新密码不能和一次性密码相同，请换一个只有您自己知道的。")
        return super().clean_password(password, user)

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Whose name was tried is kept if there is such an account; a name nobody has may be a password typed wrong."""
        tried = User.objects.filter(username=credentials.get("username", "")).first()
        record("account.login_failed", "登录失败", actor=None, subject=tried, ip=self.get_client_ip(request))


class MfaAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        """What the browser's window calls this site when it asks for the passkey."""
        return super().get_public_key_credential_rp_entity() | {"name": "民政综合业务平台"}
