"""Small faults, as a tired programmer makes them, put into one function of a module at a time."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from types import CodeType

COMPARISONS = {
    ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE, ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq,
    ast.Is: ast.IsNot, ast.IsNot: ast.Is, ast.In: ast.NotIn, ast.NotIn: ast.In,
}  # fmt: skip
SUMS = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.FloorDiv,
    ast.FloorDiv: ast.Mult,
    ast.BitOr: ast.BitAnd,
    ast.BitAnd: ast.BitOr,
}


@dataclass(frozen=True)
class Mutant:
    """`function`: the outermost function it lies in, as `Class.method`; `line`: where; `was`, `now`: the source."""

    file: Path
    function: str
    line: int
    was: str
    now: str
    code: CodeType


def mutants(file: Path) -> Iterator[Mutant]:
    """Every small fault of a module's functions; texts, annotations and decorators stay."""
    tree = ast.parse(file.read_text(encoding="utf-8"))
    for name, function in _functions(tree):
        for at, node in enumerate(ast.walk(function)):
            for kind in range(len(_changed(node))):
                other = copy.deepcopy(tree)
                (twin,) = [
                    one for found, one in _functions(other) if found == name and one.lineno == function.lineno
                ]
                place = [*ast.walk(twin)][at]
                if id(place) in _left_alone(twin):
                    continue
                changed = _changed(place)[kind]
                _Replace(place, changed).visit(twin)
                ast.fix_missing_locations(other)
                code = _code(compile(other, str(file), "exec"), name)
                if code is not None:
                    yield Mutant(file, name, node.lineno, _text(node), _text(changed), code)  # type: ignore[attr-defined]


def _functions(tree: ast.Module) -> Iterator[tuple[str, ast.FunctionDef]]:
    for node in tree.body:
        if isinstance(node, ast.FunctionDef):
            yield node.name, node
        elif isinstance(node, ast.ClassDef):
            yield from (
                (f"{node.name}.{one.name}", one) for one in node.body if isinstance(one, ast.FunctionDef)
            )


def _changed(node: ast.AST) -> list[ast.AST]:
    """What may stand in its place; nothing for most nodes."""
    if isinstance(node, ast.Compare) and type(node.ops[0]) in COMPARISONS:
        return [ast.Compare(node.left, [COMPARISONS[type(node.ops[0])](), *node.ops[1:]], node.comparators)]
    if isinstance(node, ast.BinOp) and type(node.op) in SUMS:
        return [ast.BinOp(node.left, SUMS[type(node.op)](), node.right)]
    if isinstance(node, ast.BoolOp):
        return [
            ast.BoolOp(ast.And() if isinstance(node.op, ast.Or) else ast.Or(), node.values),
            *node.values[:1],
        ]
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not | ast.USub):
        return [node.operand]
    if isinstance(node, ast.Constant) and type(node.value) in (bool, int):
        return [ast.Constant(not node.value if isinstance(node.value, bool) else node.value + 1)]
    if isinstance(node, ast.If | ast.IfExp):
        turned = copy.copy(node)
        turned.test = ast.UnaryOp(ast.Not(), node.test)
        return [turned]
    if isinstance(node, ast.Return) and node.value is not None and not _is_nothing(node.value):
        return [ast.Return(ast.Constant(None))]
    if isinstance(node, ast.Raise | ast.AugAssign) or (
        isinstance(node, ast.Expr) and isinstance(node.value, ast.Call)
    ):
        return [ast.Pass()]
    return []


def _is_nothing(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value is None


def _left_alone(function: ast.FunctionDef) -> set[int]:
    """Nodes of annotations, decorators and defaults (they are not in the function's own code)."""
    outer = [*function.decorator_list, function.args, *([function.returns] if function.returns else [])]
    return {id(node) for root in outer for node in ast.walk(root)}


def _code(module: CodeType, name: str) -> CodeType | None:
    for constant in module.co_consts:
        if isinstance(constant, CodeType):
            if constant.co_qualname == name:
                return constant
            if found := _code(constant, name):
                return found
    return None


def _text(node: ast.AST) -> str:
    return " ".join(ast.unparse(node).split())[:90]


class _Replace(ast.NodeTransformer):
    def __init__(self, place: ast.AST, by: ast.AST) -> None:
        self.place, self.by = place, by

    def visit(self, node: ast.AST) -> ast.AST:
        return self.by if node is self.place else self.generic_visit(node)
