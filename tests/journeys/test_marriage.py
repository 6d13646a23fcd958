"""A couple books, marries, holds out the certificate, a stranger checks it; and a divorce on the last day of its window."""

import datetime as dt
import io

import pytest
from PIL import Image, ImageDraw
from playwright.sync_api import expect

from minzheng.business.marriage.models import Divorce, Registration
from minzheng.business.marriage.tests.couples import marry, person, registry
from minzheng.foundation.booking.actions import open_counter
from minzheng.foundation.booking.models import Booking, Counter, Hours
from minzheng.foundation.certificates.models import Issued
from tests.browser import picture, serious_problems

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
MONDAY = dt.date(2026, 5, 18)
DAY = dt.date(2026, 5, 20)


@pytest.fixture
def office(cast, access):
    counter = Counter(kind="marriage", region_id="431227000000", name="新晃婚姻登记处", address="人民路1号")
    hours = Hours(since=MONDAY, starts=dt.time(9), ends=dt.time(11), minutes=60, quota=2)
    open_counter(access("registrar", MONDAY), counter, [hours])
    return registry(cast)


@pytest.fixture
def groom(cast):
    return person("龙大山", "1980-03-01", 1)


def joint_photo(folder):
    image = Image.new("RGB", (530, 350), (170, 30, 35))
    draw = ImageDraw.Draw(image)
    for x in (185, 345):
        draw.ellipse((x - 45, 70, x + 45, 175), fill=(238, 205, 180))
        draw.rounded_rectangle((x - 85, 200, x + 85, 360), 40, fill=(250, 250, 250))
    made = io.BytesIO()
    image.save(made, "JPEG")
    path = folder / "合影.jpg"
    path.write_bytes(made.getvalue())
    return path


def book_on_a_phone(open_page, cast, groom):
    page = open_page("/portal/bookings/", user=cast["xiuying"], width=390)
    page.get_by_role("link", name="结婚登记").click()
    picture(page, "booking-days")
    assert serious_problems(page) == []
    page.get_by_role("link", name="5月20日").click()
    page.get_by_label("09:00–10:00").check()
    page.get_by_label("对方姓名").fill(groom.name)
    page.get_by_label("对方身份证号").fill(groom.id_no)
    page.get_by_label("联系电话").fill("13912345678")
    assert serious_problems(page) == []
    page.get_by_role("button", name="确定预约").click()
    code = page.locator(".booking-code").inner_text()
    assert serious_problems(page) == []
    picture(page, "booking-code")
    return code


def fill_in(page, values, chosen):
    for name, text in values.items():
        page.locator(f'[name="{name}"]').fill(text)
    for name, value in chosen.items():
        page.locator(f'[name="{name}"][value="{value}"]').check()


@pytest.mark.covers("S-140", by="minzheng/online/desk/marriage/views.py", screen="/desk/marriage/wedding/")
@pytest.mark.covers("S-142", by="minzheng/business/marriage/certificates.py", screen="/portal/certificates/")
def test_a_couple_books_marries_and_a_stranger_checks_the_certificate(
    open_page, cast, on_day, office, groom, tmp_path
):
    on_day(MONDAY)
    code = book_on_a_phone(open_page, cast, groom)
    on_day(DAY)
    desk = open_page("/desk/bookings/", user=cast["registrar"])
    expect(desk.get_by_text(code)).to_be_visible()
    picture(desk, "booking-desk")
    desk.get_by_role("button", name="到场", exact=True).click()
    desk.get_by_role("link", name="婚姻登记", exact=True).first.click()
    assert serious_problems(desk) == []
    desk.get_by_role("link", name="开始登记").click()
    assert desk.locator('[name="woman_name"]').input_value() == "杨秀英"
    sides = {
        f"{side}_{key}": value
        for side in ("man", "woman")
        for key, value in (("prior", "single"), ("elsewhere", "none"), ("willing", "yes"))
    }
    fill_in(desk, {}, sides | {"both_present": "yes", "near_kin": "yes"})
    desk.locator('[name="photo"]').set_input_files(joint_photo(tmp_path))
    desk.get_by_role("button", name="予以登记").click()
    expect(desk.get_by_text("不予登记：属于直系血亲或者三代以内旁系血亲").first).to_be_visible()
    picture(desk, "marriage-refused")
    fill_in(desk, {}, {"near_kin": "no"})
    desk.get_by_role("button", name="予以登记").click()
    desk.get_by_text("已登记，字号 J431227-2026-000001").wait_for()
    assert serious_problems(desk) == []
    picture(desk, "marriage-registered")
    assert Booking.objects.get().state == "came" and Registration.objects.count() == 1
    phone = open_page("/portal/certificates/", user=cast["xiuying"], width=390)
    phone.get_by_role("link", name="亮证").click()
    expect(phone.get_by_text("结婚证").first).to_be_visible()
    expect(phone.get_by_text("有效").first).to_be_visible()
    picture(phone, "marriage-shown")
    stranger = open_page(f"/verify/{Issued.objects.get(person=groom).token}/", width=390)
    expect(stranger.get_by_text("有效").first).to_be_visible()
    expect(stranger.get_by_text("2026年5月20日").first).to_be_visible()
    expect(stranger.get_by_text(groom.id_no[-4:])).to_have_count(0)
    picture(stranger, "marriage-verified")


def test_a_divorce_on_the_last_day_of_its_window(open_page, cast, on_day, office, groom, access):
    bride = cast["xiuying"].person
    wedding = marry(access("registrar", dt.date(2025, 6, 2)), office, groom, bride)
    applied = dt.date(2026, 1, 20)
    on_day(applied)
    desk = open_page("/desk/marriage/divorces/new/", user=cast["registrar"])
    yes = dict.fromkeys(
        ("in_mainland", "man_present", "woman_present", "man_willing", "woman_willing", "both_capable"), "yes"
    )
    texts = {
        "number": wedding.number,
        "will": "双方自愿",
        "children": "女儿随母",
        "property": "房子归女方",
        "debts": "没有债务",
    }
    fill_in(desk, texts, yes)
    assert serious_problems(desk) == []
    desk.get_by_role("button", name="受理", exact=True).click()
    desk.get_by_text("已受理").first.wait_for()
    picture(desk, "divorce-accepted")
    desk.get_by_role("link", name="受理回执单").click()
    expect(desk.get_by_text("2026年2月24日").first).to_be_visible()
    expect(desk.get_by_text("2026年3月26日").first).to_be_visible()
    picture(desk, "divorce-receipt")
    phone = open_page("/portal/marriage/", user=cast["xiuying"], width=390)
    expect(phone.get_by_text("2026年2月24日")).to_be_visible()
    assert serious_problems(phone) == []
    picture(phone, "divorce-phone")
    phone.get_by_role("link", name="看我们的协议").click()
    expect(phone.get_by_text("房子归女方")).to_be_visible()
    on_day(dt.date(2026, 3, 26))
    divorce = Divorce.objects.get()
    desk = open_page(f"/desk/marriage/divorces/{divorce.pk}/", user=cast["registrar"])
    fill_in(desk, {}, {key: value for key, value in yes.items() if key != "in_mainland"})
    assert serious_problems(desk) == []
    picture(desk, "divorce-window")
    desk.get_by_role("button", name="予以登记").click()
    desk.get_by_text("已登记，字号 L431227-2026-000001").wait_for()
    phone = open_page("/portal/certificates/", user=cast["xiuying"], width=390)
    expect(phone.get_by_text("离婚证").first).to_be_visible()
    expect(phone.get_by_text("已注销").first).to_be_visible()
