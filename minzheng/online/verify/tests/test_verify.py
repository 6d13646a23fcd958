"""证照核验 without log-in, 亮证 on the holder's phone, and the officer's print."""

import datetime as dt
import os
import re
import subprocess
import tempfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from minzheng.foundation.audit.models import AuditEntry
from minzheng.foundation.certificates import actions, seals
from minzheng.foundation.certificates.models import Issued
from minzheng.foundation.certificates.tests.conftest import VILLAGE, card, issuer  # noqa: F401
from tests.browser import serious_problems

DB = pytest.mark.django_db
TODAY = dt.date.today()


def client_of(user=None):
    client = Client()
    if user is not None:
        client.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def certificate(card, issuer, cast, access):  # noqa: F811
    person = cast["xiuying"].person
    made = actions.issue(
        access("approver"), "test_card", person, region=VILLAGE, origin="case:1", today=TODAY
    )
    made.refresh_from_db()
    return made


@DB
def test_it_tells_a_stranger_whether_the_paper_is_valid_and_no_more(certificate):
    page = client_of().get(f"/verify/{certificate.token}/").content.decode()
    assert "有效" in page and certificate.number in page and "新晃侗族自治县民政局" in page
    assert "杨秀*" in page and "住址" not in page and "晃洲镇" not in page


@DB
def test_it_says_since_when_a_certificate_no_longer_holds(certificate, access):
    actions.suspend(access("approver"), certificate, reason="正在核查本人情况")
    page = client_of().get(f"/verify/{certificate.token}/").content.decode()
    assert "暂停使用" in page and "日" in page.split("自", 1)[1][:20]
    assert "正在核查" not in page, "the reason is nobody else's business"
    actions.revoke_by_officer(access("approver"), certificate, reason="待遇终止")
    assert "已注销" in client_of().get(f"/verify/{certificate.token}/").content.decode()


@DB
def test_it_knows_nothing_of_a_guessed_code(certificate):
    answer = client_of().get("/verify/AAAAAAAAAAAAAAAAAAAAAA/")
    assert answer.status_code == 404 and "没有发过" in answer.content.decode()


@DB
def test_it_tells_the_holder_that_somebody_checked(certificate, cast):
    client_of().get(f"/verify/{certificate.token}/")
    entry = AuditEntry.objects.get(action="certificate.check")
    assert entry.persons == [certificate.person_id] and entry.actor is None
    assert "扫码核验证照" in client_of(cast["xiuying"]).get("/portal/looked/").content.decode()


@DB
def test_it_checks_a_file_and_keeps_none_of_it(certificate, cast):
    file = client_of(cast["xiuying"]).get(f"/portal/certificates/{certificate.pk}/file/").content
    stranger = client_of()
    real = stranger.post("/verify/", {"file": SimpleUploadedFile("证.pdf", file, "application/pdf")})
    assert "文件真实，证照有效" in real.content.decode()
    forged = stranger.post(
        "/verify/", {"file": SimpleUploadedFile("证.pdf", file[:-9] + b"x" * 9, "application/pdf")}
    )
    assert "不是有效的电子证照" in forged.content.decode() or "改动" in forged.content.decode()
    assert "请先选择" in stranger.post("/verify/", {}).content.decode()


@DB
def test_it_shows_ones_own_certificates_only(certificate, cast, access):
    assert "演示证" in client_of(cast["xiuying"]).get("/portal/certificates/").content.decode()
    other = client_of(cast["helper"])
    assert "还没有证照" in other.get("/portal/certificates/").content.decode()
    for path in ("", "file/"):
        assert other.get(f"/portal/certificates/{certificate.pk}/{path}").status_code == 404
    actions.revoke_by_officer(access("approver"), certificate, reason="待遇终止")
    assert client_of(cast["xiuying"]).get(f"/portal/certificates/{certificate.pk}/").status_code == 404


@DB
def test_it_gives_an_officer_the_file_within_the_own_region(certificate, cast):
    address = f"/desk/certificates/{certificate.pk}/file/"
    assert client_of(cast["clerk"]).get(address).content.startswith(b"%PDF")
    assert client_of(cast["outsider"]).get(address).status_code == 404
    assert client_of(cast["finance"]).get(address).status_code == 403
    assert AuditEntry.objects.filter(action="certificate.read", persons=[certificate.person_id]).count() == 1


