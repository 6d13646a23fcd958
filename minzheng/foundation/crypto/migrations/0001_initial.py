from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True
    dependencies = []

    operations = [
        # The first 16 bytes of a sealed value: equal for equal values. Simple enough for the planner to look through.
        migrations.RunSQL(
            "CREATE FUNCTION blind(bytea) RETURNS bytea LANGUAGE sql IMMUTABLE PARALLEL SAFE"
            " RETURN substring($1, 1, 16)",
            "DROP FUNCTION blind(bytea)",
        ),
        migrations.CreateModel(
            name="KnownKey",
            fields=[
                (
                    "number",
                    models.PositiveSmallIntegerField(primary_key=True, serialize=False, verbose_name="编号"),
                ),
                ("fingerprint", models.CharField(max_length=16, verbose_name="指纹")),
                ("retired_at", models.DateTimeField(blank=True, null=True, verbose_name="停用时间")),
            ],
            options={"verbose_name": "密钥指纹"},
        ),
    ]
