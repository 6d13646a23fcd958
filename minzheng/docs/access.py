"""docs/access-matrix.md: which role holds which permission, from the one table that every address reads."""

from __future__ import annotations

from collections.abc import Iterator

from minzheng.foundation.accounts.models import Role
from minzheng.foundation.accounts.permissions import PERMISSIONS


def page() -> str:
    """The whole page, in Chinese."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    yield "# 权限一览\n"
    yield "<!-- 由 make docs 从 accounts/permissions.py 生成，请不要手工修改 -->\n"
    yield (
        "角色只在任职的区划及其下级有效；外区的对象一律“没有找到”（404）。没有权限的答复是 403，未登录的转到登录页。\n"
        "每个地址 × 每个角色 × 每级区划由 `tests/test_access_matrix.py` 逐一验证；办件各步骤还要求该步骤自己的角色。\n"
        "群众的每个地址由 `tests/test_citizen_matrix.py`、接口的每项操作由 `tests/test_api_matrix.py`、"
        "经办与复核须为两个人由 `tests/test_four_eyes.py` 验证。\n"
    )
    yield "|权限|代码|" + "|".join(_short(role) for role in Role) + "|"
    yield "|-|-|" + "-|" * len(Role)
    for code, (title, roles) in PERMISSIONS.items():
        yield f"|{title}|`{code}`|" + "|".join("●" if role in roles else "" for role in Role) + "|"


def _short(role: Role) -> str:
    return role.label.partition("（")[0]
