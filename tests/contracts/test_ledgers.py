"""One suite over every ledger store: what was acknowledged is kept, unchanged and in order."""

import hashlib
import os
import signal
import sqlite3
import subprocess
import sys
import time
from datetime import UTC, datetime, timedelta

import pytest

from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger import ENTRY_KINDS, Draft
from trucewatch.ledger.copying import copy_ledger
from trucewatch.ledger.postgres import PostgresLedger
from trucewatch.ledger.sqlite import SQLiteLedger, journal_mode
from trucewatch.ledger.verification import verified

NOON = datetime(2016, 9, 12, 12, 0, 0, 250, tzinfo=UTC)


def sqlite_store(root):
    return SQLiteLedger(root / "ledger.sqlite", root / "evidence", program="0-test")


def postgres_store(root, address):
    return PostgresLedger(address, root / "evidence", case=root.name[:40], program="0-test")


@pytest.fixture(params=["postgres", "sqlite"])
def address(request):
    """Where the ledger is, if it is no file."""
    if request.param == "sqlite":
        return ""
    pytest.importorskip("psycopg")
    return as_uri(request.getfixturevalue("postgres_dsn"))


def as_uri(dsn):
    part = dict(one.split("=", 1) for one in dsn.split())
    return f"postgresql://{part['user']}@/{part['dbname']}?host={part['host']}&port={part['port']}"


@pytest.fixture
def reopen(address, tmp_path):
    """Return a function that opens the same store anew."""
    opened = []

    def again():
        opened.append(postgres_store(tmp_path, address) if address else sqlite_store(tmp_path))
        return opened[-1]

    yield again
    for one in opened:
        one.close()


@pytest.fixture
def ledger(reopen):
    return reopen()


def draft(number, **changes):
    return Draft(**({"kind": "evidence", "entry_id": f"e-{number}", "who": "tester", "body": {"n": number}} | changes))


def test_a_new_store_is_empty(ledger):
    assert ledger.entries() == ()


def test_entries_come_back_as_they_were_acknowledged(ledger, reopen):
    first = ledger.append((draft(1, payload=b"bytes"), draft(2, supersedes="e-1")), clock=NOON)
    second = ledger.append((draft(3, body={"words": "نعم “q”", "none": None, "list": [1, 2.5, True]}),), clock=NOON)
    assert ledger.entries() == (*first, *second)
    assert reopen().entries() == (*first, *second)
    assert [one.sequence for one in ledger.entries()] == [1, 2, 3]
    assert first[1].supersedes == "e-1"
    assert first[0].program == "0-test"
    assert first[1].digest is None


@pytest.mark.parametrize("kind", ENTRY_KINDS)
def test_every_kind_is_accepted(ledger, kind):
    assert ledger.append((draft(1, kind=kind),), clock=NOON)[0].kind == kind


def test_one_transaction_has_one_stamp_in_utc(ledger):
    local = NOON.astimezone(datetime.fromisoformat("2016-09-12T00:00+03:00").tzinfo)
    entries = ledger.append((draft(1), draft(2), draft(3)), clock=local)
    assert {one.recorded_at for one in entries} == {NOON}
    assert {one.recorded_at.utcoffset() for one in ledger.entries()} == {timedelta(0)}


def test_a_clock_that_goes_back_does_not_take_the_stamps_with_it(ledger, reopen):
    ledger.append((draft(1),), clock=NOON)
    ledger.append((draft(2),), clock=NOON - timedelta(days=400))
    reopen().append((draft(3),), clock=NOON - timedelta(microseconds=1))
    ledger.append((draft(4),), clock=NOON + timedelta(seconds=1))
    assert [one.recorded_at - NOON for one in ledger.entries()] == [timedelta(0)] * 3 + [timedelta(seconds=1)]


def test_nothing_to_append_is_nothing(ledger):
    assert ledger.append((), clock=NOON) == ()
    assert ledger.entries() == ()


@pytest.mark.parametrize("raw", [b"", b"\x00\xff\r\n", b"x" * 300_000])
def test_bytes_come_back(ledger, reopen, tmp_path, raw):
    entry = ledger.append((draft(1, payload=raw),), clock=NOON)[0]
    assert ledger.payload(entry.digest) == raw
    assert reopen().payload(entry.digest) == raw
    salted = evidence_file(tmp_path, entry).read_bytes()
    assert (salted[16:], hashlib.sha256(salted).hexdigest()) == (raw, entry.digest)


