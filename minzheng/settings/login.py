"""Logging in, sessions, cookies and what a browser may do with our pages (GB/T 22239 8.1.4; docs/security.md)."""

import os

from csp.constants import NONE, SELF

from minzheng.settings.place import DEMO, TESTING

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
LOGOUT_REDIRECT_URL = "/"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*", "password2*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_FORMS = {
    "login": "minzheng.online.ui.forms.LoginForm",
    "change_password": "minzheng.online.ui.forms.ChangePasswordForm",
    "reauthenticate": "minzheng.online.ui.forms.ReauthenticateForm",
}
ACCOUNT_ADAPTER = "minzheng.foundation.accounts.adapter.AccountAdapter"
# By account name: accounts/rates.py. `login_failed` here is the authenticator's six digits.
ACCOUNT_RATE_LIMITS = {"login": "120/m/ip" if TESTING or DEMO else "30/m/ip", "login_failed": "5/10m/key"}
# How many proxies stand before the server and add the visitor's address to X-Forwarded-For.
ALLAUTH_TRUSTED_PROXY_COUNT = int(os.environ.get("MINZHENG_PROXIES", "0"))
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# Which roles need one: standards/national/security.yaml. The demo shows the page without asking for it.
SECOND_FACTOR_REQUIRED = not (DEMO or TESTING)
MFA_TOTP_ISSUER = "民政"
MFA_ADAPTER = "minzheng.foundation.accounts.adapter.MfaAdapter"
# What somebody who knows the department would try first: "minzheng2026", "xinhuang@123".
OWN_WORDS = ["minzheng", "mzj", "民政", *filter(None, os.environ.get("MINZHENG_OWN_WORDS", "").split(","))]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "minzheng.foundation.accounts.passwords.OwnWordsValidator", "OPTIONS": {"words": OWN_WORDS}},
]
if TESTING:
    PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
SESSION_COOKIE_AGE = (
    24 * 3600
)  # the stored row; when a log-in locks is said in standards/national/security.yaml
SESSION_SERIALIZER = "minzheng.foundation.crypto.sessions.SealedSerializer"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
SECURE = os.environ.get("MINZHENG_HTTPS") == "1"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = SECURE
# The prefix makes browsers refuse a session that a neighbouring host or an unencrypted page has planted.
SESSION_COOKIE_NAME = "__Host-sessionid" if SECURE else "sessionid"
SECURE_SSL_REDIRECT = SECURE
SECURE_REDIRECT_EXEMPT = [r"^api/", r"^identity/o/api/"]  # refused instead (online/api/plain_http.py)
SECURE_HSTS_SECONDS = 31536000 if SECURE else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = SECURE
if ALLAUTH_TRUSTED_PROXY_COUNT:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:", "blob:"],
        "font-src": [SELF, "data:"],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "form-action": [SELF],
    }
}
