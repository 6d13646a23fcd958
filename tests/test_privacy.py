"""What each of the cast can click together shows nobody's whole number, and fails nowhere."""

import datetime as dt
import re

import pytest
from django.test import Client, override_settings
from openpyxl import load_workbook

from minzheng.business.assistance.tests.families import application, ex01, identity, member
from minzheng.business.assistance.tests.journey import START, VILLAGE, Journey
from minzheng.demo.cast import CAST, COUNTY
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.cases.api import open_case, save_draft
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.payments import actions
from minzheng.foundation.people.models import Person
from minzheng.foundation.regions.models import Region
from minzheng.foundation.registers.declaration import Register
from minzheng.foundation.registers.models import Job, JobState
from minzheng.foundation.registry.words import shelf
from tests.crawl import personal_data, walk

HOMES = ("/", "/desk/", "/portal/", "/cockpit/")
# A form that is being filled in shows what was typed into it, to whoever is filling it in.
TYPED = re.compile(r'<input type="(?:text|tel)"[^>]*>')
APRIL = dt.date(2026, 4, 1)


@pytest.fixture(scope="module")
def county_at_work(shared_cast, tmp_path_factory):
    """One family granted and on the month's list, another one's application half written at the window."""

    def access(username, today):
        return Access(shared_cast[username], today)

    with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("media")):
        work(access, shared_cast)
        yield


@pytest.fixture
def cast(county_at_work, shared_cast, db):
    """The cast of that county, which the next test finds as this one found it."""
    return shared_cast


def work(access, cast):
    Journey(access, ex01(cast["xiuying"].person.id_no)).granted()
    actions.make_batch(access("finance", APRIL), Region.objects.get(code=COUNTY), code="dibao", month=APRIL)
    neighbour = Person.objects.create(
        name="姚本松", id_no=identity("43122719680203001"), sex="1", birth_date="1968-02-03",
        region_id=VILLAGE, hukou_region_id=VILLAGE, phone="13974512340",
    )  # fmt: skip
    clerk = access("clerk", START)
    draft = open_case(clerk, "A1", neighbour, neighbour.region, Channel.DESK)
    save_draft(clerk, draft, application([member(neighbour.name, neighbour.id_no, "本人")]))


@pytest.mark.parametrize("username", [member.username for member in CAST])
def test_it_shows_no_whole_number_and_no_broken_page(username, cast, caplog):
    client = Client(raise_request_exception=False)
    client.force_login(cast[username], backend="django.contrib.auth.backends.ModelBackend")

    visited = list(walk(client, HOMES))

    assert len(visited) > len(HOMES), "only the homes were reached: the walk follows no links"
    assert [v.path for v in visited if v.response.status_code >= 500] == []
    addresses = {v.path: personal_data(v.path) for v in visited}
    assert {path: found for path, found in addresses.items() if found} == {}
    shown = {v.path: personal_data(TYPED.sub("", v.text)) for v in visited}
    assert {path: found for path, found in shown.items() if found} == {}
    assert personal_data(caplog.text) == set(), "nor does the log"
    assert {v.path: v.reading.inline for v in visited if v.reading.inline} == {}
    assert {v.path for v in visited if not is_guarded(v.response)} == set()


def is_guarded(response):
    """The headers that every answer to a logged-in user bears."""
    csp = response.get("Content-Security-Policy", "")
    return (
        "no-store" in response.get("Cache-Control", "")
        and response.get("Cross-Origin-Resource-Policy") == "same-origin"
        and response.get("Cross-Origin-Opener-Policy") == "same-origin"
        and "camera=()" in response.get("Permissions-Policy", "")
        and response.get("X-Content-Type-Options") == "nosniff"
        and ("script-src 'self'" in csp or "default-src 'none'" in csp)
        and "unsafe" not in csp
    )


def test_no_register_takes_a_whole_number_out(cast):
    client = Client()
    client.force_login(cast["reviewer"], backend="django.contrib.auth.backends.ModelBackend")
    leaked, taken = {}, 0
    for register in shelf(Register):
        if client.get(f"/desk/registers/{register.code}/export").status_code != 200:
            continue
        client.post(f"/desk/registers/{register.code}/export", {"reason": "隐私检查测试"})
        job = Job.objects.filter(register=register.code).latest("pk")
        assert job.state == JobState.DONE, (register.code, job.note)
        book = load_workbook(job.file.open("rb"), read_only=True)
        texts = " ".join(
            str(cell) for sheet in book for row in sheet.iter_rows(values_only=True) for cell in row
        )
        taken += 1
        if found := personal_data(texts):
            leaked[register.code] = found
    assert taken > 10
    assert leaked == {}


@pytest.mark.parametrize(
    "address", ["/desk/people/999999999/", "/desk/cases/431227197903080026/", "/nowhere/"]
)
def test_no_error_page_and_no_log_repeats_a_number(address, cast, caplog):
    client = Client(raise_request_exception=False)
    client.force_login(cast["reviewer"], backend="django.contrib.auth.backends.ModelBackend")

    page = client.get(address)

    assert page.status_code in {403, 404}
    assert personal_data(page.content.decode()) == set()


@pytest.mark.parametrize(
    "text",
    [
        "号码431227197903080021。",
        "1397451234x、13974512340",
        "/desk/?q=6217000000000000003",
        "%34%33122719790308002X",
    ],
)
def test_it_would_notice_a_number(text):
    assert personal_data(text)


@pytest.mark.parametrize(
    "text", ["431227********0021", "139****1234", "431227107203", "431227A12026000001", "2026-11-01"]
)
def test_it_takes_no_masked_number_and_no_code_for_one(text):
    assert not personal_data(text)
