"""An open case: files, ledger and pipeline behind a few verbs."""

from __future__ import annotations

import os
import shutil
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.agreement import Agreement
from trucewatch.case.adding import Added, add_file, read_file
from trucewatch.case.articles import Shelf
from trucewatch.case.clock import now
from trucewatch.case.deciding import decisions_at, in_force, read_decisions, record_decision
from trucewatch.case.erased import Erasing, lost_grounds
from trucewatch.case.files import CaseFiles, read_case_files
from trucewatch.case.folder import CASE_FILES, Folder, find_case, record_versions, text_at
from trucewatch.case.leases import Lease, give_back, leases_at, stamp_of, take
from trucewatch.case.lexicons import case_lexicon
from trucewatch.case.listing import cited_reports
from trucewatch.case.parsing import counted, written_rows
from trucewatch.case.result import CaseResult
from trucewatch.case.settings import CaseSettings, load_settings
from trucewatch.case.standoffs import disagreements, standoffs
from trucewatch.case.stores import ledger_at
from trucewatch.errors import BadCall, Problem, UnknownName
from trucewatch.incidents import Decision
from trucewatch.ledger import LedgerStore
from trucewatch.ledger.keys import CaseSigner, keys_folder, public_keys
from trucewatch.ledger.notes import entry_signers
from trucewatch.ledger.store import SQLStore
from trucewatch.periods import end_of, parse_instant
from trucewatch.pipeline import Inputs, Result, run
from trucewatch.reports import EvidenceRef, Written
from trucewatch.sources.adapter import Parsed
from trucewatch.version import VERSION

if TYPE_CHECKING:
    from trucewatch.case.talking import Talks

__all__ = ["Case", "create_case", "open_case"]