def test_the_same_bytes_have_another_digest_each_time(ledger):
    entries = ledger.append((draft(1, payload=b"same"), draft(2, payload=b"same")), clock=NOON)
    assert entries[0].digest != entries[1].digest


def evidence_file(tmp_path, entry):
    return tmp_path / "evidence" / entry.digest


@pytest.mark.parametrize("change", [lambda raw: raw + b"!", lambda raw: raw[:-1], lambda _: b"", lambda raw: b"\x00" + raw[1:]])
def test_changed_bytes_are_found_out(ledger, tmp_path, change):
    entry = ledger.append((draft(1, payload=b"as given"),), clock=NOON)[0]
    file = evidence_file(tmp_path, entry)
    file.write_bytes(change(file.read_bytes()))
    with pytest.raises(LedgerError, match="do not match"):
        ledger.payload(entry.digest)


def test_erased_bytes_are_none_and_the_entry_stays(ledger, tmp_path):
    entry = ledger.append((draft(1, payload=b"a name"),), clock=NOON)[0]
    evidence_file(tmp_path, entry).unlink()
    assert ledger.payload(entry.digest) is None
    assert ledger.entries() == (entry,)


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "rumour"},
        {"body": {"words": "x" * 70_000}},
        {"body": {"n": float("nan")}},
        {"body": {"when": NOON}},
        {"body": {"n": 2**60}},
    ],
)
def test_a_draft_that_fails_leaves_nothing_of_its_transaction(ledger, tmp_path, bad):
    kept = ledger.append((draft(1, payload=b"kept"),), clock=NOON)
    with pytest.raises(LedgerError):
        ledger.append((draft(2, payload=b"gone"), draft(3, payload=b"gone", **bad)), clock=NOON)
    assert ledger.entries() == kept
    assert [file.name for file in (tmp_path / "evidence").iterdir()] == [kept[0].digest]
    assert ledger.append((draft(4),), clock=NOON)[0].sequence == 2


def test_an_interruption_after_the_commit_keeps_the_bytes(ledger, monkeypatch):
    class Interrupted:
        """A connection whose commit happens, and is then interrupted."""

        def __init__(self, connection):
            self.connection = connection

        def __getattr__(self, name):
            return getattr(self.connection, name)

        def execute(self, statement, *values):
            answer = self.connection.execute(statement, *values)
            if statement == "COMMIT":
                raise KeyboardInterrupt
            return answer

    with monkeypatch.context() as patch:
        patch.setattr(ledger, "_connection", Interrupted(ledger._connection))
        with pytest.raises(KeyboardInterrupt):
            ledger.append((draft(1, payload=b"committed"),), clock=NOON)
    (entry,) = ledger.entries()
    assert ledger.payload(entry.digest) == b"committed"


def test_closing_twice_is_allowed(ledger):
    ledger.close()
    ledger.close()


APPENDER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from trucewatch.ledger import Draft
from trucewatch.ledger.postgres import PostgresLedger
from trucewatch.ledger.sqlite import SQLiteLedger
root, name, number, address = Path(sys.argv[1]), sys.argv[2], int(sys.argv[3]), sys.argv[4]
if address:
    ledger = PostgresLedger(address, root / "evidence", case=root.name[:40], program="0-test")
else:
    ledger = SQLiteLedger(root / "ledger.sqlite", root / "evidence", program="0-test")
print("ready", flush=True)
for one in range(number):
    payload = f"{name} {one}".encode()
    entry = ledger.append(
        (Draft("evidence", f"{name}-{one}", name, {"n": one}, payload=payload),), clock=datetime.now(UTC)
    )[0]
    print(entry.sequence, entry.entry_id, entry.digest, flush=True)
