"""The JSON Schema of agreement/1.0: what may stand where, for editors that complete and check.

It tells the form. What only the whole file can tell (names that exist, times in order, nothing that
feeds itself) the reader tells, which is the one that decides.
"""

from __future__ import annotations

from trucewatch.agreement.citations import TEXT_KINDS
from trucewatch.agreement.published_norms import clause, definitions
from trucewatch.agreement.published_parts import Schema, block, entries, many, one_of, text
from trucewatch.agreement.texts import STATUSES
from trucewatch.agreement.zones import SIDES
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["json_schema"]

_NUMBER: Schema = {"type": "number"}
_CITE: Schema = {"$ref": "#/$defs/cite"}
_MOMENT: Schema = {"$ref": "#/$defs/moment"}
_NEED: Schema = {"$ref": "#/$defs/need"}
_STATUS: Schema = {"$ref": "#/$defs/status"}
_NAMES: Schema = many(text())


def json_schema() -> Schema:
    """Return the schema as plain dicts and lists (JSON Schema 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "An agreement of trucewatch, agreement/1.0",
        "$defs": {**_defs(), **definitions()},
        **block(
            "the agreement",
            {
                "trucewatch": {"const": "agreement/1.0"}, "id": {"$ref": "#/$defs/id"}, "title": text(),
                "timezone": text("an IANA name such as Asia/Damascus"), "intervals": {"const": "[from, to)"},
                "texts": entries(_text()), "anchors": entries(_anchor()), "bound": entries(_bound()),
                "groups": entries(_group()), "zones": entries({"$ref": "#/$defs/zone"}),
                "phases": entries(_phase()), "evidence": _evidence(), "readings": entries(_reading()),
                "clauses": {"type": "array", "minItems": 1, "items": clause()},
                "unnoticed": entries(text("why no example notices this change")),
            },
            ("trucewatch", "id", "title", "timezone", "evidence", "clauses"),
        ),
    }


def _defs() -> dict[str, Schema]:
    return {
        "id": {"type": "string", "pattern": "^[a-z0-9]+([-_][a-z0-9]+)*$"},
        "status": one_of(*STATUSES),
        "duration": {"type": "string", "pattern": "^[0-9]", "description": "48h, 7d, 90m"},
        "cite": {"anyOf": [
            text("a text"), {"type": "array", "minItems": 1, "maxItems": 2, "items": {"type": ["string", "number"]}},
            block("cite", {"text": text(), "at": text(), "quote": many(text())}, ("text",)),
        ]},
        "moment": {"anyOf": [text("a time or a day"), block("a moment", {
            "at": text(), "anchor": text(), "start_of": text(), "end_of": text(), "after": text(), "day": _NUMBER, "of": text(),
            "plus": {"$ref": "#/$defs/duration"}, "minus": {"$ref": "#/$defs/duration"},
        })]},
        "need": block("claims on record", {"claim": text(), "of": _NAMES, "needs": one_of("all", "any"), "all": {"type": "boolean"}}, ("claim", "of")),
        "zone": _zone(),
        "when": {"anyOf": [text("a phase"), block("a time of its own", {"from": _MOMENT, "to": _MOMENT}, ("from",))]},
        "where": {"anyOf": [text("a zone"), {"$ref": "#/$defs/zone"}]},
    }


def _text() -> Schema:
    return block("a text that is cited", {
        "title": text(), "kind": one_of(*TEXT_KINDS), "date": {"type": ["string", "number"]}, "url": text(), "sha256": text(), "language": text(),
        "version_of": text(), "authoritative": {"type": "boolean"},
    }, ("title",))


def _anchor() -> Schema:
    need = {"claim": text(), "of": _NAMES, "needs": one_of("all", "any")}
    return block("a named instant", {"at": text(), **need, "status": _STATUS, "cite": _CITE})


def _bound() -> Schema:
    return block("since when a party is bound, and by what", {
        "from": text(), "to": text(), "by": one_of("text", "acceptance"), "certainty": one_of("sure", "disputed"), "note": text(), "cite": _CITE,
    })


def _group() -> Schema:
    return block("parties by rule", {
        "any_of": _NAMES, "none_of": _NAMES, "designated": block("listed by somebody", {"as": text(), "by": _NAMES}, ("as", "by")),
        "when": {"const": "bound"}, "follow_renames": {"type": "boolean"}, "cite": _CITE,
    })


def _zone() -> Schema:
    version = block("a version", {"from": text(), "to": text(), "wkt": text(), "cite": _CITE}, ("wkt",))
    point = block("a point", {"lat": _NUMBER, "lon": _NUMBER}, ("lat", "lon"))
    points: Schema = {"type": "array", "minItems": 2, "items": point}
    drawn = block("a line as drawn for a time", {"from": text(), "to": text(), "line": points, "cite": _CITE}, ("line",))
    anew = block("a line drawn anew", {"versions": {"type": "array", "minItems": 1, "items": drawn}}, ("versions",))
    line: Schema = {"anyOf": [points, anew, block("a line that is not here", {"layer": text()}, ("layer",))]}
    return block("where a term holds", {
        "wkt": text("longitude first"), "accuracy_m": _NUMBER, "maybe": text(), "country": text(), "line": line, "within_m": _NUMBER, "of": text(),
        "side": one_of(*SIDES), "between": {"type": "array", "minItems": 2, "maxItems": 2, "items": text()},
        "versions": {"type": "array", "minItems": 1, "items": version}, "admin": _NAMES,
        "control": block("ground that somebody holds", {"by": text()}, ("by",)), "layer": text(), "status": _STATUS, "reading": _NAMES, "note": text(), "cite": _CITE,
    })


def _phase() -> Schema:
    parties = block("who may", {"of": _NAMES, "needs": one_of("both", "all", "any")}, ("of",))
    gate = block("a gate", {"days": _NUMBER, "from": _MOMENT, "satisfied": _NEED, "reset": _NEED}, ("days", "from", "satisfied"))
    indicator = block("advice", {"days_without_violation": _NUMBER, "of": _NAMES}, ("days_without_violation", "of"))
    return block("when a term holds", {
        "window": block("a window of claims", {"asserters": _NAMES}, ("asserters",)), "starts": _MOMENT, "ends": _MOMENT, "open_ended": {"type": "boolean"},
        "lasts": {"$ref": "#/$defs/duration"}, "renewed_by": parties, "ended_by": parties, "needs": _NEED, "gate": gate, "indicator": indicator,
        "status": _STATUS, "cite": _CITE,
    })


def _evidence() -> Schema:
    strengths = {one: one_of(*STRENGTHS) for one in ELEMENTS}
    return block("how strong each element must be", {
        "scale": {"const": list(STRENGTHS)}, "violation": block("for a violation", strengths), "exception": one_of(*STRENGTHS),
        "reply_within": {"$ref": "#/$defs/duration"}, "control": block("how sure control must be", {"sure": _NUMBER, "excluded": _NUMBER}),
    }, ("violation",))


def _reading() -> Schema:
    window = block("a window of claims", {"asserters": _NAMES}, ("asserters",))
    changed = block("a clause as this reading has it", {
        "who": _NAMES, "against": _NAMES, "where": {"$ref": "#/$defs/where"}, "when": {"$ref": "#/$defs/when"}, "must_not": {"$ref": "#/$defs/must_not"},
    })
    return block("a named interpretation", {
        "extends": text(), "note": text(), "by": text(), "window": entries(window), "bound": entries(_bound()), "groups": entries(_group()), "enable": _NAMES,
        "clauses": entries(changed), "text": text(),
    })
