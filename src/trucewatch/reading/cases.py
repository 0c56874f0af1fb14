"""Cases stand beside the entries of a lexicon and say what a text must give, and what it must not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from trucewatch.errors import BadCall
from trucewatch.reading.lexicon import Case, Lexicon
from trucewatch.reading.mentions import find_mentions
from trucewatch.reading.read import read

__all__ = ["FailedCase", "failed_cases", "given"]

_ACTS = ("events", "not_events", "realis", "blows")
"""Sections whose cases name the acts that are emitted."""


@dataclass(frozen=True, slots=True)
class FailedCase:
    """A case that comes out otherwise."""

    case: Case
    found: tuple[str, ...]
    """What the text gives, of the kind that the section speaks of."""
    why: str


def given(text: str, section: str, lexicon: Lexicon) -> frozenset[str]:
    """Return what a text gives in the terms of a section.

    `events`, `not_events`, `realis`, `blows`: the acts that are emitted; `status`, `term`, `control`:
    the claims; `actor`, `person`, `place`: keys and names that were found; `speech`, `people`: who speaks;
    `stance`: what speakers make of the agreement.
    """
    if section in ("actor", "person", "place"):
        return frozenset(one.entry.value for one in find_mentions(text, lexicon).all if one.entry.kind in (section, "side"))
    found = read(text, lexicon)
    rows: Mapping[str, tuple[Sequence[Mapping[str, Any]], str]] = {
        "status": (found.status, "value"), "term": (found.terms, "clause"), "control": (found.control, "kind"),
        "speech": (found.statements, "speaker"), "people": (found.statements, "speaker"), "stance": (found.statements, "stance"),
    }  # fmt: skip
    if section in _ACTS:
        return frozenset(one["act"] for one in found.happenings if one["outcome"] == "emitted")
    if section not in rows:
        message = f"[[{section}.cases]]: no section whose cases can be tried; known: {', '.join([*_ACTS, *rows, 'actor', 'person', 'place'])}"
        raise BadCall(message)
    chosen, key = rows[section]
    return frozenset(str(one[key]) for one in chosen if one[key] is not None)


def failed_cases(lexicon: Lexicon, cases: Sequence[Case] | None = None) -> Iterator[FailedCase]:
    """Yield those of these cases (None: all of the lexicon) that come out otherwise; a case without `gives` must code nothing."""
    for case in lexicon.cases if cases is None else cases:
        found = given(case.text, case.section, lexicon)
        missing, wrong = case.gives - found, found if not case.gives else {case.value} & found - case.gives
        if missing or wrong:
            why = f"does not give {', '.join(sorted(missing))}" if missing else f"gives {', '.join(sorted(wrong))} and must not"
            yield FailedCase(case, tuple(sorted(found)), why)
