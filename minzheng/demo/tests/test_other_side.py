"""The demo's departments are a process of their own and end with whoever started them."""

import datetime as dt
import json
import os
from pathlib import Path

import pytest

from minzheng.datacenter.verification.connections import connections
from minzheng.datacenter.verification.sources import BUSINESS, HUKOU
from minzheng.datacenter.verification.transport import Enquiry, send
from minzheng.datacenter.verification.wire import AskedPerson, enquiry
from minzheng.demo import other_side
from minzheng.demo.cast import create_cast


@pytest.mark.django_db
def test_it_answers_from_the_records_and_is_gone_when_the_demo_ends(regions, settings, tmp_path, monkeypatch):
    create_cast()
    settings.VAR = tmp_path
    monkeypatch.setenv("MINZHENG_SOURCES", "")
    with other_side.departments_running():
        file = Path(os.environ["MINZHENG_SOURCES"])
        lines = connections(file)
        assert set(json.loads(file.read_text())) == set(lines) and len(lines) == 6
        person = AskedPerson("1", "431227197903080026", "杨秀英", "login")
        body = enquiry("r1", "check", (dt.date(2026, 1, 1), dt.date(2026, 10, 1)), HUKOU.keys, [person])
        told = send(Enquiry(lines["police.hukou"], HUKOU, "r1", HUKOU.keys, [person], body))
        assert told.told["1"] == ("found", {"hukou_state": "正常", "hukou_place": "新村"})
        down = send(Enquiry(lines["market.business"], BUSINESS, "r1", BUSINESS.keys, [person], body))
        assert down.kind == "down" and "503" in down.problem
    gone = send(Enquiry(lines["police.hukou"], HUKOU, "r1", HUKOU.keys, [person], body))
    assert "连不上" in gone.problem
