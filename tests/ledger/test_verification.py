"""Whatever is done to a ledger behind its back, `verified` names the first entry that suffered."""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.ledger.entry import Draft
from trucewatch.ledger.keys import CaseSigner, public_keys
from trucewatch.ledger.merkle import leaf_hash
from trucewatch.ledger.proofs import latest_note
from trucewatch.ledger.sqlite import SQLiteLedger
from trucewatch.ledger.verification import verified

NOON = datetime(2016, 9, 12, 12, tzinfo=UTC)
COUNT = 12


@pytest.fixture
def store(tmp_path):
    """A function that opens the ledger of twelve signed entries."""
    opened = []

    def again():
        signer = CaseSigner(tmp_path / "ledger.pub", tmp_path / "keys", case="test")
        opened.append(SQLiteLedger(tmp_path / "ledger.sqlite", tmp_path / "evidence", program="0-test", signer=signer))
        return opened[-1]

    first = again()
    for number in range(COUNT):
        what = Draft("decision", f"d-{number}", "tester", {"number": number}, payload=f"bytes {number}".encode())
        first.append((what,), clock=NOON + timedelta(minutes=number))
    yield again
    for one in opened:
        one.close()


def check(store, tmp_path, outside=()):
    return verified(store, store.payload, public_keys(tmp_path / "ledger.pub"), outside=outside)


def unguarded(tmp_path):
    """The file without its triggers, as somebody with the file in hands has it."""
    file = sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None)
    for (name,) in file.execute("SELECT name FROM sqlite_master WHERE type = 'trigger'").fetchall():
        file.execute(f"DROP TRIGGER {name}")
    return file


def test_an_untouched_ledger_agrees(store, tmp_path):
    result = check(store(), tmp_path)
    assert (result.ok, result.size, result.first_bad, result.why) == (True, COUNT, None, None)


@pytest.mark.parametrize("number", range(1, COUNT + 1))
def test_any_flipped_byte_of_an_entry_is_named(store, tmp_path, number):
    file = unguarded(tmp_path)
    body = file.execute("SELECT body FROM entry WHERE seq = ?", (number,)).fetchone()[0]
    for place in range(0, len(body), 37):
        broken = body[:place] + bytes([body[place] ^ 1]) + body[place + 1 :]
        file.execute("UPDATE entry SET body = ? WHERE seq = ?", (broken, number))
        assert check(store(), tmp_path).first_bad == number
    file.close()


@pytest.mark.parametrize("number", [1, 5, COUNT])
def test_an_entry_rewritten_with_its_hash_differs_from_what_was_signed(store, tmp_path, number):
    file = unguarded(tmp_path)
    body = file.execute("SELECT body FROM entry WHERE seq = ?", (number,)).fetchone()[0].replace(b"tester", b"nobody")
    file.execute("UPDATE entry SET body = ?, leaf = ? WHERE seq = ?", (body, leaf_hash(body), number))
    file.close()
    assert check(store(), tmp_path).first_bad == number


@pytest.mark.parametrize("number", [1, 6, COUNT])
def test_a_dropped_entry_is_named(store, tmp_path, number):
    file = unguarded(tmp_path)
    file.execute("DELETE FROM entry WHERE seq = ?", (number,))
    file.close()
    assert check(store(), tmp_path).first_bad == number


def test_reordered_entries_are_named(store, tmp_path):
    file = unguarded(tmp_path)
    for old, new in ((4, 99), (5, 4), (99, 5)):
        file.execute("UPDATE entry SET seq = ? WHERE seq = ?", (new, old))
    file.close()
    assert check(store(), tmp_path).first_bad == 4


def test_an_inserted_entry_is_named(store, tmp_path):
    file = unguarded(tmp_path)
    body = file.execute("SELECT body FROM entry WHERE seq = ?", (COUNT,)).fetchone()[0]
    body = body.replace(f'"sequence":{COUNT}'.encode(), f'"sequence":{COUNT + 1}'.encode())
    file.execute("INSERT INTO entry (seq, body, leaf) VALUES (?, ?, ?)", (COUNT + 1, body, leaf_hash(body)))
    file.close()
    assert check(store(), tmp_path).first_bad == COUNT + 1


def test_changed_and_missing_bytes_are_named(store, tmp_path):
    ledger = store()
    digests = [one.digest for one in ledger.entries()]
    (tmp_path / "evidence" / digests[3]).write_bytes(b"other bytes")
    assert check(ledger, tmp_path).first_bad == 4
    (tmp_path / "evidence" / digests[2]).unlink()
    assert check(ledger, tmp_path).first_bad == 3


def test_a_tail_cut_off_with_its_signatures_needs_a_checkpoint_from_outside(store, tmp_path):
    kept = latest_note(store())
    file = unguarded(tmp_path)
    file.execute("DELETE FROM entry WHERE seq > 8")
    file.execute("DELETE FROM checkpoint WHERE size > 8")
    file.close()
    assert check(store(), tmp_path).ok, "nothing inside the case can tell"
    assert check(store(), tmp_path, outside=(kept,)).first_bad == 9


def test_a_signature_of_a_stranger_is_none(store, tmp_path):
    file = unguarded(tmp_path)
    stranger = CaseSigner(tmp_path / "other.pub", tmp_path / "other", case="test")
    ledger = store()
    root = check(ledger, tmp_path).root
    file.execute("UPDATE checkpoint SET note = ? WHERE size = ?", (stranger.sign(COUNT, root), COUNT))
    file.close()
    assert check(store(), tmp_path).first_bad == COUNT


def test_the_private_key_is_its_owners_alone_and_not_in_the_public_file(store, tmp_path):
    (private,) = (tmp_path / "keys").iterdir()
    assert private.stat().st_mode & 0o077 == 0
    assert b"PRIVATE" in private.read_bytes()
    assert "PRIVATE" not in (tmp_path / "ledger.pub").read_text()
    assert store().size() == COUNT


@pytest.mark.parametrize(
    ("statement", "first_bad"),
    [
        ("UPDATE entry SET body = 'text' WHERE seq = 3", 3), ("UPDATE entry SET body = 7 WHERE seq = 3", 3),
        ("UPDATE entry SET leaf = 'text' WHERE seq = 3", 3), ("UPDATE checkpoint SET note = x'ff00' WHERE size = 4", 4),
        ("UPDATE checkpoint SET note = replace(note, '=', 'é') WHERE size = 4", 4), ("UPDATE checkpoint SET note = '' WHERE size = 4", 4),
        ("UPDATE checkpoint SET note = replace(note, '—', '-') WHERE size = 4", 4),
    ],
)
def test_a_value_of_another_type_is_named_like_any_other(store, tmp_path, statement, first_bad):
    file = unguarded(tmp_path)
    file.execute(statement)
    file.close()
    assert check(store(), tmp_path).first_bad == first_bad


def test_an_erasure_that_does_not_say_of_what_is_named(store, tmp_path):
    store().append((Draft("erasure", "d-x", "tester", {"digest": 1}),), clock=NOON)
    assert check(store(), tmp_path).first_bad == COUNT + 1


def test_what_others_record_meanwhile_is_no_fault(store, tmp_path, monkeypatch):
    ledger, other = store(), store()
    read = ledger.rows

    def rows(*, after=0):
        other.append(tuple(Draft("decision", f"m-{number}", "other", {}) for number in range(300)), clock=NOON)
        yield from read(after=after)

    monkeypatch.setattr(ledger, "rows", rows)
    result = check(ledger, tmp_path)
    assert (result.ok, result.size) == (True, COUNT)
    monkeypatch.undo()
    assert check(ledger, tmp_path).size == COUNT + 300
