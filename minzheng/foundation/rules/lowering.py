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

from .book import Law, Level
from .grammar import Over

YES = "True"


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
    """Collects generated lines. `known` maps a variable to the text that says whether it is known."""

    def __init__(self) -> None:
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
            if known != YES:
                self.line(f"k_{name} = k_{name} and {known}")
            return
        settled = value if over.how == "any_of" else f"not {value}"
        joined = "or" if over.how == "any_of" else "and"
        if known == YES:
            self.line(f"v_{name} = v_{name} {joined} {value}")
            return
        self.line(f"if {known} and ({settled}):")
        self.line(f"    v_{name} = {over.how == 'any_of'}")
        self.line(f"k_{name} = k_{name} and {known}")

    def finish_gathering(self, over: Over) -> None:
        name = gathered(over)
        if self.known[name] != YES and over.how in ("any_of", "all_of"):
            self.line(f"k_{name} = k_{name} or {'' if over.how == 'any_of' else 'not '}v_{name}")

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
            case ast.BoolOp(operator, values):
                result = self.pair(values[0])
                for value in values[1:]:
                    result = self.logic(isinstance(operator, ast.And), result, self.pair(value))
                return result
            case ast.IfExp(test, body, orelse):
                return self.choose(self.pair(test), self.pair(body), self.pair(orelse))
            case ast.Compare(left, operators, others):
                return self.comparison(left, operators, others)
            case ast.BinOp(left, ast.FloorDiv(), right):
                return self.divide("{} // {}", self.pair(left), self.pair(right))
            case ast.BinOp(left, operator, right):
                (a, ka), (b, kb) = self.pair(left), self.pair(right)
                return Pair(f"({a} {OPERATORS[type(operator)]} {b})", both(ka, kb))
            case ast.Call(ast.Name("round_half_up"), [numerator, denominator]):
                return self.divide("round_half_up({}, {})", self.pair(numerator), self.pair(denominator))
            case ast.Call(ast.Name(name), args):
                pairs = [self.pair(arg) for arg in args]
                return Pair(f"{name}({', '.join(p.value for p in pairs)})", both(*(p.known for p in pairs)))
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
        word = "and" if conjunction else "or"
        if left.known == right.known == YES:
            return Pair(f"({left.value} {word} {right.value})", YES)
        (a, ka), (b, kb) = self.bound(left), self.bound(right)
        decisive = [both(k, f"not {v}" if conjunction else v) for v, k in ((a, ka), (b, kb))]
        known = f"(({decisive[0]}) or ({decisive[1]}) or ({both(ka, kb)}))"
        return Pair(f"({a} and {b})" if conjunction else f"(({decisive[0]}) or ({decisive[1]}))", known)

    def choose(self, test: Pair, yes: Pair, no: Pair) -> Pair:
        if test.known == yes.known == no.known == YES:
            return Pair(f"({yes.value} if {test.value} else {no.value})", YES)
        (t, kt), (a, ka), (b, kb) = self.bound(test), self.bound(yes), self.bound(no)
        known = ka if ka == kb == YES else f"({ka} if {t} else {kb})"
        if kt != YES:
            known = f"({known} if {kt} else {both(ka, kb, f'{a} == {b}')})"
        return Pair(f"({a} if {t} else {b})", known)

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
                part = Pair(f"({a.value} {OPERATORS[type(operator)]} {b.value})", both(a.known, b.known))
                a = b
            result = part if result is None else self.logic(True, result, part)
        assert result is not None
        return result

    def membership(self, choice: Pair, group: ast.expr) -> Pair:
        if isinstance(group, ast.Tuple):
            mask = sum(1 << element.value for element in group.elts)
            return Pair(f"({mask} >> {choice.value} & 1 == 1)", choice.known)
        options, known = self.pair(group)
        return Pair(f"({options} >> {choice.value} & 1 == 1)", both(choice.known, known))

    def divide(self, template: str, numerator: Pair, denominator: Pair) -> Pair:
        (a, ka), (b, kb) = numerator, denominator
        if b.isdigit() and b != "0":
            return Pair(f"({template.format(a, b)})", both(ka, kb))
        b, kb = self.bound(denominator)
        return Pair(f"({template.format(a, b)} if {b} != 0 else 0)", both(ka, kb, f"{b} != 0"))


def gathered(over: Over) -> str:
    return f"{over.how}__{over.name}"


def both(*known: str) -> str:
    """The conjunction of known-texts, leaving out what is certain."""
    return " and ".join(text for text in known if text != YES) or YES
