"""Storing once, and opening by right only."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.documents import guards
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import own_documents, store_document
from minzheng.foundation.documents.tests.test_check import photo

PDF = b"%PDF-1.7\n%%EOF"


@pytest.fixture(autouse=True)
def media(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def paper(cast):
    return store_document(
        SimpleUploadedFile("C:\\My<b>\\户口簿 (1).exe", PDF), kind="hukou_book", user=cast["xiuying"]
    )


def test_it_keeps_the_name_without_its_path_and_with_its_real_ending(paper):
    assert paper.name == "户口簿 (1).pdf"


def test_it_stores_the_same_paper_once(paper, cast, tmp_path):
    again = store_document(SimpleUploadedFile("copy.pdf", PDF), kind="hukou_book", user=cast["clerk"])
    assert again.pk != paper.pk
    assert again.file.name == paper.file.name
    assert len([path for path in tmp_path.rglob("*") if path.is_file()]) == 1


def test_it_records_every_upload(paper, cast):
    entry = AuditEntry.objects.get(action="document.store")
    assert (entry.actor, entry.subject_id, entry.detail) == (
        cast["xiuying"],
        str(paper.pk),
        {"kind": "hukou_book"},
    )


def test_it_shows_the_uploader_the_paper_as_a_download_and_records_it(paper, cast, client):
    client.force_login(cast["xiuying"])
    response = client.get(f"/documents/{paper.pk}/")
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response["Cache-Control"] == "private, no-store"
    entry = AuditEntry.objects.get(action="document.read")
    assert entry.persons == [cast["xiuying"].person_id]


def test_it_shows_a_photo_in_place(cast, client):
    picture = store_document(SimpleUploadedFile("家.jpg", photo()), kind="house", user=cast["xiuying"])
    client.force_login(cast["xiuying"])
    assert client.get(f"/documents/{picture.pk}/")["Content-Disposition"].startswith("inline")


@pytest.mark.parametrize("username", ["clerk", "outsider", "admin"])
def test_it_hides_a_paper_from_whoever_has_no_right_to_what_it_belongs_to(paper, cast, client, username):
    client.force_login(cast[username])
    assert client.get(f"/documents/{paper.pk}/").status_code == 404
    assert not AuditEntry.objects.filter(action="document.read").exists()


def test_it_asks_a_visitor_to_log_in(paper, client):
    assert "/account/login/" in client.get(f"/documents/{paper.pk}/").url


def test_it_lets_the_owning_app_say_who_else_may_see(paper, cast, client, monkeypatch):
    def of_the_case(access, document):
        return guards.Sight((7,), "431227107203") if "township_clerk" in access.roles else None

    monkeypatch.setattr(guards, "_guards", [of_the_case])
    client.force_login(cast["clerk"])
    assert client.get(f"/documents/{paper.pk}/").status_code == 200
    assert AuditEntry.objects.get(action="document.read").persons == [7]
    client.force_login(cast["outsider"])
    assert client.get(f"/documents/{paper.pk}/").status_code == 404


def test_it_lets_nobody_attach_a_strangers_paper_by_its_number(paper, cast):
    assert own_documents([str(paper.pk), "x", 999999], cast["xiuying"]) == [paper.pk]
    assert own_documents([paper.pk], cast["clerk"]) == []
    assert Document.objects.count() == 1
