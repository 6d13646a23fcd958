"""Reads a rule file as text into rules. The file is never imported or run; what the small grammar does not know is refused."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from .errors import RuleError
from .kinds import read_date

ENTITIES = ("household", "person")
AGGREGATES = ("total", "count", "any_of", "all_of")
CALLS = {
    "min": (2, 9),
    "max": (2, 9),
    "abs": (1, 1),
    "age": (2, 2),
    "full_months": (2, 2),
    "months_between": (2, 2),
    "round_half_up": (2, 2),
}
# 0 and 1, months in a year, and per cent: any other number is a threshold, and thresholds live in standards/ with their source
NUMBERS = (0, 1, 12, 100)
FOREVER = 99999999


@dataclass(frozen=True, slots=True)
class Over:
    """An argument that gathers a member's variable over the household: total, count, any_of or all_of."""

    how: str
    name: str


@dataclass(frozen=True)
class Rule:
    """One dated version of one rule. `since` ≤ day < `until` (YYYYMMDD); `args` maps argument to what it reads."""

    name: str
    entity: str
    label: str
    cite: str
    since: int
    until: int
    result: bool
    args: dict[str, str | Over]
    body: ast.expr
    file: str
    line: int

    @property
    def where(self) -> str:
        return f"{self.file}:{self.line}"

    def reads(self) -> list[str]:
        """Names that the rule reads, each once, in the order of its arguments."""
        return list(
            dict.fromkeys(read.name if isinstance(read, Over) else read for read in self.args.values())
        )

    def speaks_against(self) -> set[str]:
        """Arguments that are read only under `not`: what must not be so if the rule is to hold."""
        found: dict[bool, set[str]] = {True: set(), False: set()}
        _read(self.body, found, is_negated=False)
        return found[True] - found[False]

    def holds(self, on: int) -> bool:
        return self.since <= on < self.until


def _read(node: ast.expr, found: dict[bool, set[str]], *, is_negated: bool) -> None:
    match node:
        case ast.UnaryOp(ast.Not(), part):
            _read(part, found, is_negated=not is_negated)
        case ast.BoolOp(_, parts):
            for part in parts:
                _read(part, found, is_negated=is_negated)
        case ast.Name(name):
            found[is_negated].add(name)
        case _:  # a number, a choice: neither for nor against
            found[False] |= {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}


def read_rules(file: Path, shown: str = "") -> list[Rule]:
    """The rules of one file in order. `shown` is the path to print (never one of the machine's own)."""
    return parse_rules(file.read_text(encoding="utf-8"), shown or file.name)


def parse_rules(text: str, file: str) -> list[Rule]:
    """The rules of a text; RuleError names file, line and remedy."""
    try:
        tree = ast.parse(text)
    except SyntaxError as error:
        raise RuleError(
            f"{file}:{error.lineno}", f"不是合法的 Python：{error.msg}", "改正这一行的写法"
        ) from None
    rules: list[Rule] = []
    for position, node in enumerate(tree.body):
        if isinstance(node, ast.FunctionDef):
            rules.extend(_rules(node, file))
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("minzheng.foundation.rules"):
            continue
        elif not (position == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)):
            raise RuleError(
                f"{file}:{node.lineno}",
                "规则文件里只能有规则",
                "只写说明文字、from minzheng.foundation.rules.words import … 和带 @household 或 @person 的函数",
            )
    return rules


def _rules(node: ast.FunctionDef, file: str) -> Iterator[Rule]:
    """The versions that a function states: one per decorator, all with the same expression."""
    where = f"{file}:{node.lineno}"
    if not node.decorator_list:
        raise RuleError(where, f"{node.name} 没有写明对象", "在函数上面写一行 @household(…) 或 @person(…)")
    body = node.body
    if isinstance(body[0], ast.Expr) and isinstance(body[0].value, ast.Constant):
        body = body[1:]
    for decorator in node.decorator_list:
        place = f"{file}:{decorator.lineno}"
        entity, label, options = _decorator(decorator, place)
        if len(body) != 1 or not isinstance(body[0], ast.Return) or body[0].value is None:
            raise RuleError(
                where, f"{node.name} 不是一句 return", "把规则写成一句 return 表达式，中间结果另写成规则"
            )
        args = _arguments(node, entity, where)
        _refuse_outside(body[0].value, args, file)
        since, until = options.get("since", 0), options.get("until", FOREVER)
        if since >= until:
            raise RuleError(place, "until 不晚于 since", "until 写不再适用的第一天")
        yield Rule(
            node.name,
            entity,
            label,
            options["cite"],
            since,
            until,
            options["result"],
            args,
            body[0].value,
            file,
            node.lineno,
        )


