"""Two windows on one application: each page is saved for itself, and a clash shows both answers."""

import pytest

from minzheng.foundation.cases.models import Case
from minzheng.online.portal.apply.saving import fingerprint, row_fingerprint
from minzheng.online.portal.apply.walk import find_row_stop, find_stop


def path(case, *parts):
    return f"/portal/cases/{case.number}/apply/" + "".join(f"{part}/" for part in parts)


@pytest.fixture
def case(draft):
    return draft.case


@pytest.fixture
def seen(case):
    """The fingerprint that an open page carries."""

    def of(section, slug):
        return fingerprint(find_stop(case.service_item.form, case.data, section, slug), case.data)

    return of


def stored():
    return Case.objects.get().data


def test_it_saves_two_windows_on_different_questions_without_a_word(case, seen, xiuying, client):
    address, phone = seen("family", "address"), seen("family", "phone")
    client.post(path(case, "family", "address"), {"seen": address, "address": "新村四组1号"})
    client.post(path(case, "family", "phone"), {"seen": phone, "phone": "13800001111"})
    assert (stored()["address"], stored()["phone"]) == ("新村四组1号", "13800001111")


def test_it_shows_both_answers_when_two_windows_change_the_same_question(case, seen, xiuying, client):
    before = seen("family", "address")
    client.post(path(case, "family", "address"), {"seen": before, "address": "新村四组1号"})
    second = client.post(path(case, "family", "address"), {"seen": before, "address": "新村五组9号"})
    page = second.content.decode()
    assert "已保存的：新村四组1号" in page
    assert "您刚填的：新村五组9号" in page
    assert 'value="新村五组9号"' in page, "what was typed is still in the box"
    assert stored()["address"] == "新村四组1号"


def test_it_saves_the_one_that_the_citizen_chose(case, seen, xiuying, client):
    before = seen("family", "address")
    client.post(path(case, "family", "address"), {"seen": before, "address": "新村四组1号"})
    client.post(path(case, "family", "address"), {"seen": before, "address": "新村五组9号", "mine": "1"})
    assert stored()["address"] == "新村五组9号"


def test_it_adds_two_vehicles_from_two_windows(case, seen, xiuying, client):
    client.post(path(case, "property", "has_vehicles"), {"has_vehicles": "yes"})
    data = Case.objects.get().data
    stop = find_row_stop(case.service_item.form, data, "vehicles", 0, "plate")
    new = fingerprint(stop, data)
    for plate in ("湘N11111", "湘N22222"):
        client.post(path(case, "vehicles", 0, "plate"), {"seen": new, "plate": plate})
    assert [row["plate"] for row in stored()["vehicles"]] == ["湘N11111", "湘N22222"]


def test_it_does_not_delete_another_member_than_the_one_that_was_shown(case, xiuying, client):
    group = case.service_item.form.groups["members"]
    second = row_fingerprint(group, 1, case.data)
    remove = path(case, "members", 1, "remove")
    assert client.post(remove, {"seen": second}).url.endswith("/members/")
    again = client.post(remove, {"seen": second})
    assert again.url.endswith("?changed=1")
    assert [row["name"] for row in stored()["members"]] == ["杨秀英", "吴小宝"]
    assert "名单在另一个窗口改过了" in client.get(again.url).content.decode()


def test_it_empties_an_optional_answer(case, xiuying, client):
    client.post(path(case, "family", "story"), {"story": "有病人。"})
    assert stored()["story"] == "有病人。"
    client.post(path(case, "family", "story"), {"story": ""})
    assert "story" not in stored()


def test_it_keeps_half_a_page_when_one_leaves(case, xiuying, client):
    left = client.post(
        path(case, "payment", "bank_name"), {"bank_name": "农商银行", "bank_account": "", "leave": "1"}
    )
    assert left.url == path(case)
    assert stored()["bank_name"] == "农商银行"
    assert "bank_account" not in stored()


@pytest.mark.parametrize(("amount", "says"), [("-5", "不能是负数"), ("一千", "只填数字"), ("", "请填写")])
def test_it_refuses_a_wrong_amount_and_saves_nothing(case, xiuying, client, amount, says):
    page = client.post(path(case, "members", 0, "wage"), {"wage": amount, "wage_period": "month"})
    assert says in page.content.decode()
    assert stored()["members"][0]["wage"] == {"fen": 102000, "period": "month"}


def test_it_refuses_a_50_mb_photo_and_keeps_everything_else(case, xiuying, client):
    from django.core.files.uploadedfile import SimpleUploadedFile

    photo = SimpleUploadedFile("家.jpg", b"\xff\xd8\xff" + bytes(50 * 1024 * 1024))
    before = stored()
    page = client.post(f"/portal/cases/{case.number}/papers/illness_proof/", {"illness_proof": photo})
    assert "有 50 MB，超过 10 MB 的上限" in page.content.decode()
    assert stored() == before


def test_it_leads_back_to_check_your_answers_after_a_change(case, xiuying, client):
    changed = client.post(path(case, "family", "address") + "?back=check", {"address": "新村六组2号"})
    assert changed.url == f"/portal/cases/{case.number}/check/"


def test_it_asks_first_what_a_change_makes_necessary(case, xiuying, client):
    changed = client.post(
        path(case, "members", 0, "income_kinds") + "?back=check", {"income_kinds": ["wage", "other_income"]}
    )
    assert changed.url == path(case, "members", 0, "other_income") + "?back=check"


def test_it_keeps_what_was_typed_when_the_log_in_has_run_out(case, seen, cast, client):
    address = path(case, "family", "address")
    sent = client.post(address, {"seen": seen("family", "address"), "address": "新村七组8号"})
    assert "/account/login/" in sent.url
    client.force_login(cast["xiuying"])
    text = client.get(address).content.decode()
    assert "登录过期了，您填的还在" in text
    assert 'value="新村七组8号"' in text
    assert stored()["address"] == "新村三组12号", "nothing is saved before one is back"
    assert "登录过期了" not in client.get(address).content.decode()


def test_it_does_not_show_what_was_typed_to_somebody_else_who_logs_in(case, cast, client):
    client.post(path(case, "family", "address"), {"address": "新村七组8号"})
    client.force_login(cast["helper"])
    assert client.get(path(case, "family", "address")).status_code == 404


def test_it_asks_the_database_little_for_a_page(case, xiuying, client, django_assert_max_num_queries):
    for address, most in ((path(case, "members", 0, "wage"), 8), (path(case), 10), ("/portal/cases/", 6)):
        with django_assert_max_num_queries(most):
            client.get(address)
