"""Settings. Everything a deployment may change is an environment variable; docs/operations.md lists them."""

import json
import os
import secrets
import sys
from pathlib import Path

from csp.constants import NONE, SELF

from minzheng.database import JOBS, WEB, connection, embedded_url, logged_in_as
from minzheng.lines import LINES

ROOT = Path(__file__).resolve().parent.parent
VAR = Path(os.environ.get("MINZHENG_VAR", ROOT / "var"))
VAR.mkdir(parents=True, exist_ok=True)

TESTING = "pytest" in sys.modules
DEMO = os.environ.get("MINZHENG_DEMO") == "1"
DEBUG = os.environ.get("MINZHENG_DEBUG") == "1"


def _secret_key() -> str:
    """From the environment, or made once and kept: a demo must not log everyone out at each start."""
    if key := os.environ.get("MINZHENG_SECRET_KEY"):
        return key
    kept = VAR / "secret-key"
    if not kept.exists():
        kept.touch(mode=0o600)
        kept.write_text(secrets.token_urlsafe(50))
    return kept.read_text()


SECRET_KEY = _secret_key()


def _signing_key() -> str:
    """For ID tokens (RS256), in PEM: from the environment, or made once and kept."""
    if key := os.environ.get("MINZHENG_OIDC_KEY"):
        return key
    kept = VAR / "oidc-key.pem"
    if not kept.exists():
        from cryptography.hazmat.primitives.asymmetric.rsa import generate_private_key
        from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat

        made = generate_private_key(public_exponent=65537, key_size=2048)
        kept.touch(mode=0o600)
        kept.write_bytes(made.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()))
    return kept.read_text()


ALLOWED_HOSTS = os.environ.get("MINZHENG_HOSTS", "localhost,127.0.0.1,[::1]").split(",")

INSTALLED_APPS = [
    "minzheng.online.ui",  # first, because its templates take the place of allauth's and Django's
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.postgres",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "allauth.idp.oidc",
    "csp",
    "django_htmx",
    "django_filters",
    "django_tasks",
    "django_tasks_db",
    "pgtrigger",
    "pghistory",
    "minzheng.foundation.crypto",
    "minzheng.foundation.regions",
    "minzheng.foundation.people",
    "minzheng.foundation.organisations",
    "minzheng.foundation.accounts",
    "minzheng.foundation.facilities",
    "minzheng.foundation.audit",
    "minzheng.foundation.life_events",
    "minzheng.foundation.backup",
    "minzheng.foundation.events",
    "minzheng.foundation.idempotency",
    "minzheng.foundation.documents",
    "minzheng.foundation.forms",
    "minzheng.foundation.items",
    "minzheng.foundation.cases",
    "minzheng.foundation.emergencies",
    "minzheng.foundation.certificates",
    "minzheng.foundation.tasks",
    "minzheng.foundation.booking",
    "minzheng.foundation.benefits",
    "minzheng.foundation.ledger",
    "minzheng.foundation.payments",
    "minzheng.foundation.funds",
    "minzheng.foundation.reserves",
    "minzheng.foundation.oneoffs",
    "minzheng.foundation.uprating",
    "minzheng.foundation.registers",
    "minzheng.foundation.exchange",
    "minzheng.foundation.programmes",
    "minzheng.foundation.services",
    "minzheng.foundation.scoring",
    "minzheng.datacenter.lake",
    "minzheng.datacenter.deliveries",
    "minzheng.datacenter.screening",
    "minzheng.datacenter.leads",
    "minzheng.datacenter.certification",
    "minzheng.datacenter.proactive",
    "minzheng.datacenter.simulation",
    "minzheng.datacenter.indicators",
    "minzheng.datacenter.signals",
    "minzheng.datacenter.statistics",
    "minzheng.datacenter.verification",
    *LINES,
    *(["tests.club"] if TESTING else []),  # a toy line proves that the foundation knows no business
    "minzheng.online.desk",
    "minzheng.online.portal",
    "minzheng.online.cockpit",
    "minzheng.online.verify",
    "minzheng.online.provider",
    "minzheng.online.field",
    "minzheng.online.api",
    # Last, so that every app is ready when the registry collects what the lines declare.
    "minzheng.foundation.registry",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "minzheng.online.ui.headers.HeadersMiddleware",
    "minzheng.foundation.accounts.middleware.AccessMiddleware",
    "minzheng.foundation.accounts.sessions.SessionAgeMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "minzheng.foundation.accounts.one_time.OneTimePasswordMiddleware",
    "minzheng.foundation.accounts.factors.SecondFactorMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "minzheng.urls"
WSGI_APPLICATION = "minzheng.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "minzheng.foundation.accounts.middleware.access_in_templates",
                "minzheng.online.ui.context.screen",
                "minzheng.online.desk.navigation.navigation",
            ],
        },
    }
]

