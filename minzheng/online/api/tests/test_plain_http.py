"""Behind TLS, programs are refused where people are led on."""

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("path", ["/api/v1/items", "/identity/o/api/token"])
def test_a_program_without_tls_is_told_to_change_its_token(settings, path):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get(path)
    assert answer.status_code == 403 and answer["Content-Type"] == "application/problem+json"
    assert "https" in answer.json()["detail"]
    assert Client().get(path, secure=True).status_code != 403


def test_a_person_without_tls_is_led_on(settings):
    settings.SECURE_SSL_REDIRECT = True
    answer = Client().get("/")
    assert answer.status_code == 301 and answer["Location"].startswith("https://")


def test_nothing_is_refused_where_there_is_no_tls():
    assert Client().get("/api/v1/items").status_code == 200
