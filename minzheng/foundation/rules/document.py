"""Writes docs/facts.md from the catalogue and the rules: python -m minzheng.foundation.rules.document"""

from __future__ import annotations

from pathlib import Path

from .book import RuleBook
from .catalogue import Fact
from .deciding import default_counter
from .kinds import PERIOD_TEXT

PAGE = Path(__file__).parents[3] / "docs" / "facts.md"

HEAD = """# 事实文件

<!-- 本页由 python -m minzheng.foundation.rules.document 生成，请不要手工修改；说明文字在 document.py，事实在各目录的 facts.yaml -->

事实文件写明一户人家在某一天的情况，用 YAML 或 JSON，UTF-8 编码。用法：

```
minzheng decide 事实文件.yaml --on 2021-09-01 --standards hunan
```

## 样例

```yaml
on: 2021-09-01            # 办理日期：决定适用哪一版规则和标准；--on 优先
region: "431227"          # 行政区划代码，加引号；--region 优先
standards: hunan          # standards/ 下的标准集；--standards 优先
household:                # 家庭事实
  category: 城市
  deposits: 3000元
  securities: 0
  insurance_value: 0
  claims: 0
  internet_finance: 0
  houses: 1
  cars: 0
each_member:              # 每名成员都相同的事实，成员自己另写的优先
  wage: 0
  business_income: 0
  property_income: 0
  resident_pension: 0
  transfer_received: 0
  other_income: 0
members:                  # 成员事实；who 是称呼，不要写身份证号码
  - {who: 父亲, relation: 本人, birth_date: 1980-05-01, wage: 1020元/月}
  - {who: 母亲, relation: 配偶, birth_date: 1982-05-01}
  - {who: 女儿, relation: 子女, birth_date: 2012-05-01}
```

## 怎样填写

- **金额**写明单位：`1020元/月`、`9460元/年`、`1020.50元`、`102050分`。每年的金额可以按月写，系统乘以 12。只有 0 不用写单位；只写 `1020` 会被退回。最多两位小数。
- **是否**写 `是` 或 `否`（也可以写 `true`、`false`）。**日期**写 `2021-09-01`。**选项**照表中文字填写。
- **没有写的就是未知**，不会当作没有。只有表中列出“不填时”的事实例外：法律允许把没有记录当作没有。
- 明知不清楚的写 `未知`，即使该事实有“不填时”的值。
- 结论可以是**是**、**否**或**未定**。未定时会列出还缺哪些事实或标准，只列真正会影响结论的。
- 不认识的名称、写错地方的事实、负数、晚于办理日期的出生日期等，会一次全部指出。
- 程序之间传送时写 `amounts: fen`，此后整数就是分，期间与下表的单位相同。

`--json` 输出的结论里含有同样格式的 `facts`，可以原样再次计算。
"""


def facts_page(book: RuleBook) -> str:
    """The whole page."""
    parts = [HEAD]
    for entity, title in (("household", "家庭事实"), ("person", "成员事实")):
        parts.append(
            f"\n## {title}\n\n| 名称 | 含义 | 填写 | 不填时 | 由谁证明 | 哪些规则读取 |\n|---|---|---|---|---|---|\n"
        )
        parts += [_row(fact, book) for fact in book.catalogue if fact.entity == entity]
    return "".join(parts)


def _row(fact: Fact, book: RuleBook) -> str:
    kind = fact.kind
    if kind.name == "choice":
        form = "、".join(kind.options)
    else:
        form = (
            PERIOD_TEXT[kind.per]
            if kind.name == "money"
            else {"bool": "是、否", "int": "整数", "date": "日期"}[kind.name]
        )
    default = "未知" if fact.default is None else kind.show(fact.default)
    label = f"{fact.label}。{fact.help}" if fact.help else fact.label
    readers = dict.fromkeys(rule.name for rule in book.rules if fact.name in rule.reads())
    return f"| `{fact.name}` | {label} | {form} | {default} | {fact.source} | {'、'.join(f'`{r}`' for r in readers)} |\n"


def main() -> None:
    PAGE.write_text(facts_page(default_counter().book), encoding="utf-8")


if __name__ == "__main__":
    main()
