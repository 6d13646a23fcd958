"""Settings. Everything a deployment may change is an environment variable; docs/operations.md lists them."""

import os

from minzheng.settings.apps import *  # noqa: F403
from minzheng.settings.kept import *  # noqa: F403
from minzheng.settings.links import *  # noqa: F403
from minzheng.settings.login import *  # noqa: F403
from minzheng.settings.money import *  # noqa: F403
from minzheng.settings.place import *  # noqa: F403
from minzheng.settings.trust import *  # noqa: F403

# Which dated standards (standards/<set>/) this installation decides by; the demo's are clearly marked as invented.
STANDARDS_SET = os.environ.get("MINZHENG_STANDARDS", "demo")

LANGUAGE_CODE = "zh-hans"
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "WARNING"},
}
