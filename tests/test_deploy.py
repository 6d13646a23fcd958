"""A production server as docs/operations.md sets it up: Django's own check of deployments has nothing to say."""

import json
import os
import subprocess
import sys

PRODUCTION = {
    "MINZHENG_HTTPS": "1",
    "MINZHENG_HOSTS": "mz.example.gov.cn",
    "MINZHENG_PROXIES": "1",
    "DATABASE_URL": "postgresql://minzheng@127.0.0.1:1/minzheng",
}
COOKIES = "SESSION_COOKIE_NAME SESSION_COOKIE_SECURE SESSION_COOKIE_HTTPONLY SESSION_COOKIE_SAMESITE CSRF_COOKIE_SECURE DEBUG"


def told(*command, **beside):
    environment = {**os.environ, **PRODUCTION, **beside}
    for name in ("MINZHENG_DEMO", "DJANGO_ALLOW_ASYNC_UNSAFE"):
        environment.pop(name, None)
    return subprocess.run(
        [sys.executable, *command], capture_output=True, text=True, timeout=120, env=environment, check=False
    )


def test_the_deployment_check_has_nothing_to_say(tmp_path):
    checked = told("manage.py", "check", "--deploy", "--fail-level", "WARNING", MINZHENG_VAR=str(tmp_path))

    assert checked.returncode == 0, checked.stderr
    assert "no issues" in checked.stdout


def test_its_cookies_travel_encrypted_only_and_no_script_reads_the_session(tmp_path):
    program = (
        "import json, os; os.environ['DJANGO_SETTINGS_MODULE'] = 'minzheng.settings';"
        f"from django.conf import settings; print(json.dumps([getattr(settings, n) for n in '{COOKIES}'.split()]))"
    )

    told_so = told("-c", program, MINZHENG_VAR=str(tmp_path))

    assert json.loads(told_so.stdout) == ["__Host-sessionid", True, True, "Lax", True, False], told_so.stderr
