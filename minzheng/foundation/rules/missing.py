"""Why an answer is undetermined: walks the rule again and names the facts and standards that it really waits for.

A known no in `a and b` needs nothing else; an unknown test waits for the test alone. This walk is its own small
evaluator over the same tree, and doubles as the independent witness in the tests of the two generated readings.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Iterator
from typing import NamedTuple

from .book import Law
from .grammar import Over, listed
from .words import age, full_months, months_between, round_half_up

Value = int | bool | None


class Missing(NamedTuple):
    """One thing that is waited for: a fact, a standard, or a division by zero in a rule."""

    sort: str
    name: str
    member: int | None


class Walk:
    """Evaluates any variable of one household from its facts, and explains what is unknown.

    `read(name, member)` gives a fact, standard or `on` (None: unknown); `member` is None for the household's own.
    """

    def __init__(self, law: Law, members: int, read: Callable[[str, int | None], Value]) -> None:
        self.law, self.members, self.read = law, members, read
        self.done: dict[tuple[str, int | None], Value] = {}

    def value(self, name: str, member: int | None) -> Value:
        if name not in self.law.rules:
            return self.read(name, member if self.law.entity(name) == "person" else None)
        at = (name, member if self.law.entity(name) == "person" else None)
        if at not in self.done:
            self.done[at] = self.evaluate(name, self.law.bodies[name], at[1])
        return self.done[at]

    def missing(self, name: str, member: int | None = None) -> list[Missing]:
        """What an undetermined variable waits for, each once, in the order of reading."""
        return list(dict.fromkeys(self._waits(name, member)))

    def _waits(self, name: str, member: int | None) -> Iterator[Missing]:
        if self.value(name, member) is not None:
            return
        if name not in self.law.rules:
            own = member if self.law.entity(name) == "person" else None
            yield Missing("standard" if self.law.is_standard(name) else "fact", name, own)
            return
        yield from self._why(name, self.law.bodies[name], member)

    def argument(self, rule: str, arg: str, member: int | None) -> Value:
        read = self.law.rules[rule].args[arg]
        if isinstance(read, str):
            return self.value(read, member)
        values = [self.value(read.name, i) for i in range(self.members)]
        if read.how == "any_of":
            return _any(values)
        if read.how == "all_of":
            return _not(_any([_not(value) for value in values]))
        return None if None in values else sum(values)  # type: ignore[arg-type]

    def evaluate(self, rule: str, node: ast.expr, member: int | None) -> Value:
        def value(part: ast.expr) -> Value:
            return self.evaluate(rule, part, member)

        match node:
            case ast.Name(arg):
                return self.argument(rule, arg, member)
            case ast.Constant(int(constant)):
                return constant
            case ast.BoolOp(ast.Or(), parts):
                return _any([value(part) for part in parts])
            case ast.BoolOp(ast.And(), parts):
                return _not(_any([_not(value(part)) for part in parts]))
            case ast.UnaryOp(ast.Not(), part):
                return _not(value(part))
            case ast.UnaryOp(_, part):
                return None if (number := value(part)) is None else -number
            case ast.IfExp(test, yes, no):
                truth = value(test)
                if truth is None:
                    return a if (a := value(yes)) == value(no) else None
                return value(yes if truth else no)
            case ast.Compare(left, operators, others):
                sides = [left, *others]
                links = zip(sides, operators, others, strict=False)
                return _not(_any([_not(_compare(value(a), op, b, value)) for a, op, b in links]))
            case ast.BinOp(left, operator, right):
                return _calculate(type(operator), value(left), value(right))
            case ast.Call(ast.Name(name), args):
                values = [value(arg) for arg in args]
                if None in values or (name == "round_half_up" and values[1] == 0):
                    return None
                return CALLS[name](*values)
        raise TypeError(ast.dump(node))  # grammar.py let something through

    def _why(self, rule: str, node: ast.expr, member: int | None) -> Iterator[Missing]:
        if self.evaluate(rule, node, member) is not None:
            return
        parts: list[ast.expr] = []
        match node:
            case ast.Name(arg):
                read = self.law.rules[rule].args[arg]
                if isinstance(read, Over):
                    for i in range(self.members):
                        yield from self._waits(read.name, i)
                else:
                    yield from self._waits(read, member)
            case ast.IfExp(test, yes, no):
                truth = self.evaluate(rule, test, member)
                parts = [test] if truth is None else [yes if truth else no]
            case ast.Compare(left, _, others):
                parts = [left, *(other for other in others if not isinstance(other, ast.Tuple))]
            case ast.BoolOp(_, values):
                parts = values
            case ast.UnaryOp(_, part):
                parts = [part]
            case ast.BinOp(left, _, right):
                parts = [left, right]
            case ast.Call(_, args):
                parts = args
        waits = [wait for part in parts for wait in self._why(rule, part, member)]
        if parts and not waits:
            yield Missing("division", rule, member)
        yield from waits


CALLS: dict[str, Callable] = {
    "min": min,
    "max": max,
    "abs": abs,
    "age": age,
    "full_months": full_months,
    "months_between": months_between,
    "round_half_up": round_half_up,
}


def _any(values: list[Value]) -> Value:
    if any(value is not None and value for value in values):
        return True
    return None if None in values else False


def _not(value: Value) -> Value:
    return None if value is None else not value


def _calculate(operator: type[ast.operator], a: Value, b: Value) -> Value:
    if a is None or b is None or (operator is ast.FloorDiv and b == 0):
        return None
    if operator is ast.Add:
        return a + b
    if operator is ast.Sub:
        return a - b
    return a * b if operator is ast.Mult else a // b


def _compare(a: Value, operator: ast.cmpop, right: ast.expr, value: Callable[[ast.expr], Value]) -> Value:
    if isinstance(right, ast.Tuple):
        return None if a is None else (a in [e.value for e in listed(right)]) == isinstance(operator, ast.In)
    b = value(right)
    if a is None or b is None:
        return None
    match operator:
        case ast.Lt():
            return a < b
        case ast.LtE():
            return a <= b
        case ast.Gt():
            return a > b
        case ast.GtE():
            return a >= b
        case ast.In() | ast.NotIn():
            return bool(b >> a & 1) == isinstance(operator, ast.In)
    return (a == b) == isinstance(operator, ast.Eq)
