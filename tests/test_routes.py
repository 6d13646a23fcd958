"""Every address says who may open it (trust: an unlisted route breaks the build)."""

import dataclasses
from collections.abc import Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.registers.declaration import Register

# allauth guards its own pages; its names are listed one by one so that an upgrade cannot add a page unseen.
THIRD_PARTY = {
    "account_login",
    "account_logout",
    "account_inactive",
    "account_signup",  # closed by accounts/adapter.py
    "account_reauthenticate",
    "account_email",
    "account_email_verification_sent",
    "account_change_password",
    "account_set_password",
    "account_reset_password",
    "account_confirm_login_code",
    "account_confirm_email",
    "account_reset_password_from_key_done",
    "account_reset_password_from_key",
    "account_reset_password_done",
    "mfa_index",
    "mfa_authenticate",
    "mfa_reauthenticate",
    "mfa_activate_totp",
    "mfa_deactivate_totp",
    "mfa_view_recovery_codes",
    "mfa_generate_recovery_codes",
    "mfa_download_recovery_codes",
    "usersessions_list",
    "mfa_list_webauthn",
    "mfa_add_webauthn",
    "mfa_reauthenticate_webauthn",
    "mfa_remove_webauthn",
    "mfa_edit_webauthn",
}


def routes(patterns: list[URLPattern | URLResolver], before: str = "") -> Iterator[tuple[str, URLPattern]]:
    """(address, pattern) of every view behind the resolver."""
    for pattern in patterns:
        address = before + str(pattern.pattern)
        if isinstance(pattern, URLPattern):
            yield address, pattern
        else:
            yield from routes(pattern.url_patterns, address)


ROUTES = [
    pytest.param(pattern, id=address or "/")
    for address, pattern in routes(get_resolver().url_patterns)
    if not (pattern.callback.__module__.startswith("allauth.") and pattern.name in THIRD_PARTY)
]


@pytest.mark.parametrize("pattern", ROUTES)
def test_it_declares_who_may_open_each_address(pattern):
    permit = getattr(pattern.callback, "permit", None)
    assert permit is not None, (
        f"{pattern.callback.__module__}.{pattern.callback.__name__}：请用 @permit、@citizen、@logged_in 或 @public 写明谁可以打开。"
    )
    assert permit == "citizen" or permit.startswith(("public: ", "logged in: ")) or is_right(permit)


def is_right(permit):
    """A permission of the table, or the one that each register names for a kind of use (`register.reveal`)."""
    _, _, use = permit.partition("register.")
    return permit in PERMISSIONS or use in {field.name for field in dataclasses.fields(Register)}


def test_it_lists_no_third_party_route_that_is_gone():
    present = {
        pattern.name
        for _, pattern in routes(get_resolver().url_patterns)
        if pattern.callback.__module__.startswith("allauth.")
    }
    assert present == THIRD_PARTY
