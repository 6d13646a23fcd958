"""Files that a copied disk does not show, each good under its own name only, sealed anew while they are read."""

import hashlib
import io
import os

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from hypothesis import given, settings
from hypothesis import strategies as st

from minzheng.cli import main
from minzheng.foundation.crypto import files
from minzheng.foundation.crypto.envelope import Unreadable
from minzheng.foundation.crypto.files import HEAD, MAGIC, PIECE, SEALED, Opened, seal
from minzheng.foundation.crypto.keyfile import add_key
from minzheng.foundation.crypto.keyring import keyring
from minzheng.foundation.crypto.models import KnownKey
from minzheng.foundation.crypto.storage import sealed_files
from minzheng.foundation.crypto.suites import SUITES, TAG
from minzheng.foundation.crypto.tests.test_fields import RINGS
from minzheng.foundation.documents.models import Document
from minzheng.foundation.documents.store import store_document

NUMBER, NAME = b"431227194903120028", "ab/paper.pdf"
suites = st.sampled_from(sorted(SUITES))
# Around every boundary that the pieces have, not only in the middle of one.
lengths = st.integers(0, 3).flatmap(
    lambda pieces: st.sampled_from([max(0, pieces * PIECE + more) for more in (-1, 0, 1, 777)])
)


def content_of(length):
    """Different in every place, so that no two pieces are alike."""
    return b"".join(hashlib.sha256(b"%d" % n).digest() for n in range(length // 32 + 1))[:length]


def sealed(suite, plain, name=NAME):
    return b"".join(seal(RINGS[suite], [plain[:10], plain[10:]], name))


def opened(suite, stored, name=NAME):
    """All of it, or Unreadable, however it is read."""
    with Opened(RINGS[suite], io.BytesIO(stored), name) as file:
        return file.readall()


@settings(max_examples=30, deadline=None)
@given(suite=suites, length=lengths, start=st.integers(0, 4 * PIECE), count=st.integers(0, 2 * PIECE))
def test_it_gives_back_what_was_sealed_from_any_place(suite, length, start, count):
    plain = content_of(length)
    stored = sealed(suite, plain)
    assert opened(suite, stored) == plain
    assert len(plain) < 32 or plain[:32] not in stored
    with io.BufferedReader(Opened(RINGS[suite], io.BytesIO(stored), NAME)) as file:
        assert file.seek(0, io.SEEK_END) == length
        file.seek(start)
        assert file.read(count) == plain[start : start + count]


@settings(max_examples=40, deadline=None)
@given(suite=suites, length=lengths, data=st.data())
def test_it_opens_nothing_that_was_cut_off_or_changed(suite, length, data):
    stored = sealed(suite, content_of(length))
    cut = data.draw(
        st.integers(0, len(stored) - 1) | st.sampled_from([HEAD, HEAD + SEALED, len(stored) - TAG])
    )
    if cut < len(stored):
        with pytest.raises(Unreadable):
            opened(suite, stored[:cut])
    with pytest.raises(Unreadable):
        opened(suite, stored + b"\0")
    place, bit = data.draw(st.integers(0, len(stored) - 1)), data.draw(st.integers(0, 7))
    changed = bytearray(stored)
    changed[place] ^= 1 << bit
    with pytest.raises(Unreadable):
        opened(suite, bytes(changed))


@settings(max_examples=40, deadline=None)
@given(suite=suites, order=st.lists(st.integers(0, 3), min_size=1, max_size=5))
def test_it_opens_no_other_order_of_its_pieces(suite, order):
    plain = content_of(3 * PIECE + 5)
    stored = sealed(suite, plain)
    head, pieces = stored[:HEAD], [stored[HEAD + n * SEALED :][:SEALED] for n in range(4)]
    moved = head + b"".join(pieces[n] for n in order)
    if order == [0, 1, 2, 3]:
        assert opened(suite, moved) == plain
    else:
        with pytest.raises(Unreadable):
            opened(suite, moved)


@settings(max_examples=30, deadline=None)
@given(suite=suites, lengths=st.tuples(lengths, lengths), piece=st.integers(0, 3))
def test_it_opens_no_other_file_nor_a_piece_of_one(suite, lengths, piece):
    first, second = (sealed(suite, content_of(length)) for length in lengths)
    with pytest.raises(Unreadable):
        opened(suite, first, "ab/other.pdf")
    assert first != second, "sealed twice is never the same twice"
    at = HEAD + piece * SEALED
    if first[at:]:
        with pytest.raises(Unreadable):
            opened(
                suite, first[:at] + second[at : at + SEALED] + first[at + SEALED :] + b"x" * (not second[at:])
            )
    with pytest.raises(Unreadable):
        opened(next(other for other in SUITES if other != suite), first)


def on_disk(media):
    return b"".join(path.read_bytes() for path in sorted(media.rglob("*")) if path.is_file())


def test_a_copy_of_the_disk_holds_nothing_of_a_paper_and_its_owner_reads_it(cast, client, media):
    plain = b"%PDF-1.7\n" + NUMBER * 9000 + b"\n%%EOF"
    paper = store_document(SimpleUploadedFile("户口簿.pdf", plain), kind="hukou_book", user=cast["xiuying"])
    assert NUMBER not in on_disk(media) and b"%PDF" not in on_disk(media)
    client.force_login(cast["xiuying"])
    response = client.get(f"/documents/{paper.pk}/")
    assert response.streaming and int(response["Content-Length"]) == len(plain)
    assert b"".join(response.streaming_content) == plain
    other = store_document(
        SimpleUploadedFile("病历.pdf", plain + b"\n"), kind="medical", user=cast["xiuying"]
    )
    one, two = (media / document.file.name for document in (paper, other))
    os.replace(two, one)  # somebody with the disk puts another's paper in its place
    with pytest.raises(Unreadable, match="改动、调换或截断"):
        paper.file.open("rb")


def test_rotation_seals_files_anew_and_what_an_earlier_version_left_in_the_clear(
    cast,
    media,
    key_file,
    capsys,
):
    kept = default_storage.save("registers/名单.xlsx", ContentFile(NUMBER * 5000))
    digest = hashlib.sha256(NUMBER).hexdigest()
    (media / digest[:2]).mkdir()
    (media / digest[:2] / f"{digest}.pdf").write_bytes(NUMBER)
    (media / "forged.pdf").with_name(f"{'0' * 64}.pdf").write_bytes(b"not what its name says")
    before = default_storage.open(kept)
    with pytest.raises(Unreadable, match="keys rotate"):
        default_storage.open(f"{digest[:2]}/{digest}.pdf")
    assert main(["keys", "list"]) == 1
    assert "有 2 个文件没有加密" in capsys.readouterr().err
    add_key(key_file, "sm4-gcm")
    assert main(["keys", "rotate"]) == 1
    assert "有 1 个文件解不开，保持原样" in capsys.readouterr().err
    assert before.read() == NUMBER * 5000, "who was reading goes on reading"
    assert default_storage.open(kept).read() == NUMBER * 5000
    assert default_storage.open(f"{digest[:2]}/{digest}.pdf").read() == NUMBER
    assert {sealed_files().key_of(name) for name in sealed_files().kept()} == {keyring().current, None}
    assert NUMBER not in on_disk(media)
    assert main(["keys", "check"]) == 1
    assert f"解不开：文件 {'0' * 64}.pdf" in capsys.readouterr().err
    default_storage.delete(f"{'0' * 64}.pdf")
    assert main(["keys", "check"]) == 0
    assert KnownKey.objects.get(number=1).retired_at
    assert not list(media.rglob(".tmp*")) and not Document.objects.exists()


def test_a_file_deleted_while_it_is_sealed_anew_stays_deleted(db, media, key_file, monkeypatch):
    name = default_storage.save("registers/a.xlsx", ContentFile(NUMBER))
    add_key(key_file, "aes-gcm")
    usual = files.seal

    def delete_meanwhile(*given):
        default_storage.delete(name)
        return usual(*given)

    monkeypatch.setattr(files, "seal", delete_meanwhile)
    sealed_files().seal_anew(name)
    assert not default_storage.exists(name)


def test_two_who_save_under_one_name_both_keep_theirs(db, media):
    first = default_storage.save("a.txt", ContentFile(b"one"))
    second = default_storage.save("a.txt", ContentFile(b"two"))
    assert (default_storage.open(first).read(), default_storage.open(second).read()) == (b"one", b"two")
    assert default_storage.size(second) == 3 and (media / first).read_bytes().startswith(MAGIC)
