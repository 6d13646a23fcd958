"""A county's tasks: the lists walk an index and touch no more rows than they show."""

from django.db import connection

from minzheng.foundation.accounts.access import Access
from minzheng.foundation.tasks.lists import to_do, watched
from minzheng.foundation.tasks.tests.conftest import ON

MANY = """
INSERT INTO tasks_task (kind, title, reason, subject, detail, region_id, office_id, origin, state, opened_on, warn_on, due_on,
                        escalated_to, contacts, outcome, record, note)
SELECT 'club.visit', '看望会员', '', '', '{}', '431227101200', '431227101200', 'many:' || n,
       CASE WHEN n %% 50 = 0 THEN 'open' ELSE 'done' END, %(on)s, %(on)s, %(on)s::date + n %% 90, '', 0, '', '{}', ''
FROM generate_series(1, 40000) AS n
"""


def test_it_finds_a_villages_tasks_among_forty_thousand_by_index(task, access):
    with connection.cursor() as cursor:
        cursor.execute(MANY, {"on": ON})
        cursor.execute("ANALYZE tasks_task")
    mine = task()
    assert list(to_do(access("helper", ON))) == [mine]
    for listed in (to_do(access("helper", ON))[:100], watched(access("township", ON))[:100]):
        plan = listed.explain()
        assert "Seq Scan on tasks_task" not in plan, plan


def test_a_visitor_of_the_site_has_nothing_to_do(task):
    task()
    assert not to_do(Access(None)).exists()
