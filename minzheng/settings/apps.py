"""Which apps there are, what a request passes through, what every page can say."""

from minzheng.lines import LINES
from minzheng.settings.place import TESTING

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
