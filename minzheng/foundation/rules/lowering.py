"""Turns a checked rule into statements on pairs (value, known): Kleene's logic written out, for both readings.

`a and b` is known if either is known to be false or both are known; a choice between two branches under an unknown
test is known only if both branches are known and equal; everything else is known if all it reads is known. A value
that is not known is some harmless number that nothing looks at. Division by zero is not known, rather than an error
that would stop a run over thirty million people.

Where a value is certainly known the pair collapses into the rule's own expression, so a complete file at the counter
runs as plain Python.
"""

from __future__ import annotations

import ast
from collections.abc import Callable, Mapping
from typing import NamedTuple

from .book import Law
from .grammar import Over, listed
from .plan import Level

YES, NO = "True", "False"


class Pair(NamedTuple):
    """Source text of a value and of whether it is known."""

    value: str
    known: str


OPERATORS = {
    ast.Add: "+",
    ast.Sub: "-",
    ast.Mult: "*",
    ast.Lt: "<",
    ast.LtE: "<=",
    ast.Gt: ">",
    ast.GtE: ">=",
    ast.Eq: "==",
    ast.NotEq: "!=",
}


STARTS = {"total": 0, "count": 0, "any_of": False, "all_of": True}


class Lowering:
    """Collects generated lines. `known` maps a variable to the text that says whether it is known.

    `branchless`: write & | and pick(…) instead of and, or and if-else. The outcome is the same, since nothing has a
    side effect; Numba then compiles one straight line instead of thousands of branches, in a fraction of the time.
    """

    def __init__(self, *, branchless: bool = False) -> None:
        self.branchless = branchless
        self.lines: list[str] = []
        self.depth = 1
        self.known: dict[str, str] = {}
        self.temporaries = 0

    def line(self, text: str) -> None:
        self.lines.append("    " * self.depth + text)

    def rule(self, name: str, body: ast.expr, args: Mapping[str, str | Over]) -> None:
        """Statements that work out one rule as v_name and k_name."""
        self.args = args
        value, known = self.pair(body)
        self.line(f"v_{name} = {value}")
        if known != YES:
            self.line(f"k_{name} = {known}")
            known = f"k_{name}"
        self.known[name] = known

    def member_pass(
        self, law: Law, level: Level, opening: Callable[[], None], closing: Callable[[], None]
    ) -> None:
        """A loop over the members. `opening` writes its head and what it loads, `closing` what it stores."""
        place = len(self.lines)
        opening()
        for name in level.rules:
            self.rule(name, law.bodies[name], law.rules[name].args)
        for over in level.gathers:
            self.known[gathered(over)] = YES if self.known[over.name] == YES else f"k_{gathered(over)}"
            self.gather(over)
        closing()
        self.depth -= 1
        # whether a sum may be unknown is learnt by writing the loop, so its start values go in before it only now
        loop = self.lines[place:]
        del self.lines[place:]
        for over in level.gathers:
            self.start_gathering(over)
        self.lines += loop
        for over in level.gathers:
            self.finish_gathering(over)

    def start_gathering(self, over: Over) -> None:
        name = gathered(over)
        self.line(f"v_{name} = {STARTS[over.how]}")
        if self.known[name] != YES:
            self.line(f"k_{name} = True")

    def gather(self, over: Over) -> None:
        """One member's share; an any_of is settled by one known yes, an all_of by one known no."""
        name, value, known = gathered(over), f"v_{over.name}", self.known[over.name]
        if over.how in ("total", "count"):
            self.line(f"v_{name} += {value}")
        elif over.how == "any_of":
            self.line(f"v_{name} = {self.any(f'v_{name}', self.all(known, value))}")
        else:
            self.line(f"v_{name} = {self.all(f'v_{name}', self.any(value, self.no(known)))}")
        if known != YES:
            self.line(f"k_{name} = {self.all(f'k_{name}', known)}")

    def finish_gathering(self, over: Over) -> None:
        name = gathered(over)
        if self.known[name] != YES and over.how in ("any_of", "all_of"):
            settled = f"v_{name}" if over.how == "any_of" else self.no(f"v_{name}")
            self.line(f"k_{name} = {self.any(f'k_{name}', settled)}")

    def all(self, *truths: str) -> str:
        """Conjunction of truth texts, leaving out what is certain."""
        left = [text for text in truths if text != YES]
        if len(left) < 2:
            return left[0] if left else YES
        return f"({(' & ' if self.branchless else ' and ').join(left)})"

    def any(self, *truths: str) -> str:
        """Disjunction of truth texts, leaving out what is impossible."""
        left = [text for text in truths if text != NO]
        if YES in left:
            return YES
        if len(left) < 2:
            return left[0] if left else NO
        return f"({(' | ' if self.branchless else ' or ').join(left)})"

    def no(self, truth: str) -> str:
        return {YES: NO, NO: YES}.get(truth, f"(not {truth})")

    def pick(self, test: str, yes: str, no: str) -> str:
        if yes == no:
            return yes
        return f"pick({test}, {yes}, {no})" if self.branchless else f"({yes} if {test} else {no})"

    def pair(self, node: ast.expr) -> Pair:
        match node:
            case ast.Name(arg):
                read = self.args[arg]
                name = gathered(read) if isinstance(read, Over) else read
                return Pair(f"v_{name}", self.known[name])
            case ast.Constant(value):
                return Pair(repr(value), YES)
            case ast.UnaryOp(operator, operand):
                value, known = self.pair(operand)
                return Pair(f"(not {value})" if isinstance(operator, ast.Not) else f"(-{value})", known)
            case ast.BoolOp(operator, parts):
                result = self.pair(parts[0])
                for part in parts[1:]:
                    result = self.logic(isinstance(operator, ast.And), result, self.pair(part))
                return result
            case ast.IfExp(test, body, orelse):
                return self.choose(self.pair(test), self.pair(body), self.pair(orelse))
            case ast.Compare(left, operators, others):
                return self.comparison(left, operators, others)
            case ast.BinOp(left, ast.FloorDiv(), right):
                template = "quotient({}, {})" if self.branchless else "{} // {}"
                return self.divide(template, self.pair(left), self.pair(right))
            case ast.BinOp(left, operator, right):
                (a, ka), (b, kb) = self.pair(left), self.pair(right)
                if isinstance(operator, ast.Mult) and "0" in (a, b):
                    return Pair("0", self.all(ka, kb))
                return Pair(f"({a} {OPERATORS[type(operator)]} {b})", self.all(ka, kb))
            case ast.Call(ast.Name("round_half_up"), [numerator, denominator]):
                return self.divide("round_half_up({}, {})", self.pair(numerator), self.pair(denominator))
            case ast.Call(ast.Name(name), args):
                pairs = [self.pair(arg) for arg in args]
                return Pair(
                    f"{name}({', '.join(p.value for p in pairs)})", self.all(*(p.known for p in pairs))
                )
        raise TypeError(ast.dump(node))  # grammar.py let something through

    def bound(self, pair: Pair) -> Pair:
        """The same pair in names, so that its text can be used more than once."""
        names = []
        for text in pair:
            if not text.isidentifier():
                self.temporaries += 1
                self.line(f"t{self.temporaries} = {text}")
                text = f"t{self.temporaries}"
            names.append(text)
        return Pair(*names)

    def logic(self, conjunction: bool, left: Pair, right: Pair) -> Pair:
        word = self.all if conjunction else self.any
        if left.known == right.known == YES:
            return Pair(word(left.value, right.value), YES)
        (a, ka), (b, kb) = self.bound(left), self.bound(right)
        settled = [self.all(k, self.no(v) if conjunction else v) for v, k in ((a, ka), (b, kb))]
        known = self.any(*settled, self.all(ka, kb))
        return Pair(self.all(a, b) if conjunction else self.any(*settled), known)

    def choose(self, test: Pair, yes: Pair, no: Pair) -> Pair:
        if test.known == yes.known == no.known == YES:
            return Pair(self.pick(test.value, yes.value, no.value), YES)
        (t, kt), (a, ka), (b, kb) = self.bound(test), self.bound(yes), self.bound(no)
        known = self.pick(t, ka, kb)
        if kt != YES:
            known = self.pick(kt, known, self.all(ka, kb, f"({a} == {b})"))
        return Pair(self.pick(t, a, b), known)

    def comparison(self, left: ast.expr, operators: list[ast.cmpop], others: list[ast.expr]) -> Pair:
        result, a = None, self.pair(left)
        if len(others) > 1:
            a = self.bound(a)
        for operator, other in zip(operators, others, strict=True):
            if isinstance(operator, ast.In | ast.NotIn):
                part = self.membership(a, other)
                if isinstance(operator, ast.NotIn):
                    part = Pair(f"(not {part.value})", part.known)
            else:
                b = self.pair(other)
                if len(others) > 1:
                    b = self.bound(b)
                part = Pair(f"({a.value} {OPERATORS[type(operator)]} {b.value})", self.all(a.known, b.known))
                a = b
            result = part if result is None else self.logic(True, result, part)
        assert result is not None
        return result

    def membership(self, choice: Pair, group: ast.expr) -> Pair:
        if isinstance(group, ast.Tuple):
            mask = sum(1 << _number(element) for element in listed(group))
            return Pair(f"({mask} >> {choice.value} & 1 == 1)", choice.known)
        options, known = self.pair(group)
        return Pair(f"({options} >> {choice.value} & 1 == 1)", self.all(choice.known, known))

    def divide(self, template: str, numerator: Pair, denominator: Pair) -> Pair:
        (a, ka), (b, kb) = numerator, denominator
        if b.isdigit() and b != "0":
            if a == "0":
                return Pair("0", self.all(ka, kb))
            return Pair(f"({template.format(a, b)})", self.all(ka, kb))
        b, kb = self.bound(denominator)
        nonzero = f"({b} != 0)"
        return Pair(f"({template.format(a, self.pick(nonzero, b, '1'))})", self.all(ka, kb, nonzero))


def gathered(over: Over) -> str:
    return f"{over.how}__{over.name}"


def _number(element: ast.Constant) -> int:
    assert isinstance(element.value, int)  # check.py has numbered the options
    return element.value