@DB
def test_it_prints_the_certificates_of_a_day_in_one_file(certificate, cast, access, tmp_path):
    import subprocess

    second = cast["helper"].person
    actions.issue(access("approver"), "test_card", second, region=VILLAGE, origin="case:2", today=TODAY)
    asked = {"kind": "test_card", "first": TODAY.isoformat(), "last": TODAY.isoformat()}
    file = tmp_path / "print.pdf"
    file.write_bytes(client_of(cast["clerk"]).get("/desk/certificates/print/", asked).content)
    pages = subprocess.run(["pdfinfo", str(file)], capture_output=True, text=True, check=True).stdout
    assert re.search(r"Pages:\s+2", pages)
    empty = asked | {"last": (TODAY - dt.timedelta(days=1)).isoformat()}
    assert (
        "结束日期不能早于"
        in client_of(cast["clerk"]).get("/desk/certificates/print/", empty).content.decode()
    )
    assert "没有发过" in client_of(cast["outsider"]).get("/desk/certificates/print/", asked).content.decode()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
def test_a_stranger_scans_what_the_holder_shows_on_a_phone(
    open_page, certificate, cast, live_server, settings
):
    settings.SITE_URL = live_server.url
    phone = open_page("/portal/certificates/", user=cast["xiuying"], width=390, elder=True)
    assert serious_problems(phone) == []
    picture(phone, "mine")
    phone.get_by_role("link", name="亮证").click()
    phone.get_by_role("img", name="二维码，请对方扫描").wait_for()
    assert serious_problems(phone) == []
    assert phone.evaluate("document.documentElement.scrollWidth") <= 390
    picture(phone, "show")
    # The stranger's phone reads the code; here the same code is made again.
    from minzheng.foundation.certificates.checking import code_to_show

    stranger = open_page(f"/verify/shown/{code_to_show(Issued.objects.get())}/", width=390)
    stranger.get_by_text("持证人刚刚出示").wait_for()
    assert serious_problems(stranger) == []
    picture(stranger, "shown")
    home = open_page("/verify/", width=1280)
    assert serious_problems(home) == []
    picture(home, "home")
    printing = open_page("/desk/certificates/print/", user=cast["clerk"], width=1280)
    assert serious_problems(printing) == []


def picture(page, name):
    if folder := os.environ.get("DESK_PICTURES"):
        page.screenshot(path=Path(folder) / f"{name}.png", full_page=True)


@DB
def test_a_stranger_checks_the_file_with_other_programs_by_the_guide_alone(certificate, tmp_path):
    """docs/certificates.md: the published roots, poppler and OpenSSL; a changed byte and somebody else's root are found."""
    guide = (Path(__file__).resolve().parents[4] / "docs" / "certificates.md").read_text()
    (commands,) = re.findall(r"```bash run\n(.*?)```", guide, re.S)

    def check(file: bytes, roots: bytes) -> int:
        folder = Path(tempfile.mkdtemp(dir=tmp_path))
        (folder / "证照.pdf").write_bytes(file)
        (folder / "roots.pem").write_bytes(roots)
        shell = ["bash", "-c", "set -eo pipefail\n" + commands]
        told = {"FILE": "证照.pdf", "PATH": os.environ["PATH"], "LC_ALL": "C.UTF-8"}
        return subprocess.run(shell, cwd=folder, env=told, capture_output=True, check=False).returncode

    roots = client_of().get("/verify/roots.pem").content
    assert b"PRIVATE" not in roots
    with default_storage.open(certificate.file) as stored:
        file = stored.read()
    assert check(file, roots) == 0
    at = file.index(b"/CreationDate") + 20
    assert check(file[:at] + bytes([file[at] ^ 1]) + file[at + 1 :], roots) != 0
    seals.make_test_authority(tmp_path / "others")
    assert check(file, (tmp_path / "others" / "root.pem").read_bytes()) != 0
