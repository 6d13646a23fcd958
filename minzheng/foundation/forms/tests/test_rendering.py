"""Questions as boxes on a page: what comes back is what clean_row says, and an upload is never lost."""

import datetime as dt

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import QueryDict
from django.utils.datastructures import MultiValueDict

from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import store_document
from minzheng.foundation.forms import Question, when
from minzheng.foundation.forms.rendering import Uploads, django_form

TODAY = dt.date(2026, 11, 2)
QUESTIONS = (
    Question("wage", "工资", "money_flow", hint="税前。"),
    Question("deposits", "存款", "money"),
    Question("has_car", "有车吗？", "yes_no"),
    Question("plate", "车牌", show_if=when("has_car", True)),
    Question("ills", "疾病", "choices", options=(("a", "甲"), ("b", "乙")), required=False),
)
PAPERS = Question("papers", "户口簿照片", "files")
PDF = b"%PDF-1.7\n%%EOF"


def posted(text=""):
    return QueryDict(text)


def test_it_shows_saved_answers_as_one_would_type_them():
    saved = {"wage": {"fen": 102050, "period": "year"}, "deposits": 500, "has_car": False, "ills": ["b"]}
    html = str(django_form(QUESTIONS, initial=saved))
    assert 'value="1020.50"' in html
    assert '<option value="year" selected>' in html
    assert 'name="deposits" value="5"' in html
    assert 'value="no" id="id_has_car_1" checked' in html
    assert 'value="b" id="id_ills_1" checked' in html


def test_it_returns_cleaned_answers_without_what_was_not_asked():
    form = django_form(
        QUESTIONS,
        posted("wage=1020.5&wage_period=month&deposits=0&has_car=no&plate=湘N1&ills=a&ills=b"),
        today=TODAY,
    )
    assert form.is_valid(), form.errors
    assert form.answers == {
        "wage": {"fen": 102050, "period": "month"},
        "deposits": 0,
        "has_car": False,
        "ills": ["a", "b"],
    }


def test_it_puts_each_error_at_its_box_and_keeps_what_was_typed():
    form = django_form(QUESTIONS, posted("wage=一千&wage_period=year&deposits=-5&has_car="), today=TODAY)
    assert not form.is_valid()
    assert set(form.errors) == {"wage", "deposits", "has_car"}
    html = str(form)
    assert 'value="一千"' in html
    assert 'value="-5"' in html
    assert 'aria-invalid="true"' in html


def test_it_asks_by_conditions_on_answers_of_other_pages():
    only_plate = QUESTIONS[3:4]
    assert django_form(only_plate, posted("plate="), answers={"has_car": False}).is_valid()
    assert not django_form(only_plate, posted("plate="), answers={"has_car": True}).is_valid()


@pytest.fixture
def send(cast, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path

    def submit(text="", *uploads, initial=None, extra=(), user="xiuying"):
        files = MultiValueDict({"papers": [SimpleUploadedFile(name, content) for name, content in uploads]})
        return django_form(
            (PAPERS, *extra), posted(text), files, initial=initial, today=TODAY, uploads=Uploads(cast[user])
        )

    return submit


def test_it_keeps_old_files_adds_new_ones_and_drops_those_unticked(send):
    first = send("", ("a.pdf", PDF), ("b.pdf", PDF + b"b"))
    assert first.is_valid(), first.errors
    a, b = first.answers["papers"]
    second = send(
        f"papers_kept={a}&papers_kept={b}&papers_drop={a}", ("c.pdf", PDF + b"c"), initial=first.answers
    )
    assert second.is_valid()
    assert second.answers["papers"][0] == b
    assert len(second.answers["papers"]) == 2


def test_it_replaces_the_old_file_where_only_one_is_asked_for(cast, send):
    card = Question("card", "银行卡照片", "file")
    uploads = Uploads(cast["xiuying"])
    old = django_form(
        (card,), posted(), MultiValueDict({"card": [SimpleUploadedFile("a.pdf", PDF)]}), uploads=uploads
    )
    assert old.is_valid()
    new = django_form(
        (card,),
        posted(f"card_kept={old.answers['card'][0]}"),
        MultiValueDict({"card": [SimpleUploadedFile("b.pdf", PDF)]}),
        initial=old.answers,
        uploads=uploads,
    )
    assert new.is_valid()
    assert len(new.answers["card"]) == 1
    assert new.answers != old.answers


def test_it_keeps_an_upload_when_another_answer_on_the_page_is_wrong(send):
    form = send("deposits=-5", ("户口簿.pdf", PDF), extra=(QUESTIONS[1],))
    assert not form.is_valid()
    kept = Document.objects.get()
    html = str(form)
    assert f'name="papers_kept" value="{kept.pk}"' in html
    assert "户口簿.pdf" in html
    again = send(f"papers_kept={kept.pk}&deposits=5", extra=(QUESTIONS[1],))
    assert again.is_valid()
    assert again.answers == {"papers": [kept.pk], "deposits": 500}


def test_it_says_which_file_was_refused_and_keeps_the_good_one(send, settings):
    settings.MAX_UPLOAD_BYTES = 100
    form = send("", ("小.pdf", PDF), ("大.pdf", PDF + bytes(200)))
    assert form.errors["papers"][0].startswith("“大.pdf”有")
    assert "小.pdf" in str(form)


def test_it_attaches_no_strangers_file_by_its_number(send, cast):
    strangers = store_document(SimpleUploadedFile("x.pdf", PDF), kind="papers", user=cast["clerk"])
    form = send(f"papers_kept={strangers.pk}")
    assert form.errors["papers"] == ["请上传：户口簿照片。"]
