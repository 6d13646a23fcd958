"""1,000 forgeries of an export, each found; the untouched export, never blamed."""

import hashlib
import json
import random

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from minzheng.foundation.audit.chain import (
    ORIGIN,
    TEXT_BEGINS,
    Broken,
    check,
    check_export,
    last_line,
    line_of,
)
from minzheng.foundation.audit.heads import Heads, sign
from minzheng.foundation.audit.tests.conftest import ENTRIES

TRIALS = 1_000


def text_of(line: bytes) -> bytes:
    return line[TEXT_BEGINS:-2]


def relinked(lines: list[bytes], since: int) -> list[bytes]:
    """All hashes from this index on made anew: what an administrator without the signing key could do."""
    previous = bytes.fromhex(lines[since - 1][9:73].decode()) if since else ORIGIN
    for index in range(since, len(lines) - 1):
        text = b'{"seq" : %d, ' % (index + 1) + text_of(lines[index]).split(b", ", 1)[1]
        previous = hashlib.sha256(previous + text).digest()
        lines[index] = line_of(text, previous)
    return lines


def change_a_byte(lines, at, chance):
    place = chance.randrange(len(lines[at]))
    other = chance.choice([byte for byte in range(256) if byte != lines[at][place]])
    lines[at] = lines[at][:place] + bytes([other]) + lines[at][place + 1 :]
    return lines


def change_a_value(lines, at, chance):
    entry = json.loads(text_of(lines[at]))
    column = chance.choice([name for name in entry if name not in ("seq", "form")])
    entry[column] = f"{entry[column]}x"
    lines[at] = lines[at][:TEXT_BEGINS] + json.dumps(entry, ensure_ascii=False).encode() + b"}\n"
    return lines


def change_and_relink(lines, at, chance):
    lines[at] = lines[at].replace(b"43122710", b"43122810", 1)
    return relinked(lines, at)


def delete(lines, at, chance):
    del lines[at : at + chance.randint(1, 5)]
    return lines


def delete_and_relink(lines, at, chance):
    del lines[at]
    return relinked(lines, at)


def swap(lines, at, chance):
    other = chance.choice([index for index in range(ENTRIES) if index != at])
    lines[at], lines[other] = lines[other], lines[at]
    return lines


def repeat(lines, at, chance):
    lines.insert(at, lines[at])
    return lines


def insert_a_forged_one(lines, at, chance):
    lines.insert(at, lines[at].replace(b"person.read", b"person.edit").replace(b"case.move", b"case.drop"))
    return relinked(lines, at)


def cut_the_tail(lines, at, chance):
    return lines[:at]


def cut_the_tail_keep_the_signature(lines, at, chance):
    return [*lines[:at], lines[-1]]


FORGERIES = [
    change_a_byte,
    change_a_value,
    change_and_relink,
    delete,
    delete_and_relink,
    swap,
    repeat,
    insert_a_forged_one,
    cut_the_tail,
    cut_the_tail_keep_the_signature,
]
# In these nobody made hashes anew, so the very entry is named; a relinked chain betrays itself at the next head.
EXACT = {change_a_byte, change_a_value, delete, swap, cut_the_tail, cut_the_tail_keep_the_signature}


def test_it_finds_all_of_1000_forgeries_and_names_the_first_bad_entry(exported):
    for trial in range(TRIALS):
        chance = random.Random(trial)
        forge = FORGERIES[trial % len(FORGERIES)]
        at = chance.randrange(ENTRIES)
        forged = forge(list(exported.lines), at, chance)
        assert forged != list(exported.lines)
        pairs = zip([*forged, b""], exported.lines, strict=False)
        first_changed = next(seq for seq, (now, before) in enumerate(pairs, 1) if now != before)
        with pytest.raises(Broken) as found:
            check_export(forged, exported.heads)
        if forge in EXACT:
            assert found.value.seq == first_changed, (trial, forge.__name__)
        else:
            confirmed = (first_changed - 1) // 100 * 100
            assert found.value.seq > confirmed, (trial, forge.__name__)


def test_it_never_blames_an_untouched_trail_of_any_length(exported):
    assert check_export(exported.lines, exported.heads).count == ENTRIES
    for length in range(ENTRIES - 1, 0, -1):
        heads = Heads(exported.heads.keys)
        for head in (head for found in exported.heads.at.values() for head in found if head.seq <= length):
            heads.add(head)
        assert check(exported.lines[:length], heads).last == length


def test_it_finds_any_changed_byte_of_the_closing_signature(exported):
    closing = exported.lines[-1]
    for place in range(len(closing)):
        forged = closing[:place] + bytes([closing[place] ^ 1]) + closing[place + 1 :]
        with pytest.raises(Broken):
            check_export([*exported.lines[:-1], forged], exported.heads)


def test_it_does_not_take_a_regular_head_for_the_end_of_an_export(exported):
    head = exported.heads.at[200][0]
    with pytest.raises(Broken) as found:
        check_export([*exported.lines[:200], last_line(head)], exported.heads)
    assert found.value.seq == 201


def test_it_does_not_take_a_signature_of_an_unknown_key(exported):
    forged = relinked([*change_and_relink(list(exported.lines), 250, None)], 250)[:-1]
    hash = bytes.fromhex(forged[-1][9:73].decode())
    forged.append(last_line(sign("export", ENTRIES, hash, Ed25519PrivateKey.generate())))
    with pytest.raises(Broken):
        check_export(forged, exported.heads)


def test_it_misses_the_tail_that_a_head_has_seen(exported):
    with pytest.raises(Broken) as found:
        check(exported.lines[:250], exported.heads)
    assert found.value.seq == 251 and "300" in str(found.value)


def test_it_does_not_let_a_trail_begin_in_the_middle(exported):
    with pytest.raises(Broken) as found:
        check_export(exported.lines[100:], exported.heads)
    assert found.value.seq == 1
