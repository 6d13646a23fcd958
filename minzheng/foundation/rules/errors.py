"""Errors that a person reads: what is wrong, where, and what to do. All are ValueErrors with plain Chinese text."""


class RuleError(ValueError):
    """A rule file, a facts catalogue or the set of rules as a whole cannot be used."""

    def __init__(self, where: str, problem: str, remedy: str) -> None:
        super().__init__(f"{where}：{problem}。办法：{remedy}。")
        self.where, self.problem, self.remedy = where, problem, remedy


class StandardsError(RuleError):
    """A file under standards/ cannot be used."""


class FactsError(ValueError):
    """A facts document cannot be read. `problems` holds every fault found, so that all can be put right at once."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


class QuestionError(ValueError):
    """The question itself cannot be asked: an unknown rule, date, set of standards or region."""
