"""`minzheng new-line NAME --title 中文`: a line of business that passes its checks and tests at once.

It writes the files that every line has, lists the line in minzheng/lines.py and makes its first migration.
"""

from __future__ import annotations

import keyword
import re
import subprocess
import sys
from pathlib import Path
from string import Template

SCAFFOLD = Path(__file__).parent / "scaffold"
ROOT = Path(__file__).resolve().parents[3]
FILES = {
    "apps.py": "apps.py.txt",
    "models.py": "models.py.txt",
    "registers.py": "registers.py.txt",
    "tests/test_registers.py": "test_registers.py.txt",
}
EMPTY = ("__init__.py", "migrations/__init__.py", "tests/__init__.py")


class NewLineRefused(ValueError):
    """The line cannot be made like this; the text says what to do."""


def tree_at(here: Path) -> Path:
    """The source tree that a folder lies in, which need not be the one that is installed; else the installed one."""
    trees = (folder for folder in (here, *here.parents) if (folder / "minzheng/lines.py").is_file())
    return next(trees, ROOT)


def new_line(name: str, title: str, root: Path = ROOT) -> Path:
    """Write the line's folder under `root` and return it. Nothing is written when something is wrong."""
    business, lines = root / "minzheng" / "business", root / "minzheng" / "lines.py"
    folder = business / name
    _check(name, title, folder)
    class_name = "".join(part.capitalize() for part in name.split("_"))
    words = {"name": name, "title": title, "class_name": class_name, "constant": f"{name.upper()}_REGISTER"}
    listed = lines.read_text(encoding="utf-8")
    for path in EMPTY:
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).touch()
    for path, source in FILES.items():
        text = Template((SCAFFOLD / source).read_text(encoding="utf-8")).substitute(words)
        (folder / path).write_text(text, encoding="utf-8")
    entry = f'    "minzheng.business.{name}",\n'
    end = listed.rindex("]")
    lines.write_text(listed[:end] + entry + listed[end:], encoding="utf-8")
    # A fresh process: this one has already read the list of lines.
    subprocess.run([sys.executable, "manage.py", "makemigrations", name, "-v", "0"], cwd=root, check=True)  # noqa: S603  our own interpreter and a checked name
    return folder


def _check(name: str, title: str, folder: Path) -> None:
    if not re.fullmatch(r"[a-z][a-z_]{1,19}", name) or keyword.iskeyword(name):
        raise NewLineRefused(
            f"“{name}”不能作业务线的名称。请用 2 至 20 个小写英文字母，词间用下划线，如 volunteering。"
        )
    if not re.fullmatch(r"[\u4e00-\u9fff]{2,20}", title):
        raise NewLineRefused("请用 --title 给出 2 至 20 个汉字的中文名称，如 --title 志愿服务。")
    if folder.exists():
        raise NewLineRefused(f"{folder} 已经存在。请换一个名称，或先删去那个文件夹。")
