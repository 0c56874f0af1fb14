"""A server that is lost while it commits: the writer learns truly whether its entry was recorded, or that nobody can say."""

import os
import select
import shutil
import signal
import socket
import subprocess
import threading
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from tests.conftest import _cluster, _server_programs, absent

from trucewatch.errors import LedgerError
from trucewatch.ledger import Draft, postgres
from trucewatch.ledger.postgres import PostgresLedger
from trucewatch.ledger.verification import verified

psycopg = pytest.importorskip("psycopg")

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)


def as_uri(dsn):
    part = dict(one.split("=", 1) for one in dsn.split())
    return f"postgresql://{part['user']}@/{part['dbname']}?host={part['host']}&port={part['port']}"


@pytest.fixture
def address(postgres_dsn):
    return as_uri(postgres_dsn)


@pytest.fixture
def own_server():
    """A server of this test's own, which it may kill."""
    programs = _server_programs()
    if programs is None:
        absent("PostgreSQL (initdb)")
    with TemporaryDirectory(prefix="trucewatch-pg-") as folder:
        if os.geteuid() == 0:
            shutil.chown(folder, "postgres")
        yield from _cluster(programs, Path(folder))


def opened(address, tmp_path):
    return PostgresLedger(address, tmp_path / "evidence", case=tmp_path.name[:40], program="0-test")


def one_more(ledger, number):
    return ledger.append((Draft("decision", f"d-{number}", "ana", {}, payload=b"x"),), clock=NOON)


class Wire:
    """A connection to the server that breaks when COMMIT passes: before it arrives there, or before its answer is back."""

    def __init__(self, folder, real):
        self.real, self.port = real, Path(real).name.rpartition(".")[2]
        self.folder = folder
        self.breaks = None
        self.socket = socket.socket(socket.AF_UNIX)
        self.socket.bind(f"{folder}/.s.PGSQL.{self.port}")
        self.socket.listen()
        self.thread = threading.Thread(target=self._serve, daemon=True)
        self.thread.start()

    def close(self):
        self.socket.shutdown(socket.SHUT_RDWR)
        self.thread.join()
        self.socket.close()

    def address(self, real):
        return real.replace(f"host={Path(self.real).parent}", f"host={self.folder}")

    def _serve(self):
        with suppress(OSError):
            while True:
                client, _ = self.socket.accept()
                server = socket.socket(socket.AF_UNIX)
                server.connect(self.real)
                threading.Thread(target=self._relay, args=(client, server), daemon=True).start()

    def _relay(self, client, server):
        with client, server, suppress(OSError):
            while True:
                for one in select.select([client, server], [], [])[0]:
                    said = one.recv(65536)
                    if not said:
                        return
                    if one is client and self.breaks and b"COMMIT" in said:
                        when, self.breaks = self.breaks, None
                        if when == "after":
                            server.sendall(said)
                            server.recv(65536)  # the server has committed; its answer goes no further
                        return
                    (server if one is client else client).sendall(said)


@pytest.fixture
def wire(address):
    part = dict(one.split("=") for one in address.partition("?")[2].split("&"))
    with TemporaryDirectory(prefix="tw-") as folder:
        made = Wire(folder, f"{part['host']}/.s.PGSQL.{part['port']}")
        yield made
        made.close()


def test_what_was_committed_is_acknowledged_though_the_answer_was_lost(address, wire, tmp_path):
    with closing(opened(wire.address(address), tmp_path)) as ledger:
        one_more(ledger, 1)
        wire.breaks = "after"
        entry = one_more(ledger, 2)[0]
        assert entry.sequence == 2
        assert ledger.payload(entry.digest) == b"x"
        assert one_more(ledger, 3)[0].sequence == 3, "and the writer goes on"
    with closing(opened(address, tmp_path)) as again:
        assert [one.entry_id for one in again.entries()] == ["d-1", "d-2", "d-3"]
        assert verified(again, again.payload, ()).ok


def test_what_never_arrived_is_said_to_be_not_recorded_and_is_not(address, wire, tmp_path):
    with closing(opened(wire.address(address), tmp_path)) as ledger:
        one_more(ledger, 1)
        wire.breaks = "before"
        with pytest.raises(LedgerError, match="nothing was recorded"):
            one_more(ledger, 2)
        assert one_more(ledger, 3)[0].sequence == 2
    with closing(opened(address, tmp_path)) as again:
        assert [one.entry_id for one in again.entries()] == ["d-1", "d-3"]
        assert len(list((tmp_path / "evidence").iterdir())) == 2
        assert verified(again, again.payload, ()).ok


def postmaster(dsn):
    folder = Path(dict(one.split("=", 1) for one in dsn.split())["host"])
    return folder, int((folder / "data" / "postmaster.pid").read_text().splitlines()[0])


