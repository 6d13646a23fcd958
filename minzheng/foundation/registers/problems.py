"""What `manage.py check` says about a register that is declared wrongly: field and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from minzheng.foundation.accounts.permissions import PERMISSIONS
from minzheng.foundation.crypto.fields import EncryptedField
from minzheng.foundation.registers.declaration import (
    COLUMN_KINDS,
    FILTER_KINDS,
    SEARCH_WAYS,
    Block,
    Column,
    Register,
)
from minzheng.foundation.registers.filters import parameters
from minzheng.foundation.registers.listing import OWN_PARAMETERS
from minzheng.foundation.registers.paths import field_at
from minzheng.foundation.registry.words import finds_problems


@finds_problems(Register)
def register_problems(register: Register) -> Iterator[str]:
    for name in ("read", "write", "export", "reveal"):
        if (permission := getattr(register, name)) not in PERMISSIONS:
            yield f"{name}=“{permission}”不是已有的权限，请用 accounts/permissions.py 里的代码。"
    if field_at(register.model, register.region) is None:
        yield f"region=“{register.region}”不是 {register.model.__name__} 的字段路径，请改成 12 位区划代码所在的路径。"
    yield from _columns(register)
    yield from _filters(register)
    for place in register.search:
        if place.way not in SEARCH_WAYS:
            yield f"search 的“{place.path}”way 只能是 {'、'.join(sorted(SEARCH_WAYS))}。"
        field = field_at(register.model, place.path)
        if field is None:
            yield f"search 的“{place.path}”不是字段路径，请改正。"
        elif isinstance(field, EncryptedField) and place.way != "exact":
            yield f'search 的“{place.path}”是加密的，只能按完整的值查；请写 way="exact"。'
    yield from _form(register)


def _columns(register: Register) -> Iterator[str]:
    if not any(column.shown for column in register.columns):
        yield "columns 里没有一列默认显示，请至少给一列 shown=True。"
    keys = [column.key for column in register.columns]
    for key in sorted({key for key in keys if keys.count(key) > 1}):
        yield f"有两列都叫“{key}”，请给其中一列换个 key。"
    blocks = [column for block in register.details if isinstance(block, Block) for column in block.columns]
    for column in [*register.columns, *blocks]:
        if column.kind not in COLUMN_KINDS:
            yield f"列“{column.key}”的 kind “{column.kind}”不认识，请用：{'、'.join(sorted(COLUMN_KINDS))}。"
        if column.sortable:
            yield from _sortable(register, column)


def _sortable(register: Register, column: Column) -> Iterable[str]:
    field = field_at(register.model, column.walk)
    if column.read is not None:
        yield f"列“{column.key}”是算出来的，不能 sortable；请改用 path 指向数据库字段或注解。"
    elif isinstance(field, EncryptedField):
        yield f"列“{column.key}”是加密的，不能 sortable；请去掉 sortable。"
    elif field is not None and field.null:
        yield f"列“{column.key}”可能为空，不能 sortable（翻页会漏行）；请去掉 sortable 或让字段不为空。"


def _filters(register: Register) -> Iterator[str]:
    taken = set(OWN_PARAMETERS)
    for declared in register.filters:
        if declared.kind not in FILTER_KINDS:
            yield f"筛选“{declared.key}”的 kind “{declared.kind}”不认识，请用：{'、'.join(sorted(FILTER_KINDS))}。"
            continue
        for name in parameters(declared):
            if name in taken:
                yield f"筛选“{declared.key}”的参数名“{name}”已被占用，请换个 key。"
            taken.add(name)


def _form(register: Register) -> Iterator[str]:
    if register.form is None:
        if register.imports is not None:
            yield "声明了 imports 却没有 form，请给出 form：导入的列就是它的问题。"
        return
    yield from register.form.problems()
    for key in register.questions:
        if field_at(register.model, key) is None:
            yield f"form 的“{key}”不是 {register.model.__name__} 的字段，请让 key 与字段同名。"
    for key in register.imports.key if register.imports else ():
        if key not in register.questions:
            yield f"imports 的 key “{key}”不是 form 的问题，请改成其中一个。"
