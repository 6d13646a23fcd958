"""What a file of a backup endures: nothing. Any change of it, or of its place, is found."""

import io

import pytest

from minzheng.foundation.backup import sealed
from minzheng.foundation.backup.sealed import PIECE, TAG, Damaged

KEY = bytes(range(32))
BEGIN = len(sealed.MAGIC) + 7


def written(tmp_path, content: bytes, name: str = "database.dump"):
    file = tmp_path / "file"
    file.write_bytes(b"".join(sealed.seal(sealed.pieces(io.BytesIO(content)), KEY, name)))
    return file


@pytest.mark.parametrize("size", [0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE])
def test_it_gives_back_what_was_sealed(size, tmp_path):
    content = bytes(size)
    assert b"".join(sealed.unseal(written(tmp_path, content), KEY, "database.dump")) == content


def flip(content):
    return content[:-1] + bytes([content[-1] ^ 1])


def cut_a_piece(content):
    return content[: BEGIN + PIECE + TAG]


def swap_pieces(content):
    one, two = content[BEGIN : BEGIN + PIECE + TAG], content[BEGIN + PIECE + TAG : BEGIN + 2 * (PIECE + TAG)]
    return content[:BEGIN] + two + one + content[BEGIN + 2 * (PIECE + TAG) :]


@pytest.mark.parametrize("forge", [flip, cut_a_piece, swap_pieces, lambda content: b"PGDMP" + content])
def test_it_finds_what_was_changed_cut_or_swapped(forge, tmp_path):
    file = written(tmp_path, bytes(2 * PIECE + 5))
    file.write_bytes(forge(file.read_bytes()))
    with pytest.raises(Damaged, match=r"database\.dump"):
        list(sealed.unseal(file, KEY, "database.dump"))


def test_it_does_not_take_one_file_for_another(tmp_path):
    with pytest.raises(Damaged):
        list(sealed.unseal(written(tmp_path, b"x", "media/a.pdf"), KEY, "media/b.pdf"))


def test_it_opens_with_no_other_key(tmp_path):
    with pytest.raises(Damaged, match="不是用这把密钥"):
        list(sealed.unseal(written(tmp_path, b"x"), bytes(32), "database.dump"))
