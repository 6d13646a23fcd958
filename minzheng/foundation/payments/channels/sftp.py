"""The bank over SFTP: a hidden upload, one rename, listing to enquire (docs/money.md, MZ-SFTP-1).

    instructions/   we put 批次.txt.p7s, then 批次.txt, each by one rename that never replaces a file
    taken/          the bank moves here what it has taken, and keeps it
    returns/        the bank puts its return files here, whole

Until the rename is asked for, nobody can have seen the file, and what fails before that is *absent*. What fails after
that is *unknown*.
"""

from __future__ import annotations

import asyncio
import hashlib
import io
import secrets
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from typing import IO, TypeVar
from urllib.parse import unquote, urlsplit

import asyncssh
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from minzheng.foundation.certificates.seals import aside
from minzheng.foundation.crypto.files import unwritten
from minzheng.foundation.payments.channels.answers import Answer, Brought, Fate
from minzheng.foundation.payments.instruction import file_name, write_text
from minzheng.foundation.payments.models import Batch
from minzheng.foundation.payments.seal import SUFFIX, seal

PUT, TAKEN, RETURNS = "instructions", "taken", "returns"
PIECE = 256 * 1024
SLOWEST = 100 * 1024  # bytes a second that a large file is given time for
MAX_RETURN = 512 * 1024 * 1024
T = TypeVar("T")
_UNKNOWN = Answer(Fate.UNKNOWN, "代发机构没有明确答复")
_TAKEN = Answer(Fate.TAKEN, "代发机构已收到")
_OTHER = Answer(Fate.OTHER, "代发机构在同一批次号下已有另一份文件")
_IMPOSTOR = "代发机构的主机密钥与登记的不符，可能有人冒充，已停止连接。请联系代发机构核实"
_LOST = (asyncssh.Error, OSError, asyncio.TimeoutError)


class Sftp:
    def prepare(self, batch: Batch) -> None:
        """Nothing to write: the bytes come from frozen lines. Without a pinned host key nothing is ever sent."""
        if not settings.PAYMENT_SFTP_HOST_KEY or not settings.PAYMENT_SFTP_KEY:
            raise ImproperlyConfigured(
                "SFTP 代发通道还没有配置完整：请设置 MINZHENG_BANK_HOST_KEY（代发机构主机公钥）和 MINZHENG_BANK_SSH_KEY。"
            )

    def put(self, batch: Batch) -> Answer:
        with unwritten() as file:
            write_text(batch, file)
            upload = _Upload(batch, file, seal(batch, file))
            seconds = settings.PAYMENT_BANK_TIMEOUT + upload.size / SLOWEST
            try:
                return _with_bank(upload.run, seconds)
            except asyncssh.HostKeyNotVerifiable:
                return Answer(Fate.ABSENT, _IMPOSTOR)
            except _LOST:
                if upload.was_shown:
                    return _UNKNOWN
                return Answer(Fate.ABSENT, "指令文件没有传完，代发机构看不到它")

    def enquire(self, batch: Batch) -> Answer:
        async def ask(bank: asyncssh.SFTPClient) -> Answer:
            if found := await _find(bank, batch):
                return found
            # Our own hidden file may be about to be renamed by a request that is still on its way: taken away, it
            # cannot be; and if it was renamed meanwhile, it is found now.
            await _remove_hidden(bank, batch)
            return await _find(bank, batch) or Answer(Fate.ABSENT, "代发机构没有收到这份文件")

        try:
            return _with_bank(ask, settings.PAYMENT_BANK_TIMEOUT)
        except asyncssh.HostKeyNotVerifiable:
            return Answer(Fate.UNKNOWN, _IMPOSTOR)
        except _LOST:
            return _UNKNOWN

    def fetch(self, batch: Batch) -> list[Brought]:
        async def get(bank: asyncssh.SFTPClient) -> list[Brought]:
            names = sorted(str(name) for name in await bank.listdir(RETURNS))
            ours = [
                name for name in names if name.startswith(batch.number) and name.endswith((".txt", ".xlsx"))
            ]
            return [Brought(name, await _read(bank, f"{RETURNS}/{name}")) for name in ours]

        try:
            return _with_bank(get, settings.PAYMENT_BANK_TIMEOUT + MAX_RETURN / SLOWEST)
        except _LOST:
            return []


