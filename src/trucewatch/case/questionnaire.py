"""What a field office is asked about an agreement: topics, columns, and what may stand in them."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from trucewatch.acts.vocabulary import TARGETS
from trucewatch.agreement.vocabulary import ACT_NAMES, WEAPON_NAMES
from trucewatch.errors import Problem, Severity, nearest
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["TOPICS", "Answer", "Column", "Topic", "checked", "parts"]

Answer = Mapping[str, str]
"""One filled row: column → what was written; empty cells are left out."""


@dataclass(frozen=True, slots=True)
class Column:
    """One question."""

    name: str
    told: str
    needed: bool = False
    words: tuple[str, ...] = ()
    """The words that may stand here; empty: free text."""
    several: bool = False
    """Several words, parted by semicolons."""
    form: str = ""
    """A pattern that each word must have."""
    sheet: str = ""
    """The topic whose ids may stand here."""


@dataclass(frozen=True, slots=True)
class Topic:
    """One sheet, or one list of the YAML form."""

    name: str
    told: str
    columns: tuple[Column, ...]

    def column(self, name: str) -> Column | None:
        """Return the column of this name."""
        return next((one for one in self.columns if one.name == name), None)


_ID = "[a-z][a-z0-9-]*"
_DAY = r"\d{4}-\d{2}-\d{2}([T ]00:00(:00)?)?"
_INSTANT = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2})?(Z|[+-]\d{2}:\d{2})?)?"
_ACTS, _WEAPONS = tuple(sorted(ACT_NAMES)), tuple(sorted(WEAPON_NAMES))
_NAME = Column("id", "lower-case letters, digits and -", needed=True, form=_ID)
_WHERE = Column("where", "id of a place from the sheet places; empty: everywhere", sheet="places")
_WHEN = Column("when", "id of a time from the sheet times; empty: always", sheet="times")
_QUOTE = (Column("paragraph", "where it stands in the text, such as §2"), Column("quote", "the words of the text, exactly"))

TOPICS: tuple[Topic, ...] = (
    Topic("about", "One row: the agreement itself.", (
        Column("id", "lower-case letters, digits and -; part of every finding, never change it", needed=True, form=_ID),
        Column("title", "what it is called", needed=True),
        Column("timezone", "an IANA name such as Asia/Damascus", needed=True, form="[A-Za-z_]+(/[A-Za-z0-9_+-]+)*"),
        Column("date", "the day of the text, such as 2016-09-09", form=_DAY), Column("url", "where it can be read"),
    )),
    Topic("parties", "One row for everybody who is named.", (
        _NAME, Column("name", "the name", needed=True),
        Column("kind", "what it is", words=("state", "bloc", "group", "coalition", "protected", "observer")),
        Column("bound", "whether the text binds it", words=("yes", "no", "disputed", "by acceptance")),
        Column("since", "from when it is bound, such as 2016-09-12T19:00", form=_INSTANT),
    )),
    Topic("places", "One row for every place where a term holds. Leave wkt empty if the map is not here.", (
        _NAME, Column("wkt", "POLYGON((lon lat, …)), longitude first"),
        Column("accuracy_m", "how far the border may be off, in metres", form=r"\d+(\.0*)?"), Column("paragraph", "where the text draws it"),
    )),
    Topic("times", "One row for every time in which a term holds.", (
        _NAME, Column("starts", "first instant, such as 2016-09-12T19:00", form=_INSTANT),
        Column("ends", "end, not included; empty: without end", form=_INSTANT), Column("paragraph", "where it stands"),
    )),
    Topic("prohibitions", "One row for everything that must not be done.", (
        _NAME, *_QUOTE,
        Column("who", "ids of parties; empty: every party that is bound", several=True, sheet="parties"),
        Column("act", "what must not be done", needed=True, words=_ACTS, several=True),
        Column("target", "what is protected", words=tuple(sorted(TARGETS)), several=True),
        Column("weapon", "with what", words=_WEAPONS, several=True),
        Column("against", "ids of parties; empty: anybody", several=True, sheet="parties"), _WHERE, _WHEN,
    )),
    Topic("duties", "One row for everything that must be done.", (
        _NAME, *_QUOTE, Column("who", "ids of parties", needed=True, several=True, sheet="parties"),
        Column("act", "what must be done", needed=True, words=tuple(sorted(one for one in ACT_NAMES if one in ("withdrawal", "release_of_persons", "notification", "handover", "disarmament")))),
        Column("due", "by when, such as 2016-09-19T19:00", form=_INSTANT), _WHEN,
    )),
    Topic("exceptions", "One row for everything that excuses.", (
        Column("clause", "id of a prohibition", needed=True, sheet="prohibitions"), Column("id", "such as self-defence", needed=True, form=_ID),
        Column("circumstance", "what must have been so, in one word such as response", needed=True, form="[a-z][a-z_]*"),
        Column("invocable", "whether the accused has to claim it", words=("yes", "no")), Column("paragraph", "where it stands"),
    )),
    Topic("evidence", "How strong each element must be before a finding is a violation.", (
        Column("element", "which", needed=True, words=(*ELEMENTS, "exception")), Column("strength", "how strong", needed=True, words=STRENGTHS),
    )),
)


def checked(
    topic: Topic, row: Answer, place: str, line: int, ids: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    """Yield what is wrong in a filled row.

    `place` names file and sheet, `line` counts from 1; `ids` are the ids that each topic gives.
    """
    for name, value in row.items():
        column = topic.column(name)
        if column is None:
            names = [one.name for one in topic.columns]
            yield _wrong(place, line, name, name, f"a column of {topic.name}", names)
            continue
        found = parts(value) if column.several else (value,)
        for part in found:
            yield from _cell(column, part, place, line, ids)
    for column in topic.columns:
        if column.needed and not row.get(column.name):
            expected = f"{column.name}: {column.told}"
            yield Problem(place, line, column.name, None, expected, "fill it in", Severity.ERROR)


def _cell(
    column: Column, part: str, place: str, line: int, ids: Mapping[str, Collection[str]]
) -> Iterator[Problem]:
    if column.words and part not in column.words:
        yield _wrong(place, line, column.name, part, "a word of this list", column.words)
    elif column.sheet and part not in ids.get(column.sheet, ()):
        known = sorted(ids.get(column.sheet, ()))
        yield _wrong(place, line, column.name, part, f"an id of {column.sheet}", known)
    elif column.form and re.fullmatch(column.form, part) is None:
        yield Problem(place, line, column.name, part, column.told, "write it so", Severity.ERROR)


def _wrong(place: str, line: int, column: str, value: str, expected: str, known: Sequence[str]) -> Problem:
    near = nearest(value, known)
    listed = f"Known: {', '.join(list(known)[:12])}" if known else "add it there first"
    advice = f"Did you mean “{near}”?" if near else listed
    return Problem(place, line, column, value, expected, advice, Severity.ERROR)


def parts(value: str) -> tuple[str, ...]:
    """Return the words of a cell that holds several."""
    return tuple(part for one in value.split(";") if (part := one.strip()))
