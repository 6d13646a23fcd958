"""A foundling: applied for, searched for, evaluated, adopted; a stranger checks the certificate, the orphan's benefit ends."""

import datetime as dt

import pytest
from playwright.sync_api import expect

from minzheng.business.adoption.models import Adoption, Application, Evaluation, Unsealing
from minzheng.business.adoption.tests.families import TEAM, home_of, issuer, person, scores
from minzheng.foundation.benefits.actions import grant
from minzheng.foundation.benefits.models import Entitlement
from minzheng.foundation.benefits.timeline import Why
from minzheng.foundation.certificates.models import Issued
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
START = dt.date(2026, 3, 2)
DAY = dt.timedelta(days=1)


def fill_in(page, values, chosen):
    for name, text in values.items():
        page.locator(f'[name="{name}"]').fill(str(text))
    for name, value in chosen.items():
        page.locator(f'[name="{name}"][value="{value}"]').check()


def press(page, name, said):
    page.get_by_role("button", name=name, exact=True).click()
    expect(page.get_by_text(said).first).to_be_visible()


@pytest.mark.covers("S-130", by="minzheng/online/desk/adoption/views.py", screen="/desk/adoption/")
@pytest.mark.covers(
    "S-131", by="minzheng/online/desk/adoption/evaluations.py", screen="/desk/adoption/evaluations/"
)
@pytest.mark.covers("S-132", by="minzheng/online/desk/adoption/archive.py", screen="/desk/adoption/archive/")
def test_a_foundling_finds_a_family(open_page, cast, on_day, access):
    issuer()
    mother, child = cast["xiuying"].person, person("党新生", "2024-02-29", 12)
    home_of(mother)
    why = Why("granted", "测试", dt.date(2026, 1, 5))
    right = grant(access("approver", why.decided_on), child, code="orphan", amount_fen=150_000, why=why)

    on_day(START)
    desk = open_page("/desk/adoption/", user=cast["registrar"])
    desk.get_by_role("link", name="受理收养登记").click()
    assert serious_problems(desk) == []
    fill_in(
        desk,
        {
            "adopter_name": mother.name, "adopter_id_no": mother.id_no, "children_count": 0,
            "child_name": child.name, "child_id_no": child.id_no,
            "placer_is": "新晃县儿童福利院", "found": "2024年3月1日在客运站发现。", "police_no": "公刑捡字1号",
        },
        {
            "adopter_married": "no", "kind": "查找不到生父母", "child_disabled": "no", "child_in_institution": "yes",
            "placer": "institution", "registry_is_right": "yes", "may_be_told": "no",
        },
    )  # fmt: skip
    picture(desk, "adoption-new")
    press(desk, "受理", "已受理，编号 431227-2026-SY000001")
    expect(desk.get_by_text("客运站")).to_have_count(0)
    assert serious_problems(desk) == []
    page_of = desk.url

    desk.get_by_role("link", name="发布寻亲公告").click()
    fill_in(desk, {"medium": "怀化日报", "issue_no": "第3版", "began_on": START}, {})
    press(desk, "发布寻亲公告", "2026年5月1日")
    desk.get_by_role("link", name="登记查明的情况").click()
    sides = {"adopter.adopter_willing": "yes", "adopter.adopter_able": "yes"}
    bars = {"adopter.adopter_barred_by_illness": "no", "adopter.adopter_harmful_record": "no"}
    fill_in(desk, {}, {"placer_entitled": "yes", "placer_agrees": "yes", **sides, **bars})
    press(desk, "登记查明的情况", "已登记。")
    desk.get_by_role("link", name="组织收养评估").click()
    for login in TEAM:
        desk.get_by_label(cast[login].display_name).check()
    press(desk, "组织收养评估", "已组织评估")
    picture(desk, "adoption-application")
    assert serious_problems(desk) == []

    evaluation = Evaluation.objects.get()
    first = open_page("/desk/adoption/evaluations/", user=cast[TEAM[0]])
    first.get_by_role("link", name=mother.name).click()
    first.get_by_role("link", name="登记融合开始").click()
    fill_in(first, {"bonding_from": START}, {})
    press(first, "登记融合开始", "2026年4月1日")
    on_day(START + 14 * DAY)
    first.get_by_role("link", name="登记融合期走访").click()
    fill_in(first, {"on": START + 14 * DAY, "finding": "孩子已经愿意让养母抱。"}, {"well": "良好"})
    press(first, "登记融合期走访", "已登记走访")
    on_day(dt.date(2026, 4, 2))
    for login in TEAM:
        page = open_page(f"/desk/adoption/evaluations/{evaluation.pk}/score/", user=cast[login])
        fill_in(
            page,
            scores(evaluation, 80) | {"visited_on": dt.date(2026, 3, 20), "opinion": "适宜。"},
            {"clear": "都没有发现问题"},
        )
        page.locator('[name="pledged"]').check()
        assert serious_problems(page) == []
        picture(page, "adoption-score")
        press(page, "评分", "已评分")
    page.get_by_role("link", name="出具评估报告").click()
    fill_in(page, {"report": "两名评估员意见一致，适宜收养。"}, {})
    press(page, "出具评估报告", "评估通过")
    picture(page, "adoption-evaluation")
    assert serious_problems(page) == []

    last = dt.date(2026, 5, 1)
    on_day(last)
    desk.goto(page_of)
    expect(desk.get_by_text("寻亲公告没有期满").first).to_be_visible()
    on_day(last + DAY)
    desk.goto(page_of)
    expect(desk.get_by_text("可以登记").first).to_be_visible()
    desk.get_by_role("link", name="予以登记").click()
    press(desk, "予以登记", "已登记。请当场打印")
    desk.get_by_role("link", name="打印收养登记证").click()
    expect(desk.get_by_role("heading", name="（2026）新晃收字00001")).to_be_visible()
    expect(desk.get_by_text(child.name)).to_have_count(0)
    assert serious_problems(desk) == []
    picture(desk, "adoption-row")
    right.refresh_from_db()
    assert (right.state, right.end_reason, right.until_month) == ("ended", "adopted", dt.date(2026, 5, 1))

    phone = open_page("/portal/adoption/", user=cast["xiuying"], width=390)
    expect(phone.get_by_text("（2026）新晃收字00001").first).to_be_visible()
    assert serious_problems(phone) == []
    picture(phone, "adoption-phone")
    stranger = open_page(f"/verify/{Issued.objects.get(kind='adopted').token}/", width=390)
    expect(stranger.get_by_text("有效").first).to_be_visible()
    expect(stranger.get_by_text("2026年5月2日").first).to_be_visible()
    expect(stranger.get_by_text(child.name)).to_have_count(0)

    open_the_file(open_page, cast, desk, mother, child)


