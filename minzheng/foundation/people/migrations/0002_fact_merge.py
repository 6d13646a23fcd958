"""An aggregate that lays fact sheets over each other, the later row winning key by key (people/facts.py)."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]

    operations = [
        migrations.RunSQL(
            "CREATE AGGREGATE fact_merge(jsonb) (SFUNC = jsonb_concat, STYPE = jsonb, INITCOND = '{}')",
            "DROP AGGREGATE fact_merge(jsonb)",
        )
    ]
