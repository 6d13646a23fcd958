"""What is wrong with a declared file format, each with its remedy."""

from __future__ import annotations

from collections.abc import Iterable

from minzheng.datacenter.deliveries.words import COLUMN_KINDS, TAKES, Absent, FileFormat
from minzheng.foundation.registry.words import finds_problems
from minzheng.foundation.rules import default_counter


@finds_problems(FileFormat)
def format_problems(form: FileFormat) -> Iterable[str]:
    keys = form.keys
    headers = [header for column in form.columns for header in (column.header, *column.aliases)]
    for twice in sorted({key for key in (*keys, *headers) if [*keys, *headers].count(key) > 1}):
        yield f"“{twice}”出现了两次，请给其中一列换个 key、header 或 aliases。"
    if "id_no" not in keys and not {"name", "birth_date"} <= set(keys):
        yield "认不出人：请加上 ID_NO 列，或同时加上 NAME 和 BIRTH_DATE 列。"
    for column in form.columns:
        if column.kind not in COLUMN_KINDS:
            yield f"列 {column.key} 的 kind “{column.kind}”不认识，请用：{'、'.join(sorted(COLUMN_KINDS))}。"
        if (column.kind == "code") != bool(column.values):
            yield f"列 {column.key}：只有 code 列要写 values，而且必须写。"
    if not form.cite or not form.purposes:
        yield "没有写依据 cite 或用途 purposes，请写明依据哪条法规、用来做什么。"
    named = {one.column for one in form.sets if one.column} | {
        form.only[0],
        (form.death and form.death.column) or "",
    }
    for key in sorted(named - {""} - set(keys)):
        yield f"没有叫 {key} 的列，请改正 sets、only 或 death。"
    yield from _facts(form)


def _facts(form: FileFormat) -> Iterable[str]:
    catalogue = default_counter().book.catalogue
    entities = set()
    for one in form.sets:
        if one.take not in TAKES:
            yield f"{one.fact} 的 take “{one.take}”不认识，请用：{'、'.join(sorted(TAKES))}。"
        if one.fact not in catalogue:
            yield f"facts.yaml 里没有事实 {one.fact}{catalogue.nearest(one.fact)}。请先声明它。"
            continue
        entities.add(catalogue[one.fact].entity)
        if form.absent is Absent.NONE and one.none is None:
            yield f"名单是全的，请用 none 写明没有列出的人 {one.fact} 是什么（如 0、False、“无”）。"
    if len(entities) > 1:
        yield "sets 里既有人员的事实，又有家庭的事实，请分成两个格式。"
