"""docs/security.yaml leaves nothing out and claims no test that does not exist."""

from collections import Counter

from minzheng.docs.security import problems, table

# Requirements in each section of OWASP ASVS 5.0.0, and which of them are of level 3.
SECTIONS = (
    "1.1:2 1.2:10 1.3:12 1.4:3 1.5:3 2.1:3 2.2:3 2.3:5 2.4:2 3.1:1 3.2:3 3.3:5 3.4:8 3.5:8 3.6:1 3.7:5 4.1:5 4.2:5 4.3:2 4.4:4 "
    "5.1:1 5.2:6 5.3:3 5.4:3 6.1:3 6.2:12 6.3:8 6.4:6 6.5:8 6.6:4 6.7:2 6.8:4 7.1:3 7.2:4 7.3:2 7.4:5 7.5:3 7.6:2 8.1:4 8.2:4 8.3:3 "
    "8.4:2 9.1:3 9.2:4 10.1:2 10.2:3 10.3:5 10.4:16 10.5:5 10.6:2 10.7:3 11.1:4 11.2:5 11.3:5 11.4:4 11.5:2 11.6:2 11.7:2 12.1:5 "
    "12.2:2 12.3:5 13.1:4 13.2:6 13.3:4 13.4:7 14.1:2 14.2:8 14.3:3 15.1:5 15.2:5 15.3:7 15.4:4 16.1:1 16.2:5 16.3:4 16.4:3 16.5:4 "
    "17.1:2 17.2:8 17.3:2"
)
LEVEL_3 = (
    "1.2.10 1.3.12 1.5.3 2.3.5 2.4.2 3.1.1 3.2.3 3.3.5 3.4.7 3.4.8 3.5.6 3.5.7 3.5.8 3.6.1 3.7.3 3.7.4 3.7.5 4.1.4 4.1.5 4.2.2 4.2.3 "
    "4.2.4 4.2.5 5.2.4 5.2.5 5.2.6 5.3.3 6.3.5 6.3.6 6.3.7 6.3.8 6.4.5 6.4.6 6.5.6 6.5.7 6.5.8 6.6.4 6.7.1 6.7.2 7.5.3 8.1.3 8.1.4 "
    "8.2.4 8.3.2 8.3.3 8.4.2 10.2.3 10.3.5 10.4.12 10.4.13 10.4.14 10.4.15 10.4.16 11.1.3 11.1.4 11.2.4 11.2.5 11.3.4 11.3.5 11.5.2 "
    "11.6.2 11.7.1 11.7.2 12.1.4 12.1.5 12.3.5 13.1.2 13.1.3 13.1.4 13.2.6 13.3.3 13.3.4 13.4.6 13.4.7 14.2.5 14.2.6 14.2.7 14.2.8 "
    "15.1.4 15.1.5 15.2.4 15.2.5 15.4.1 15.4.2 15.4.3 15.4.4 16.5.4 17.1.2 17.2.5 17.2.6 17.2.7 17.2.8"
)
# Lettered clauses of GB/T 22239-2019 8.1.4; 8.1.4.5 and 8.1.4.6 have none.
CLAUSES = {1: "abcd", 2: "abcdefg", 3: "abcd", 4: "abcdef", 7: "ab", 8: "ab", 9: "abc", 10: "ab", 11: "ab"}


def requirements() -> set[str]:
    counted = (part.split(":") for part in SECTIONS.split())
    return {f"{section}.{number}" for section, count in counted for number in range(1, int(count) + 1)}


def mapped() -> list[str]:
    return [str(number) for chapter in table()["asvs"] for row in chapter["rows"] for number in row["of"]]


def test_it_knows_the_345_requirements_of_the_standard_and_the_253_of_level_2():
    assert len(requirements()) == 345
    assert len(requirements() - set(LEVEL_3.split())) == 253


def test_it_maps_every_requirement_of_levels_1_and_2_once():
    numbers = Counter(mapped())
    assert sorted(requirements() - set(LEVEL_3.split()) - set(numbers)) == []
    assert [number for number, times in numbers.items() if times > 1] == []
    assert sorted(set(numbers) - requirements()) == []


def test_it_maps_every_clause_of_the_protected_computing_environment():
    asked = {f"8.1.4.{n} {letter}" for n, letters in CLAUSES.items() for letter in letters} | {
        "8.1.4.5",
        "8.1.4.6",
    }
    assert {row["of"] for row in table()["dengbao"]} == asked


def test_it_names_only_tests_that_exist_and_gives_a_reason_for_the_rest():
    assert list(problems(table())) == []
