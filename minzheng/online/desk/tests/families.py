"""A family of EX01 and its case, brought by the engine to the step that a test wants to look at."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Callable
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from minzheng.demo.cast import VILLAGE
from minzheng.foundation.cases.api import authorise, blank_record, do_move, open_case, save_draft, submit
from minzheng.foundation.cases.models import Case, Channel
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.regions.models import Region

START = dt.date(2026, 3, 2)
HUSBAND, CHILD = "431227197705120031", "431227201506150026"


def photo(user: Any, kind: str = "photo") -> Any:
    """A small stored picture."""
    picture = io.BytesIO()
    Image.new("RGB", (320, 240), (96, 140, 150)).save(picture, "JPEG")
    return store_document(
        SimpleUploadedFile("现场.jpg", picture.getvalue()), kind=kind, user=user, region_id=VILLAGE
    )


def member(name: str, id_no: str, relation: str, **more: Any) -> dict[str, Any]:
    row: dict[str, Any] = {
        "name": name,
        "id_no": id_no,
        "relation": relation,
        "labour_ability": "有",
        "employed": False,
        "disability_type": "无",
        "education": "不在学",
        "income_kinds": ["none"],
    }
    return row | more


def couple(applicant: Any) -> dict[str, Any]:
    """EX02: two members with 1,100 a month, exactly the standard a head."""
    answers = application(applicant, wage_fen=110_000)
    return answers | {"members": answers["members"][:2]}


def application(applicant: Any, wage_fen: int = 102_000) -> dict[str, Any]:
    """EX01: three members, 1,020 a month, property within limits. Another wage makes another example."""
    return {
        "category": "城市",
        "address": "一组12号",
        "phone": "13874500001",
        "reason": "疾病",
        "members": [
            member(applicant.name, applicant.id_no, "本人", income_kinds=["wage"],
                   wage={"fen": wage_fen, "period": "month"}, employed=True),
            member("吴大明", HUSBAND, "配偶", labour_ability="无"),
            member("吴小雨", CHILD, "子女", labour_ability="无", education="义务教育", independent=False,
                   lives_with_family=True, legally_supported=True),
        ],
        "has_obligors": False,
        "asset_kinds": ["none"],
        "houses": 1,
        "buildings": [],
        "cars": 0,
        "has_vehicles": False,
        "bank_name": "农村商业银行",
        "bank_account": "6217000010001234567",
        "related_staff": False,
        "promise": True,
    }  # fmt: skip


def begun_at_the_window(access: Callable[..., Any]) -> Case:
    """A draft that the township clerk fills in for the applicant."""
    clerk = access("clerk", START)
    person = access("xiuying", START).user.person
    case = open_case(clerk, "A1", person, Region.objects.get(code=VILLAGE), Channel.DESK)
    return save_draft(clerk, case, application(person))


WAY = ("submitted", "accepted", "visited", "concluded", "proposed", "posted", "sent_up", "granted")


def case_at(access: Callable[..., Any], stage: str, wage_fen: int = 102_000) -> Case:
    """The case of EX01 after `stage` (one of WAY), each step by the officer whose it is."""
    case = handed_in(access, application(access("xiuying").user.person, wage_fen))
    for _, go in STEPS[: WAY.index(stage)]:
        go(access, case)
        case.refresh_from_db()
    return case


def handed_in(access: Callable[..., Any], answers: dict[str, Any]) -> Case:
    """The citizen's application with these answers, authorised by everyone and submitted."""
    citizen = access("xiuying", START)
    person = citizen.user.person
    case = open_case(citizen, "A1", person, Region.objects.get(code=VILLAGE))
    save_draft(citizen, case, answers)
    for one in case.persons.filter(needs_authorisation=True):
        authorise(
            citizen,
            case,
            one.id_no,
            None if one.id_no == person.id_no else photo(citizen.user, "authorisation"),
        )
    submit(citizen, case)
    return case


def _by(access: Any, case: Case, key: str, **record: Any) -> None:
    """One move, with what the form already holds and what the officer adds."""
    move = case.at_step.move(key)
    do_move(access, case, key, blank_record(case, move) | record)


def accept(access: Any, case: Case) -> None:
    _by(access("clerk", START), case, "accept", related_staff=False)


def visit(access: Any, case: Case) -> None:
    day = START + dt.timedelta(days=2)
    _by(access("reviewer", day), case, "data_check", report_no="HD-2026-0001", conclusion="与申报一致")
    clerk = access("clerk", day)
    _by(
        clerk,
        case,
        "visit",
        place="新村一组",
        way="入户调查",
        finding="砖混平房一栋，户主患病，情况与申报一致。",
        photo=[photo(clerk.user).pk],
        family_signature=[photo(clerk.user, "family_signature").pk],
    )
    _by(access("helper", day), case, "cosign", agrees=True)


def conclude(access: Any, case: Case) -> None:
    _by(access("clerk", START + dt.timedelta(days=3)), case, "conclude")


def propose(access: Any, case: Case) -> None:
    _by(access("township", START + dt.timedelta(days=3)), case, "propose_grant", opinion="同意，拟给予保障。")


def post(access: Any, case: Case) -> None:
    helper = access("helper", START + dt.timedelta(days=4))
    _by(helper, case, "post", place="村务公开栏", photo=[photo(helper.user).pk])


def send_up(access: Any, case: Case) -> None:
    _by(access("clerk", START + dt.timedelta(days=14)), case, "close")


def grant(access: Any, case: Case) -> None:
    _by(access("approver", START + dt.timedelta(days=15)), case, "grant", opinion="符合条件，予以确认。")


STEPS = (
    ("accepted", accept),
    ("visited", visit),
    ("concluded", conclude),
    ("proposed", propose),
    ("posted", post),
    ("sent_up", send_up),
    ("granted", grant),
)