# The owner of the tables migrates; the site and the jobs log in as lesser roles (docs/walls.md). A test database is
# made by its owner, who then steps down to the jobs' role (conftest.py).
DATABASE_OWNER = connection(
    os.environ.get("DATABASE_URL")
    or embedded_url(VAR / ("pg-test" if TESTING else "pg"), durable=not TESTING)
)
WEB_PROCESS = os.environ.get("MINZHENG_PROCESS") == "web"
DATABASES = {
    "default": dict(DATABASE_OWNER)
    if TESTING
    else dict(logged_in_as(WEB if WEB_PROCESS else JOBS, DATABASE_OWNER, SECRET_KEY))
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
STATIC_ROOT.mkdir(exist_ok=True)
STATICFILES_DIRS = [ROOT / "frontend" / "dist"] if (ROOT / "frontend" / "dist").exists() else []
WHITENOISE_USE_FINDERS = True
STORAGES = {
    "default": {"BACKEND": "minzheng.foundation.crypto.storage.SealedStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
MEDIA_ROOT = VAR / ("media-test" if TESTING else "media")
# Where the one-card system fetches instruction files; each appears there complete or not at all.
PAYMENT_OUTBOX = Path(os.environ.get("MINZHENG_OUTBOX", VAR / ("outbox-test" if TESTING else "outbox")))
# The bank's certificate (PEM): what lies in the outbox is then enciphered for it (docs/money.md).
PAYMENT_BANK_CERTIFICATE = os.environ.get("MINZHENG_BANK_CERTIFICATE", "")
# The bank over HTTP instead (docs/money.md, MZ-HTTP-1); without an address the folder is used.
PAYMENT_RETURNS = Path(os.environ.get("MINZHENG_RETURNS", VAR / ("returns-test" if TESTING else "returns")))
PAYMENT_BANK_URL = os.environ.get("MINZHENG_BANK_URL", "")
PAYMENT_BANK_KEY = os.environ.get("MINZHENG_BANK_KEY", "")
PAYMENT_BANK_TIMEOUT = float(os.environ.get("MINZHENG_BANK_TIMEOUT", "60"))  # seconds
PAYMENT_CHANNEL = "minzheng.foundation.payments.channels." + (
    "folder.Folder"
    if not PAYMENT_BANK_URL
    else "sftp.Sftp"
    if PAYMENT_BANK_URL.startswith("sftp://")
    else "http.Bank"
)
# Only for sftp: the bank's host key as in known_hosts (“ssh-ed25519 AAAA…”), and our private key's file.
PAYMENT_SFTP_HOST_KEY = os.environ.get("MINZHENG_BANK_HOST_KEY", "")
PAYMENT_SFTP_KEY = os.environ.get("MINZHENG_BANK_SSH_KEY", "")
PAYMENT_CLOCK = "django.utils.timezone.now"
# Signed heads of the audit trail; copy or mount this folder where the database's administrators cannot write.
AUDIT_ANCHORS = Path(
    os.environ.get("MINZHENG_AUDIT_ANCHORS", VAR / ("audit-test" if TESTING else "audit-anchors"))
)
AUDIT_KEY = Path(os.environ.get("MINZHENG_AUDIT_KEY", VAR / "audit-key.pem"))
# The keys of encrypted columns (docs/encryption.md): back this file up apart from the database.
KEYS = Path(os.environ.get("MINZHENG_KEYS", VAR / ("keys-test.json" if TESTING else "keys.json")))
CIPHER = os.environ.get("MINZHENG_CIPHER", "aes-gcm")  # or sm4-gcm; of the keys made from now on
# Backups, and the key that encrypts them (docs/operations.md): keep both elsewhere, and apart from each other.
BACKUPS = Path(os.environ.get("MINZHENG_BACKUPS", VAR / ("backups-test" if TESTING else "backups")))
BACKUP_KEY = Path(os.environ.get("MINZHENG_BACKUP_KEY", VAR / "backup-key"))
# Derived, pseudonymous snapshots of the database (docs/lake.md); may be deleted and made anew at any time.
LAKE = Path(os.environ.get("MINZHENG_LAKE", VAR / ("lake-test" if TESTING else "lake")))
# Which departments can be asked, and how (docs/verification.md); without the file none is connected.
SOURCES = Path(os.environ.get("MINZHENG_SOURCES", VAR / ("sources-test.json" if TESTING else "sources.json")))
# The site as the public reaches it; QR codes on certificates lead here.
SITE_URL = os.environ.get("MINZHENG_SITE", "http://localhost:8000").rstrip("/")
# Seals for certificates (docs/certificates.md); the demo and the tests make an authority of their own.
SEALS = Path(os.environ.get("MINZHENG_SEALS", VAR / ("seals-test" if TESTING else "seals")))
SEAL_PASSWORD = os.environ.get("MINZHENG_SEAL_PASSWORD", SECRET_KEY)
TEST_SEAL = DEMO or TESTING
# {"dibao": "…"}: type codes of this place's catalogue of electronic licences, where they differ from the declared ones
CERTIFICATE_TYPES = json.loads(os.environ.get("MINZHENG_CERTIFICATE_TYPES", "{}"))
MAX_UPLOAD_BYTES = (
    10 * 1024 * 1024
)  # a phone photo; larger files are refused with a hint (documents/validate.py)

# Which dated standards (standards/<set>/) this installation decides by; the demo's are clearly marked as invented.
# 居家报警平台与本系统共用的签名密钥；没有设置就不受理报警（online/alarms）
ALARM_KEY = os.environ.get("MINZHENG_ALARM_KEY", "")
STANDARDS_SET = os.environ.get("MINZHENG_STANDARDS", "demo")

# --- log-in and sessions (GB/T 22239 8.1.4; full hardening belongs to docs/security.md)
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
# A table, because a limit that each process counted by itself would be no limit.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "minzheng_cache"}}
MFA_SUPPORTED_TYPES = ["totp", "recovery_codes", "webauthn"]
# Which roles need one: standards/national/security.yaml. The demo shows the page without asking for it.
SECOND_FACTOR_REQUIRED = not (DEMO or TESTING)
MFA_TOTP_ISSUER = "民政"
MFA_ADAPTER = "minzheng.foundation.accounts.adapter.MfaAdapter"
# --- the open interface (docs/api.md): allauth is the authorization server
IDP_OIDC_ADAPTER = "minzheng.online.api.oauth.adapter.Adapter"
IDP_OIDC_ACCESS_TOKEN_EXPIRES_IN = 3600
IDP_OIDC_REFRESH_TOKEN_EXPIRES_IN = 30 * 24 * 3600
IDP_OIDC_PRIVATE_KEY = _signing_key()
# Inner networks to which events may be pushed, beside the public internet: "10.1.0.0/16,192.168.7.0/24"
WEBHOOK_NETWORKS = [one for one in os.environ.get("MINZHENG_WEBHOOK_NETWORKS", "").split(",") if one]
WEBHOOK_TIMEOUT = float(os.environ.get("MINZHENG_WEBHOOK_TIMEOUT", "10"))  # seconds
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 10}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
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

TASKS = {"default": {"BACKEND": "tests.immediate.AsJobs" if TESTING else "django_tasks_db.DatabaseBackend"}}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
