"""Answers of a questionnaire → agreement.yaml and actors.yaml, commented, to be gone on with.

What was not filled in becomes a placeholder: it can only give undetermined(text) until somebody
writes what the text says.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence

from trucewatch.case.questionnaire import Answer, parts

__all__ = ["actors_of", "agreement_of"]

_STRENGTHS = {"who": "corroborated", "act": "corroborated", "against": "reported", "where": "reported", "when": "reported", "exception": "corroborated"}


def _quoted(value: str) -> str:
    return json.dumps(value, ensure_ascii=False)


def _cite(row: Answer) -> str:
    at = f", at: {_quoted(row['paragraph'])}" if "paragraph" in row else ""
    quote = f", quote: {_quoted(row['quote'])}" if "quote" in row else ""
    return f"{{text: text{at}{quote}}}"


def actors_of(answers: Mapping[str, Sequence[Answer]]) -> str:
    """Return actors.yaml for the parties that were named."""
    lines = ["# Who is who. Add other names (aliases), memberships with their dates, and designations.", "trucewatch: actors/0.1", "actors:"]
    for row in answers.get("parties", ()):
        kind = f", kind: {row['kind']}" if "kind" in row else ""
        lines.append(f"  {row['id']}: {{name: {_quoted(row['name'])}{kind}}}")
    return "\n".join([*lines, "designations: []"]) + "\n"


def agreement_of(answers: Mapping[str, Sequence[Answer]]) -> str:
    """Return agreement.yaml for these answers; it loads as it stands."""
    return "\n".join(_lines(answers)) + "\n"


def _lines(answers: Mapping[str, Sequence[Answer]]) -> Iterator[str]:
    about = answers["about"][0]
    yield "# Made from a questionnaire. Compare every line with the text; `trucewatch agreement lint` lists what is missing,"
    yield "# docs/agreement/language.md says what may be written. What is marked placeholder finds nothing until it is given."
    yield "trucewatch: agreement/1.0"
    yield f"id: {about['id']}"
    yield f"title: {_quoted(about['title'])}"
    yield f"timezone: {about['timezone']}"
    yield ""
    yield "texts:                               # put the archived words into texts/text.txt: quotes are then checked against them"
    date = f", date: {about['date'][:10]}" if "date" in about else ""
    url = f", url: {_quoted(about['url'])}" if "url" in about else ""
    yield f"  text: {{title: {_quoted(about['title'])}, kind: press{date}{url}}}"
    yield from _parties(answers.get("parties", ()))
    yield from _places(answers.get("places", ()))
    yield from _times(answers.get("times", ()))
    yield from _evidence(answers.get("evidence", ()))
    yield from _clauses(answers)


def _parties(rows: Sequence[Answer]) -> Iterator[str]:
    bound = [one for one in rows if one.get("bound", "no") != "no"]
    yield ""
    yield "bound:                               # who is bound, since when, and by what"
    for row in bound:
        since = f"from: {row['since']}, " if "since" in row else ""
        how = {"disputed": "certainty: disputed, ", "by acceptance": "by: acceptance, "}.get(row["bound"], "")
        yield f"  {row['id']}: {{{since}{how}cite: text}}"
    yield "groups:"
    yield f"  sides: {{any_of: [{', '.join(one['id'] for one in bound or rows)}], when: bound}}"


def _places(rows: Sequence[Answer]) -> Iterator[str]:
    if rows:
        yield ""
        yield "zones:                               # where; a place without a map is a placeholder and never counts as outside"
    for row in rows:
        accuracy = f", accuracy_m: {row['accuracy_m']}" if "accuracy_m" in row else ""
        cite = f", cite: {_cite(row)}"
        drawn = f"wkt: {_quoted(row['wkt'])}{accuracy}" if "wkt" in row else "layer: not drawn yet, status: placeholder"
        yield f"  {row['id']}: {{{drawn}{cite}}}"


def _times(rows: Sequence[Answer]) -> Iterator[str]:
    if rows:
        yield ""
        yield "phases:                              # when; windows that parties claim are written otherwise: docs/agreement/times.md"
    for row in rows:
        end = f"ends: {row['ends']}" if "ends" in row else "open_ended: true"
        start = f"starts: {row['starts']}, {end}" if "starts" in row else "starts: 2000-01-01, open_ended: true, status: placeholder"
        yield f"  {row['id']}: {{{start}, cite: {_cite(row)}}}"


def _evidence(rows: Sequence[Answer]) -> Iterator[str]:
    strengths = _STRENGTHS | {one["element"]: one["strength"] for one in rows}
    asked = ", ".join(f"{one}: {strengths[one]}" for one in strengths if one != "exception")
    yield ""
    yield "evidence:                            # how strong each element must be before a finding is a violation"
    yield "  scale: [alleged, reported, corroborated, verified]"
    yield f"  violation: {{{asked}}}"
    yield f"  exception: {strengths['exception']}"


def _clauses(answers: Mapping[str, Sequence[Answer]]) -> Iterator[str]:
    yield ""
    yield "clauses:                             # add examples beside each: what must come out, and what must not"
    for row in answers.get("prohibitions", ()):
        deed = ", ".join(f"{name}: {_several(row[name])}" for name in ("act", "target", "weapon") if name in row)
        yield from _head(row)
        yield f"    must_not: {{{deed}}}"
        yield from _extent(row)
        yield from _exceptions(row["id"], answers.get("exceptions", ()))
    for row in answers.get("duties", ()):
        yield from _head(row)
        yield f"    must: {{perform: {row['act']}}}"
        if "due" in row:
            yield f"    due: {row['due']}"
        yield from _extent(row)


def _head(row: Answer) -> Iterator[str]:
    yield f"  - id: {row['id']}"
    yield f"    cite: {_cite(row)}"
    if "quote" not in row:
        yield "    status: placeholder              # the words of the text are not here yet"
    yield f"    who: {_several(row['who']) if 'who' in row else 'sides'}"


def _extent(row: Answer) -> Iterator[str]:
    for name in ("against", "where", "when"):
        if name in row:
            yield f"    {name}: {_several(row[name])}"


def _exceptions(clause: str, rows: Sequence[Answer]) -> Iterator[str]:
    own = [one for one in rows if one["clause"] == clause]
    if own:
        yield "    unless:"
    for row in own:
        invocable = ", invocable: true" if row.get("invocable") == "yes" else ""
        yield f"      - {{id: {row['id']}, if: {{circumstance: {row['circumstance']}}}{invocable}, cite: {_cite(row)}}}"


def _several(value: str) -> str:
    words = parts(value)
    return words[0] if len(words) == 1 else f"[{', '.join(words)}]"