def killed(dsn, tmp_path, monkeypatch, kill):
    """Record while `kill` strikes at COMMIT, again and again; return what the writer was told of each entry."""
    address, told, execute, armed = as_uri(dsn), {}, psycopg.Connection.execute, []
    ledger = opened(address, tmp_path)

    def commits(connection, query, *arguments, **more):
        if query == "COMMIT" and armed:
            armed.clear()
            strike = threading.Timer(0.0005 * (number % 5), kill, [connection.info.backend_pid])
            strike.start()
            try:
                return execute(connection, query, *arguments, **more)
            finally:
                strike.join()
        return execute(connection, query, *arguments, **more)

    monkeypatch.setattr("psycopg.Connection.execute", commits)
    for number in range(8):
        armed.append(number)
        try:
            one_more(ledger, number)
            told[f"d-{number}"] = "recorded"
        except LedgerError as error:
            told[f"d-{number}"] = "not recorded" if "nothing was recorded" in str(error) else "unknown"
        armed.clear()
        if told[f"d-{number}"] != "recorded":
            ledger.close()
            ledger = reopened(address, tmp_path)
    monkeypatch.undo()
    ledger.close()
    return told


def reopened(address, tmp_path):
    for _ in range(100):
        try:
            return opened(address, tmp_path)
        except LedgerError:
            threading.Event().wait(0.1)
    pytest.fail("the server did not come back")


def test_a_backend_that_is_killed_at_commit(own_server, tmp_path, monkeypatch):
    def kill(pid):
        with suppress(ProcessLookupError):
            os.kill(pid, signal.SIGKILL)  # the server then ends every connection and recovers

    told = killed(own_server, tmp_path, monkeypatch, kill)
    with closing(reopened(as_uri(own_server), tmp_path)) as ledger:
        there = {one.entry_id for one in ledger.entries()}
        assert there == {key for key, how in told.items() if how == "recorded"}
        assert verified(ledger, ledger.payload, ()).ok


def test_a_server_that_does_not_come_back(own_server, tmp_path, monkeypatch):
    folder, pid = postmaster(own_server)
    ledger = opened(as_uri(own_server), tmp_path)
    one_more(ledger, 1)
    monkeypatch.setattr(postgres, "_PATIENCE_S", 1.0)
    execute = psycopg.Connection.execute

    def commits(connection, query, *arguments, **more):
        if query == "COMMIT":
            os.kill(pid, signal.SIGSTOP)  # no new connections
            os.kill(connection.info.backend_pid, signal.SIGKILL)
            os.kill(pid, signal.SIGKILL)
        return execute(connection, query, *arguments, **more)

    with monkeypatch.context() as patch:
        patch.setattr("psycopg.Connection.execute", commits)
        with pytest.raises(LedgerError, match="cannot be said whether it was recorded"):
            one_more(ledger, 2)
    assert len(list((tmp_path / "evidence").iterdir())) == 2, "its bytes stay, it may have been recorded"
    ledger.close()
    started(folder, own_server)
    with closing(reopened(as_uri(own_server), tmp_path)) as again:
        assert [one.entry_id for one in again.entries()][:1] == ["d-1"]
        assert verified(again, again.payload, ()).ok


def started(folder, dsn):
    """Start the server again where it lay."""
    port = dict(one.split("=", 1) for one in dsn.split())["port"]
    options = f"-p {port} -c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
    command = [str(_server_programs() / "pg_ctl"), "-D", str(folder / "data"), "-w", "-l", str(folder / "log"), "-o", options, "start"]
    as_user = ["runuser", "-u", "postgres", "--", *command] if os.geteuid() == 0 else command
    for _ in range(50):  # until the old one's children are gone
        if subprocess.run(as_user, capture_output=True, check=False, timeout=60).returncode == 0:
            return
        threading.Event().wait(0.2)
    pytest.fail("the server does not start again")


@pytest.mark.parametrize("version", [0, 99])
def test_a_ledger_on_a_server_of_another_version_is_refused_and_left_alone(address, tmp_path, version):
    with closing(opened(address, tmp_path)) as ledger:
        one_more(ledger, 1)
    schema = f"ledger_{tmp_path.name[:40]}"
    with psycopg.connect(address, autocommit=True) as connection:
        connection.execute(f'ALTER TABLE "{schema}".version DISABLE TRIGGER refuse')
        connection.execute(f'UPDATE "{schema}".version SET number = {version}')
        connection.execute(f'ALTER TABLE "{schema}".version ENABLE TRIGGER refuse')
    with pytest.raises(LedgerError, match=f"has version {version}"):
        opened(address, tmp_path)
    with psycopg.connect(address) as connection:
        assert connection.execute(f'SELECT count(*) FROM "{schema}".entry').fetchone() == (1,)
