"""The finance office in a real browser: a month from the list to the proof, on desktop and phone."""

import os
from pathlib import Path

import pytest

from minzheng.foundation.benefits.tests.making import FAMILY, day, grant_family, make_household
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.tests.office import answer_text
from tests.browser import serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def check(page, name, width):
    """Accessible and inside the width; a picture is kept where PAYMENT_PICTURES says."""
    if folder := os.environ.get("PAYMENT_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)
    assert serious_problems(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def confirm(page, opener, button):
    page.get_by_role("button", name=opener).click()
    page.get_by_role("dialog").get_by_role("button", name=button, exact=True).click()


PAPERS = [
    ("budget", "县预〔2026〕1号", "central", 150_000),
    ("budget", "县预〔2026〕1号", "county", 40_000),
    ("allocation", "财社〔2026〕36号", "central", 90_000),
    ("allocation", "县财〔2026〕5号", "county", 30_000),
]


@pytest.mark.covers("S-223", by="minzheng/foundation/funds/actions.py", screen="/desk/payments/funds/")
@pytest.mark.covers("S-017", by="minzheng/foundation/payments/actions.py", screen="/desk/payments/")
@pytest.mark.parametrize("width", [1280, 390])
def test_it_pays_a_month_from_the_list_to_the_proof(
    open_page, cast, office, approver, on_day, tmp_path, width
):
    for kind, number, fund, fen in PAPERS:
        office.paper(kind, number, fund, fen)
    grant_family(approver, household=make_household("吴老三", "杨妹"))
    silent = grant_family(approver, 40000, household=make_household("蒲大爷"))
    silent.payee.bank_account = ""
    silent.payee.save()
    on_day(day("2026-03-10"))

    page = open_page("/desk/payments/new/", user=cast["finance"], width=width)
    page.get_by_label("待遇").select_option(label=FAMILY.title)
    check(page, "new", width)
    page.get_by_role("button", name="计算名单").click()
    page.get_by_text("没有银行账号").wait_for()
    check(page, "draft", width)
    confirm(page, "冻结名单", "冻结")
    page.get_by_text("编制和复核不能是同一个人").wait_for()
    batch = Batch.objects.get()

    checker = open_page(f"/desk/payments/{batch.pk}/", user=cast["finance2"], width=width)
    check(checker, "frozen", width)
    confirm(checker, "复核通过", "复核通过")
    checker.get_by_text("已复核，可以送出。").wait_for()

    page.reload()
    confirm(page, "送出发放指令", "送出")
    page.get_by_text("没有回盘结果").wait_for()
    check(page, "sent", width)
    assert "|630.00|" in (tmp_path / "outbox" / f"{batch.number}.txt").read_text()

    reply = tmp_path / "回盘.txt"
    reply.write_text(answer_text(batch))
    page.get_by_label("回盘文件").set_input_files(reply)
    page.get_by_role("button", name="导入回盘文件").click()
    page.get_by_text("逐行核对一致").wait_for()
    check(page, "answer", width)
    page.get_by_role("link", name="回到批次").click()
    confirm(page, "办结批次", "办结")
    page.get_by_text("批次已办结").wait_for()
    check(page, "closed", width)
    for path in ("", "proof/", "funds/", "funds/new/", "ledger/", "recoveries/", f"{batch.pk}/lines/"):
        page.goto(page.url.split("/desk/")[0] + f"/desk/payments/{path}")
        check(page, path.replace("/", "-") or "batches", width)
