"""What the program runs on: versions, lock hash, SQLite mode. Nothing is sent anywhere."""

from __future__ import annotations

import platform
import re
import sqlite3
from importlib.metadata import PackageNotFoundError, requires, version
from importlib.resources import files

from trucewatch.ledger.sqlite import journal_mode
from trucewatch.version import VERSION

__all__ = ["lock_hash", "surroundings"]


def surroundings() -> dict[str, str | None]:
    """Return name → value, in a fixed order; the lock hash is that of the lock shipped with this version."""
    found: dict[str, str | None] = {
        "trucewatch": VERSION,
        "python": platform.python_version(),
        "platform": f"{platform.system()} {platform.machine()}",
        "sqlite": sqlite3.sqlite_version,
        "sqlite_journal_mode": journal_mode(),
        "sqlite_synchronous": "EXTRA",
        "lock_sha256": lock_hash(),
    }
    for name in sorted({re.split(r"[^A-Za-z0-9_.-]", one, maxsplit=1)[0] for one in requires("trucewatch") or ()}):
        found[name] = _version(name)
    return found


def _version(name: str) -> str | None:
    try:
        return version(name)
    except PackageNotFoundError:
        return None


def lock_hash() -> str | None:
    """Return the hash of the lock file shipped with this version; None if none was."""
    shipped = files("trucewatch") / "lock.sha256"
    return shipped.read_text(encoding="ascii").strip() if shipped.is_file() else None
