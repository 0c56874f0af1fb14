"""Clauses in the published schema: norms, duties, exceptions and examples."""

from __future__ import annotations

from trucewatch.acts.vocabulary import TARGETS
from trucewatch.agreement.examples import EXPECTATIONS
from trucewatch.agreement.published_parts import Schema, block, entries, many, one_of, text
from trucewatch.agreement.shown import KINDS
from trucewatch.agreement.statements import STATEMENTS
from trucewatch.agreement.tasks import DUTY_STATES
from trucewatch.agreement.vocabulary import ACT_NAMES, WEAPON_NAMES
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["clause", "definitions"]

_NUMBER: Schema = {"type": "number"}
_FLAG: Schema = {"type": "boolean"}
_CITE: Schema = {"$ref": "#/$defs/cite"}
_NAMES: Schema = many(text())
_ACTS: Schema = {"$ref": "#/$defs/acts"}
_WEAPONS: Schema = {"$ref": "#/$defs/weapons"}
_TARGETS: Schema = many(one_of(*sorted(TARGETS)))
_CALIBRE = block("calibre in millimetres", {"at_least": _NUMBER}, ("at_least",))
_MOMENT: Schema = {"$ref": "#/$defs/moment"}
_DURATION: Schema = {"$ref": "#/$defs/duration"}


def definitions() -> dict[str, Schema]:
    """Return the definitions that clauses refer to."""
    deed: dict[str, Schema] = {"act": _ACTS, "target": _TARGETS, "weapon": _WEAPONS, "calibre_mm": _CALIBRE}
    present = block("being there", {
        "weapon": _WEAPONS, "calibre_mm": _CALIBRE, "target": _TARGETS, "personnel": _FLAG, "any": _FLAG, "more_than": _NUMBER,
    })
    deeds = {**deed, "any": {"type": "array", "items": block("an alternative", deed, ("act",))}, "present": present, "qualified": _NAMES}
    return {
        "acts": many(one_of(*sorted(ACT_NAMES))), "weapons": many(one_of(*sorted(WEAPON_NAMES))),
        "must_not": block("what must not be done", deeds),
        "must_prevent": block("acts of others that must be prevented", {**deeds, "by": _NAMES, "strict": _FLAG}, ("by",)),
        "may": block("what is allowed", {**deeds, "over": _NAMES}),
        "condition": block("what an exception asks", {
            "circumstance": text(), "where": {"$ref": "#/$defs/where"}, "all": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
            "any": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
        }),
    }


def clause() -> Schema:
    """Return the schema of one clause."""
    excuse = block("an exception", {
        "id": {"$ref": "#/$defs/id"}, "if": {"$ref": "#/$defs/condition"}, "invocable": _FLAG, "enabled": _FLAG, "when": {"$ref": "#/$defs/when"}, "cite": _CITE, "note": text(),
    }, ("id", "if"))
    strengths = {one: one_of(*STRENGTHS) for one in (*ELEMENTS, "exception")}
    shown = block("shown, not judged", {"kind": one_of(*KINDS), "words": text(), "of": _NAMES, "steps": _NAMES, "within": _DURATION}, ("kind", "words"))
    return block("a clause", {
        "id": {"$ref": "#/$defs/id"}, "cite": _CITE, "status": {"$ref": "#/$defs/status"}, "reading": _NAMES, "who": _NAMES,
        "must_not": {"$ref": "#/$defs/must_not"}, "must_prevent": {"$ref": "#/$defs/must_prevent"}, "may": {"$ref": "#/$defs/may"}, "must": _must(), "shown": shown,
        **_beside_must(), "against": _NAMES, "where": {"$ref": "#/$defs/where"}, "when": {"$ref": "#/$defs/when"}, "unless": {"type": "array", "items": excuse},
        "conflicts_with": _NAMES, "prevails_over": _NAMES, "evidence": block("other strengths than the agreement's", strengths), "open_terms": _NAMES, "note": text(),
        "examples": {"type": "array", "items": _example()},
    }, ("id",))


