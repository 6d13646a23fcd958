"""Sealing: committed entries become links of the chain, at once and in batches, outside the writer's transaction."""

import threading

from django.db import connection, transaction


def seal() -> int:
    """Link whatever waits; returns how many entries. Safe to call from anywhere, at any time, by many at once."""
    with connection.cursor() as cursor:
        # A seal lost in a power cut is simply made again, because its entry waits again; so it need not wait for
        # the disk. Signing a head does wait (trail.py).
        cursor.execute("SELECT set_config('synchronous_commit', 'off', true), audit_seal()")
        return cursor.fetchone()[1]


class _Together:
    """Threads of one process that commit at the same moment share one seal, as PostgreSQL's commits share one flush."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.sealing = threading.Lock()

    def __call__(self) -> None:
        """Seal, or leave it to the thread that is sealing: it looks again for whoever asked in the meantime."""
        self.asked.set()
        while self.asked.is_set() and self.sealing.acquire(blocking=False):
            try:
                self.asked.clear()
                seal()
            finally:
                self.sealing.release()


seal_together = _Together()


def seal_on_commit() -> None:
    """Seal after the running transaction, once however many entries it writes; without one, now.

    A failure is logged and leaves the entries waiting for the next seal: the act itself is done.
    """
    # The last hook suffices: it can only be dropped with a savepoint that holds the newer entry too.
    if any(hook is seal_together for _, hook, *_ in connection.run_on_commit[-1:]):
        return
    transaction.on_commit(seal_together, robust=True)
