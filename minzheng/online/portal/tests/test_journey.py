"""杨秀英 applies for dibao on her phone, for EX01's family of three, without and with scripts."""

import pytest
from playwright.sync_api import expect

from minzheng.foundation.cases.models import Case
from minzheng.online.portal.tests.applying import family_section, members_section, rest, start
from minzheng.online.portal.tests.family import CHILD, HUSBAND, PDF, Writer
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.mark.covers("S-014", by="minzheng/online/portal/apply/views.py", screen="/portal/")
def test_it_takes_a_family_from_the_guide_to_the_receipt_on_a_phone(open_page, cast):
    writer = start(open_page, cast)
    page = writer.page
    writer.follow("家庭基本情况")
    family_section(writer)
    members_section(writer)
    rest(writer)
    assert "最低生活保障申请" in writer.heading
    writer.follow("家庭成员签署核对授权").follow("我来签署")
    assert serious_problems(page) == []
    page.get_by_role("checkbox").check()
    writer.go_on("签署")
    writer.follow("上传签好的授权书")
    page.get_by_label("签好的授权书照片").set_input_files(PDF)
    writer.go_on("上传")
    expect(page.get_by_text("不用签：由监护人代签")).to_have_count(1)
    writer.follow("回到填写进度").follow("核对并提交")
    assert serious_problems(page) == []
    expect(page.get_by_text("每月1,020.00元")).to_have_count(1)
    expect(page.get_by_text(HUSBAND[1]), "numbers are masked").to_have_count(0)
    writer.go_on("提交申请")
    assert writer.heading == "申请已提交"
    picture(page, "receipt")
    case = Case.objects.get()
    assert (case.channel, case.status) == ("portal", "submitted")
    expect(page.get_by_text(case.number)).to_have_count(1)
    assert serious_problems(page) == []
    assert [person["name"] for person in case.data["members"]] == ["杨秀英", HUSBAND[0], CHILD[0]]


def test_it_works_without_scripts_and_in_the_elder_version(open_page, cast):
    writer = start(open_page, cast, scripts=False, elder=True)
    writer.follow("家庭基本情况")
    family_section(writer)
    assert "共同生活的家庭成员" in writer.heading
    assert set(Case.objects.get().data) >= {"category", "address", "phone", "reason", "story", "members"}


def test_it_goes_on_where_one_left_off_after_the_session_has_expired(open_page, cast):
    writer = start(open_page, cast)
    writer.follow("家庭基本情况").choose("农村").go_on()
    writer.type("现在住在哪里", "新村三组12号").go_on("先存着，下次再填")
    writer.page.context.clear_cookies()
    writer.page.reload()
    assert "登录" in writer.page.title()
    later = Writer(open_page("/portal/", user=cast["xiuying"], width=390))
    later.follow("最低生活保障").follow("家庭基本情况")
    assert writer.heading != later.heading
    assert later.heading == "联系电话"
    assert Case.objects.get().data["address"] == "新村三组12号"


def test_it_says_what_is_wrong_and_leads_to_the_field(open_page, cast):
    writer = start(open_page, cast)
    page = writer.page
    writer.follow("家庭成员和收入").follow("再加一个家庭成员")
    writer.type("姓名", "吴绍华").type("身份证号", "431227197903080021").choose("配偶").go_on()
    assert page.title().startswith("有误：")
    link = page.get_by_role("link", name="身份证号校验不通过")
    link.click()
    assert page.evaluate("document.activeElement.name") == "id_no"
    assert page.get_by_label("姓名").input_value() == "吴绍华"
    assert serious_problems(page) == []
