"""docs/indicators-list.md: every declared indicator, with the targets and results that the documents state."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from minzheng.datacenter.indicators.models import Comparator
from minzheng.datacenter.indicators.targets import DOCUMENTS
from minzheng.datacenter.indicators.words import Indicator
from minzheng.foundation.registry.words import shelf
from minzheng.foundation.rules.yaml_text import read_yaml

KINDS = (("targets", "目标"), ("results", "结果"))


def page() -> str:
    """The whole page, in Chinese."""
    return "\n".join(_lines()) + "\n"


def _lines() -> Iterator[str]:
    said = _said()
    own = sorted(
        (one for one in shelf(Indicator) if one.origin.startswith("minzheng.")), key=lambda one: one.code
    )
    numbers = {one.number for one in own} - {""}
    computed = [one for one in own if one.formula is not None]
    yield "# 指标一览\n"
    yield "<!-- 由 make docs 从声明生成，请不要手工修改 -->\n"
    yield (
        f"文件指标 {len(numbers)} 个（N01—N73），分为 {sum(1 for one in own if one.number)} 项；本系统自设"
        f" {sum(1 for one in own if not one.number)} 项。其中系统计算 {len(computed)} 项，其余由各级填报。\n"
    )
    yield "|代码|指标|单位|期间|怎么算|从哪里来|文件中的目标和结果|\n|-|-|-|-|-|-|-|"
    for one in own:
        yield (
            f"|{one.code}|{one.title}|{one.unit}|{one.period.label}|{one.definition}|{one.source}"
            f"|{'<br>'.join(said[one.code])}|"
        )


def _said() -> dict[str, list[str]]:
    data = read_yaml(DOCUMENTS)
    said: dict[str, list[str]] = defaultdict(list)
    for key, kind in KINDS:
        for entry in data[key]:
            comparator = next(one for one in Comparator if one.value in entry)
            document = data["documents"][entry["seed"]]["title"]
            said[entry["indicator"]].append(
                f"{kind}：{comparator.label} {entry[comparator.value]}（{entry['period']}，{document}）"
            )
    return said
