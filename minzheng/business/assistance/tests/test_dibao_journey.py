"""A1 from application to decision: EX01 is granted 630.00, EX02 is refused with its reason."""

import datetime as dt

import pytest

from minzheng.business.assistance.items import A1
from minzheng.business.assistance.tests.families import ex02
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.items.limits import limits
from minzheng.foundation.rules import decide


def test_it_grants_630_yuan_to_the_family_of_ex01(journey):
    case = journey().granted().case
    assert (case.step, case.outcome, case.amount_fen) == ("active", "granted", 63_000)
    entitlement = Entitlement.objects.get(case_id=case.pk)
    assert entitlement.since_month == dt.date(2026, 4, 1)
    assert entitlement.amounts.get().amount_fen == 63_000


def test_it_refuses_the_family_of_ex02_and_says_why(journey):
    way = journey(ex02).submit().accept().survey().conclude().propose("propose_refuse").decide("refuse")
    assert way.case.outcome == "refused"
    assert any("人均收入不低于" in reason for reason in way.case.reasons)
    notice = way.case.notices.get(kind="refused")
    assert notice.body["reasons"] == way.case.reasons


def test_it_tells_the_refused_family_in_writing_within_three_working_days(journey):
    way = journey(ex02).submit().accept().survey().conclude().propose("propose_refuse").decide("refuse")
    assert way.case.clocks.get(key="tell").due_on == dt.date(2026, 3, 10)
    way.later(1).move("clerk", "deliver", {"way": "当面", "received_on": str(way.today)})
    assert way.case.status == "refused" and way.case.is_finished
    assert not way.case.clocks.filter(stopped_on=None).exists()


def test_it_keeps_the_whole_decision_with_its_clauses_and_standards(journey):
    assessment = journey().granted().case.assessment
    assert assessment["eligible"] is True
    assert any(step["cite"].startswith("民发〔2021〕57号") for step in assessment["trace"])
    assert any(standard["name"] == "dibao_urban" and standard["cite"] for standard in assessment["standards"])


def test_its_kept_decision_names_nobody(journey):
    case = journey().granted().case
    text = str(case.assessment)
    assert "杨秀英" not in text and case.applicant.id_no not in text


def test_it_writes_the_timeline_with_person_role_and_day(journey):
    trail = list(journey().granted().case.moves.values_list("move", "role", "on"))
    assert trail[0] == ("submit", "applicant", dt.date(2026, 3, 2))
    assert [move for move, _, _ in trail][-3:] == ["post", "close", "grant"]
    assert trail[-1][1] == "county_approver"


def test_it_records_every_move_and_whom_it_concerns_in_the_audit_trail(journey):
    case = journey().granted().case
    entries = AuditEntry.objects.filter(action="case.move", subject_id=str(case.pk))
    assert entries.count() == case.moves.count()
    assert set(entries.last().persons) == set(case.persons.values_list("person_id", flat=True))


def test_its_audit_trail_names_nobody(journey):
    case = journey().granted().case
    trail = str(list(AuditEntry.objects.values_list("title", "subject_id", "reason", "detail")))
    for involved in case.persons.select_related("person"):
        assert involved.person.name not in trail and involved.person.id_no not in trail


def family_of(region, on, standards):
    """A couple with nothing, class B where classes count."""
    nothing = dict.fromkeys(
        (
            "wage",
            "business_income",
            "property_income",
            "resident_pension",
            "transfer_received",
            "other_income",
        ),
        0,
    )
    property_ = dict.fromkeys(
        ("deposits", "securities", "insurance_value", "claims", "internet_finance", "cars"), 0
    )
    member = {"who": "本人", "relation": "本人", "birth_date": "1980-05-01", **nothing}
    return {
        "on": on, "region": region, "standards": standards,
        "household": {"category": "城市", "houses": 1, "dibao_class": "B类", **property_},
        "members": [member | {"labour_ability": "无"}, member | {"who": "妻子", "relation": "配偶", "labour_ability": "无"}],
    }  # fmt: skip


@pytest.mark.covers("S-033", by="minzheng/business/assistance/rules.py", screen="/desk/cases/<number>/")
@pytest.mark.parametrize(
    ("on", "law"),
    [
        ("2021-06-30", "社会救助暂行办法"),
        ("2021-07-01", "民发〔2021〕57号"),
        ("2026-06-30", "民发〔2021〕57号"),
        ("2026-07-01", "社会救助法"),
    ],
)
def test_it_decides_and_counts_days_by_the_version_of_the_law_of_the_day(on, law):
    decision = decide(family_of("431227", on, "hunan"), want=["dibao", "monthly_payment"])
    cites = {step["name"]: step["cite"] for step in decision.as_json()["trace"] if "name" in step}
    assert cites["family_amount"].startswith(law)


@pytest.mark.covers(
    "S-033", by="minzheng/business/assistance/dibao/clocks.py", screen="/desk/cases/<number>/"
)
def test_its_limits_are_those_of_ex08():
    limit = {
        one.clock.key: one.due
        for one in limits(A1, {"accepted": dt.date(2026, 3, 2)}, "431227107203", "demo")
    }
    assert [limit[key] for key in ("survey", "total_delegated", "total", "total_special")] == [
        dt.date(2026, 3, 5), dt.date(2026, 3, 30), dt.date(2026, 4, 14), dt.date(2026, 5, 8),
    ]  # fmt: skip


@pytest.mark.covers("S-062", by="minzheng/business/assistance/rules.py", screen="/desk/cases/<number>/")
def test_each_county_chooses_whether_it_pays_the_difference_or_by_class():
    """The same couple: 80 % of 1100 where classes count, the whole gap of 1100 where the difference does."""
    paid = {
        county: decide(family_of(county, "2021-09-01", "demo-variants"), want=["family_amount"])[
            "family_amount"
        ]
        for county in ("431227", "431228")
    }
    assert paid == {"431227": 88_000, "431228": 110_000}
