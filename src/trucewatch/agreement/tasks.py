"""What a term asks to be done: duties and their parts as frozen records.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

__all__ = ["Duty", "Withdrawal"]


@dataclass(frozen=True, slots=True)
class Withdrawal:
    """One line of a withdrawal duty: what must be beyond which zone; displayed, judged later."""

    beyond: str
    weapons: tuple[str, ...] = ()
    personnel: bool = False
    anything: bool = False
    allow: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Duty:
    """What a duty clause asks for; parsed and displayed here."""

    withdraw: tuple[Withdrawal, ...] = ()
    perform: str | None = None
    due: datetime | None = None
    only_if_performed: str | None = None
