"""minzheng decide and minzheng examples."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path

from .errors import FactsError, QuestionError, RuleError


def add_commands(subparsers: argparse._SubParsersAction) -> None:
    """Adds the commands of the rule engine; each sets `run(arguments) -> exit status`."""
    decide = subparsers.add_parser(
        "decide", help="对一份事实文件作出结论并列明依据", description="对一份事实文件作出结论并列明依据"
    )
    decide.add_argument("facts", metavar="事实文件", type=Path, help="YAML 或 JSON，格式见 docs/facts.md")
    decide.add_argument("--on", metavar="日期", help="办理日期，例如 2021-09-01；决定适用哪一版规则和标准")
    decide.add_argument("--standards", metavar="标准集", help="standards/ 下的目录名，例如 hunan")
    decide.add_argument("--region", metavar="代码", help="行政区划代码，例如 431227")
    decide.add_argument("--want", metavar="规则", action="append", help="只计算这条规则及其依据，可重复")
    decide.add_argument("--json", action="store_true", help="输出完整 JSON，供程序读取")
    decide.set_defaults(run=run_decide)
    examples = subparsers.add_parser(
        "examples", help="用两种方式运行全部政策样例", description="用两种方式运行全部政策样例"
    )
    examples.add_argument("-v", "--verbose", action="store_true", help="列出每一个样例")
    examples.set_defaults(run=run_examples_command)


def run_decide(arguments: argparse.Namespace) -> int:
    """0 decided, 1 undetermined, 2 the question or the facts cannot be used."""
    from .deciding import decide
    from .facts_document import load_document

    try:
        decision = decide(
            load_document(arguments.facts),
            arguments.on,
            arguments.standards,
            arguments.region,
            arguments.want,
        )
    except (FactsError, QuestionError, RuleError) as error:
        print(error, file=sys.stderr)
        return 2
    print(
        json.dumps(decision.as_json(), ensure_ascii=False, indent=2) if arguments.json else decision.explain()
    )
    return 1 if None in decision.results.values() else 0


def run_examples_command(arguments: argparse.Namespace) -> int:
    """0 all as expected, 1 otherwise."""
    from .deciding import default_counter, line_folders
    from .examples import read_examples, run_examples

    try:
        counter = default_counter()
        outcomes = run_examples(counter, read_examples(line_folders(), counter))
    except (FactsError, QuestionError, RuleError) as error:
        print(error, file=sys.stderr)
        return 2
    file = ""
    for outcome in outcomes:
        if (arguments.verbose or outcome.failures) and outcome.example.file != file:
            file = outcome.example.file
            print(file)
        if arguments.verbose or outcome.failures:
            print(f"  {'✗' if outcome.failures else '✓'} {outcome.example.title}")
        for failure in outcome.failures:
            print(f"      {failure}")
    failed = sum(1 for outcome in outcomes if outcome.failures)
    verdict = (
        f"有 {failed} 个不符合预期，请按上面的提示核对规则、标准或样例。"
        if failed
        else "窗口与批量两种方式全部符合预期。"
    )
    print(f"共 {len(outcomes)} 个样例，{verdict}")
    return 1 if failed else 0
