"""A bank that speaks MZ-SFTP-1 (docs/money.md) through a real SSH server, and misbehaves on demand.

    with SftpBank(folder) as bank:
        bank.manner = "hang up in the file"     # the next connection only
        …
        bank.collect()                          # take what lies in instructions/

It shares no code with the program on purpose.
"""

from __future__ import annotations

import asyncio
import threading
from pathlib import Path

import asyncssh

MANNERS = (
    "hang up in the file",
    "hang up before the rename",
    "hang up after the rename",
    "disk full",
    "silence",
)


class SftpBank:
    """`folder` holds instructions/, taken/ and returns/; `host_key` and `client_key` are made anew."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.manner, self.asked = folder, "", []
        for name in ("instructions", "taken", "returns"):
            (folder / name).mkdir(parents=True, exist_ok=True)
        self.key = asyncssh.generate_private_key("ssh-ed25519")
        self.client_key = asyncssh.generate_private_key("ssh-ed25519")
        self.loop = asyncio.new_event_loop()
        self.thread = threading.Thread(target=self.loop.run_forever, daemon=True)

    def __enter__(self) -> SftpBank:
        self.thread.start()
        self.server = asyncio.run_coroutine_threadsafe(self._listen(), self.loop).result()
        return self

    def __exit__(self, *_: object) -> None:
        self.loop.call_soon_threadsafe(self.server.close)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join()

    async def _listen(self) -> asyncssh.SSHAcceptor:
        return await asyncssh.listen(
            "127.0.0.1",
            0,
            server_host_keys=[self.key],
            authorized_client_keys=asyncssh.import_authorized_keys(self.public(self.client_key)),
            sftp_factory=lambda channel: _Server(channel, self),
        )

    @property
    def url(self) -> str:
        return f"sftp://minzheng@127.0.0.1:{self.server.get_port()}"

    @property
    def host_key(self) -> str:
        return self.public(self.key)

    @staticmethod
    def public(key: asyncssh.SSHKey) -> str:
        return key.export_public_key("openssh").decode()

    def visible(self) -> list[str]:
        """What anybody looking into instructions/ sees."""
        names = (path.name for path in (self.folder / "instructions").iterdir())
        return sorted(name for name in names if not name.startswith("."))

    def collect(self) -> list[str]:
        """Take all that is visible, as a bank does every few minutes."""
        names = self.visible()
        for name in names:
            (self.folder / "instructions" / name).rename(self.folder / "taken" / name)
        return names


class _Server(asyncssh.SFTPServer):
    def __init__(self, channel: asyncssh.SSHServerChannel, bank: SftpBank) -> None:
        super().__init__(channel, chroot=str(bank.folder))
        self.bank = bank
        self.manner, bank.manner = bank.manner, ""

    def write(self, file: object, offset: int, data: bytes) -> int:
        if len(data) > 100 or offset:  # not the seal's, nor an empty file's
            if self.manner == "disk full":
                raise asyncssh.SFTPFailure("No space left on device")
            if self.manner == "hang up in the file":
                super().write(file, offset, data[: len(data) // 2])
                return self._hang_up()
        return super().write(file, offset, data)

    def rename(self, oldpath: bytes, newpath: bytes) -> None:
        is_file = newpath.endswith(b".txt")
        self.bank.asked.append(newpath.decode())
        if is_file and self.manner == "hang up before the rename":
            return self._hang_up()
        if is_file and self.manner == "silence":
            raise _Silence
        super().rename(oldpath, newpath)
        if is_file and self.manner == "hang up after the rename":
            return self._hang_up()
        return None

    def _hang_up(self) -> int:
        self.connection.abort()
        raise asyncssh.SFTPConnectionLost("hung up")


class _Silence(asyncssh.SFTPFailure):
    def __init__(self) -> None:
        super().__init__("try again later")
