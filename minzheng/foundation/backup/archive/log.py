"""The server's log, received as it is written (pg_receivewal) and sealed segment by segment.

A replication slot makes the server keep what was not received yet; a segment leaves the receiving folder only when it lies
sealed on the archive's disk. So a stop of the archive, at whatever point, loses nothing.
"""

from __future__ import annotations

import datetime as dt
import subprocess
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from minzheng.foundation.backup import server
from minzheng.foundation.backup.archive import bases, sealing
from minzheng.foundation.backup.archive.bases import HISTORY, LOG, PARTIAL
from minzheng.foundation.backup.server import ServerSaysNo

SLOT = "minzheng_archive"  # the server's memory of what we received
RECEIVING = "receiving"  # below MINZHENG_VAR
PATIENCE = 30  # seconds until a log that was switched must have arrived


@dataclass
class Receiver:
    """`incoming`: the receiving folder, plain and for its owner alone."""

    archive: Path
    incoming: Path
    key: bytes
    running: subprocess.Popen[bytes] | None = None

    def begin(self, owner: psycopg.Connection[Any]) -> bool:
        """Have the slot and the receiver running; True when the log begins anew, so that a new base copy is needed."""
        self.incoming.mkdir(parents=True, exist_ok=True, mode=0o700)
        found = owner.execute(
            "SELECT wal_status FROM pg_replication_slots WHERE slot_name = %s", [SLOT]
        ).fetchone()
        anew = found is None or found[0] == "lost"
        if anew:
            self._stop()
            self._put_away()
            if found:
                owner.execute("SELECT pg_drop_replication_slot(%s)", [SLOT])
            owner.execute("SELECT pg_create_physical_replication_slot(%s, true)", [SLOT])
        if self.running is None or self.running.poll() is not None:
            self._start()
        return anew

    def catch_up(self, owner: psycopg.Connection[Any]) -> tuple[dt.datetime, str]:
        """Close the open segment, wait until it is here, seal it: (everything before this moment is archived, segment)."""
        at, wanted = owner.execute(
            "SELECT clock_timestamp(), pg_walfile_name(pg_switch_wal() - 1::numeric)"
        ).fetchone()  # type: ignore[misc]
        end = time.monotonic() + PATIENCE
        while not ((self.incoming / wanted).exists() or (self.archive / LOG / wanted).exists()):
            if (
                self.seal()
            ):  # after a long stop there is much to receive: patience is for the next piece of it
                end = time.monotonic() + PATIENCE
            if time.monotonic() > end:
                raise ServerSaysNo(f"数据库日志 {wanted} 等了 {PATIENCE} 秒还没有收到。{self._said()}")
            if self.running and self.running.poll() is not None:
                raise ServerSaysNo(f"接收数据库日志的程序停了。{self._said()}")
            time.sleep(0.05)
        self.seal()
        return at, wanted

    def seal(self) -> int:
        """Every complete segment into the archive, oldest first, then out of the receiving folder; how many they were."""
        whole = [
            one for one in sorted(self.incoming.glob("0*")) if len(one.name) == 24 or one.suffix == HISTORY
        ]
        for file in whole:
            self._keep(file)
        return len(whole)

    def end(self, owner: psycopg.Connection[Any]) -> None:
        """No more archiving: the server need not keep its log for us."""
        self._stop()
        owner.execute(
            "SELECT pg_drop_replication_slot(slot_name) FROM pg_replication_slots WHERE slot_name = %s",
            [SLOT],
        )

    def close(self) -> None:
        """Stop receiving; the slot stays, and with it whatever comes until the next start."""
        self._stop()
        self.seal()

    def _keep(self, file: Path) -> None:
        sealing.put(file, self.archive / LOG / file.name, self.key, f"{LOG}/{file.name}", squeeze=True)
        file.unlink()

    def _put_away(self) -> None:
        """What another server, or this one before it was brought back, had not finished: it may be a log's only end."""
        self.seal()
        for file in self.incoming.glob(f"*{PARTIAL}"):
            self._keep(file)

    def _start(self) -> None:
        text, environment = server.address()
        with (self.incoming / "said").open("wb") as said:
            self.running = subprocess.Popen(  # noqa: S603
                [server.BIN / "pg_receivewal", "-D", self.incoming, "--slot", SLOT, "--no-password",
                 "--status-interval=5", f"--dbname={text}"],
                env=environment, stdout=said, stderr=said,
            )  # fmt: skip

    def _stop(self) -> None:
        if self.running and self.running.poll() is None:
            self.running.terminate()
            try:
                self.running.wait(timeout=PATIENCE)
            except (
                subprocess.TimeoutExpired
            ):  # it waits for a server that does not answer; what it has is on the disk
                self.running.kill()
                self.running.wait()
        self.running = None

    def _said(self) -> str:
        return (self.incoming / "said").read_text(errors="replace")[-500:].strip()


def sweep(archive: Path) -> int:
    """Take away the log that no base copy needs any more; how many segments went."""
    oldest = bases.read(bases.complete(archive)[0])[0]
    old = [
        file
        for file in (archive / LOG).glob("*")
        if file.suffix != HISTORY
        and bases.number(file.name, oldest.segment_bytes) < bases.number(oldest.segment, oldest.segment_bytes)
    ]
    for file in old:
        file.unlink()
    return len(old)