class Case:
    """One case folder. Verbs that record (`add`, `decide`, `run` for new versions of the case files) write to
    the ledger; everything else is computed from it."""

    def __init__(self, root: Path, *, who: str, keys: Path | None = None) -> None:
        self.folder = Folder(root)
        self.who = who
        self._keys = keys
        self.settings: CaseSettings = load_settings(self.folder.read("case.toml"))
        self._results: dict[tuple[object, ...], CaseResult] = {}
        self._seen: int | None = None
        """Number of the last entry that a run had read."""
        self._mine: set[str] = set()
        self._files: dict[object, CaseFiles] = {}
        """The texts read last and what they say: reading them again is a sixth of a small run."""

    @property
    def root(self) -> Path:
        """The case folder."""
        return self.folder.root

    @cached_property
    def ledger(self) -> SQLStore:
        """The ledger, opened at the first use."""
        return ledger_at(self.settings.ledger or self.folder.ledger, self.folder.evidence, self.settings.key, self.signer)

    @property
    def record(self) -> LedgerStore:
        """What everything is computed from: the whole ledger, or in a case of the past its beginning."""
        return self.ledger

    @cached_property
    def signer(self) -> CaseSigner:
        """Who signs the ledger's checkpoints: this account's key, made at its first use."""
        private = keys_folder(self._keys, os.environ)
        return CaseSigner(self.folder.public_keys, private, case=self.settings.key)

    def close(self) -> None:
        """Close the ledger."""
        if "ledger" in self.__dict__:
            self.ledger.close()
            del self.__dict__["ledger"]

    def __enter__(self) -> Case:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def files(self, known_at: datetime | None = None) -> CaseFiles:
        """Read the four case files; in a live case their versions recorded by `known_at`.

        BadCaseFile or BadAgreement carries every problem of the file that cannot be used.
        """
        texts = {name: self._text(name, known_at) for name in CASE_FILES}
        archived = self.texts()
        read = (tuple(texts.items()), tuple(archived.items()))
        if read not in self._files:
            self._files = {read: read_case_files(texts, archived)}
        return self._files[read]

    def _text(self, name: str, known_at: datetime | None) -> str:
        if known_at is None or self.settings.mode != "live":
            return self.folder.read(name)
        return text_at(self.record.entries(), self.record, name, known_at) or self.folder.read(name)

    def _keep_versions(self) -> None:
        record_versions(self.folder, self.ledger, who=self.who, clock=now())

    def present(self) -> datetime:
        """Return the present instant."""
        return now()

    def rows(self) -> tuple[tuple[tuple[EvidenceRef, Written], ...], tuple[Problem, ...]]:
        """Return every row of the evidence as written, with where it came from, and what could not be read."""
        if self.settings.ledger is None and not self.folder.ledger.is_file():
            return (), ()
        files = self.files()
        return written_rows(self.record.entries(), self.record, self.settings, self.folder, files.gazetteer, files.actors)

    def texts(self) -> dict[str, str]:
        """Return the archived texts of the agreement: texts/KEY.txt → words."""
        names = sorted((self.root / "texts").glob("*.txt"))
        return {file.stem: self.folder.read(f"texts/{file.name}") for file in names}

    def add(
        self, path: Path | str, *, adapter: str = "table", source: str | None = None, published: date | None = None
    ) -> Added:
        """Record a file as evidence; the same file twice changes nothing. `published`: when an article appeared."""
        self._results.clear()
        files = self.files()
        return add_file(
            Path(path), adapter=adapter, source=source, who=self.who, settings=self.settings, gazetteer=files.gazetteer,
            actors=files.actors, folder=self.folder, ledger=self.ledger, clock=now(), published=published,
        )

    def revise(
        self, path: Path | str, old: str, *, because: str, by: str | None = None, effective: datetime | None = None
    ) -> Added:
        """Record a file as the next version of evidence `old` (e-): rows that it changes or lacks count no more."""
        from trucewatch.case.revising import revise

        self._results.clear()
        return revise(self, Path(path), old, because=because, who=by or self.who, effective=effective)

    def preview(
        self, path: Path | str, *, adapter: str = "table", source: str | None = None, published: date | None = None
    ) -> Parsed:
        """Return what `add` would record, without recording it."""
        files = self.files()
        present = self.settings.ledger is not None or self.folder.ledger.is_file()
        entries = self.record.entries() if present else ()
        shelf = Shelf(
            entries, lambda digest: self.record.payload(digest), self.settings, case_lexicon(self.root, self.settings.timezone)
        )
        return read_file(
            Path(path), adapter=adapter, source=source, settings=self.settings, gazetteer=files.gazetteer,
            actors=files.actors, shelf=shelf, published=published,
        )[2]

    def decide(
        self, kind: str, *, because: str, by: str | None = None, reports: Sequence[str] = (),
        clause: str | None = None, reading: str | None = None, question: str | None = None,
        answer: str | None = None, effective: datetime | None = None, supersedes: str | None = None,
        seen: int | None = None,
    ) -> str:
        """Record a decision and return its id.

        Conflict if somebody else decided otherwise about the same since the entry number `seen`, by default
        the last one that this case had read when it was last run, or has a lease on it.
        """
        self._results.clear()
        decision = record_decision(
            self.ledger, kind=kind, who=by or self.who, because=because, clock=now(), reports=reports,
            clause=clause, reading=reading, question=question, answer=answer, effective=effective,
            supersedes=supersedes, seen=self._seen if seen is None else seen, mine=frozenset(self._mine),
        )
        self._mine.add(decision)
        return decision

    def decisions(self) -> tuple[Decision, ...]:
        """Return every recorded decision; with the key that signed it where the case has a four-eyes rule."""
        entries = self.record.entries()
        asked = self.settings.mandate.four_eyes != "none"
        keys = public_keys(self.folder.public_keys) if asked else ()
        return read_decisions(entries, entry_signers(self.ledger, entries, keys) if asked else None)

    def take(self, item: str, *, minutes: float = 30, by: str | None = None) -> Lease:
        """Work on what an id (report, incident, finding) rests on, until the lease ends; Conflict if somebody else does."""
        reports = cited_reports(self.run(), [item])
        return take(self.ledger, item, reports, who=by or self.who, clock=now(), length=timedelta(minutes=minutes))

    def give_back(self, item: str, *, by: str | None = None) -> None:
        """End one's lease on an id."""
        give_back(self.ledger, item, cited_reports(self.run(), [item]), who=by or self.who, clock=now())

    def leases(self) -> tuple[Lease, ...]:
        """Return who works on what now, by the ledger's stamps."""
        entries = self.record.entries()
        return leases_at(entries, stamp_of(entries, now()))

    def erase(self, ids: Sequence[str], *, because: str, by: str | None = None) -> Erasing:
        """Destroy evidence or what was kept of publications, and everything here that holds it; record that.

        BadCall without a reason, or for what is no evidence entry (e-) or publication (p-).
        """
        from trucewatch.case.erasing import erase  # it runs the case

        done = erase(self, ids, because=because, who=by or self.who)
        self._results.clear()
        return done

    def instant(self, written: str | datetime | None) -> datetime | None:
        """Return an instant of knowledge as the user wrote it, in the case's zone when no offset is given.

        A mere day (month, year) means its end: what became known on that day is known. BadPeriod otherwise.
        """
        if not isinstance(written, str):
            return written
        return parse_instant(written, self.settings.zone) if "T" in written else end_of(written, self.settings.zone)

    def cut_off(self, day: date) -> datetime:
        """Return the instant at which the report of `day` is closed: the cut-off time of the next day."""
        local = datetime.combine(day + timedelta(days=1), self.settings.report.cut_off, self.settings.zone)
        return parse_instant(local.isoformat(), self.settings.zone)

    def run(
        self, known_at: str | datetime | None = None, *, readings: Sequence[str] | None = None
    ) -> CaseResult:
        """Compute the case as known at `known_at`.

        None means everything in a replayed case and this instant in a live one (so that what is
        provisional has a date). Readings default to all of the agreement's; UnknownName for another.
        """
        at = self.instant(known_at)
        self._keep_versions()
        if at is None and self.settings.mode == "live":
            at = max(now(), self.record.entries()[-1].recorded_at)  # the clock may have been set back
        inputs, problems = self._inputs(at)
        known = tuple(inputs.agreement.readings)
        chosen = tuple(readings or known)
        for reading in chosen:
            if reading not in known:
                raise UnknownName(reading, place="--reading", known=known)
        self._seen = len(self.record.entries())
        key = (at, chosen, self._seen)
        if key not in self._results:
            result = run(inputs, known_at=at, readings=chosen, program_version=VERSION)
            self._results[key] = CaseResult.of(result, inputs, problems)
        return self._results[key]

    def talks(self, known_at: str | datetime | None = None) -> Talks:
        """Return who said what about the agreement, contradictions in pairs, and who says that it is in force."""
        from trucewatch.case.talking import talks_of  # it loads the reader of articles

        return talks_of(self, known_at)

    def as_if(self, agreement: Agreement) -> Result:
        """Compute the case on everything it knows as if this were its agreement; records nothing."""
        inputs, _ = self._inputs(None)
        inputs = replace(inputs, agreement=agreement)
        return run(inputs, known_at=None, readings=tuple(agreement.readings), program_version=VERSION)

    def _inputs(self, at: datetime | None) -> tuple[Inputs, tuple[Problem, ...]]:
        files = self.files(at)
        entries = self.record.entries()
        live = files.settings.mode == "live"
        given = tuple(entry for entry in entries if at is None or not live or entry.recorded_at <= at)
        written, reading_problems = written_rows(
            given, self.record, files.settings, self.folder, files.gazetteer, files.actors, at
        )
        decisions, disputed = self.decisions(), standoffs(entries)
        told = disagreements(in_force(decisions, at, files.settings.mode), disputed)
        if at is not None and not live:
            reading_problems = counted(reading_problems)
        inputs = Inputs(
            written=written, sources=files.settings.sources, actors=files.actors, gazetteer=files.gazetteer,
            agreement=files.agreement, zone=files.settings.zone, mode=files.settings.mode, key=self.folder.key(),
            decisions=decisions_at(decisions, at, files.settings.mode, disputed),
            erased=lost_grounds(entries, self.record), linking=files.settings.linking,
        )
        return inputs, (*files.problems, *reading_problems, *told)


def open_case(path: Path | str = ".", *, who: str = "unnamed", keys: Path | None = None) -> Case:
    """Open the case in `path` or in the nearest folder above it; CaseNotFound if there is none.

    `keys` is the folder of private keys, if not the usual one (`ledger.keys.keys_folder`).
    """
    return Case(find_case(Path(path).resolve()), who=who, keys=keys)


def create_case(
    path: Path | str, template: Path | str, *, who: str = "unnamed", keys: Path | None = None
) -> Case:
    """Make a new case folder from the four files of `template`, and its key; BadCall if `path` is not empty."""
    root = Path(path)
    if root.exists() and any(root.iterdir()):
        message = f"{root} is not empty. Give a new folder, so that nothing is overwritten"
        raise BadCall(message)
    root.mkdir(parents=True, exist_ok=True)
    for name in CASE_FILES:
        shutil.copyfile(Path(template) / name, root / name)
    made = Case(root, who=who, keys=keys)
    made.signer.origin()
    return made
