"""A ledger copied into another store, entry by entry as it lies there, to the same root."""

from __future__ import annotations

from trucewatch.errors import LedgerError
from trucewatch.ledger.entry import Row
from trucewatch.ledger.merkle import Peaks
from trucewatch.ledger.store import Node, SQLStore

__all__ = ["copy_ledger"]


def copy_ledger(source: SQLStore, target: SQLStore) -> Peaks:
    """Copy entries and checkpoints in one transaction; return the tree that both now have.

    LedgerError unless `target` is empty, or if what arrived is not what `source` says it is. What is
    recorded in `source` meanwhile is left out. Evidence bytes are not copied.
    """
    size = source.size()
    rows: list[Row] = []
    nodes: list[Node] = []
    peaks = Peaks()
    for row in source.rows():
        if row.sequence > size:
            break
        rows.append(row)
        nodes.extend(peaks.push(row.leaf))
    target.adopt(rows, nodes, [(at, note) for at, note in source.notes() if at <= size])
    arrived = Peaks.at(target.size(), target.hashes)
    if (arrived.size, arrived.root()) != (size, peaks.root()):
        message = f"{arrived.size} entries arrived and {size} were sent, or they differ; do not use the copy"
        raise LedgerError(message)
    return arrived
