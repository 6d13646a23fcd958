"""`minzheng audit …`: what an administrator types, and what an auditor types on a machine without a database."""

import os
import subprocess
import sys

import pytest

from minzheng.cli import main
from minzheng.foundation.audit.seal import seal
from minzheng.foundation.audit.tests.conftest import write

OFFLINE = """
import sys
from minzheng.cli import main
status = main(sys.argv[1:])
assert "minzheng.settings" not in sys.modules, "an offline check must not read settings or open a database"
sys.exit(status)
"""


def offline(*arguments):
    """Run the command where no database can be reached."""
    return subprocess.run(
        [sys.executable, "-c", OFFLINE, *map(str, arguments)],
        env=os.environ | {"DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none"},
        capture_output=True,
        text=True,
    )


def test_it_checks_an_export_without_a_database(exported):
    answer = offline(
        "audit", "verify", "--file", exported.folder / "trail.jsonl", "--anchors", exported.folder
    )
    assert answer.returncode == 0, answer.stderr
    assert "第 1 至 300 条完整、未改动" in answer.stdout


def test_its_verifier_needs_no_django():
    code = "import sys, minzheng.foundation.audit.chain; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code]).returncode == 0


def test_it_names_the_first_bad_entry_and_ends_with_1(exported, tmp_path):
    forged = tmp_path / "forged.jsonl"
    forged.write_bytes(b"".join([*exported.lines[:41], *exported.lines[42:]]))
    answer = offline("audit", "verify", "--file", forged, "--anchors", exported.folder)
    assert answer.returncode == 1
    assert "第 42 条" in answer.stderr


def test_it_asks_for_the_heads_and_says_which_file_is_missing(exported, tmp_path, capsys):
    assert main(["audit", "verify", "--file", str(exported.folder / "trail.jsonl")]) == 2
    assert "--anchors" in capsys.readouterr().err
    assert main(["audit", "verify", "--file", str(tmp_path / "none"), "--anchors", str(tmp_path)]) == 2
    assert "none" in capsys.readouterr().err


@pytest.mark.django_db
def test_it_says_that_an_empty_trail_is_empty(anchors, capsys):
    assert main(["audit", "anchor"]) == main(["audit", "verify"]) == 0
    assert "还没有审计记录" in capsys.readouterr().out


@pytest.mark.django_db
def test_it_signs_checks_and_exports_the_database(anchors, tmp_path, capsys):
    write(5)
    seal()
    assert main(["audit", "verify"]) == 0
    assert "还没有签名锚点" in capsys.readouterr().out
    assert main(["audit", "anchor"]) == 0
    assert "共 5 条" in capsys.readouterr().out
    assert main(["audit", "verify"]) == 0
    assert "对上 1 个签名锚点" in capsys.readouterr().out
    assert main(["audit", "export", str(tmp_path / "trail.jsonl")]) == 0
    assert (tmp_path / "trail.jsonl").read_bytes().count(b"\n") == 6


@pytest.mark.django_db
def test_it_signs_every_night(anchors, capsys):
    write(3)
    assert main(["nightly"]) == 0
    assert "审计链签名到第" in capsys.readouterr().out
    assert (anchors / "heads.jsonl").read_text().count("\n") == 1