def _must() -> Schema:
    withdrawal = block("a withdrawal", {
        "beyond": {"$ref": "#/$defs/where"}, "id": {"$ref": "#/$defs/id"}, "weapons": _WEAPONS, "calibre_mm": _CALIBRE, "personnel": _FLAG, "any": _FLAG,
        "allow": block("what may stay", {"weapons": _WEAPONS}, ("weapons",)),
    }, ("beyond",))
    part = block("a part of the quota", {"what": text(), "unit": text(), "to": text(), "at_least": _NUMBER}, ("at_least",))
    deliver = block("a quota", {
        "unit": text(), "at_least": _NUMBER, "per": one_of("hour", "day", "week"), "averaged_over": _DURATION, "of_which": {"type": "array", "items": part},
    }, ("unit", "at_least", "per"))
    ratio = block("so many for each of the other side", {"per": text(), "at_least": _NUMBER}, ("per", "at_least"))
    release = block("persons to be set free", {"of": text(), "count": _NUMBER, "ratio": ratio, "order": _NAMES}, ("of",))
    notify = block("whom to tell of what", {"whom": _NAMES, "of": text(), "within": _DURATION, "before": _DURATION}, ("whom", "of"))
    return block("what must be done", {
        "withdraw": {"type": "array", "items": withdrawal}, "perform": _ACTS, "deliver": deliver, "release": release, "notify": notify, "tasks": _NAMES,
        "due": _MOMENT, "start_by": _MOMENT, "lapses": _MOMENT,
    })


def _beside_must() -> dict[str, Schema]:
    need: Schema = {"$ref": "#/$defs/need"}
    return {
        "due": _MOMENT, "start_by": _MOMENT, "lapses": _MOMENT, "due_open": {"const": "immediately"},
        "only_if": block("on what it hangs", {"performed": text(), "claim": need}), "suspended_by": need,
        "observed": block("what must have been seen", {"of": text(), "at_least": _NUMBER}), "verified_by": _NAMES,
    }


def _example() -> Schema:
    spot = block("a place", {"lat": _NUMBER, "lon": _NUMBER, "radius_m": _NUMBER, "area_wkt": text()})
    strengths = {one: one_of(*STRENGTHS) for one in (*ELEMENTS, "circumstance")}
    seen: dict[str, Schema] = {
        "by": _NAMES, "closed": _FLAG, "act": _ACTS, "target": _TARGETS, "weapon": _WEAPONS, "calibre_mm": _NUMBER, "at": spot, "time": _NAMES,
        "strength": block("how well it is supported", strengths),
    }
    statement = block("what a party says", {
        "by": text(), "kind": one_of(*STATEMENTS), "about": text(), "since": text(), "until": _NAMES, "at": text(), "says": text(),
    }, ("by",))
    claim = block("what is claimed of a duty", {
        "by": text(), "says": {"type": ["string", "boolean"]}, "amount": many(_NUMBER), "unit": text(), "of": text(), "about": text(), "bearer": text(), "at": text(), "since": text(), "until": text(),
    }, ("by",))
    watch = block("who could look", {"by": text(), "zone": text(), "place": text(), "from": text(), "to": text(), "share": _NUMBER}, ("by", "from", "to"))
    return block("a worked example", {
        "say": text(), "expect": one_of(*EXPECTATIONS), "because": _NAMES, "alone": _FLAG, "attribution": one_of("settled", "open", "none"), "excused_by": text(), "provisional": _FLAG,
        "state": one_of(*DUTY_STATES), **seen, "against": _NAMES, "against_closed": _FLAG, "affected": _NAMES, "place": text(), "headcount": many(_NUMBER),
        "circumstance": entries(_FLAG), "control": {"type": ["string", "object"], "additionalProperties": _NUMBER}, "reading": text(), "known_at": text(), "determined": entries({"type": ["boolean", "string", "number"]}),
        "statements": {"type": "array", "items": statement}, "bearer": text(), "claims": {"type": "array", "items": claim},
        "observed": {"type": "array", "items": watch}, "present": {"type": "array", "items": block("a sighting", seen, ("by", "act", "at", "time"))},
    }, ("say", "expect"))
