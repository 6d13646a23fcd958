"""What an official writes and what the program reads: the same by both readers."""

import pytest

from minzheng.foundation.rules import FactsError
from minzheng.foundation.rules.facts_document import load_document
from minzheng.foundation.rules.yaml_text import read_own_yaml, read_yaml


@pytest.mark.parametrize("read", [read_yaml, read_own_yaml])
def test_it_keeps_on_off_yes_and_no_as_words(tmp_path, read):
    file = tmp_path / "one.yaml"
    file.write_text("on: yes\noff: true\nwords: [no, false, True, 2026-07-01, 6.5]\n")
    found = read(file)
    assert list(found) == ["on", "off", "words"]
    assert found["on"] == "yes" and found["off"] is True
    assert found["words"][:3] == ["no", False, "True"]
    assert found["words"][3].isoformat() == "2026-07-01" and found["words"][4] == 6.5


def test_a_file_nested_endlessly_ends_in_an_error_and_never_in_a_crash(tmp_path):
    file = tmp_path / "deep.yaml"
    file.write_text("[" * 20_000)
    with pytest.raises(RecursionError):
        read_yaml(file)


def test_whoever_handed_it_in_is_told_what_to_do(tmp_path):
    file = tmp_path / "deep.yaml"
    file.write_text("[" * 20_000)
    with pytest.raises(FactsError, match="请检查缩进"):
        load_document(file)