def _decorator(node: ast.expr, where: str) -> tuple[str, str, dict]:
    if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in ENTITIES):
        raise RuleError(where, "不认识的装饰器", "只用 @household(…) 或 @person(…)")
    if len(node.args) != 1 or not (
        isinstance(node.args[0], ast.Constant) and isinstance(node.args[0].value, str)
    ):
        raise RuleError(where, "规则没有名称", "第一个参数写中文名称，例如 @household(“低保家庭”, cite=…)")
    options: dict = {"result": False}
    for word in node.keywords:
        if word.arg not in ("cite", "since", "until", "result") or not isinstance(word.value, ast.Constant):
            raise RuleError(
                where, f"装饰器里有不认识的 {word.arg}", "只写 cite、since、until、result，值用引号里的文字"
            )
        options[word.arg] = word.value.value
    if (
        not (isinstance(options.get("cite"), str) and options["cite"].strip())
        or not node.args[0].value.strip()
    ):
        raise RuleError(where, "规则没有名称或依据", "写明中文名称和 cite=“文号 第几条”")
    for field in ("since", "until"):
        if field in options:
            try:
                options[field] = read_date(options[field])
            except ValueError as error:
                raise RuleError(where, f"{field} {error}", f"{field} 写成 “2021-07-01” 这样的日期") from None
    return node.func.id, node.args[0].value, options


def _arguments(node: ast.FunctionDef, entity: str, where: str) -> dict[str, str | Over]:
    given = node.args
    if given.vararg or given.kwarg or given.kwonlyargs or given.posonlyargs:
        raise RuleError(where, "参数写法超出规则语法", "参数只写名字，或 名字=total(“变量”) 这样的汇总")
    args: dict[str, str | Over] = {arg.arg: arg.arg for arg in given.args}
    for arg, default in zip(given.args[len(given.args) - len(given.defaults) :], given.defaults, strict=True):
        if not (
            isinstance(default, ast.Call)
            and isinstance(default.func, ast.Name)
            and default.func.id in AGGREGATES
            and len(default.args) == 1
            and isinstance(default.args[0], ast.Constant)
            and isinstance(default.args[0].value, str)
        ):
            raise RuleError(
                where, f"参数 {arg.arg} 的默认值不是汇总", f"只用 {'、'.join(AGGREGATES)} 加引号里的变量名"
            )
        if entity == "person":
            raise RuleError(where, "成员规则里不能汇总", "先写一条 @household 规则做汇总，再在这里读它")
        args[arg.arg] = Over(default.func.id, default.args[0].value)
    return args


def listed(group: ast.Tuple) -> list[ast.Constant]:
    """The option texts (or, once checked, option numbers) written out after `in`."""
    return [element for element in group.elts if isinstance(element, ast.Constant)]


def _refuse_outside(node: ast.expr, args: dict[str, str | Over], file: str) -> None:
    """Refuses anything but the allowed expressions, naming the line."""
    where = f"{file}:{node.lineno}"
    match node:
        case ast.Name(name):
            if name not in args:
                raise RuleError(
                    where, f"{name} 不在参数里", f"把 {name} 写进函数参数（事实、标准或另一条规则的名字）"
                )
            return
        case ast.Constant(value):
            if isinstance(value, float):
                raise RuleError(
                    where,
                    f"小数 {value} 会丢失分毫",
                    "金额用整分，比例用百分数整数，例如 * 60 // 100 并把 60 写进标准",
                )
            if isinstance(value, int) and not isinstance(value, bool) and value not in NUMBERS:
                raise RuleError(
                    where,
                    f"规则里写死了数字 {value}",
                    "把它写进 standards/ 下带日期和依据的标准，再当参数使用",
                )
            if not isinstance(value, bool | int | str):
                raise RuleError(where, f"不能用 {value!r}", "只用整数、True、False 和引号里的选项")
            return
        case ast.BoolOp(_, parts):
            pass
        case ast.UnaryOp(ast.Not() | ast.USub(), part):
            parts = [part]
        case ast.BinOp(left, ast.Add() | ast.Sub() | ast.Mult() | ast.FloorDiv(), right):
            parts = [left, right]
        case ast.BinOp(_, ast.Div(), _):
            raise RuleError(
                where, "除号 / 会产生小数", "用 // 向下取整，或 round_half_up(被除数, 除数) 四舍五入"
            )
        case ast.IfExp(test, body, orelse):
            parts = [test, body, orelse]
        case ast.Compare(left, operators, others):
            parts = [left]
            for operator, other in zip(operators, others, strict=True):
                if isinstance(operator, ast.Is | ast.IsNot):
                    raise RuleError(where, "不能用 is", "用 == 或 !=")
                if not (isinstance(operator, ast.In | ast.NotIn) and isinstance(other, ast.Tuple)):
                    parts.append(other)
                elif not other.elts or not all(
                    isinstance(e, ast.Constant) and isinstance(e.value, str) for e in other.elts
                ):
                    raise RuleError(
                        where, "in 后面的括号里只能是选项文字", "写成 x in (“甲”, “乙”)，或 in 一个选项标准"
                    )
        case ast.Call(ast.Name(name), parts, []) if name in CALLS:
            least, most = CALLS[name]
            if not least <= len(parts) <= most:
                raise RuleError(where, f"{name} 的参数个数不对", f"{name} 需要 {least} 个参数")
        case ast.Call():
            raise RuleError(where, f"不能调用 {ast.unparse(node.func)}", f"只能调用 {'、'.join(CALLS)}")
        case ast.Attribute():
            raise RuleError(
                where, f"不能用点号取属性 {ast.unparse(node)}", "把需要的值声明成事实，再写进参数"
            )
        case _:
            raise RuleError(
                where,
                f"写法“{ast.unparse(node)}”超出规则语法",
                "只用 and、or、not、比较、+ - * //、甲 if 条件 else 乙",
            )
    for part in parts:
        _refuse_outside(part, args, file)
