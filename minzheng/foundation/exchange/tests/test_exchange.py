"""Every exchange is on record before it happens; a purpose that the catalogue does not allow is never sent."""

import datetime as dt

import pytest
from django.db import ProgrammingError, transaction

from minzheng.foundation.actions import Refused
from minzheng.foundation.exchange.models import Direction, ExchangeCall, Outcome
from minzheng.foundation.exchange.record import begin, finish, log
from minzheng.foundation.exchange.words import Purpose, Source, SourceField

DEATHS = Source(
    code="test.deaths",
    title="死亡信息",
    department="卫健部门",
    fields=(SourceField("id_no", "身份证号", "text"), SourceField("died_on", "死亡日期", "date")),
    cite="政务数据共享条例 第十五条",
    purposes=(Purpose.RECORDS, Purpose.SCREENING),
    contact="县卫生健康局信息股",
)
COUNTY = "431227000000"


def asked(regions, cast, **changed):
    given = {
        "region": regions[COUNTY], "persons_count": 12, "authorisation": "政务数据共享条例",
        "requester": cast["reviewer"], "request_id": "r-1", "period": (dt.date(2026, 1, 1), dt.date(2026, 10, 31)),
    } | changed  # fmt: skip
    return begin(DEATHS, Purpose.SCREENING, ["id_no", "died_on"], **given)


def test_it_notes_a_call_before_it_is_made_so_that_one_cut_off_stands_as_unknown(regions, cast):
    asked(regions, cast)
    call = ExchangeCall.objects.get()
    assert (call.outcome, call.finished_at) == (Outcome.UNKNOWN, None)


def test_it_says_once_how_a_call_ended_and_keeps_that_for_good(regions, cast):
    call = finish(asked(regions, cast), Outcome.PARTIAL, records=11, size=2048, problem="1 人没有反馈")
    call.refresh_from_db()
    assert (call.outcome, call.records, call.bytes, call.problem) == ("partial", 11, 2048, "1 人没有反馈")
    for change in (
        lambda: ExchangeCall.objects.update(records=0),
        lambda: ExchangeCall.objects.all().delete(),
    ):
        with pytest.raises(ProgrammingError, match="exchange"), transaction.atomic():
            change()


def test_it_refuses_a_purpose_that_the_catalogue_does_not_allow_and_logs_no_call(regions, cast):
    with pytest.raises(Refused, match="不能用于“申请家庭经济状况核对”，没有发出查询"):
        log(
            DEATHS, Purpose.CHECK, ["died_on"], direction=Direction.ASKED, region=regions[COUNTY], persons_count=1,
            authorisation="x", outcome=Outcome.ANSWERED, requester=cast["reviewer"],
        )  # fmt: skip
    with pytest.raises(Refused, match="没有这些信息项：deposits"):
        begin(
            DEATHS, Purpose.RECORDS, ["deposits"], region=regions[COUNTY], persons_count=1, authorisation="x",
            requester=None,
        )  # fmt: skip
    assert not ExchangeCall.objects.exists()


def test_it_says_what_is_wrong_with_an_entry_of_the_catalogue():
    bad = Source(
        code="bad", title="坏", department="", contact="", cite="", purposes=(),
        fields=(SourceField("a", "甲", "oops"), SourceField("a", "乙", "text")),
    )  # fmt: skip
    said = " ".join(bad.problems())
    assert all(part in said for part in ("没有写依据", "没有写允许的用途", "都叫“a”", "kind “oops”"))


@pytest.mark.covers("S-028", by="minzheng/foundation/exchange/record.py", screen="/desk/registers/exchanges/")
def test_it_lists_purpose_authorisation_fields_and_period_of_each_call_to_those_who_supervise(
    client, regions, cast
):
    finish(asked(regions, cast), Outcome.ANSWERED, records=12)
    client.force_login(cast["auditor"])
    page = client.get("/desk/registers/exchanges/?outcome=answered")
    key = ExchangeCall.objects.get().pk
    detail = client.get(f"/desk/registers/exchanges/rows/{key}").content.decode()
    assert "待遇资格比对" in page.content.decode()
    assert all(
        part in detail for part in ("政务数据共享条例", "died_on", "2026-01-01 至 2026-10-31", "已反馈")
    )
    client.force_login(cast["outsider"])
    assert client.get(f"/desk/registers/exchanges/rows/{key}").status_code == 404
    client.force_login(cast["clerk"])
    assert client.get("/desk/registers/exchanges/").status_code == 403


def test_it_shows_the_catalogue_to_the_county(client, cast):
    client.force_login(cast["reviewer"])
    page = client.get("/desk/sources/").content.decode()
    assert "共享目录没有" not in page and "目录没有允许的用途，系统不会发出查询" in page
