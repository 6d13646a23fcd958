"""The kernel's own text, read by NumPy: nothing is compiled, so a county has its first answers at once.

A pass's loop over the rows of a tile becomes one operation on each of its columns. All else, the order of the passes
included, is the text that Numba compiles (kernel.py). It takes some ten times as long as the compiled kernel and is
spared its ten seconds of compiling: right up to population.WORTH_A_KERNEL people.
"""

from __future__ import annotations

import ast
import functools
from collections.abc import Callable
from typing import Any

import numpy as np

from .kernel import WORDS, kernel_source
from .plan import Plan

# Households of a tile: NumPy takes as long to start an operation as to do it on a thousand rows.
TILE = 8192
# Words of the kernel that work on columns as they stand
SHARED = {"age", "full_months", "months_between", "round_half_up", "most_members"}


@functools.lru_cache(maxsize=64)
def whole_columns_for(plan: Plan, uniform: bool) -> Callable[..., None]:
    """A function with the kernel's arguments (kernel.arguments), ready to run."""
    space: dict[str, Any] = {
        "np": np, "pick": np.where, "quotient": np.floor_divide, "no": np.logical_not, "whole": _whole,
        "min": _least, "max": _most, "lay_out": _lay_out, "add_up": _add_up,
        "placed": _placed,
    }  # fmt: skip
    words = [node for node in ast.parse(WORDS.read_text()).body if getattr(node, "name", "") in SHARED]
    for part in (words, ast.parse(kernel_source(plan, uniform=uniform, tile=TILE)).body):
        exec(_read(part), space)  # noqa: S102  our own text, as in counter.py
    kernel = space["kernel"]

    def run(*arguments: Any) -> None:
        with np.errstate(all="ignore"):  # a value that is not known is some number that nothing looks at
            kernel(*arguments)

    return run


def _read(statements: list[ast.stmt]) -> Any:
    functions = [node for node in statements if isinstance(node, ast.FunctionDef)]
    module = ast.Module([_Columns().visit(node) for node in functions], [])
    return compile(ast.fix_missing_locations(module), "<whole columns>", "exec")


class _Columns(ast.NodeTransformer):
    """What is said of one row, said of all rows of the tile."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.FunctionDef:
        node.decorator_list = []
        if node.name.startswith("sums_"):
            given = ", ".join(argument.arg for argument in node.args.args)
            node.body = ast.parse(f"add_up({given})").body
            return node
        self.generic_visit(node)
        if node.name.startswith("pass_"):
            (loop,) = node.body
            assert isinstance(loop, ast.For)
            node.body = [*ast.parse("i = slice(0, rows)").body, *loop.body]
        return node

    def visit_UnaryOp(self, node: ast.UnaryOp) -> ast.expr:
        self.generic_visit(node)
        return _call("no", [node.operand]) if isinstance(node.op, ast.Not) else node

    def visit_BinOp(self, node: ast.BinOp) -> ast.expr:
        match node.right:
            case ast.Call(ast.Attribute(ast.Name("np"), "uint64"), [row]):
                return _call("placed", [node.left, self.visit(row)])
        self.generic_visit(node)
        return node

    def visit_Call(self, node: ast.Call) -> ast.expr:
        self.generic_visit(node)
        match node.func:
            case ast.Attribute(ast.Name("np"), "int64"):
                return _call("whole", node.args)
            case ast.Attribute(ast.Name("np"), "uint64"):
                return node.args[0]
        return node


def _call(name: str, arguments: list[ast.expr]) -> ast.Call:
    return ast.Call(ast.Name(name, ast.Load()), arguments, [])


def _whole(column: Any) -> Any:
    return np.asarray(column).astype(np.int64, copy=False)


def _placed(begin: int, rows: Any) -> Any:
    """Where rows of the tile lie in the whole columns."""
    return slice(begin, begin + rows.stop) if isinstance(rows, slice) else begin + rows


def _least(*columns: Any) -> Any:
    return functools.reduce(np.minimum, columns)


def _most(*columns: Any) -> Any:
    return functools.reduce(np.maximum, columns)


def _lay_out(start: np.ndarray, first: np.ndarray, end: np.ndarray, own: np.ndarray) -> None:
    households, places = len(start) - 1, start - start[0]
    first[:households], end[:households] = places[:-1], places[1:]
    own[: places[-1]] = np.repeat(np.arange(households), np.diff(start))


def _add_up(rows: int, *columns: np.ndarray) -> None:
    """Running sums: `columns` are what to add and where to, by turns."""
    for share, running in zip(columns[::2], columns[1::2], strict=True):
        running[0] = 0
        np.cumsum(share[:rows], dtype=np.int64, out=running[1 : rows + 1])
