"""Set-up: what is done once is not done twice, and nothing committed says where packages come from."""

import importlib.util
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = [
    ROOT / "requirements.lock",
    *ROOT.glob("scripts/locks/*.txt"),
    *ROOT.glob("*/package-lock.json"),
    *ROOT.glob("*/.npmrc"),
]


@pytest.fixture
def set_up(tmp_path):
    spec = importlib.util.spec_from_file_location("set_up", ROOT / "scripts/set_up.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    module.KEPT = tmp_path
    return module


def test_it_makes_a_thing_once_and_again_only_when_its_sources_change(set_up, tmp_path):
    source, product, made = tmp_path / "lock", tmp_path / "thing", []
    source.write_text("1")

    def make():
        made.append(1)
        product.touch()

    for _ in range(2):
        set_up.step("东西", make, [source], product)
    assert len(made) == 1
    source.write_text("2")
    set_up.step("东西", make, [source], product)
    assert len(made) == 2
    product.unlink()
    set_up.step("东西", make, [source], product)
    assert len(made) == 3


def test_it_does_not_take_a_failed_step_for_done(set_up, tmp_path):
    def fail():
        raise set_up.CannotSetUp("网络中断")

    for _ in range(2):
        with pytest.raises(set_up.CannotSetUp):
            set_up.step("东西", fail, [], tmp_path)


def test_it_does_not_take_what_was_broken_off_for_whole(set_up, tmp_path):
    source, product = tmp_path / "lock", tmp_path / "thing"
    source.write_text("1")
    set_up.step("东西", product.touch, [source], product)

    def broken_off():
        raise KeyboardInterrupt

    source.write_text("2")
    with pytest.raises(KeyboardInterrupt):
        set_up.step("东西", broken_off, [source], product)
    source.write_text("1")
    made = []
    set_up.step("东西", lambda: made.append(1), [source], product)
    assert made, "the same sources as the last whole thing, but half of another lies there"


def test_half_a_folder_of_npm_packages_is_made_again(set_up, tmp_path, monkeypatch):
    asked, made = {}, tmp_path / "frontend/node_modules"
    monkeypatch.setattr(set_up, "ROOT", tmp_path)
    monkeypatch.setattr(set_up, "step", lambda title, make, sources, product: asked.update({title: product}))
    made.mkdir(parents=True)
    assert set_up.main([]) == 0
    assert not asked["前端依赖包"].exists(), "npm broke off"
    (made / ".package-lock.json").touch()
    assert asked["前端依赖包"].exists()


def test_it_shows_the_end_of_what_a_failed_command_said(set_up, tmp_path):
    set_up.LOG = tmp_path / "log"
    with pytest.raises(set_up.CannotSetUp, match="坏了"):
        set_up.run("sh", "-c", "echo 坏了; exit 3")


@pytest.mark.parametrize("lock", LOCKS, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_names_no_place_to_download_from_in_a_lock_file(lock):
    text = lock.read_text()
    assert '"resolved"' not in text and "--index-url" not in text and "registry=" not in text
    if lock.name != "package-lock.json":  # npm also keeps addresses for donations
        assert "://" not in text


def test_it_takes_the_browser_that_is_there_and_else_the_quicker_one_if_it_can_be_had(set_up, monkeypatch):
    asked = []

    def only_chromium_comes(*command, **environment):
        asked.append(command)
        if "chromium" not in command:
            raise set_up.CannotSetUp("没有这个软件包")

    there = {"apt-get": "/usr/bin/apt-get", "google-chrome": "/usr/bin/google-chrome"}
    monkeypatch.setattr(set_up.shutil, "which", there.get)
    monkeypatch.setattr(set_up.os, "geteuid", lambda: 0)
    monkeypatch.setattr(set_up, "step", lambda title, make, sources, product: make())
    monkeypatch.setattr(set_up, "run", only_chromium_comes)
    set_up.browser()
    assert asked == [], "nothing is installed beside a browser that is there"
    del there["google-chrome"]
    set_up.browser()
    assert "chromium-headless-shell" in asked[0] and "chromium" in asked[-1]
