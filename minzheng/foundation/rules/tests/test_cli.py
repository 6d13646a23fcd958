"""The commands as a person at a terminal meets them."""

import argparse
import json
import os
import subprocess
import sys

import pytest

from minzheng.foundation.rules.cli import add_commands
from minzheng.foundation.rules.deciding import PACKAGE
from minzheng.foundation.rules.document import HEAD, PAGE, facts_page

SAMPLE = HEAD.split("```yaml\n")[1].split("```")[0]


@pytest.fixture
def facts_file(tmp_path):
    file = tmp_path / "facts.yaml"
    file.write_text(SAMPLE, encoding="utf-8")
    return file


def run(*arguments):
    parser = argparse.ArgumentParser()
    add_commands(parser.add_subparsers())
    parsed = parser.parse_args([str(argument) for argument in arguments])
    return parsed.run(parsed)


def test_it_decides_the_sample_of_the_documentation(facts_file, capsys):
    assert run("decide", facts_file) == 0
    assert "月救助金合计：630.00元/月" in capsys.readouterr().out


def test_it_prints_json_for_programs(facts_file, capsys):
    assert run("decide", facts_file, "--on", "2021-09-02", "--json") == 0
    answer = json.loads(capsys.readouterr().out)
    assert answer["on"] == "2021-09-02"
    assert answer["results"]["monthly_payment"] == 63000


def test_it_answers_undetermined_with_status_1_and_names_what_is_missing(facts_file, capsys):
    facts_file.write_text(SAMPLE.replace("  deposits: 3000元\n", ""), encoding="utf-8")
    assert run("decide", facts_file) == 1
    assert "现金和存款（deposits），可向银行核实" in capsys.readouterr().out


def test_it_answers_a_bad_question_with_status_2_and_no_traceback(facts_file, capsys):
    for arguments in (
        ["/nowhere.yaml"],
        [facts_file, "--standards", "atlantis"],
        [facts_file, "--on", "2021-02-30"],
        [facts_file, "--region", "湖南"],
        [facts_file, "--want", "wealth"],
    ):
        assert run("decide", *arguments) == 2
        assert "请" in (said := capsys.readouterr().err) or "办法" in said


def test_it_runs_all_examples(capsys):
    assert run("examples") == 0
    assert "全部符合预期" in capsys.readouterr().out


def test_deciding_loads_neither_django_nor_numba(facts_file):
    program = (
        "import sys; from pathlib import Path; from minzheng.foundation.rules import decide;"
        "from minzheng.foundation.rules.facts_document import load_document;"
        "decide(load_document(Path(sys.argv[1])));"
        "print([m for m in ('django', 'numba', 'numpy', 'pyarrow') if m in sys.modules])"
    )
    where = {**os.environ, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(
        [sys.executable, "-c", program, facts_file], capture_output=True, text=True, env=where, check=True
    )
    assert done.stdout.strip() == "[]"


def test_the_page_of_facts_is_up_to_date():
    from minzheng.foundation.rules import default_counter

    fresh = facts_page(default_counter().book)
    assert PAGE.read_text(encoding="utf-8") == fresh, "run: python -m minzheng.foundation.rules.document"
