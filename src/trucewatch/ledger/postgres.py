"""The ledger on a PostgreSQL server (15 or newer), in a schema of its own: one writer, many readers.

Writers take turns by an advisory lock that ends with the transaction. Triggers refuse every change and
removal, and every number but the next. The owner of the tables could drop the triggers: work under a
role that may only SELECT and INSERT. Evidence bytes stay in a folder, which all who write must share.
"""

from __future__ import annotations

import hashlib
import time
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from trucewatch.errors import BadCall, LedgerError
from trucewatch.ledger.entry import Row, Signer
from trucewatch.ledger.evidence import EvidenceFolder
from trucewatch.ledger.sqlite_schema import VERSION
from trucewatch.ledger.store import Node, SQLStore

__all__ = ["PostgresLedger", "is_address"]

_PATIENCE_S = 30.0
"""How long a writer waits for another one, or for a server that it lost, before it gives up."""
_PAUSE_S = 0.1
"""Between two tries to reach a server that was lost."""
_MOST_BYTES = 63
"""PostgreSQL cuts longer names off: two cases could come to share one ledger."""
_TABLES = """
CREATE TABLE entry (seq bigint PRIMARY KEY, body bytea NOT NULL, leaf bytea NOT NULL);
CREATE TABLE node (level integer NOT NULL, number bigint NOT NULL, hash bytea NOT NULL, PRIMARY KEY (level, number));
CREATE TABLE checkpoint (size bigint PRIMARY KEY, note text NOT NULL);
CREATE TABLE version (number integer PRIMARY KEY);
CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'the ledger is append-only'; END $$;
CREATE FUNCTION next_only() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE next bigint;
BEGIN
  EXECUTE format('SELECT coalesce(max(seq), 0) + 1 FROM %I.entry', TG_TABLE_SCHEMA) INTO next;
  IF NEW.seq <> next THEN RAISE EXCEPTION 'the ledger is append-only, without gaps'; END IF;
  RETURN NEW;
END $$;
CREATE TRIGGER next_only BEFORE INSERT ON entry FOR EACH ROW EXECUTE FUNCTION next_only();
"""
_GUARD = "CREATE TRIGGER refuse BEFORE UPDATE OR DELETE OR TRUNCATE ON {} FOR EACH STATEMENT EXECUTE FUNCTION refuse();\n"
_GUARDS = "".join(map(_GUARD.format, ("entry", "node", "checkpoint", "version")))


def is_address(where: str) -> bool:
    """Does this name a PostgreSQL ledger and no file?"""
    return where.startswith(("postgresql://", "postgres://"))


