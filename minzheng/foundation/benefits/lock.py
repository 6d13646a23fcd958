"""One queue per benefit and county: nobody's right changes while that county's month is being frozen."""

from django.db import connection


def lock(benefit: str, county: str) -> None:
    """Wait for, and hold until the transaction ends, the turn to change or freeze one county's benefit.

    Without it a grant that commits beside a freeze could be in neither this month's list nor the back-pay.
    """
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(hashtext('benefit'), hashtext(%s))", [f"{benefit}/{county}"]
        )
