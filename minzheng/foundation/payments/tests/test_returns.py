"""The bank's answer: what agrees is taken once, everything else is shown and changes nothing."""

import io

import pytest
from openpyxl import Workbook

from minzheng.foundation.actions import Refused
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.ledger.models import Kind
from minzheng.foundation.payments import actions, returns
from minzheng.foundation.payments.models import ReturnFile
from minzheng.foundation.payments.tests.office import COUNTY, answer_text, assert_proven

pytestmark = pytest.mark.django_db


@pytest.fixture
def sent(office, approver):
    for name in ("甲", "乙", "丙"):
        grant_nursing(approver, person=make_person(name))
    return office.send(office.freeze(office.make("2026-01")))


def row(batch, number, amount="70.00", code="00"):
    return f"D|{batch.number}-{number:07d}|{amount}|{code}|"


def problems(file):
    return list(file.rows.order_by("row_number").values_list("problem", flat=True))


def test_it_settles_paid_and_failed_and_moves_the_money(office, sent):
    file = office.answer(sent, 乙="01")
    assert (file.paid_count, file.paid_fen, file.failed_count, file.failed_fen) == (2, 14000, 1, 7000)
    assert balance("test_nursing", COUNTY, Kind.PAID) == 14000
    assert balance("test_nursing", COUNTY, Kind.TRANSIT) == 0
    assert_proven("2026-01")


def test_it_takes_the_same_file_once(office, sent):
    first = office.answer(sent, text=(text := answer_text(sent)))
    assert office.answer(sent, text=text) == first
    assert ReturnFile.objects.count() == 1
    assert balance("test_nursing", COUNTY, Kind.PAID) == 21000


@pytest.mark.parametrize(
    ("wrong", "problem"),
    [
        (lambda batch: row(batch, 9), "unknown"),
        (lambda batch: "D|别的批次-0000001|70.00|00|", "unknown"),
        (lambda batch: row(batch, 3, "70.01"), "amount"),
        (lambda batch: row(batch, 3, code="88"), "code"),
        (lambda batch: row(batch, 1), "duplicate"),
        (lambda batch: row(batch, 1, code="01"), "duplicate"),
    ],
)
def test_it_reports_a_wrong_row_and_takes_the_others(office, sent, wrong, problem):
    rows = [row(sent, 1), row(sent, 2), wrong(sent)]
    file = office.answer(sent, text=answer_text(sent, rows=rows))
    assert problems(file)[-1] == problem
    assert file.paid_count == (1 if problem == "duplicate" else 2)
    assert_proven("2026-01")


def test_it_reports_a_row_it_cannot_read(office, sent):
    content = f"R|MZ-YKT-R1|{sent.number}\nD|{sent.number}-0000001|七十|00|\nT|1|0.00"
    assert problems(office.answer(sent, text=content)) == ["unreadable"]


def test_it_reports_a_later_answer_that_says_something_else(office, sent):
    office.answer(sent)
    again = office.answer(sent, text=answer_text(sent, rows=[row(sent, 1), row(sent, 2, code="03")]))
    assert problems(again) == ["repeated", "contradiction"]
    assert balance("test_nursing", COUNTY, Kind.PAID) == 21000


def test_it_keeps_the_unanswered_in_flight_and_the_batch_open(office, sent):
    office.answer(sent, text=answer_text(sent, rows=[row(sent, 1)]))
    assert balance("test_nursing", COUNTY, Kind.TRANSIT) == 14000
    with pytest.raises(Refused, match="还有 2 笔没有回盘结果"):
        actions.close(office.maker, sent)
    office.answer(sent, text=answer_text(sent, rows=[row(sent, 2), row(sent, 3)]))
    assert actions.close(office.maker, sent).state == "closed"
    assert_proven("2026-01")


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("", "不是回盘文件"),
        ("R|MZ-YKT-R1|别的批次\nT|0|0.00", "不是本批次"),
        ("R|MZ-YKT-R1|{number}\nD|{number}-0000001|70.00|00|", "没有合计行"),
        ("R|MZ-YKT-R1|{number}\nD|{number}-0000001|70.00|00|\nT|2|140.00", "合计行与明细不符"),
    ],
)
def test_it_refuses_a_file_that_cannot_be_the_answer(office, sent, content, message):
    with pytest.raises(Refused, match=message):
        office.answer(sent, text=content.format(number=sent.number))
    assert not ReturnFile.objects.exists()


def test_it_reads_an_answer_in_the_banks_old_encoding(sent):
    text = answer_text(sent, rows=[row(sent, 1, code="01") + "账号不存在"])
    assert next(returns.read("回盘.txt", text.encode("gb18030"), sent.number)).note == "账号不存在"


def xlsx(rows):
    book = Workbook()
    for cells in rows:
        book.active.append(cells)
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def test_it_reads_an_answer_as_a_table_with_typed_numbers(office, sent):
    content = xlsx([list(returns.COLUMNS), [f"{sent.number}-0000001", 70.0, "00", None]])
    file = actions.import_return(office.maker, sent, name="回盘.xlsx", content=content)
    assert (file.paid_count, file.problem_count) == (1, 0)


@pytest.mark.parametrize(
    ("content", "message"), [(b"PK\x03\x04broken", "不是 .xlsx 文件"), (xlsx([["甲", "乙"]]), "第一行应为")]
)
def test_it_refuses_a_table_that_is_not_an_answer(office, sent, content, message):
    with pytest.raises(Refused, match=message):
        actions.import_return(office.maker, sent, name="回盘.xlsx", content=content)


def test_it_expects_no_answer_to_a_batch_that_was_not_sent(office, approver):
    grant_nursing(approver)
    batch = office.freeze(office.make("2026-01"))
    with pytest.raises(Refused, match="还没有送出"):
        office.answer(batch, text=answer_text(batch, rows=[]))
