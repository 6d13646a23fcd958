"""A row without a usable number is never decided by the machine: it proposes, an officer decides, once."""

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied
from django.urls import reverse

from minzheng.datacenter.deliveries.actions import accept_match, reject_match
from minzheng.datacenter.deliveries.matching.propose import similarity_at_hand
from minzheng.datacenter.deliveries.models import Match, MatchState, RowState
from minzheng.datacenter.deliveries.registers import side_by_side
from minzheng.datacenter.deliveries.tests.conftest import TODAY, VILLAGE, number, said_of
from minzheng.foundation.actions import Refused
from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.people.models import Person

HEAD = "身份证号,姓名,出生日期,月缴费工资\n"
NOVEMBER = dt.date(2026, 11, 1)
both = pytest.mark.parametrize("similar", [False, pytest.param(True, marks=pytest.mark.skipif(
    not similarity_at_hand(), reason="the extra `matching` is not installed"))])  # fmt: skip


def swapped(id_no):
    """Two digits of the sequence changed: the check digit no longer fits."""
    return id_no[:14] + str((int(id_no[14]) + 1) % 10) + id_no[15:]


@both
def test_it_proposes_the_right_person_for_planted_slips(send, people, similar):
    for place in range(300):  # neighbours who share a surname, a birth year, or a given name
        born = dt.date(1950 + place % 6, 1 + place % 12, 2 + place % 27)
        Person.objects.create(
            name=f"{'杨吴姚蒲龙田'[place % 6]}{'一二三四五六'[place % 5]}{'福妹元香生英秀'[place % 7]}", birth_date=born,
            id_no=number(place, f"{born:%Y%m%d}"), sex="1", region_id=VILLAGE,
        )  # fmt: skip
    one, two, three, four, five, six = people
    rows = [
        f",{one.name},1950-01-01,1000",  # no number
        f"{swapped(two.id_no)},{two.name},1951-01-01,1000",  # a slip in the number
        f"{swapped(three.id_no)},姚三园,1952-01-01,1000",  # a slip in both
        f"{four.id_no},蒲四乡,1953-01-01,1000",  # the number right, the name not
        ",外来人,1988-08-08,1000",  # nobody of ours
        f"{five.id_no},{five.name},1954-01-01,1000",
        f"{six.id_no},{six.name},1955-01-01,1000",
    ]
    sent = send("file.wages", HEAD + "\n".join(rows) + "\n", similar=similar)
    proposed = {(match.row.number, match.person_id) for match in Match.objects.select_related("row")}
    assert proposed == {(2, one.pk), (3, two.pk), (4, three.pk), (5, four.pk)}
    assert (sent.matched, sent.in_review, sent.outside, sent.rejected) == (2, 4, 1, 0)
    assert not any(said_of(person) for person in people[:4])  # nothing holds before somebody decided
    scores = Match.objects.exclude(basis__startswith="号码相同").values_list("score", flat=True)
    assert all((score is not None and 60 <= score <= 99) if similar else score is None for score in scores)


def test_it_rejects_a_wrong_number_that_nobody_can_be_found_for(send, people):
    good = "".join(f"{person.id_no},{person.name},,1000\n" for person in people)
    sent = send("file.wages", HEAD + good + f"{swapped(number(50))},外来人,1988-08-08,1000\n")
    assert (sent.state, sent.rejected, sent.in_review) == ("done", 1, 0)
    assert sent.lines.get(state=RowState.REJECTED).problems == [
        ["身份证号", "号码校验不通过，请对照证件逐位核对"]
    ]


def test_it_remembers_a_decision_for_the_next_file(send, people, access):
    typed = f",{people[0].name},1950-01-01,{{}}\n,{people[1].name},1951-01-01,{{}}\n"
    sent = send("file.wages", HEAD + typed.format(1000, 1000))
    officer = access("reviewer", TODAY)
    for match, decide in zip(
        Match.objects.order_by("row__number"), (accept_match, reject_match), strict=True
    ):
        decide(officer, match)
    sent.refresh_from_db()
    assert (sent.matched, sent.in_review, sent.outside) == (1, 0, 1)
    assert said_of(people[0])[-1][0]["wage"] == 100000 * 12 and said_of(people[1]) == []
    later = send("file.wages", HEAD + typed.format(1100, 1100), month=NOVEMBER)
    assert (later.matched, later.in_review, later.outside) == (1, 0, 1)
    assert said_of(people[0])[-1][0]["wage"] == 110000 * 12
    with pytest.raises(Refused, match="已经核对过"):
        accept_match(officer, Match.objects.get(state=MatchState.ACCEPTED))


def test_it_leaves_whom_a_proposal_is_about_open_in_a_complete_list(send, people, access):
    rows = f",{people[0].name},1950-01-01,200,143\n" + "".join(
        f"{person.id_no},{person.name},,200,143\n" for person in people[2:]
    )
    send("file.pensions", "身份证号,姓名,出生日期,月养老金,其中中央基础养老金\n" + rows)
    none = {"resident_pension": 0, "resident_pension_central": 0}
    assert said_of(people[0]) == [] and said_of(people[1])[-1][0] == none
    reject_match(access("reviewer", TODAY), Match.objects.get())
    assert said_of(people[0])[-1][0] == none


def test_it_shows_both_records_masked_to_the_countys_officers_only(send, people, access, client, cast):
    send("file.wages", HEAD + f"{swapped(people[0].id_no)},{people[0].name},1950-01-01,1000\n")
    match = Match.objects.select_related("row", "person__region").get()
    pairs = {pair.what: pair for pair in side_by_side(match, TODAY)}
    assert "相差 1 位" in pairs["身份证号"].theirs and people[0].id_no not in str(pairs)
    for nobody in ("clerk", "outsider"):
        with pytest.raises(PermissionDenied):
            accept_match(access(nobody, TODAY), match)
    page = reverse("registers:detail", args=("delivery-matches", match.pk))
    statuses = {}
    for who in ("reviewer", "outsider", "clerk"):
        client.force_login(cast[who])
        statuses[who] = client.get(page).status_code
    assert statuses == {"reviewer": 200, "outsider": 404, "clerk": 403}
    assert AuditEntry.objects.filter(
        is_read=True, persons__contains=[people[0].pk], actor=cast["reviewer"]
    ).exists()
