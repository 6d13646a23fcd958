"""The law under given standards: what a standard settles for everybody is worked out once, not for each person.

Where a province counts no imputed wage, nobody's search for work matters; where it pays the difference, nobody's
grade does. Rules that become constants vanish, and with them the facts that only they looked at: these are then not
even read. Only what is certain under Kleene's logic is left out, so every answer, an unknown one too, stays the same.
"""

from __future__ import annotations

import ast
import dataclasses
import functools
import operator
from collections.abc import Callable, Iterable, Mapping

from .book import Law
from .grammar import Over, Rule
from .kinds import Kind
from .standards import Value

Settled = tuple[tuple[str, int | bool], ...]

WORKED_OUT: dict[type, Callable] = {
    ast.Lt: operator.lt,
    ast.LtE: operator.le,
    ast.Gt: operator.gt,
    ast.GtE: operator.ge,
    ast.Eq: operator.eq,
    ast.NotEq: operator.ne,
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
}
GATHERED = {"total": 0, "count": False, "any_of": False, "all_of": True}


def settled(kinds: Mapping[str, Kind], rows: Iterable[Mapping[str, Value]]) -> Settled:
    """Standards that switch something on or off and have the same value in every row: yes, no, an option or zero.

    Amounts stay what the kernel is given, or each new one would have to be compiled.
    """
    rows = list(rows)
    shared = set.intersection(*(set(row) for row in rows)) if rows else set()
    found = []
    for name in sorted(shared):
        value = rows[0][name].value
        switch = kinds[name].name in ("bool", "choice") or value == 0
        if value is not None and switch and all(row[name].value == value for row in rows):
            found.append((name, value))
    return tuple(found)


@functools.lru_cache(maxsize=256)
def narrow(law: Law, given: Settled) -> Law:
    """The same law where these standards have these values."""
    constants: dict[str, int | bool] = dict(given)
    rules, bodies = dict(law.rules), dict(law.bodies)
    for name in law.order:
        rule = law.rules[name]
        bodies[name] = _Fold(rule, constants).visit(law.bodies[name])
        read = {node.id for node in ast.walk(bodies[name]) if isinstance(node, ast.Name)}
        rules[name] = dataclasses.replace(
            rule, args={arg: rule.args[arg] for arg in rule.args if arg in read}
        )
        if isinstance(folded := bodies[name], ast.Constant):
            constants[name] = _value(folded)
    return dataclasses.replace(law, rules=rules, bodies=bodies)


class _Fold(ast.NodeTransformer):
    """Makes new nodes, never changes one: the law at hand is shared."""

    def __init__(self, rule: Rule, constants: Mapping[str, int | bool]) -> None:
        self.rule, self.constants = rule, constants

    def visit_Call(self, node: ast.Call) -> ast.expr:
        # its first part is the name of a word, not of a variable
        return ast.Call(node.func, [self.visit(part) for part in node.args], [])

    def visit_Name(self, node: ast.Name) -> ast.expr:
        read = self.rule.args.get(node.id)
        if isinstance(read, str):
            return ast.Constant(self.constants[read]) if read in self.constants else node
        if isinstance(read, Over) and read.name in self.constants:
            empty = GATHERED[read.how]
            if self.constants[read.name] == empty:
                return ast.Constant(empty if read.how in ("any_of", "all_of") else 0)
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        part = self.visit(node.operand)
        if isinstance(part, ast.Constant):
            return ast.Constant(not part.value if isinstance(node.op, ast.Not) else -_value(part))
        return ast.UnaryOp(node.op, part)

    def visit_BoolOp(self, node: ast.BoolOp) -> ast.expr:
        """One known no settles an `and` whatever is unknown; one known yes an `or`."""
        settles = isinstance(node.op, ast.Or)
        left = []
        for part in (self.visit(value) for value in node.values):
            if not isinstance(part, ast.Constant):
                left.append(part)
            elif bool(part.value) is settles:
                return ast.Constant(settles)
        if not left:
            return ast.Constant(not settles)
        return left[0] if len(left) == 1 else ast.BoolOp(node.op, left)

    def visit_IfExp(self, node: ast.IfExp) -> ast.expr:
        test, yes, no = self.visit(node.test), self.visit(node.body), self.visit(node.orelse)
        if isinstance(test, ast.Constant):
            return yes if test.value else no
        return ast.IfExp(test, yes, no)

    def visit_Compare(self, node: ast.Compare) -> ast.expr:
        left, others = self.visit(node.left), [self.visit(other) for other in node.comparators]
        if len(others) == 1 and type(node.ops[0]) in WORKED_OUT:
            return _worked_out(node.ops[0], left, others[0]) or ast.Compare(left, node.ops, others)
        return ast.Compare(left, node.ops, others)

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        left, right = self.visit(node.left), self.visit(node.right)
        return _worked_out(node.op, left, right) or ast.BinOp(left, node.op, right)


def _worked_out(op: ast.operator | ast.cmpop, left: ast.expr, right: ast.expr) -> ast.expr | None:
    if isinstance(left, ast.Constant) and isinstance(right, ast.Constant) and type(op) in WORKED_OUT:
        return ast.Constant(WORKED_OUT[type(op)](_value(left), _value(right)))
    return None


def _value(constant: ast.Constant) -> int | bool:
    assert isinstance(constant.value, int)  # check.py has numbered the options
    return constant.value
