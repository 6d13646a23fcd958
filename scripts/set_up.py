"""Sets the project up on a fresh machine: Python packages, front-end assets, division data, a browser for tests.

Needs Python 3.11+ and nothing else: this file uses the standard library only. Each step is stamped with a hash
of what it was made from, so that a second run skips everything. `make` calls it; run by hand:

    python3 scripts/set_up.py            what the program needs
    python3 scripts/set_up.py browser    and the browser that the tests drive
"""

from __future__ import annotations

import hashlib
import os
import platform
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
KEPT = ROOT / ".set-up"
LOCKS = ROOT / "scripts/locks"
BIN = ROOT / ".venv/bin"
LOG = KEPT / "log.txt"
BROWSERS = ("chromium-headless-shell", "chromium", "google-chrome")


class CannotSetUp(Exception):
    """Set-up cannot go on; the text says what the user can do."""


def main(parts: list[str]) -> int:
    KEPT.mkdir(exist_ok=True)
    try:
        if sys.version_info < (3, 11):  # noqa: UP036  run by whatever python3 the machine has
            raise CannotSetUp(
                f"需要 Python 3.11 或更新版本，现在是 {platform.python_version()}。请安装后用 make PYTHON=python3.11 重试。"
            )
        packages = [ROOT / "requirements.lock", ROOT / "pyproject.toml", LOCKS / "build.txt"]
        step("Python 环境与依赖包", python_packages, packages, BIN / "minzheng")
        for title, folder in (("前端依赖包", "frontend"), ("行政区划数据", "data")):
            home = ROOT / folder
            # npm writes this file last: a folder without it was left by an install that was broken off.
            whole = home / "node_modules/.package-lock.json"
            step(title, partial(npm, folder, "ci"), [home / "package-lock.json"], whole)
        step("前端资源", build_frontend, front_end_sources(), ROOT / "frontend/dist/app.css")
        if "browser" in parts:
            browser()
    except CannotSetUp as problem:
        print(f"✗ {problem}", file=sys.stderr)
        return 1
    return 0


def step(title: str, make: Callable[[], None], sources: Iterable[Path], product: Path) -> None:
    """Run `make` unless its product is there and was made from the very same sources."""
    digest = hashlib.sha256(f"{ROOT} {platform.python_version()}".encode())
    for source in sorted(sources):
        digest.update(source.read_bytes())
    stamp = KEPT / f"{title}.stamp"
    if product.exists() and stamp.exists() and stamp.read_text() == digest.hexdigest():
        return
    if sys.stdout.isatty():
        print(f"… {title}", end="\r", flush=True)
    started = time.perf_counter()
    stamp.unlink(missing_ok=True)  # what is broken off from here on was not made
    make()
    print(f"✓ {title}（{time.perf_counter() - started:.1f} 秒）")
    stamp.write_text(digest.hexdigest())


def run(*command: str | Path, cwd: Path = ROOT, **environment: str) -> None:
    """Run a command quietly; when it fails, show the end of what it said."""
    with LOG.open("w+") as log:
        done = subprocess.run(
            [str(part) for part in command],
            cwd=cwd,
            env=os.environ | environment,
            stdout=log,
            stderr=subprocess.STDOUT,
        )
        if done.returncode:
            log.seek(0)
            tail = "".join(log.readlines()[-15:])
            raise CannotSetUp(
                f"这一步没有成功：{' '.join(map(str, command))}\n{tail}完整输出见 {LOG}。多为网络中断，可直接重试。"
            )


def environment(folder: Path) -> None:
    if not (folder / "bin/python").exists():
        try:
            run(sys.executable, "-m", "venv", folder)
        except CannotSetUp as problem:
            shutil.rmtree(folder, ignore_errors=True)
            raise CannotSetUp(
                f"{problem}\n如果缺少 venv 模块，Debian/Ubuntu 请先运行：apt-get install python3-venv"
            ) from None


def uv() -> Path:
    """The installer: the one on the machine, or our own copy beside the project, pinned by hash."""
    if found := shutil.which("uv"):
        return Path(found)
    own = KEPT / "uv"
    if not (own / "bin/uv").exists():
        environment(own)
        run(own / "bin/python", "-m", "pip", "install", "-q", "--require-hashes", "-r", LOCKS / "uv.txt")
    return own / "bin/uv"


def python_packages() -> None:
    environment(ROOT / ".venv")
    tool, python = uv(), ("--python", BIN / "python")
    run(tool, "pip", "install", *python, "--require-hashes", "-r", "requirements.lock")
    run(tool, "pip", "install", *python, "--no-deps", "--build-constraints", LOCKS / "build.txt", "-e", ".")


def node_folder() -> Path:
    """Where node (20 or newer) and npm are: the machine's, or the PyPI package's under .set-up/."""
    node, npm_command = shutil.which("node"), shutil.which("npm")
    if node and npm_command:
        version = subprocess.run([node, "--version"], capture_output=True, text=True).stdout
        if int(version.lstrip("v").split(".")[0] or 0) >= 20:
            return Path(npm_command).parent
    own = KEPT / "node"
    if not (own / "bin/npm").exists():
        environment(own)
        run(
            uv(),
            "pip",
            "install",
            "--python",
            own / "bin/python",
            "--require-hashes",
            "-r",
            LOCKS / "node.txt",
        )
    return own / "bin"


def npm(folder: str, *arguments: str) -> None:
    tools = node_folder()
    run(tools / "npm", *arguments, cwd=ROOT / folder, PATH=f"{tools}{os.pathsep}{os.environ['PATH']}")


def front_end_sources() -> list[Path]:
    home = ROOT / "frontend"
    made = {home / "node_modules", home / "dist"}
    return [
        path
        for top in home.iterdir()
        if top not in made
        for path in ([top] if top.is_file() else top.rglob("*.*"))
    ]


def build_frontend() -> None:
    run(node_folder() / "node", "build.mjs", cwd=ROOT / "frontend")


def browser() -> None:
    """A browser with Chinese fonts, for the tests and for nothing else; the one without windows takes a fifth of the time.

    A machine that has one keeps what it has: nothing is installed beside it.
    """
    if any(map(shutil.which, BROWSERS)):
        return
    lock = [ROOT / "requirements.lock"]
    if os.geteuid() == 0 and shutil.which("apt-get"):
        try:
            step("测试用浏览器", partial(install, BROWSERS[0]), lock, Path("/usr/bin") / BROWSERS[0])
        except CannotSetUp:  # not every distribution has it
            step("测试用浏览器", partial(install, BROWSERS[1]), lock, Path("/usr/bin") / BROWSERS[1])
    else:
        step(
            "测试用浏览器", partial(run, BIN / "playwright", "install", "chromium"), lock, BIN / "playwright"
        )


def install(browser: str) -> None:
    packages = (browser, "fonts-noto-cjk", "poppler-utils")
    command = ("apt-get", "install", "-y", "--no-install-recommends", *packages)
    try:
        run(*command, DEBIAN_FRONTEND="noninteractive")
    except CannotSetUp:  # what the machine knows of packages may be old, or nothing
        run("apt-get", "update")
        run(*command, DEBIAN_FRONTEND="noninteractive")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
