"""Sealing: committed entries become links of the chain, at once and in batches, outside the writer's transaction."""

from django.db import connection, transaction


def seal() -> int:
    """Link whatever waits; returns how many entries. Safe to call from anywhere, at any time, by many at once."""
    with connection.cursor() as cursor:
        # A seal lost in a power cut is simply made again, because its entry waits again; so it need not wait for
        # the disk. Signing a head does wait (trail.py).
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true), audit_seal()")
        return cursor.fetchone()[1]


def seal_on_commit() -> None:
    """Seal after the running transaction, once however many entries it writes; without one, now.

    A failure is logged and leaves the entries waiting for the next seal: the act itself is done.
    """
    # The last hook suffices: it can only be dropped with a savepoint that holds the newer entry too.
    if any(hook is seal for _, hook, *_ in connection.run_on_commit[-1:]):
        return
    transaction.on_commit(seal, robust=True)
