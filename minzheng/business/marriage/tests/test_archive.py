"""Re-issue, archive, old records, court marks, credit, counselling, alerts: who may, and what follows."""

import datetime as dt
import io

import openpyxl
import pytest
from django.core.exceptions import PermissionDenied

from minzheng.business.marriage.archive import find_records, reissue, show_archive, verify_entry
from minzheng.business.marriage.backfill import HEADS, attach_scan, enter_old_record, import_old_records
from minzheng.business.marriage.care import (
    raise_alert,
    read_notes,
    record_counselling,
    record_false_declaration,
    repair_credit,
)
from minzheng.business.marriage.models import (
    ArchiveSearch,
    CounselSession,
    CreditRecord,
    Registration,
    RiskAlert,
    Source,
    Spouse,
)
from minzheng.business.marriage.tests.couples import (
    COUNTY,
    apply_for_divorce,
    marry,
    number_of,
    person,
    photo,
)
from minzheng.foundation.actions import Refused
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.tasks.models import Task

DAY = dt.date(2026, 5, 20)
pytestmark = pytest.mark.django_db


@pytest.fixture
def wedding(at, registry, man, woman):
    return marry(at(dt.date(2025, 6, 2)), registry, man, woman)


def test_a_copy_is_given_again_and_the_old_one_is_void_at_once(at, registry, wedding, man, woman):
    again = reissue(at(DAY), wedding, man, registry, "遗失")
    assert again.number == "BJ431227-2026-000001"
    states = {(one.number, one.person_id): one.state for one in Issued.objects.filter(kind="married")}
    assert states == {
        (wedding.number, man.pk): "revoked",
        (wedding.number, woman.pk): "valid",
        (again.number, man.pk): "valid",
    }
    reissue(at(DAY), again, man, registry, "损毁")
    assert Issued.objects.filter(person=man, kind="married", state="valid").count() == 1
    with pytest.raises(Refused, match="只能给登记的当事人"):
        reissue(at(DAY), wedding, person("别人", "1990-01-01", 9), registry, "遗失")


def test_the_archive_is_for_a_party_or_an_authority_with_its_letter(at, wedding, man):
    def search(**more):
        return ArchiveSearch(registration=wedding, region_id=COUNTY, purpose="办理房产", **more)

    with pytest.raises(PermissionDenied, match="只有当事人本人"):
        show_archive(at(DAY), search(asker="party"), person("别人", "1990-01-01", 9))
    with pytest.raises(Refused, match="公函"):
        show_archive(at(DAY), search(asker="authority", asker_name="县法院"))
    made = show_archive(at(DAY), search(asker="party"), man)
    assert made.asker_name == man.name
    assert list(find_records(at(DAY), man.name, man.id_no)) == [wedding]
    assert not find_records(at(DAY), "别的名字", man.id_no)


@pytest.mark.covers(
    "S-143", by="minzheng/business/marriage/backfill.py", screen="/desk/marriage/archive/old/"
)
def test_an_old_record_proves_nothing_until_another_person_has_seen_the_scan(
    at, access, registry, man, woman, cast
):
    row = enter_old_record(
        at(DAY),
        Registration(
            registry=registry, kind="J", number="结字第0123号", registered_on=dt.date(2018, 8, 8),
            man_name=man.name, man_id_no=man.id_no, woman_name=woman.name, woman_id_no=woman.id_no,
        ),
    )  # fmt: skip
    with pytest.raises(Refused, match="还没有核对"):
        reissue(at(DAY), row, man, registry, "遗失")
    with pytest.raises(Refused, match="不能核对自己录入"):
        verify_entry(at(DAY), row)
    with pytest.raises(Refused, match="扫描件"):
        verify_entry(access("registrar2", DAY), row)
    attach_scan(at(DAY), row, photo(cast["registrar"]))
    row.refresh_from_db()
    verify_entry(access("registrar2", DAY), row)
    assert row.source == Source.VERIFIED and Spouse.objects.filter(person=man, stands=True).exists()
    with pytest.raises(Refused, match="已有配偶"):
        marry(at(DAY), registry, man, person("别人", "1990-01-01", 10))
    assert reissue(at(DAY), row, man, registry, "遗失").number.startswith("BJ")


