"""Which issue of a daily report this is, what log it rests on, and what it corrects."""

from __future__ import annotations

from dataclasses import dataclass

from trucewatch.publish.phrases import Phrases

__all__ = ["DRAFT", "Correction", "Issue", "LogHead", "correction_words", "number_words"]


@dataclass(frozen=True, slots=True)
class LogHead:
    """The log at one size: the first three lines of its checkpoint."""

    origin: str
    size: int
    root: str
    """Base 64 of the root of the tree over the first `size` entries."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What an issue says differently, and alike under some readings, from the issue that it replaces."""

    findings: tuple[str, ...]
    """Ids now, or the old one of a finding that is no longer published; one for each reading."""
    clause: str
    readings: tuple[str, ...]
    subject: str
    was: str
    """In words."""
    now: str
    why: tuple[str, ...]
    entries: tuple[str, ...]
    """Numbers and ids of the ledger entries that made the difference, as far as the audience may see them."""


@dataclass(frozen=True, slots=True)
class Issue:
    """One issue of the report of a day; a draft has revision 0 and replaces nothing."""

    revision: int = 0
    log: LogHead | None = None
    """None: an unpublished report of a replayed case, which rests on dates of publication and on no state of the log."""
    replaces: str | None = None
    """Words for the issue that this one takes the place of; None: the first issue of its day."""
    corrections: tuple[Correction, ...] = ()
    compared: bool = True
    """False: what was kept of the issue that this one replaces was erased, so nobody can say what differs."""

    @property
    def unlisted(self) -> str | None:
        """Key of the phrase that stands where no correction does; None where some do."""
        if self.corrections:
            return None
        return "corrections.none" if self.compared else "corrections.erased"


DRAFT = Issue()


def number_words(serial: int | None, revision: int, said: Phrases) -> str:
    """Return what a report is called: its number, if the case counts its reports, and its revision."""
    number = said.say("doc.number", n=serial) if serial else said.say("doc.title")
    return f"{number}/Rev.{revision}" if revision else number


def correction_words(one: Correction, said: Phrases) -> str:
    """Return one correction as a sentence."""
    return said.say(
        "correction", findings=", ".join(one.findings), clause=one.clause, subject=one.subject,
        readings=", ".join(f"“{reading}”" for reading in one.readings),
        was=one.was, now=one.now, why="; ".join(one.why), entries=", ".join(one.entries) or said.say("unknown"),
    )
