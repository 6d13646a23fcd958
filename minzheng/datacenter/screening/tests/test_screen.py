"""The screening of a real-sized county finds the planted trouble, all of it and nothing else."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.assistance.benefits import DIBAO
from minzheng.datacenter.screening.actions import close_finding, dispatch_finding, run_screening
from minzheng.datacenter.screening.due import due_in
from minzheng.datacenter.screening.models import Finding, Kind, Result, State
from minzheng.datacenter.screening.scope import last_day
from minzheng.datacenter.screening.screen import screen
from minzheng.demo.county import trouble
from minzheng.foundation.accounts.access import Access
from minzheng.foundation.accounts.models import User
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.people.facts import facts_documents
from minzheng.foundation.people.models import Household, Membership, Person
from minzheng.foundation.regions.models import within
from minzheng.foundation.rules import default_counter

MONTH = dt.date(2026, 10, 1)


def households(kind):
    found = Finding.objects.filter(kind=kind, benefit=DIBAO.code).exclude(state=State.CLOSED)
    return set(found.values_list("household_id", flat=True))


def people(kind):
    found = Finding.objects.filter(kind=kind, benefit__in=["", DIBAO.code]).exclude(state=State.CLOSED)
    return set(found.values_list("person_id", flat=True))


def planted_in(county, kind):
    return {family.key for family in county[1].families[kind]}


def test_it_decides_twenty_thousand_people_as_the_counter_does(county, region):
    due = due_in(DIBAO, MONTH, "431227")
    everyone = list(Household.objects.filter(within("431227")).order_by("id"))
    counter = default_counter()
    decided = [
        counter.decide(counter.facts(document, standards="demo"), [DIBAO.amount])[DIBAO.amount]
        for document in facts_documents(everyone, last_day(MONTH))
    ]
    assert len(everyone) > 7000 and Membership.objects.count() > 19_000
    assert [
        fen if known else None for fen, known in zip(due.fen.tolist(), due.known.tolist(), strict=True)
    ] == decided


@pytest.mark.covers("S-051", by="minzheng/datacenter/screening/screen.py", screen="/desk/registers/findings/")
def test_it_finds_exactly_the_planted_trouble(county, region):
    screen(MONTH, region)
    assert households(Kind.ENTITLED_NOT_RECEIVING) == planted_in(county, trouble.MISSED)
    assert households(Kind.RECEIVING_NOT_ENTITLED) == planted_in(county, trouble.NOT_ENTITLED)
    assert households(Kind.WRONG_AMOUNT) == planted_in(county, trouble.WRONG_AMOUNT)
    assert households(Kind.UNDETERMINED) == planted_in(county, trouble.UNKNOWN)
    assert people(Kind.DEAD_PAID) == {person.key for person in county[1].people[trouble.DEAD_STILL_PAID]}
    assert people(Kind.DUPLICATE) == {twin.key for twin in county[1].people[trouble.DUPLICATE][1::2]}


def test_it_finds_the_trouble_among_holders_of_persons_rights(county, region):
    """EX42 scaled: three dead, two moved to another province, five with an expired certificate; six old people missed."""
    screen(MONTH, region)
    planted = county[1].people

    def found(kind, benefit):
        rows = Finding.objects.filter(kind=kind, benefit=benefit).exclude(state=State.CLOSED)
        return set(rows.values_list("person_id", flat=True))

    def keys(kind):
        return {person.key for person in planted[kind]}

    assert found(Kind.DEAD_PAID, "nursing_subsidy") == keys(trouble.HOLDER_DEAD)
    assert found(Kind.MOVED_OUT, "nursing_subsidy") == keys(trouble.HOLDER_MOVED)
    assert found(Kind.RECEIVING_NOT_ENTITLED, "nursing_subsidy") == keys(trouble.HOLDER_EXPIRED)
    assert found(Kind.ENTITLED_NOT_RECEIVING, "elder_allowance") == keys(trouble.ELDER_MISSED)


def test_it_says_which_facts_an_open_answer_waits_for(county, region):
    screen(MONTH, region)
    for finding in Finding.objects.filter(kind=Kind.UNDETERMINED, benefit=DIBAO.code):
        assert "存款（deposits）" in str(finding.detail["missing"]) or "工资性收入（wage）" in str(
            finding.detail["missing"]
        )


def test_it_finds_the_same_rows_again_and_no_more(county, region):
    screen(MONTH, region)
    before = set(Finding.objects.values_list("pk", flat=True))
    again = screen(MONTH, region)
    assert set(Finding.objects.values_list("pk", flat=True)) == before
    assert again.closed == 0 and not again.skipped


def test_it_closes_what_no_longer_holds_and_opens_it_again_when_it_is_back(county, region):
    screen(MONTH, region)
    finding = Finding.objects.filter(kind=Kind.DEAD_PAID, benefit=DIBAO.code).first()
    right = Entitlement.objects.filter(household=finding.household_id)
    right.update(state="ended", until_month=dt.date(2026, 9, 1))
    screen(MONTH, region)
    finding.refresh_from_db()
    assert (finding.state, finding.result) == (State.CLOSED, Result.GONE)
    right.update(state="active", until_month=None)
    screen(MONTH, region)
    finding.refresh_from_db()
    assert finding.state != State.CLOSED and finding.result == ""


@pytest.mark.parametrize(("died_on", "found"), [("2026-09-30", True), ("2026-10-01", False)])
def test_it_counts_a_death_from_the_month_after(county, region, died_on, found):
    right = Entitlement.objects.filter(person__died_on=None).first()
    Person.objects.filter(pk=right.person_id).update(died_on=died_on)
    screen(MONTH, region)
    assert (right.person_id in people(Kind.DEAD_PAID)) is found


def test_it_keeps_names_and_numbers_out_of_findings_and_audit(county, region):
    screen(MONTH, region)
    kept = str(list(Finding.objects.values_list("detail", flat=True)))
    kept += str(list(AuditEntry.objects.filter(action="screening.run").values_list("detail", flat=True)))
    for finding in Finding.objects.select_related("household__head")[:50]:
        if finding.household:
            assert finding.household.head.name not in kept and finding.household.head.id_no not in kept


def as_user(username, today=dt.date(2026, 10, 20)):
    return Access(User.objects.get(username=username), today)


def test_it_lets_the_county_reviewer_screen_and_nobody_below_or_beside(county, region):
    assert run_screening(as_user("reviewer"), region, MONTH).looked > 7000
    for username in ("clerk", "outsider", "province"):
        with pytest.raises(PermissionDenied):
            run_screening(as_user(username), region, MONTH)


def test_it_screens_no_month_that_has_not_begun(county, region):
    with pytest.raises(Refused, match="还没有开始"):
        run_screening(as_user("reviewer", dt.date(2026, 9, 30)), region, MONTH)


def test_it_sends_somebody_to_look_and_closes_only_with_a_result(county, region):
    screen(MONTH, region)
    finding = Finding.objects.filter(kind=Kind.DUPLICATE).first()
    township = as_user("reviewer")
    dispatch_finding(township, finding)
    with pytest.raises(Refused, match="已派发"):
        dispatch_finding(township, finding)
    with pytest.raises(Refused, match="核实情况"):
        close_finding(township, finding, result="confirmed", note=" ")
    with pytest.raises(Refused, match="选择核实的结果"):
        close_finding(township, finding, result="gone", note="没有了")
    close_finding(township, finding, result="confirmed", note="同一人，已合并登记")
    finding.refresh_from_db()
    assert (finding.state, finding.result, finding.note) == (
        State.CLOSED,
        Result.CONFIRMED,
        "同一人，已合并登记",
    )
    with pytest.raises(PermissionDenied):
        dispatch_finding(as_user("outsider"), Finding.objects.filter(state=State.FOUND).first())
    assert AuditEntry.objects.filter(action="finding.close", persons=[finding.person_id]).exists()


@pytest.mark.covers(
    "S-051", by="minzheng/datacenter/screening/registers.py", screen="/desk/registers/findings/"
)
def test_it_shows_the_findings_of_ones_own_township_in_a_list(county, region, client):
    screen(MONTH, region)
    row = "/desk/registers/findings/rows/"
    client.force_login(User.objects.get(username="township"))
    page = client.get("/desk/registers/findings/").content.decode()
    assert "筛查发现" in page and row in page
    client.force_login(User.objects.get(username="outsider"))
    assert row not in client.get("/desk/registers/findings/").content.decode()