def sheet_of(*rows) -> io.BytesIO:
    book = openpyxl.Workbook()
    book.active.append([head for _, head in HEADS])
    for row in rows:
        book.active.append(row)
    held = io.BytesIO()
    book.save(held)
    held.seek(0)
    return held


def test_a_sheet_comes_in_whole_or_not_and_contradictions_are_disputed(
    at, registry, man, django_assert_max_num_queries
):
    good = [["结婚登记", f"结字{i}号", "1998-05-20", f"男{i}", "", f"女{i}", "", "A1"] for i in range(30)]
    other_name = ["结婚登记", "结字99号", "2018-05-20", "名字不符", man.id_no, "女方", "", "A1"]
    unborn = ["离婚登记", "离字1号", "1990-05-20", man.name, man.id_no, "女方", "", "A1"]
    with pytest.raises(Refused) as refused:
        import_old_records(at(DAY), registry, sheet_of(*good, ["结婚", "", "", "", "", "", "", ""], good[0]))
    assert any("第32行" in text for text in refused.value.messages)
    with pytest.raises(Refused, match="不止一次"):
        import_old_records(at(DAY), registry, sheet_of(*good, good[0]))
    assert not Registration.objects.exists()
    with django_assert_max_num_queries(20):
        done = import_old_records(at(DAY), registry, sheet_of(*good, other_name, unborn))
    assert (done.entered, done.disputed) == (32, 2)
    assert set(Registration.objects.filter(source="disputed").values_list("remark", flat=True)) == {
        "男方姓名与人员台账不符", "男方登记日期早于出生",
    }  # fmt: skip


@pytest.mark.covers(
    "S-144", by="minzheng/business/marriage/care.py", screen="/desk/registers/marriage_credit/"
)
def test_broken_trust_is_recorded_with_its_basis_and_repaired_by_another(at, access, man):
    credit = record_false_declaration(
        at(DAY), CreditRecord(person=man, region_id=COUNTY, fact="隐瞒已婚", basis="公安机关证明2026-1")
    )
    assert credit.expires_on == dt.date(2031, 5, 20)
    with pytest.raises(Refused, match="另一位工作人员"):
        repair_credit(at(DAY), credit, basis="更正声明")
    repair_credit(access("registrar2", DAY), credit, basis="更正声明")
    with pytest.raises(Refused, match="认定依据"):
        record_false_declaration(at(DAY), CreditRecord(person=man, region_id=COUNTY, fact="隐瞒", basis=" "))


@pytest.mark.covers("S-146", by="minzheng/business/marriage/care.py", screen="/desk/marriage/counsel/new/")
@pytest.mark.covers("S-147", by="minzheng/business/marriage/care.py", screen="/desk/marriage/counsel/new/")
def test_what_was_said_in_counselling_only_the_counsellor_reads(at, access, wedding, man):
    divorce = apply_for_divorce(at(dt.date(2026, 1, 20)), wedding)
    session = CounselSession(region_id=COUNTY, person=man, topic="冷静期辅导", result="eased", consented=True)
    record_counselling(at(dt.date(2026, 2, 2)), session, "常年在外打工")
    assert session.divorce == divorce
    assert read_notes(at(DAY), session) == "常年在外打工"
    for login in ("registrar2", "approver", "auditor"):
        with pytest.raises(PermissionDenied, match="只有辅导员本人"):
            read_notes(access(login, DAY), session)
    without = CounselSession(
        region_id=COUNTY, person=man, topic="婚前辅导", result="going_on", consented=False
    )
    with pytest.raises(Refused, match="同意"):
        record_counselling(at(DAY), without, "")


def test_an_alert_opens_a_task_that_tells_no_names(at, woman):
    alert = raise_alert(
        at(DAY), RiskAlert(region_id=COUNTY, person=woman, kind="trafficking"), "不会说自己名字"
    )
    task = Task.objects.get(origin=f"marriage-alert:{alert.pk}")
    assert woman.name not in f"{task.title}{task.reason}{task.detail}" and task.person_id is None
    assert number_of(dt.date(1996, 4, 2), 2) not in str(task.detail)
