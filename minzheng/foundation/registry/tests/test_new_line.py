"""A new line works before anyone has written a word of it."""

import os
import shutil
import subprocess
import sys

import pytest
from django.conf import settings

from minzheng.foundation.crypto.keyfile import key_file
from minzheng.foundation.registry.new_line import ROOT, NewLineRefused, new_line, tree_at
from tests.template import copied_database

COPIED = ("minzheng", "tests", "standards", "conftest.py", "manage.py", "pyproject.toml")


@pytest.fixture
def house():
    """A copy of this house."""
    copy = settings.VAR / f"new-line-{os.getpid()}"
    shutil.rmtree(copy, ignore_errors=True)
    for name in COPIED:
        source = settings.ROOT / name
        if source.is_dir():
            shutil.copytree(source, copy / name)  # compiled modules too: compiling them anew takes seconds
        else:
            copy.mkdir(exist_ok=True)
            shutil.copy(source, copy / name)
    yield copy
    shutil.rmtree(copy, ignore_errors=True)


@pytest.fixture
def database(db):
    """The address of a database that knows every line but the new one."""
    with copied_database(f"new_line_{os.getpid()}") as address:
        yield address


def test_it_makes_a_line_that_passes_its_checks_and_tests_at_once(house, database):
    environment = {
        **os.environ,
        "MINZHENG_VAR": str(house / "var"),
        "PYTHONPATH": str(house),
        "DATABASE_URL": database,
        "MINZHENG_KEYS": str(key_file()),  # a copied database opens with the keys of its original
    }

    def run(*arguments):
        ran = subprocess.run(
            [sys.executable, *arguments],
            cwd=house,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
        )
        assert ran.returncode == 0, ran.stdout + ran.stderr
        return ran.stdout

    assert "已建好" in run("-m", "minzheng", "new-line", "chess_club", "--title", "棋社")
    # which runs every check of `manage.py check` first
    run("manage.py", "makemigrations", "--check", "--dry-run")
    tests = ("-n0", "--reuse-db", "-p", "no:cacheprovider", "minzheng/business/chess_club")
    assert "4 passed" in run("-m", "pytest", *tests)


@pytest.mark.parametrize(
    ("name", "title", "told"),
    [
        ("Chess", "棋社", "小写英文字母"),
        ("class", "棋社", "小写英文字母"),
        ("../evil", "棋社", "小写英文字母"),
        ("c", "棋社", "小写英文字母"),
        ("chess", "chess", "汉字的中文名称"),
        ("chess", '棋社"', "汉字的中文名称"),
        ("assistance", "社会救助", "已经存在"),
    ],
)
def test_it_refuses_a_name_that_would_not_work_and_says_what_would(name, title, told):
    with pytest.raises(NewLineRefused, match=told):
        new_line(name, title)


def test_it_writes_into_the_tree_in_which_it_is_called(tmp_path):
    (tmp_path / "minzheng/business").mkdir(parents=True)
    (tmp_path / "minzheng/lines.py").touch()
    assert tree_at(tmp_path / "minzheng/business") == tree_at(tmp_path) == tmp_path
    assert tree_at(tmp_path.parent) == ROOT, "outside of every tree: the one that is installed"
