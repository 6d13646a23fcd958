"""The examples of docs/api.md run, in their order, against a real server."""

import datetime as dt
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from minzheng.foundation.booking.tests.test_booking import number, open_registry
from minzheng.online.api.scopes import SCOPES
from minzheng.online.api.tests import callers

GUIDE = Path(__file__).resolve().parents[4] / "docs" / "api.md"
EXAMPLE = re.compile(r"```(bash|python) run\n(.*?)```", re.S)


@pytest.mark.django_db(transaction=True)
def test_every_example_runs(cast, access, live_server, tmp_path):
    partner = callers.partner(cast["admin"])
    citizen = callers.citizen(cast["admin"], cast["xiuying"])
    open_registry(access("registrar", dt.date.today()), follows_calendar=False)
    known = {
        "SITE": live_server.url, "CLIENT_ID": partner.registered.pk, "CLIENT_SECRET": partner.secret,
        "ID_NO": cast["xiuying"].person.id_no, "TOKEN": partner.token, "no_proxy": "*",
        "CITIZEN_TOKEN": citizen.token, "PARTNER_ID_NO": number(1),
    }  # fmt: skip
    examples = EXAMPLE.findall(GUIDE.read_text())
    assert len(examples) >= 5
    shell = "set -eo pipefail\n" + "\n".join(text for language, text in examples if language == "bash")
    runs = [(["bash", "-c", shell], shell)]
    runs += [([sys.executable, "-c", text], text) for language, text in examples if language == "python"]
    for command, text in runs:
        done = subprocess.run(
            command, env=os.environ | known, cwd=tmp_path, capture_output=True, text=True, timeout=60
        )
        assert done.returncode == 0, f"{text}\n{done.stderr}"


def test_every_scope_is_explained():
    text = GUIDE.read_text()
    assert [code for code in SCOPES if f"|`{code}`|" not in text] == []