def open_the_file(open_page, cast, desk, mother, child):
    """The adopter comes back for the file: asked by one, allowed by another, read by the first."""
    desk.get_by_role("link", name="申请查阅档案").click()
    fill_in(desk, {}, {"asker": "adopter", "with_origin": "no"})
    desk.get_by_label("当事人姓名").fill(mother.name)
    fill_in(desk, {"id_no": mother.id_no, "purpose": "办理孩子入学"}, {})
    press(desk, "申请查阅档案", "已申请")
    approver = open_page("/desk/adoption/unsealings/", user=cast["approver"])
    approver.get_by_role("link", name="办理孩子入学").click()
    picture(approver, "adoption-unsealing")
    approver.get_by_role("link", name="核准打开").click()
    press(approver, "核准打开", "已核准")
    assert serious_problems(approver) == []
    desk.goto(approver.url.replace("allow/", ""))
    desk.get_by_role("link", name="打开档案").click()
    expect(desk.get_by_text(child.name).first).to_be_visible()
    expect(desk.get_by_text("没有核准查阅生父母情况")).to_be_visible()
    picture(desk, "adoption-file")
    assert (Application.objects.count(), Adoption.objects.count(), Unsealing.objects.count()) == (1, 1, 1)
    assert not Entitlement.objects.filter(benefit="orphan", state="active").exists()
