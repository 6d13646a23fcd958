"""Types of a rule: works out what kind of value its expression gives and refuses what does not fit together.

Money carries its period, so a yearly income can never meet a monthly standard by accident: // 12 or
round_half_up(…, 12) makes a month of a year, * 12 a year of a month, and a monthly amount times a number of
months (unit 月) is a plain sum.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Mapping

from .errors import RuleError
from .grammar import Over, Rule, listed
from .kinds import BOOL, INT, ZERO, Kind

ORDERED = ("int", "money", "date", "zero")


def check(rule: Rule, kinds: Mapping[str, Kind]) -> tuple[Kind, ast.expr]:
    """The kind of the rule's value, and its body with every option text replaced by its number."""
    return _Check(rule, kinds).run()


class _Check:
    def __init__(self, rule: Rule, kinds: Mapping[str, Kind]) -> None:
        self.rule = rule
        self.body = copy.deepcopy(rule.body)
        self.kinds = {}
        for arg, read in rule.args.items():
            self.kinds[arg] = self._gathered(read, kinds) if isinstance(read, Over) else kinds[read]

    def run(self) -> tuple[Kind, ast.expr]:
        kind = self.kind(self.body)
        if kind.name == "text":
            kind = Kind("choice", kind.options)
            self.settle(self.body, kind)
        if kind == ZERO:
            kind = INT
        if kind.name == "choices":
            self.refuse(self.body, "规则的结果不能是一组选项", "用 in 判断是否属于这一组")
        return kind, self.body

    def refuse(self, node: ast.AST, problem: str, remedy: str) -> None:
        raise RuleError(
            f"{self.rule.file}:{getattr(node, 'lineno', self.rule.line)}",
            f"{self.rule.name} {problem}",
            remedy,
        )

    def _gathered(self, over: Over, kinds: Mapping[str, Kind]) -> Kind:
        kind = kinds[over.name]
        if over.how == "total":
            if kind.name not in ("int", "money"):
                self.refuse(self.rule.body, f"不能对{kind}求 total", "total 只用于数字和金额，是否用 count")
            return kind
        if kind.name != "bool":
            self.refuse(self.rule.body, f"不能对{kind}用 {over.how}", f"{over.how} 只用于是否")
        return INT if over.how == "count" else BOOL

    def kind(self, node: ast.expr) -> Kind:
        match node:
            case ast.Name(name):
                return self.kinds[name]
            case ast.Constant(bool()):
                return BOOL
            case ast.Constant(int(value)):
                return ZERO if value == 0 else INT
            case ast.Constant(str(text)):
                return Kind("text", (text,))
            case ast.BoolOp(_, parts):
                for part in parts:
                    self.need_bool(part)
                return BOOL
            case ast.UnaryOp(ast.Not(), operand):
                self.need_bool(operand)
                return BOOL
            case ast.UnaryOp(_, operand):
                return self.number(operand)
            case ast.IfExp(test, body, orelse):
                self.need_bool(test)
                return self.join(node, body, orelse)
            case ast.Compare(left, operators, others):
                for operator, other in zip(operators, others, strict=True):
                    self.compare(node, left, operator, other)
                    left = other
                return BOOL
            case ast.BinOp(left, operator, right):
                return self.arithmetic(node, left, operator, right)
            case ast.Call(ast.Name(name), args):
                return self.call(node, name, args)
        raise TypeError(ast.dump(node))  # grammar.py let something through

    def call(self, node: ast.expr, name: str, args: list[ast.expr]) -> Kind:
        if name == "abs":
            return self.number(args[0])
        if name in ("age", "full_months", "months_between"):
            for arg in args:
                if self.kind(arg).name != "date":
                    self.refuse(arg, f"的 {name} 需要日期", "检查参数是不是日期事实或 on")
            return INT if name == "age" else Kind("int", per="month")
        if name == "round_half_up":
            return self.arithmetic(node, args[0], ast.FloorDiv(), args[1])
        for arg in args:
            if self.kind(arg).name not in ORDERED:
                self.refuse(arg, f"不能对{self.kind(arg)}取 {name}", "min、max 只用于数字、金额和日期")
        for arg in args[1:]:
            self.join(node, args[0], arg)
        return next((k for k in map(self.kind, args) if k != ZERO), ZERO)

    def need_bool(self, node: ast.expr) -> None:
        kind = self.kind(node)
        if kind != BOOL:
            self.refuse(node, f"在需要是否的地方用了{kind}", "写成比较，例如 x > 0")

    def number(self, node: ast.expr) -> Kind:
        kind = self.kind(node)
        if kind.name not in ("int", "money", "zero"):
            self.refuse(node, f"不能拿{kind}计算", "只有数字和金额可以计算")
        return kind

    def join(self, node: ast.expr, left: ast.expr, right: ast.expr) -> Kind:
        """The common kind of two expressions of which one is taken, or which are compared."""
        a, b = self.kind(left), self.kind(right)
        if a == b and a.name != "text":
            return a
        if ZERO in (a, b) and {a.name, b.name} <= {"zero", "int", "money"}:
            return b if a == ZERO else a
        if {a.name, b.name} == {"int"}:
            return INT
        if {a.name, b.name} == {"text"}:
            return Kind("text", tuple(dict.fromkeys(a.options + b.options)))
        if {a.name, b.name} == {"choice", "text"}:
            choice, text, side = (a, b, right) if a.name == "choice" else (b, a, left)
            if unknown := [option for option in text.options if option not in choice.options]:
                self.refuse(node, f"用了不存在的选项“{unknown[0]}”", f"从 {'、'.join(choice.options)} 中选")
            self.settle(side, choice)
            return choice
        self.refuse(
            node,
            f"把{a}和{b}放在了一起",
            "两边要同类同单位；年与月之间用 // 12、round_half_up(…, 12) 或 * 12 换算",
        )
        raise AssertionError

    def settle(self, node: ast.expr, choice: Kind) -> None:
        """Numbers the option texts that an expression may give."""
        match node:
            case ast.Constant(str(text)):
                node.value = choice.options.index(text)
            case ast.IfExp(_, body, orelse):
                self.settle(body, choice)
                self.settle(orelse, choice)

    def compare(self, node: ast.expr, left: ast.expr, operator: ast.cmpop, right: ast.expr) -> None:
        if isinstance(operator, ast.In | ast.NotIn):
            self.membership(node, left, right)
            return
        kind = self.join(node, left, right)
        if isinstance(operator, ast.Eq | ast.NotEq):
            if kind == BOOL:
                self.refuse(node, "用 == 比较了是否", "直接写 x 或 not x")
        elif kind.name not in ORDERED:
            self.refuse(node, f"不能给{kind}排大小", "选项用 == 或 in")

    def membership(self, node: ast.expr, left: ast.expr, right: ast.expr) -> None:
        kind = self.kind(left)
        if kind.name != "choice":
            self.refuse(node, f"用 in 判断了{kind}", "in 只用于选项")
        if isinstance(right, ast.Tuple):
            for element in listed(right):
                if element.value not in kind.options:
                    self.refuse(
                        node, f"用了不存在的选项“{element.value!s}”", f"从 {'、'.join(kind.options)} 中选"
                    )
                element.value = kind.options.index(element.value)
        elif self.kind(right) != Kind("choices", kind.options):
            self.refuse(
                node,
                "in 后面不是这个选项的一组",
                "写成 in (“甲”, “乙”)，或用 type: choices、of: 同一事实 的标准",
            )

    def arithmetic(self, node: ast.expr, left: ast.expr, operator: ast.operator, right: ast.expr) -> Kind:
        a, b = self.number(left), self.number(right)
        if isinstance(operator, ast.Add | ast.Sub):
            return self.join(node, left, right)
        if isinstance(operator, ast.Mult):
            if a.name == b.name == "money":
                self.refuse(node, "把两个金额相乘", "金额只能乘以数字")
            if "money" not in (a.name, b.name):
                return INT
            money, times, factor = (a, b, right) if a.name == "money" else (b, a, left)
            if money.per == "month" and times.per == "month":
                return Kind("money")
            return Kind("money", per="year") if money.per == "month" and _twelve(factor) else money
        if a.name == b.name == "money":
            self.join(node, left, right)
            return INT
        if b.name == "money":
            self.refuse(node, "用数字除以金额", "只能用金额除以数字，或金额除以金额")
        if a.name != "money":
            return INT
        return Kind("money", per="month") if a.per == "year" and _twelve(right) else a


def _twelve(node: ast.expr) -> bool:
    """Whether the twelve months of the year are a factor of the expression."""
    match node:
        case ast.Constant(12):
            return True
        case ast.BinOp(left, ast.Mult(), right):
            return _twelve(left) or _twelve(right)
    return False
