"""Every operation is tried with what its schema allows and with what it forbids: no 5xx, no answer beside the schema.

`make fuzz` tries each 5,000 times (FUZZ=5000), on all cores: a test for every operation and manner, those that passed
are kept in var/fuzz and not tried again when it was stopped half-way. The suite tries a few cases, the same at each run.
"""

import hashlib
import io
import json
import os
import zlib

import pytest
import requests
import schemathesis
from django.conf import settings as site
from django.test import Client
from hypothesis import HealthCheck, Phase, given, settings
from requests.adapters import HTTPAdapter
from schemathesis.core.failures import FailureGroup
from schemathesis.generation import GenerationMode
from schemathesis.specs.openapi.checks import positive_data_acceptance
from urllib3 import HTTPResponse

from minzheng.demo.cast import VILLAGE
from minzheng.online.api import limits
from minzheng.online.api.document import document
from minzheng.online.api.operation import OPERATIONS, PREFIX
from minzheng.online.api.tests import callers

pytestmark = pytest.mark.django_db
TIMES = int(os.environ.get("FUZZ", "3"))
SITE = "http://testserver"
LONG = TIMES >= 100
PHASES = (Phase.generate, Phase.shrink) if LONG else (Phase.generate,)
MODES = (GenerationMode.POSITIVE, GenerationMode.NEGATIVE)
ALL = sorted({(one.method, PREFIX + one.path) for one in OPERATIONS})
# Setting up costs more than the few cases of the suite, and nothing beside five thousand.
PARTS = [([one], (mode,)) for one in ALL for mode in MODES] if LONG else [(ALL, MODES)]
# That a schema allows it does not make it true: check digits and how answers agree are judged by the cleaning.
NOT_ASKED = [positive_data_acceptance]


class Within(HTTPAdapter):
    """Requests that stay in the test's own process and transaction."""

    def __init__(self):
        super().__init__()
        self.client = Client(raise_request_exception=False)

    def send(self, request, **kwargs):
        headers = {name: value for name, value in request.headers.items() if name.lower() != "content-type"}
        body = request.body or b""
        answer = self.client.generic(
            request.method,
            request.path_url,
            body.encode() if isinstance(body, str) else body,
            request.headers.get("Content-Type", ""),
            headers=headers,
        )
        raw = HTTPResponse(
            io.BytesIO(answer.content), answer.headers, answer.status_code, version=11, preload_content=False
        )
        return self.build_response(request, raw)


@pytest.fixture
def everybody(cast, monkeypatch):
    """A partner with all that partners may have, and a citizen's app; each has a draft, and calls without limit."""
    monkeypatch.setattr(limits, "limit_of", lambda caller: 10**9)
    partner = callers.partner(
        cast["admin"], "case.submit", "status.enquire", "events.region", purposes=["service", "review"]
    )
    citizen = callers.citizen(cast["admin"], cast["xiuying"])
    draft = {"region": VILLAGE, "answers": {}, "submit": False}
    clerk = cast["clerk"].person
    named = {"applicant": {"name": clerk.name, "id_no": clerk.id_no}}
    return [
        (partner, partner.post("/items/A1/applications", draft | named).json()["number"]),
        (citizen, citizen.post("/items/A1/applications", draft).json()["number"]),
    ]


@pytest.mark.parametrize(
    ("operations", "modes"), PARTS, ids=[f"{o[0][0]} {o[0][1]} {m[0].value}" for o, m in PARTS]
)
def test_it_never_breaks_and_always_answers_as_described(operations, modes, request):
    schema = schemathesis.openapi.from_dict(document())
    known = {
        (one.method.upper(), one.path): one for one in (found.ok() for found in schema.get_all_operations())
    }
    assert sorted(known) == ALL
    passed = _passed(operations, modes)
    if LONG and passed.exists():
        pytest.skip(f"passed before: {passed}")
    everybody, broken = request.getfixturevalue("everybody"), []
    session = requests.Session()
    session.mount(SITE, Within())
    for name in operations:
        for mode in modes:
            try:
                _try(known[name], mode, session, everybody)
            except (Exception, FailureGroup) as error:
                broken.append(f"{name} ({mode.value}): {error}")
    assert not broken, "\n\n".join(broken)
    if LONG:
        passed.parent.mkdir(exist_ok=True)
        passed.write_text(f"{operations} {modes} {TIMES}\n")


def _passed(operations, modes):
    """The mark that these passed so many cases under the very same description of the interface."""
    what = json.dumps([document(), operations, modes, TIMES], default=str, sort_keys=True)
    return site.VAR / "fuzz" / hashlib.sha256(what.encode()).hexdigest()[:32]


def _try(operation, mode, session, everybody):
    @given(case=operation.as_strategy(generation_mode=mode))
    @settings(
        max_examples=TIMES,
        deadline=None,
        suppress_health_check=list(HealthCheck),
        derandomize=not LONG,
        database=None,
        phases=PHASES,
    )
    def tried(case):
        for caller, number in everybody:
            _meet_something(case, number)
            case.call_and_validate(
                base_url=SITE, session=session, headers=caller.headers(), excluded_checks=NOT_ASKED
            )

    tried()


def _meet_something(case, number):
    """Half of the cases meet a thing that exists: else the fuzzer would never come behind the first 404."""
    parts = case.path_parameters or {}
    if zlib.crc32(repr(case.body).encode()) % 2 and "regions" not in case.path:
        for name, real in (("number", number), ("code", "A1")):
            if name in parts:
                parts[name] = real
