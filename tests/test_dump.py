"""The search for leaks finds what it must find; that the demo county's dump holds none is minzheng/demo/tests/test_demo.py."""

import base64

import pytest

from tests.leaks import found_in

NUMBER, PHONE, ACCOUNT = "43122719490312002X", "13807451234", "6217000010001234567"


@pytest.mark.parametrize("secret", [NUMBER, PHONE, ACCOUNT])
@pytest.mark.parametrize("before", ["", "a", "ab", "abc", "1", "12"])
def test_it_finds_a_number_however_it_was_written_down(secret, before):
    written = {
        "text": f'7\t{{"no": "{before}{secret}"}}',
        "bytes": "8\t\\\\x" + f"{before}{secret}".encode().hex(),
        "hex": "8\t" + f"{before}{secret}".encode().hex(),
        "base64": "9\t" + base64.b64encode(f"{before}{secret} and more of it".encode()).decode(),
    }
    for how, row in written.items():
        found = found_in(["COPY public.some_table (id, text) FROM stdin;", row], {secret})
        assert found == {f"some_table, {how}": 1}


def test_it_finds_nothing_where_there_is_nothing():
    rows = [
        "COPY public.some_table (id) FROM stdin;",
        "431227107203\t13807451235\t\\\\x3133383037343531323335",
        f"sealed\t\\\\xa{PHONE}ff",  # hex digits that only look like a telephone
    ]
    assert not found_in(rows, {NUMBER, PHONE, ACCOUNT})