class _Upload:
    """One attempt; `was_shown` from the moment on which the file may have become visible."""

    def __init__(self, batch: Batch, file: IO[bytes], sealed: bytes) -> None:
        self.batch, self.file, self.sealed, self.was_shown = batch, file, sealed, False
        self.size = file.seek(0, io.SEEK_END)

    async def run(self, bank: asyncssh.SFTPClient) -> Answer:
        if found := await _find(bank, self.batch):
            return found
        await _remove_hidden(bank, self.batch)
        name = file_name(self.batch)
        beside = f"{name}{SUFFIX}"
        hidden = await _write(bank, beside, io.BytesIO(self.sealed))
        if await bank.exists(f"{PUT}/{beside}"):  # of an attempt that broke off before the file itself
            await bank.remove(f"{PUT}/{beside}")
        await bank.rename(hidden, f"{PUT}/{beside}")
        hidden = await _write(bank, name, self.file)
        self.was_shown = True
        await bank.rename(hidden, f"{PUT}/{name}")
        return _TAKEN


async def _remove_hidden(bank: asyncssh.SFTPClient, batch: Batch) -> None:
    """What attempts that broke off have left. Each has names of its own: a late rename of one cannot show another."""
    for left in await bank.listdir(PUT):
        if str(left).startswith(f".{file_name(batch)}."):
            with suppress(asyncssh.SFTPNoSuchFile):
                await bank.remove(f"{PUT}/{left}")


async def _find(bank: asyncssh.SFTPClient, batch: Batch) -> Answer | None:
    """Where the file lies, compared to the byte. In this order: what the bank moves meanwhile is found in `taken`."""
    for folder in (PUT, TAKEN):
        path = f"{folder}/{file_name(batch)}"
        try:
            content = await _digest(bank, path)
        except asyncssh.SFTPNoSuchFile:
            continue
        return _TAKEN if content == batch.file_sha256 else _OTHER
    return None


async def _write(bank: asyncssh.SFTPClient, name: str, file: IO[bytes]) -> str:
    """The whole file under a hidden name, which is given back."""
    hidden = f"{PUT}/.{name}.{secrets.token_hex(4)}.part"
    file.seek(0)
    async with bank.open(hidden, "wb") as there:
        while piece := file.read(PIECE):
            await there.write(piece)
        # A server that knows no fsync keeps what it acknowledges in its own way.
        with suppress(asyncssh.SFTPOpUnsupported):
            await there.fsync()
    return hidden


async def _digest(bank: asyncssh.SFTPClient, path: str) -> str:
    digest = hashlib.sha256()
    async for piece in _pieces(bank, path):
        digest.update(piece)
    return digest.hexdigest()


async def _read(bank: asyncssh.SFTPClient, path: str) -> bytes:
    content = bytearray()
    async for piece in _pieces(bank, path):
        content += piece
        if len(content) > MAX_RETURN:
            raise OSError("return file too large")
    return bytes(content)


async def _pieces(bank: asyncssh.SFTPClient, path: str) -> AsyncIterator[bytes]:
    async with bank.open(path, "rb") as there:
        while piece := await there.read(PIECE):
            assert isinstance(piece, bytes)  # opened as bytes
            yield piece


def _with_bank(work: Callable[[asyncssh.SFTPClient], Awaitable[T]], seconds: float) -> T:
    """Do `work` on a connection of its own, within so many seconds altogether."""

    async def run() -> T:
        async with asyncio.timeout(seconds), _connected() as bank:
            return await work(bank)

    return aside(lambda: asyncio.run(run()))


@asynccontextmanager
async def _connected() -> AsyncIterator[asyncssh.SFTPClient]:
    address = urlsplit(settings.PAYMENT_BANK_URL)
    pinned = asyncssh.import_public_key(settings.PAYMENT_SFTP_HOST_KEY)
    connection = asyncssh.connect(
        address.hostname or "",
        address.port or 22,
        username=unquote(address.username or ""),
        client_keys=[settings.PAYMENT_SFTP_KEY],
        known_hosts=([pinned], [], []),
        config=None,
        agent_path=None,
        connect_timeout=settings.PAYMENT_BANK_TIMEOUT,
        login_timeout=settings.PAYMENT_BANK_TIMEOUT,
    )
    async with connection as line, line.start_sftp_client() as bank:
        if folder := address.path.strip("/"):
            await bank.chdir(folder)
        yield bank
