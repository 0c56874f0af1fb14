"""case.toml as frozen records: what is true of the case and of each source.

Everything is checked at once; a problem names the line where its key stands.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from trucewatch.case.linking_settings import read_weights
from trucewatch.case.toml_reading import TomlReader, TomlTable
from trucewatch.errors import BadCaseFile, BadPeriod
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import Weights
from trucewatch.periods import end_of, parse_instant
from trucewatch.reports.source import Knowledge, Source
from trucewatch.reports.unresolved import fold

__all__ = ["CaseSettings", "InputFile", "Mandate", "ReportSettings", "load_settings"]

VERSION = "case/1.0"
MODES = ("live", "replay")
ATTRIBUTIONS = ("none", "candidates", "settled")
FOUR_EYES = ("none", "holds", "violations")
SENSITIVITIES = ("public", "restricted", "confidential")
KNOWLEDGE_RULES = ("published", "day_end", "release", "none")


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file that `trucewatch demo` adds."""

    file: str
    adapter: str = "table"
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Mandate:
    """What this mission may say in public."""

    attribution: str = "none"
    public_radius_m: float = 0.0
    """Places are coarsened to at least this radius in public output; 0: as recorded."""
    four_eyes: str = "none"
    """What only two people together may make public."""


@dataclass(frozen=True, slots=True)
class ReportSettings:
    """How the daily report counts."""

    cut_off: time = time(7, 0)
    """Local time on the day after: what is known by then is in the report."""
    unit: str = "incident"
    sides: str = "all"
    training_fire: str = "excluded"
    first_day: date | None = None
    """The day of report No. 1; None: the day itself is the number."""


@dataclass(frozen=True, slots=True)
class CaseSettings:
    """The whole of case.toml."""

    key: str
    title: str
    timezone: str
    mode: str
    languages: tuple[str, ...]
    mandate: Mandate
    report: ReportSettings
    sources: Mapping[str, Source]
    inputs: tuple[InputFile, ...]
    linking: Weights | Trained
    """The weights with which reports are linked."""
    ledger: str | None = None
    """Address of the PostgreSQL server that holds the ledger; None: `ledger.sqlite` in the folder."""

    @property
    def zone(self) -> ZoneInfo:
        """The case's time zone."""
        return ZoneInfo(self.timezone)


_TOP = ("trucewatch", "id", "title", "timezone", "languages", "mode", "mandate", "report", "source", "input", "linking", "ledger")
_REPORT_KEYS = ("cut_off", "unit", "sides", "training_fire", "first_day")
_SOURCE_KEYS = (
    "name", "aliases", "party", "relays", "reliability", "known", "release", "sensitivity", "licence", "observes",
)


def load_settings(text: str, place: str = "case.toml") -> CaseSettings:
    """Read case.toml; BadCaseFile carries every problem with its line."""
    reader = TomlReader(text.removeprefix("\ufeff"), place)
    document = reader.document()
    reader.refuse_unknown(document, _TOP)
    if document.values.get("trucewatch") != VERSION:
        reader.complain(document, "trucewatch", document.values.get("trucewatch"), f"“{VERSION}”")
    settings = _settings(document, reader)
    if reader.problems:
        message = f"{place} has {len(reader.problems)} problem(s)"
        raise BadCaseFile(message, sorted(reader.problems))
    return settings


def _settings(document: TomlTable, reader: TomlReader) -> CaseSettings:
    timezone = _timezone(document, reader)
    mandate = reader.table(document, "mandate", ("attribution", "public_radius_m", "four_eyes"))
    return CaseSettings(
        key=reader.words(document, "id"),
        title=reader.words(document, "title"),
        timezone=timezone,
        mode=reader.choice(document, "mode", MODES, "live"),
        languages=reader.list_of_words(document, "languages", ("en",)),
        mandate=Mandate(
            reader.choice(mandate, "attribution", ATTRIBUTIONS, "none"),
            reader.measure(mandate, "public_radius_m", 0.0),
            reader.choice(mandate, "four_eyes", FOUR_EYES, "none"),
        ),
        report=_report(reader.table(document, "report", _REPORT_KEYS), reader),
        sources=_sources(document, timezone, reader),
        inputs=tuple(
            InputFile(reader.words(one, "file"), reader.words(one, "as", "table"), reader.optional(one, "source"))
            for one in reader.tables(document, "input", ("file", "as", "source"))
        ),
        linking=read_weights(document, reader),
        ledger=_address(reader.table(document, "ledger", ("store",)), reader),
    )


