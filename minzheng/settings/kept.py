"""What is kept where: tables, files, the cache, waiting jobs."""

import os
from pathlib import Path

from minzheng.database import JOBS, WEB, connection, embedded_url, logged_in_as
from minzheng.settings.place import ROOT, SECRET_KEY, TESTING, VAR

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
# A virus scanner that speaks clamd's protocol: host:port, or the path of its socket; empty: none is asked.
SCANNER, SCANNER_SECONDS = os.environ.get("MINZHENG_SCANNER", ""), 20
MAX_UPLOAD_BYTES = (
    10 * 1024 * 1024
)  # a phone photo; larger files are refused with a hint (documents/validate.py)

# A table, because a limit that each process counted by itself would be no limit.
CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "minzheng_cache"}}
TASKS = {"default": {"BACKEND": "tests.immediate.AsJobs" if TESTING else "django_tasks_db.DatabaseBackend"}}
# Derived, pseudonymous snapshots of the database (docs/lake.md); may be deleted and made anew at any time.
LAKE = Path(os.environ.get("MINZHENG_LAKE", VAR / ("lake-test" if TESTING else "lake")))
