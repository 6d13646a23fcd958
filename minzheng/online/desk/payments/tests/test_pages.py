"""What each officer may see and do on the finance pages."""

import pytest
from django.urls import reverse

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.benefits.tests.making import grant_nursing, make_person, month
from minzheng.foundation.funds.models import FundPaper
from minzheng.foundation.ledger.books import balance
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.tests.office import COUNTY
from tests.counterparts.bank import Bank

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft(office, approver):
    office.fund()
    grant_nursing(approver, person=make_person("姚阿公"))
    return office.make("2026-01")


def address(name, *args):
    return reverse(f"desk:payments:{name}", args=args)


@pytest.mark.parametrize(
    ("who", "status"),
    [
        ("finance", 200),
        ("auditor", 200),
        ("reviewer", 200),
        ("clerk", 403),
        ("province", 403),
        ("outsider", 404),
    ],
)
def test_it_shows_a_batch_only_to_those_who_may_see_payments_of_that_county(as_user, draft, who, status):
    assert as_user(who).get(address("batch", draft.pk)).status_code == status


@pytest.mark.parametrize("name", ["freeze", "send", "deliver", "discard", "close"])
def test_it_lets_only_the_finance_office_move_a_batch(as_user, draft, name):
    for who, status in [("auditor", 403), ("approver", 403), ("clerk", 403)]:
        assert as_user(who).post(address(name, draft.pk)).status_code == status
    draft.refresh_from_db()
    assert draft.state == "draft"


def test_it_moves_nothing_by_a_mere_link(as_user, draft):
    assert as_user("finance").get(address("freeze", draft.pk)).status_code == 405


def test_it_refuses_a_freeze_without_the_total_that_was_seen(as_user, draft):
    page = as_user("finance").post(address("freeze", draft.pk), follow=True)
    assert "名单刚有变化" in page.content.decode()


def test_it_records_who_looked_at_the_list(as_user, draft):
    page = as_user("auditor").get(address("lines", draft.pk)).content.decode()
    assert "姚阿公" in page and "6230901234567890123" not in page
    entry = AuditEntry.objects.get(action="batch.read")
    assert draft.lines.get().person_id in entry.persons


def test_it_offers_no_file_before_the_batch_was_sent_and_records_who_takes_it(as_user, office, draft):
    finance = as_user("finance")
    assert finance.get(address("download", draft.pk, "txt")).status_code == 404
    office.send(office.freeze(draft))
    text = b"".join(finance.get(address("download", draft.pk, "txt")).streaming_content).decode()
    assert text.startswith(f"H|MZ-YKT-1|{draft.number}|")
    assert finance.get(address("download", draft.pk, "xlsx")).status_code == 200
    assert AuditEntry.objects.filter(action="payment.download").count() == 2
    assert as_user("auditor").get(address("download", draft.pk, "txt")).status_code == 403


def test_it_asks_the_bank_about_a_file_that_got_no_answer(
    as_user, office, draft, settings, django_capture_on_commit_callbacks
):
    finance, page = as_user("finance"), address("batch", draft.pk)
    with Bank("密钥") as bank:
        settings.PAYMENT_CHANNEL = "minzheng.foundation.payments.channels.http.Bank"
        settings.PAYMENT_BANK_URL, settings.PAYMENT_BANK_KEY = bank.url, "密钥"
        bank.misbehave(put="accept and hang up")
        with django_capture_on_commit_callbacks(execute=True):
            office.send(office.freeze(draft))
        assert "询问代发机构" in finance.get(page).content.decode()
        assert (
            "请先查询核对，不要重发"
            in finance.post(address("deliver", draft.pk), follow=True).content.decode()
        )
        assert as_user("auditor").post(address("enquire", draft.pk)).status_code == 403
        asked = finance.post(address("enquire", draft.pk), follow=True).content.decode()
        assert "代发机构已收到。" in asked and "取回盘文件" in asked
        assert (
            "已取回回盘：成功 1 笔" in finance.post(address("fetch", draft.pk), follow=True).content.decode()
        )
    assert len(bank.paid) == 1


PAPER = {
    "county": COUNTY,
    "kind": "allocation",
    "number": "湘财社指〔2026〕1号",
    "programme": "dibao",
    "fund": "central",
    "year": "2026",
    "amount": "1,000.50",
    "issued_on": "2026-01-05",
    "arrived_on": "2026-01-20",
}


def test_it_books_a_paper_once_and_only_after_a_second_person_has_checked_it(as_user, benefits, regions):
    finance = as_user("finance")
    finance.post(address("paper"), PAPER)
    assert balance("dibao", COUNTY) == 0
    page = finance.post(address("paper"), PAPER | {"amount": "9"}).content.decode()
    assert "已经登记过" in page
    assert "最多两位小数" in finance.post(address("paper"), PAPER | {"amount": "十"}).content.decode()
    paper = FundPaper.objects.get()
    check = reverse("registers:act", args=["fund-papers", paper.pk, "check"])
    finance.post(check)
    assert balance("dibao", COUNTY) == 0
    as_user("finance2").post(check)
    assert balance("dibao", COUNTY) == 100_050
    page = finance.get(address("funds") + "?year=2026").content.decode()
    assert "1,000.50" in page and "还没有发放过" in page


def test_it_refuses_a_paper_of_another_county(as_user, benefits, regions):
    as_user("finance").post(address("paper"), PAPER | {"county": "431228000000"})
    assert not FundPaper.objects.exists()


@pytest.mark.parametrize(("who", "status"), [("finance", 200), ("auditor", 200), ("clerk", 403)])
def test_it_shows_the_funds_only_to_those_who_may_see_payments(as_user, benefits, who, status):
    assert as_user(who).get(address("funds")).status_code == status


def test_it_shows_the_month_as_proven_or_not(as_user, office, draft):
    office.pay("2026-01")
    page = as_user("finance").get(address("proof")).content.decode()
    assert "分毫不差" in page
    page = as_user("finance").get(address("proof") + "?month=2026-02").content.decode()
    assert "当月未编制" in page and "核对不一致" in page


def test_it_keeps_the_number_of_queries_whatever_the_length_of_the_lists(
    as_user, office, approver, draft, django_assert_max_num_queries
):
    for number in range(30):
        grant_nursing(approver, person=make_person(f"老人{number}"))
    office.pay("2026-01")
    finance = as_user("finance")
    for name, arguments in [("batches", ()), ("batch", (draft.pk,)), ("lines", (draft.pk,)), ("ledger", ())]:
        with django_assert_max_num_queries(32):
            finance.get(address(name, *arguments))


def test_it_finds_no_other_countys_batches_in_the_list(as_user, draft):
    assert draft.number not in as_user("outsider").get(address("batches")).content.decode()
    assert Batch.objects.get().month == month("2026-01")