class PostgresLedger(SQLStore):
    """`address` is a connection URI, `case` the id of the case; needs psycopg 3 (`pip install trucewatch[postgres]`).

    The role makes the schema `ledger_CASE` at the first use; afterwards SELECT and INSERT are enough.
    With a `signer` every transaction ends with a signed checkpoint.
    """

    _bytes = "{}"
    _text = "convert_to({}, 'UTF8')"

    def __init__(
        self, address: str, evidence_dir: Path, *, case: str, program: str, signer: Signer | None = None
    ) -> None:
        psycopg = _library()
        self._failures = (psycopg.Error,)
        schema = _schema(case)
        self._lock = int.from_bytes(hashlib.sha256(schema.encode()).digest()[:8], signed=True)
        super().__init__(f"PostgreSQL ledger {schema}", EvidenceFolder(evidence_dir), program=program, signer=signer)
        self._address = address
        self._name = psycopg.sql.Identifier(schema)
        try:
            self._connect()
            self._prepare(self._name, schema)
        except psycopg.Error as error:
            message = f"{self._place} cannot be opened: {error}. Is the server running, and the address right?"
            raise LedgerError(message) from error

    def _connect(self) -> None:
        from psycopg.sql import SQL

        options = f"-c lock_timeout={_PATIENCE_S:.0f}s"
        self._connection = _library().connect(self._address, autocommit=True, options=options)
        self._connection.execute("SET synchronous_commit = on")
        self._connection.execute(SQL("SET search_path TO {}, pg_catalog").format(self._name))

    def _prepare(self, name: Any, schema: str) -> None:  # noqa: ANN401 - psycopg is optional
        """Make the tables unless they are there; LedgerError for a ledger of another version."""
        from psycopg.sql import SQL

        self._begin()
        if not self._query("SELECT 1 FROM pg_namespace WHERE nspname = ?", (schema,)):
            self._connection.execute(SQL("CREATE SCHEMA {}").format(name))
            self._connection.execute(_TABLES + _GUARDS)
            self._connection.execute("INSERT INTO version VALUES (%s)", (VERSION,))
        version = self._query("SELECT max(number) FROM version", ())[0][0]
        self._connection.execute("COMMIT")
        if version != VERSION:
            self._connection.close()
            message = f"{self._place} has version {version}, this program knows version {VERSION}. Use the trucewatch that made it"
            raise LedgerError(message)

    def _begin(self) -> None:
        self._connection.execute("BEGIN")
        self._connection.execute("SELECT pg_advisory_xact_lock(%s)", (self._lock,))

    def _query(self, statement: str, values: Sequence[object]) -> Sequence[tuple[object, ...]]:
        found: list[tuple[object, ...]] = self._connection.execute(statement.replace("?", "%s"), values).fetchall()
        return found

    def _commit(self, rows: Sequence[Row]) -> None:
        """End the transaction; if the server is lost meanwhile, ask it afterwards what it did.

        LedgerError if it does not come back: then nobody can say whether it has recorded.
        """
        lost = _library().OperationalError
        try:
            self._connection.execute("COMMIT")
        except lost:
            if not self._connection.closed or not self._recorded(rows):
                raise

    def _recorded(self, rows: Sequence[Row]) -> bool:
        """Reach the server once more; say whether it holds rows whose transaction was ending when it was lost.

        The advisory lock comes first: what the lost connection had begun has then ended, either way.
        """
        lost = _library().OperationalError
        deadline = time.monotonic() + _PATIENCE_S
        while True:
            try:
                self._connect()
                self._begin()
                found = self._query("SELECT body FROM entry WHERE seq = ?", (rows[0].sequence,))
                self._connection.execute("ROLLBACK")
            except lost as error:
                if time.monotonic() > deadline:
                    message = (
                        f"{self._place}: the server was lost while it recorded entry {rows[0].sequence} and did not come back: it cannot be "
                        f"said whether it was recorded. Look, once it is back, with `trucewatch ledger log`: {error}"
                    )
                    raise LedgerError(message) from error
                time.sleep(_PAUSE_S)
            else:
                return bool(found) and found[0][0] == rows[0].body

    def _in_transaction(self) -> bool:
        from psycopg.pq import TransactionStatus

        return self._connection.info.transaction_status in (TransactionStatus.INTRANS, TransactionStatus.INERROR)

    def _insert(self, rows: Sequence[Row], nodes: Sequence[Node]) -> None:
        with self._connection.cursor().copy("COPY entry (seq, body, leaf) FROM STDIN") as copy:
            for one in rows:
                copy.write_row((one.sequence, one.body, one.leaf))
        with self._connection.cursor().copy("COPY node (level, number, hash) FROM STDIN") as copy:
            for node in nodes:
                copy.write_row(node)

    def _write_note(self, size: int, note: str) -> None:
        self._connection.execute("INSERT INTO checkpoint (size, note) VALUES (%s, %s)", (size, note))


def _library() -> Any:  # noqa: ANN401 - psycopg is optional
    try:
        import psycopg
        import psycopg.sql
    except ImportError as error:
        message = "psycopg is not installed; pip install 'trucewatch[postgres]'"
        raise LedgerError(message) from error
    return psycopg


def _schema(case: str) -> str:
    schema = f"ledger_{case}"
    if len(schema.encode()) > _MOST_BYTES or "\0" in schema:
        message = f"“{case}” is too long an id for a PostgreSQL ledger: at most {_MOST_BYTES - len('ledger_')} bytes"
        raise BadCall(message)
    return schema
