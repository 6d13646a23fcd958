"""Both ways in make a lead with its source; the visit says what it is; then an application, another office, nothing."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from minzheng.datacenter.leads.actions import (
    OPEN_AT_ONCE,
    LeadDraft,
    apply_for_lead,
    drop_lead,
    refer_lead,
    report_lead,
    say_lead,
)
from minzheng.datacenter.leads.models import Lead, Source, State
from minzheng.demo.cast import VILLAGE
from minzheng.foundation.actions import Refused
from minzheng.foundation.cases.models import Channel
from minzheng.foundation.tasks.actions import close_task
from minzheng.foundation.tasks.models import Task
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

ON = dt.date(2026, 11, 2)
STORY = "屋顶漏雨，灶里没有火，说吃了两天红薯。"


def draft(**more):
    return LeadDraft(**{"name": "石大爷", "need": "living", "story": STORY, **more})


@pytest.fixture
def lead(access, regions):
    return report_lead(access("helper", ON), regions[VILLAGE], draft(address="三组5号", phone="13874500009"))


def visited(access, lead, outcome="true"):
    answers = {"urgent": "no", "willing": "yes"}
    found = VisitDraft(outcome, answers=answers, position=Position(missing="没有信号"))
    record_visit(access("clerk", ON), lead.task, found)
    lead.refresh_from_db()
    return lead


@pytest.mark.covers("S-055", by="minzheng/datacenter/leads/actions.py", screen="/desk/registers/leads/")
def test_it_keeps_the_source_and_sends_somebody_by_the_clock(lead, access, cast, regions):
    assert (lead.source, lead.state, lead.reported_by) == (Source.DISCOVERY, State.NEW, cast["helper"])
    assert lead.task.due_on == dt.date(2026, 11, 5) and lead.task.office_id == VILLAGE
    own = say_lead(access("xiuying", ON), regions[VILLAGE], draft(person=cast["xiuying"].person))
    other = say_lead(access("xiuying", ON), regions[VILLAGE], draft())
    assert (own.source, other.source) == (Source.SELF, Source.NEIGHBOUR)


def test_the_task_says_nothing_personal_and_the_visitor_still_sees_whom_to_visit(lead, client, cast):
    task = Task.objects.values().get()
    assert not [word for word in ("石大爷", "三组", "13874500009", "红薯") if word in str(task)]
    client.force_login(cast["helper"])
    page = client.get(f"/field/tasks/{lead.task_id}/").content.decode()
    assert "石大爷" in page and "三组5号" in page and STORY in page
    listed = client.get("/field/").content.decode()
    assert "石大*" in listed and "石大爷" not in listed


@pytest.mark.parametrize(
    ("outcome", "state"), [("true", State.CONFIRMED), ("refer", State.CONFIRMED), ("no_need", State.NO_NEED)]
)
def test_the_visit_decides_what_it_is(lead, access, outcome, state):
    assert visited(access, lead, outcome).state == state


def test_settled_at_the_desk_it_waits_for_the_desks_word(lead, access):
    close_task(access("clerk", ON), lead.task, reason="已电话核实，确有困难")
    lead.refresh_from_db()
    assert (lead.state, lead.note) == (State.CONFIRMED, "已电话核实，确有困难")


def test_a_true_one_becomes_the_draft_of_an_application(lead, access, cast):
    with pytest.raises(Refused, match="还在核实"):
        apply_for_lead(access("clerk", ON), lead, item="A1")
    visited(access, lead)
    with pytest.raises(Refused, match=r"可以填：.*A1"):
        apply_for_lead(access("clerk", ON), lead, item="没有的事项")
    with pytest.raises(Refused, match="请填写本人的身份证号"):
        apply_for_lead(access("clerk", ON), lead, item="A1")
    number = cast["xiuying"].person.id_no
    apply_for_lead(access("clerk", ON), lead, item="A1", id_no=number)
    assert lead.state == State.CASE and lead.case.channel == Channel.DISCOVERY
    with pytest.raises(Refused, match="已转申请"):
        refer_lead(access("clerk", ON), lead, to="县残联")


def test_a_true_one_may_be_anothers_to_help_or_need_nothing(lead, access, regions):
    refer_lead(access("clerk", ON), visited(access, lead), to="县医疗保障局")
    assert (lead.state, lead.note, lead.settled_on) == (State.REFERRED, "转介：县医疗保障局", ON)
    second = visited(access, report_lead(access("helper", ON), regions[VILLAGE], draft()))
    drop_lead(access("clerk", ON), second, reason="儿子已接去同住")
    assert second.state == State.NO_NEED


def test_who_may_report_and_how_much(access, regions):
    for username in ("outsider", "finance", "xiuying"):
        with pytest.raises(PermissionDenied):
            report_lead(access(username, ON), regions[VILLAGE], draft())
    citizen = access("xiuying", ON)
    for _ in range(OPEN_AT_ONCE):
        say_lead(citizen, regions[VILLAGE], draft())
    with pytest.raises(ValidationError, match="还在核实"):
        say_lead(citizen, regions[VILLAGE], draft())


def test_a_citizen_speaks_up_on_the_portal_and_sees_what_becomes_of_it(client, cast, access):
    client.force_login(cast["xiuying"])
    said = {"who": "other", "name": "石大爷", "knows": "yes", "region": VILLAGE, "phone": "13874500001",
            "need": "living", "story": STORY}  # fmt: skip
    assert client.post("/portal/speak/", {**said, "name": ""}).status_code == 422
    page = client.post("/portal/speak/", said, follow=True).content.decode()
    assert "已收到" in page and "正在核实" in page
    lead = Lead.objects.get()
    assert (lead.source, lead.name, lead.knows, lead.person) == (Source.NEIGHBOUR, "石大爷", True, None)
    visited(access, lead, "no_need")
    assert "暂不需要救助" in client.get("/portal/speak/").content.decode()


def test_a_helper_reports_on_the_round_and_a_known_neighbour_is_recognized(client, cast, access):
    client.force_login(cast["helper"])
    said = {"name": "杨秀英", "region": VILLAGE, "need": "medical", "story": STORY, "knows": "no"}
    page = client.post("/field/leads/new/", said, follow=True).content.decode()
    assert "已登记" in page and "核实困难线索：看病吃药" in page
    assert Lead.objects.get().person == cast["xiuying"].person
    other = client.post("/field/leads/new/", said | {"region": "431227101200"})
    assert other.status_code in (404, 422) and Lead.objects.count() == 1
    assert "杨秀英" in client.get("/desk/registers/leads/").content.decode()
    client.force_login(cast["outsider"])
    assert "杨秀英" not in client.get("/desk/registers/leads/").content.decode()
