"""The functions of the blind index are leakproof, and not only by their word: nothing they are given makes them speak."""

import pytest
from django.db import connection

from minzheng.foundation.accounts.walls.build import as_owner
from minzheng.foundation.crypto import blind

pytestmark = pytest.mark.django_db


def test_they_are_declared_leakproof_and_the_planner_does_not_look_through_them():
    assert blind.is_leakproof()
    with connection.cursor() as cursor:
        cursor.execute("EXPLAIN VERBOSE SELECT blind(id_no) FROM people_person")
        assert "blind_a(id_no)" in str(cursor.fetchall())


def test_whatever_bytes_they_are_given_they_answer_and_never_raise():
    bodies = [bytes([fill]) * length for fill in (0, 63, 64, 127, 128, 255) for length in range(52)]
    with connection.cursor() as cursor:
        for one in bodies:
            cursor.execute("SELECT blind_a(%s::bytea), blind_b(%s::bytea)", [one, one])
            a, b = map(bytes, cursor.fetchone())
            has_both = len(one) > 34 and one[16] >= blind.BOTH
            assert (a, b) == (one[:16], one[18:34] if has_both else one[:16])
        cursor.execute("SELECT blind_a(NULL), blind_b(NULL)")
        assert cursor.fetchone() == (None, None)


def test_a_session_that_puts_its_own_functions_first_overhears_nothing():
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            """CREATE SCHEMA overhear;
            CREATE FUNCTION overhear.substr(bytea, int, int) RETURNS bytea LANGUAGE sql RETURN '\\x00'::bytea;
            CREATE FUNCTION overhear.length(bytea) RETURNS int LANGUAGE sql RETURN 1 / 0;
            CREATE FUNCTION overhear.get_byte(bytea, int) RETURNS int LANGUAGE sql RETURN 1 / 0;
            CREATE FUNCTION overhear.more(int, int) RETURNS boolean LANGUAGE sql RETURN 1 / 0 = 1;
            CREATE OPERATOR overhear.> (LEFTARG = int, RIGHTARG = int, FUNCTION = overhear.more);
            CREATE OPERATOR overhear.>= (LEFTARG = int, RIGHTARG = int, FUNCTION = overhear.more);
            SET LOCAL search_path = overhear, pg_catalog, public"""
        )
        value = b"a" * 16 + bytes([blind.BOTH, 0]) + b"b" * 40
        cursor.execute("SELECT blind_a(%s::bytea), blind_b(%s::bytea)", [value, value])
        assert tuple(map(bytes, cursor.fetchone())) == (b"a" * 16, b"b" * 16)