"""


def appender(root, name, number, address):
    return subprocess.Popen(
        [sys.executable, "-c", APPENDER, str(root), name, str(number), address], stdout=subprocess.PIPE, text=True
    )


def test_two_programs_at_once_lose_nothing(ledger, tmp_path, address):
    running = [appender(tmp_path, name, 25, address) for name in ("a", "b")]
    said = [one.communicate(timeout=60)[0].split("\n")[1:-1] for one in running]
    assert [one.returncode for one in running] == [0, 0]
    acknowledged = {int(line.split()[0]): line.split()[1] for lines in said for line in lines}
    entries = ledger.entries()
    assert {one.sequence: one.entry_id for one in entries} == acknowledged
    assert len(entries) == 50
    assert [one.recorded_at for one in entries] == sorted(one.recorded_at for one in entries)
    for name in ("a", "b"):
        assert [one.body["n"] for one in entries if one.who == name] == list(range(25))


@pytest.mark.parametrize("after", [1, 3, 8])
def test_kill_9_keeps_what_was_acknowledged(reopen, tmp_path, address, after):
    running = appender(tmp_path, "victim", 100_000, address)
    said = [running.stdout.readline() for _ in range(after + 1)]
    time.sleep(0.001 * after)
    os.kill(running.pid, signal.SIGKILL)
    rest = running.communicate(timeout=60)[0]
    lines = ("".join(said) + rest).split("\n")[1:-1]
    assert len(lines) >= after
    ledger = reopen()
    entries = ledger.entries()
    assert len(lines) <= len(entries) <= len(lines) + 1  # recorded, and killed before it could say so
    for line, entry in zip(lines, entries, strict=False):
        assert line == f"{entry.sequence} {entry.entry_id} {entry.digest}"
        assert ledger.payload(entry.digest) == f"victim {entry.body['n']}".encode()
    assert ledger.append((draft(1),), clock=NOON)[0].sequence == len(entries) + 1


@pytest.mark.parametrize("back", [False, True])
def test_a_copy_in_the_other_store_has_the_same_root(request, tmp_path, back):
    pytest.importorskip("psycopg")
    file = sqlite_store(tmp_path)
    server = postgres_store(tmp_path, as_uri(request.getfixturevalue("postgres_dsn")))
    source, target = (server, file) if back else (file, server)
    for start in range(0, 600, 300):
        source.append(tuple(draft(number, payload=b"x" if number == 5 else None) for number in range(start, start + 300)), clock=NOON)
    copied = copy_ledger(source, target)
    assert copied.size == 600
    assert target.entries() == source.entries()
    assert [verified(one, one.payload, ()).root for one in (source, target)] == [copied.root()] * 2
    assert verified(target, target.payload, ()).ok
    assert target.append((draft(600),), clock=NOON)[0].sequence == 601
    with pytest.raises(LedgerError, match="is not empty"):
        copy_ledger(source, target)
    file.close()
    server.close()


# PostgreSQL only


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = ''", "UPDATE entry SET seq = seq + 10", "DELETE FROM entry WHERE seq = 2", "TRUNCATE entry",
        "INSERT INTO entry VALUES (4, '', '')", "DELETE FROM checkpoint", "UPDATE version SET number = 0", "DELETE FROM node",
        "INSERT INTO entry VALUES (1, '', '') ON CONFLICT (seq) DO UPDATE SET body = ''",
    ],
)
def test_the_server_refuses_what_changes_or_removes_an_entry(request, tmp_path, statement):
    psycopg = pytest.importorskip("psycopg")
    ledger = postgres_store(tmp_path, as_uri(request.getfixturevalue("postgres_dsn")))
    kept = ledger.append((draft(1), draft(2)), clock=NOON)
    with pytest.raises(psycopg.Error, match="append-only"):
        ledger._connection.execute(statement)
    assert ledger.entries() == kept
    ledger.close()


def test_a_role_that_may_only_select_and_insert_records_and_changes_nothing(request, tmp_path):
    psycopg = pytest.importorskip("psycopg")
    address = as_uri(request.getfixturevalue("postgres_dsn"))
    postgres_store(tmp_path, address).close()
    schema = f'"ledger_{tmp_path.name[:40]}"'
    with psycopg.connect(address.replace("//mission@", "//owner@"), autocommit=True) as owner:
        owner.execute("CREATE ROLE appender LOGIN")
        owner.execute(f"GRANT USAGE ON SCHEMA {schema} TO appender")
        owner.execute(f"GRANT SELECT, INSERT ON ALL TABLES IN SCHEMA {schema} TO appender")
    ledger = postgres_store(tmp_path, address.replace("//mission@", "//appender@"))
    kept = ledger.append((draft(1), draft(2)), clock=NOON)
    for statement in ("DROP TRIGGER refuse ON entry", "DELETE FROM entry", "ALTER TABLE entry DISABLE TRIGGER ALL"):
        with pytest.raises(psycopg.errors.InsufficientPrivilege):
            ledger._connection.execute(statement)
    assert ledger.entries() == kept
    ledger.close()


def test_a_ledger_of_a_later_version_on_the_server_is_refused(request, tmp_path):
    pytest.importorskip("psycopg")
    address = as_uri(request.getfixturevalue("postgres_dsn"))
    ledger = postgres_store(tmp_path, address)
    ledger._connection.execute("INSERT INTO version VALUES (99)")
    ledger.close()
    with pytest.raises(LedgerError, match="has version 99, this program knows version 1"):
        postgres_store(tmp_path, address)


def test_an_id_that_the_server_would_cut_off_is_refused(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(BadCall, match="at most 56 bytes"):
        PostgresLedger("postgresql://", tmp_path, case="ä" * 29, program="0-test")


def test_a_server_that_is_not_there_is_a_ledger_error(tmp_path):
    pytest.importorskip("psycopg")
    with pytest.raises(LedgerError, match="cannot be opened"):
        PostgresLedger(f"postgresql:///none?host={tmp_path}", tmp_path, case="c", program="0-test")


# SQLite only


@pytest.fixture
def rows(tmp_path):
    """The file as another program sees it."""
    connections = []

    def connect():
        connections.append(sqlite3.connect(tmp_path / "ledger.sqlite", isolation_level=None))
        return connections[-1]

    yield connect
    for one in connections:
        one.close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE entry SET body = x'00'", "UPDATE entry SET seq = seq + 10", "DELETE FROM entry",
        "DELETE FROM entry WHERE seq = 2", "REPLACE INTO entry (seq, body) VALUES (1, x'00')",
        "INSERT OR REPLACE INTO entry (seq, body) VALUES (1, x'00')",
        "INSERT INTO entry (seq, body) VALUES (1, x'00') ON CONFLICT (seq) DO UPDATE SET body = x'00'",
    ],
)
def test_no_statement_changes_or_removes_an_entry(tmp_path, rows, statement):
    ledger = sqlite_store(tmp_path)
    kept = ledger.append((draft(1), draft(2)), clock=NOON)
    other = rows()
    with pytest.raises(sqlite3.Error):
        other.execute(statement)
    assert ledger.entries() == kept
    ledger.close()


@pytest.mark.parametrize("gone", [1, 2])
def test_a_gap_is_found_out(tmp_path, rows, gone):
    ledger = sqlite_store(tmp_path)
    ledger.append((draft(1), draft(2), draft(3)), clock=NOON)
    other = rows()
    other.execute("DROP TRIGGER entry_is_never_deleted")
    other.execute("DELETE FROM entry WHERE seq = ?", (gone,))
    with pytest.raises(LedgerError, match=f"entry {gone} is missing"):
        ledger.entries()
    ledger.close()


@pytest.mark.parametrize("body", [b"", b"{", b"[]", b"{}", b"\xff"])
def test_an_entry_that_is_none_is_found_out(tmp_path, rows, body):
    ledger = sqlite_store(tmp_path)
    ledger.append((draft(1),), clock=NOON)
    other = rows()
    other.execute("INSERT INTO entry (seq, body, leaf) VALUES (2, ?, x'00')", (body,))
    with pytest.raises(LedgerError, match="entry 2"):
        ledger.entries()
    ledger.close()


def test_a_file_that_is_no_ledger_is_refused_and_left_alone(tmp_path):
    file = tmp_path / "ledger.sqlite"
    file.write_bytes(b"this is a letter to the mission\n" * 200)
    before = file.read_bytes()
    with pytest.raises(LedgerError, match="cannot be opened as a ledger"):
        sqlite_store(tmp_path)
    assert file.read_bytes() == before


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 40, 1), "TRUNCATE"), ((3, 50, 9), "TRUNCATE"), ((3, 51, 2), "TRUNCATE"), ((3, 51, 3), "WAL"),
        ((3, 52, 0), "WAL"), ((4, 0, 0), "WAL"),
    ],
)
def test_wal_only_where_it_is_safe(version, mode):
    assert journal_mode(version) == mode


def test_the_file_is_in_that_mode(tmp_path, rows):
    ledger = sqlite_store(tmp_path)
    ledger.append((draft(1),), clock=NOON)
    mode = ledger._connection.execute("PRAGMA journal_mode").fetchone()[0]
    assert mode.upper() == journal_mode()
    assert ledger._connection.execute("PRAGMA synchronous").fetchone() == (3,)
    ledger.close()