def _timezone(document: TomlTable, reader: TomlReader) -> str:
    name = reader.words(document, "timezone", "UTC")
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):  # a folder of the zone database: OSError
        reader.complain(document, "timezone", name, "an IANA time zone such as Asia/Damascus")
        return "UTC"
    return name


def _address(table: TomlTable, reader: TomlReader) -> str | None:
    """Read where the ledger is. case.toml is kept in the ledger for ever, so no password may stand in it."""
    written = reader.optional(table, "store")
    if written is None:
        return None
    if not written.startswith(("postgresql://", "postgres://")):
        reader.complain(table, "store", written, "an address such as postgresql://mission@server/cases")
        return None
    if re.search(r"//[^/?#]*:[^/?#]*@|[?&](ssl)?password=", written):
        reader.complain(table, "store", "an address with a password", "one without: keep the password in ~/.pgpass")
        return None
    return written


def _report(table: TomlTable, reader: TomlReader) -> ReportSettings:
    written = table.values.get("cut_off", "07:00")
    try:
        cut_off = written if isinstance(written, time) else time.fromisoformat(str(written))
    except ValueError:
        cut_off = None
    if cut_off is None or cut_off.tzinfo is not None:
        reader.complain(table, "cut_off", written, "a local time such as 07:00")
        cut_off = time(7, 0)
    first = table.values.get("first_day")
    if first is not None and (isinstance(first, datetime) or not isinstance(first, date)):
        reader.complain(table, "first_day", first, "a date such as 2016-09-12, without quotes")
        first = None
    return ReportSettings(
        cut_off,
        reader.words(table, "unit", "incident"),
        reader.words(table, "sides", "all"),
        reader.words(table, "training_fire", "excluded"),
        first,
    )


def _sources(document: TomlTable, timezone: str, reader: TomlReader) -> dict[str, Source]:
    listed = reader.table(document, "source")
    tables = {key: reader.table(listed, key, _SOURCE_KEYS) for key in listed.values}
    sources = {key: _source(key, table, timezone, reader) for key, table in tables.items()}
    named: dict[str, str] = {}
    for key, source in sources.items():
        if source.relays is not None and source.relays not in sources:
            expected = f"the key of a source; known: {', '.join(sources)}"
            reader.complain(tables[key], "relays", source.relays, expected)
        for name in dict.fromkeys((key, source.name, *source.aliases)):
            if named.setdefault(fold(name), key) != key:
                expected = f"a name that no other source has; it is also one of {named[fold(name)]}"
                reader.complain(tables[key], "aliases" if name in source.aliases else "name", name, expected)
    return sources


def _source(key: str, table: TomlTable, timezone: str, reader: TomlReader) -> Source:
    rule = reader.choice(table, "known", KNOWLEDGE_RULES, "none")
    return Source(
        key=key,
        name=reader.words(table, "name", key),
        aliases=reader.list_of_words(table, "aliases"),
        party=reader.optional(table, "party"),
        relays=reader.optional(table, "relays"),
        reliability=reader.choice(table, "reliability", tuple("ABCDEF"), "F"),
        knowledge=Knowledge(rule, _release(table, rule, timezone, reader)),
        sensitivity=reader.choice(table, "sensitivity", SENSITIVITIES, "public"),
        licence=reader.optional(table, "licence"),
        observes=reader.flag(table, "observes", default=True),
    )


def _release(table: TomlTable, rule: str, timezone: str, reader: TomlReader) -> datetime | None:
    written = table.values.get("release")
    if rule == "release" and written is None:
        reader.complain(table, "known", rule, "a `release` date beside the rule “release”")
    if written is None:
        return None
    try:
        text = written.isoformat() if isinstance(written, date) else str(written)
        return parse_instant(text, timezone) if "T" in text else end_of(text, timezone)
    except BadPeriod as error:
        reader.complain(table, "release", written, str(error))
        return None
