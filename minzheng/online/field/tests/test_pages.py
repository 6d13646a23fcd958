"""走访 without scripts: whom the pages show to whom, what is recorded, what a photo may carry."""

import datetime as dt
import io
import uuid

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import ExifTags, Image

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.documents.models import Document
from minzheng.foundation.tasks.models import State, TaskVisit
from minzheng.foundation.tasks.visits import Position, VisitDraft, record_visit

TODAY = dt.date.today()


def answers(**more):
    given = {"outcome": "fine", "q-well": "yes", "no_position": "没有信号", "key": str(uuid.uuid4())}
    return given | more


def taken_at_home():
    """A photo in which the camera wrote where the family lives."""
    exif = Image.Exif()
    exif.get_ifd(ExifTags.IFD.GPSInfo)[ExifTags.GPS.GPSLatitude] = (27.0, 21.0, 40.0)
    written = io.BytesIO()
    Image.new("RGB", (64, 48)).save(written, "JPEG", exif=exif)
    return written.getvalue()


@pytest.mark.covers("S-056", by="minzheng/online/field/views.py", screen="/field/")
def test_the_round_masks_names_and_says_why_where_and_by_when(helper, task, family):
    task(on=TODAY - dt.timedelta(days=4)), task("club:2", on=TODAY, title="再看望一次")
    text = helper.get("/field/").content.decode()
    assert "石大*" in text and "石大爷" not in text and "13874500009" not in text
    assert "新村 三组" in text and "三组5号" in text
    assert text.index("已超 1 天") < text.index("再看望一次")
    read = AuditEntry.objects.get(title="查看走访清单")
    assert read.is_read and read.persons == [family.head_id]


def test_the_visits_page_names_the_family_and_the_number_comes_only_when_asked(helper, task, family):
    made = task(on=TODAY)
    page = helper.get(f"/field/tasks/{made.pk}/")
    assert "石大爷" in page.content.decode() and "三个月没有来过" in page.content.decode()
    assert "13874500009" not in page.content.decode()
    shown = helper.post(f"/field/tasks/{made.pk}/phone/")
    assert 'href="tel:13874500009"' in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    entry = AuditEntry.objects.get(title="查看联系电话")
    assert (entry.persons, entry.reason) == ([family.head_id], "走访联系")
    assert helper.get(f"/field/tasks/{made.pk}/phone/").status_code == 302


def test_the_form_names_nobody_because_a_phone_keeps_it(helper, task):
    text = helper.get(f"/field/tasks/{task(on=TODAY).pk}/visit/").content.decode()
    assert "身体好吗" in text
    assert not [word for word in ("石大", "三组", "13874500009") if word in text]


def test_it_records_a_visit_and_shows_the_receipt(helper, task, family):
    made = task(on=TODAY)
    sent = helper.post(
        f"/field/tasks/{made.pk}/visit/",
        answers(latitude="27.3612", longitude="109.1745", accuracy="12", no_position="", note="气色好"),
        follow=True,
    )
    assert "走访已登记" in sent.content.decode() and "误差约 12 米" in sent.content.decode()
    made.refresh_from_db()
    assert (made.state, made.record, made.note) == (State.DONE, {"well": True}, "气色好")


def test_a_photo_loses_the_place_that_the_camera_wrote(helper, task):
    photo = SimpleUploadedFile("现场.jpg", taken_at_home())
    helper.post(f"/field/tasks/{task(on=TODAY).pk}/visit/", answers(photos=photo))
    kept = TaskVisit.objects.get().photos.get()
    with Image.open(kept.file) as stored:
        assert not stored.getexif().get_ifd(ExifTags.IFD.GPSInfo)
    assert kept.capture == {}
    assert helper.get(f"/documents/{kept.pk}/").status_code == 200


def test_another_countys_officer_cannot_open_the_photo(helper, client, cast, task):
    helper.post(
        f"/field/tasks/{task(on=TODAY).pk}/visit/",
        answers(photos=SimpleUploadedFile("a.jpg", taken_at_home())),
    )
    kept = Document.objects.get()
    for username, status in (("clerk", 200), ("outsider", 404), ("xiuying", 404)):
        client.force_login(cast[username])
        assert client.get(f"/documents/{kept.pk}/").status_code == status


def test_a_picture_that_would_fill_the_memory_is_refused_and_nothing_is_lost(helper, task, monkeypatch):
    made = task(on=TODAY)
    monkeypatch.setattr("minzheng.foundation.documents.check.MAX_PIXELS", 64 * 48 - 1)
    bomb = SimpleUploadedFile("现场.jpg", taken_at_home())
    page = helper.post(f"/field/tasks/{made.pk}/visit/", answers(photos=bomb, note="气色好"))
    assert page.status_code == 422
    assert "像素太大" in page.content.decode() and "气色好" in page.content.decode()
    assert not TaskVisit.objects.exists()


def test_it_says_what_is_missing_to_people_and_to_the_phone(helper, task):
    made = task(on=TODAY)
    url = f"/field/tasks/{made.pk}/visit/"
    page = helper.post(url, {"key": str(uuid.uuid4())})
    assert page.status_code == 422 and "请选择走访结果" in page.content.decode()
    told = helper.post(
        url, {"key": str(uuid.uuid4()), "outcome": "fine"}, headers={"accept": "application/json"}
    )
    texts = [problem["text"] for problem in told.json()["problems"]]
    assert told.status_code == 422 and any("身体好吗" in text for text in texts)
    told = helper.post(url, answers(no_position=""), headers={"accept": "application/json"})
    assert told.json()["problems"] == [
        {"field": "id_no_position", "text": "请点“取得位置”，或写明没有定位的原因，例如“没有信号”。"}
    ]


def test_the_same_record_sent_twice_by_a_phone_is_kept_once(helper, task):
    made, sent = task(on=TODAY), answers()
    url = f"/field/tasks/{made.pk}/visit/"
    first = helper.post(url, sent, headers={"accept": "application/json"}).json()
    assert first["state"] == "kept" and not first["late"]
    assert helper.post(url, sent, headers={"accept": "application/json"}).json() == first
    assert TaskVisit.objects.count() == 1


def test_a_record_that_comes_too_late_is_shown_beside_the_first(helper, task, access):
    made = task(on=TODAY)
    first = VisitDraft(
        "needs_help", answers={"well": "no", "trouble": "腿疼"}, position=Position(missing="没有信号")
    )
    record_visit(access("clerk"), made, first)
    page = helper.post(
        f"/field/tasks/{made.pk}/visit/", answers(note="我看挺好"), follow=True
    ).content.decode()
    assert "已由别人办结" in page and "您的记录没有丢" in page
    assert "一切都好" in page and "我看挺好" in page and "需要帮助" in page and "龙建军" in page


@pytest.mark.parametrize("username", ["outsider", "clerk2", "finance", "province", "xiuying"])
def test_who_has_no_business_there_finds_nothing(client, cast, task, username):
    made = task(on=TODAY)
    client.force_login(cast[username])
    seen = username == "clerk2"  # the same township
    for path in (f"/field/tasks/{made.pk}/", f"/field/tasks/{made.pk}/visit/"):
        assert (client.get(path).status_code == 200) == seen
    assert (client.post(f"/field/tasks/{made.pk}/phone/").status_code == 200) == seen
    assert "石大" not in client.get("/field/").content.decode()
