"""The tables of what single sources say: report, report_party, casualty, circumstance, claim.

The schema is the documentation: `docs/tables.md` is made from it.
"""

from __future__ import annotations

from trucewatch.tables import Field, Schema

__all__ = [
    "CASUALTY",
    "CIRCUMSTANCE",
    "CLAIM",
    "CLAIM_KINDS",
    "COUNT_QUALIFIERS",
    "COVERAGE",
    "EXPLOSION_STATES",
    "GROUPS",
    "HARMS",
    "METHODS",
    "REPORT",
    "REPORT_PARTY",
    "ROLES",
    "SENSITIVITIES",
    "STANDINGS",
]

METHODS = ("heard", "seen", "camera", "told", "crater", "sensor", "relayed")
EXPLOSION_STATES = ("outgoing", "impact", "airburst", "undetermined")
COUNT_QUALIFIERS = ("exact", "at_least", "about", "uncountable")
STANDINGS = ("asserted", "claimed_by_party", "denied", "disputed")
SENSITIVITIES = ("public", "restricted", "confidential")
ROLES = ("by", "against", "affected")
HARMS = ("killed", "injured", "missing", "displaced")
GROUPS = ("civilian", "fighter", "unknown")
CLAIM_KINDS = (
    "control", "window", "renewal", "ending", "acceptance", "rejection", "aggregate",
    "admission", "denial", "statement", "duty", "coverage", "access",
)

_KNOWN = (
    Field("published_at", "instant", "when the source published it, if it says so; the end of the stated day when it gives only a day"),
    Field("recorded_at", "instant", "when this ledger received it"),
    Field("known_at", "instant", "from when it may be used; null: only in a run without known_at"),
)

REPORT = Schema(
    "report",
    (
        Field("report_id", "text", "r- and twelve characters, from the raw source values", required=True),
        Field("source", "text", "key of the source in case.toml", required=True),
        Field("origin", "text", "whose observation it finally is; independence is counted by origin"),
        Field("chain", "json", "list: from the original speaker to this page"),
        Field("document", "text", "the document that one source published; one document tells a happening once"),
        Field("evidence", "text", "id of the evidence entry that holds the bytes"),
        Field("locator", "text", "where in the evidence: row 12", required=True),
        *_KNOWN,
        Field("known_assumed", "boolean", "known_at was assumed by the knowledge rule of the source"),
        Field("occurred_from", "instant", "start of the period that surely contains the happening (included)"),
        Field("occurred_to", "instant", "end of that period (excluded)"),
        Field("place_written", "text", "place as written"),
        Field("place", "text", "key in places.csv, null if unresolved"),
        Field("lat", "number", "latitude", "degrees WGS84"),
        Field("lon", "number", "longitude", "degrees WGS84"),
        Field("radius_m", "number", "contains the true place with at least 95 %", "m"),
        Field("area_wkt", "text", "polygon in WGS84 (lon lat) when the place is an area or a sector"),
        Field("act_written", "text", "act as written or as coded by the source"),
        Field("act", "text", "key in the vocabulary of acts, null if unresolved"),
        Field("target", "text", "key in the vocabulary of targets: what class of object was hit"),
        Field("weapon", "text", "key in the vocabulary of weapons"),
        Field("weapon_assessed", "boolean", "the weapon was assessed, not identified"),
        Field("calibre_mm", "number", "calibre as stated", "mm"),
        Field("method", "text", "how the observer knows", values=METHODS),
        Field("observer_lat", "number", "latitude of the observer", "degrees WGS84"),
        Field("observer_lon", "number", "longitude of the observer", "degrees WGS84"),
        Field("bearing_from", "number", "sector start, clockwise from true north", "degrees"),
        Field("bearing_to", "number", "sector end, clockwise from true north", "degrees"),
        Field("distance_from_m", "number", "least distance from the observer", "m"),
        Field("distance_to_m", "number", "greatest distance from the observer", "m"),
        Field("explosion_state", "text", "what the explosion was", values=EXPLOSION_STATES),
        Field("count", "integer", "how many of `unit`"),
        Field("count_qualifier", "text", "how exact the count is", values=COUNT_QUALIFIERS),
        Field("unit", "text", "what is counted: round, burst, explosion, incident, flight …"),
        Field("standing", "text", "what the source says of the truth of it", values=STANDINGS),
        Field("grouping", "text", "the source's own name for the happening, such as a GED event id"),
        Field("text", "text", "the words it was read from, or a summary in own words"),
        Field("text_span", "json", "[start, end) characters in the evidence, null if it is no text"),
        Field("language", "text", "BCP 47 tag"),
        Field("licence", "text", "licence of the source"),
        Field("sensitivity", "text", "who may see it", values=SENSITIVITIES),
    ),
    key=("report_id",),
    meaning="what one source says about one happening, or about one absence of it",
)

REPORT_PARTY = Schema(
    "report_party",
    (
        Field("report_id", "text", "the report", required=True),
        Field("role", "text", "by: who did it; against: what was attacked as stated; affected: who was hurt", required=True, values=ROLES),
        Field("name_as_written", "text", "the name as written"),
        Field("party", "text", "key in actors.yaml; null if the name did not resolve"),
        Field("share", "number", "weight among the candidates", "0..1"),
        Field("closed", "boolean", "no one outside the candidates of this role is possible"),
        Field("basis", "text", "why these candidates", values=("stated", "generic", "capability", "coded", "conflict")),
    ),
    key=("report_id", "role", "party", "name_as_written"),
    meaning="candidates per role; several rows of one role are alternatives, not companions",
)

CASUALTY = Schema(
    "casualty",
    (
        Field("report_id", "text", "the report", required=True),
        Field("harm", "text", "what happened to them", required=True, values=HARMS),
        Field("group", "text", "whom", required=True, values=GROUPS),
        Field("party", "text", "key in actors.yaml of the side they belonged to"),
        Field("low", "integer", "least number the source admits", "persons"),
        Field("best", "integer", "the source's figure", "persons"),
        Field("high", "integer", "greatest number the source admits; null: no upper bound stated", "persons"),
    ),
    key=("report_id", "harm", "group", "party"),
    meaning="people harmed, by group, as this report says",
)

CIRCUMSTANCE = Schema(
    "circumstance",
    (
        Field("report_id", "text", "the report", required=True),
        Field("flag", "text", "response, proportionate, withdrawing, training, mistaken …", required=True),
        Field("value", "boolean", "whether the asserter says that it was so"),
        Field("asserter", "text", "source or party that says so"),
    ),
    key=("report_id", "flag", "asserter"),
    meaning="what is said of the circumstances; never more than a claim until supported",
)

CLAIM = Schema(
    "claim",
    (
        Field("claim_id", "text", "c- and twelve characters, from the raw source values", required=True),
        Field("kind", "text", "what is claimed", required=True, values=CLAIM_KINDS),
        Field("asserter", "text", "who asserts it: key of a party, else of a source", required=True),
        Field("subject", "text", "of what: phase id, party key, place key, clause id (of a duty also `clause.part`, and `:party` for one of several bearers), or words"),
        Field("value", "text", "the value as text: holder, stance, done / not_done / unconfirmed …"),
        Field("low", "number", "least value of an interval of uncertainty"),
        Field("high", "number", "greatest value; null with `low` given: no upper bound"),
        Field("qualifier", "text", "how exact a number is", values=COUNT_QUALIFIERS),
        Field("unit", "text", "what a number counts"),
        Field("valid_from", "instant", "start of what is claimed (included)"),
        Field("valid_to_earliest", "instant", "the end is not before this"),
        Field("valid_to_latest", "instant", "the end is not after this; null: no latest end stated"),
        Field("place", "text", "key in places.csv"),
        Field("lat", "number", "latitude", "degrees WGS84"),
        Field("lon", "number", "longitude", "degrees WGS84"),
        Field("radius_m", "number", "contains the true place with at least 95 %", "m"),
        Field("basis", "text", "said by the asserter, or inferred from what it did", values=("stated", "inferred")),
        Field("source", "text", "key of the source that carries it", required=True),
        Field("origin", "text", "whose statement it finally is"),
        Field("chain", "json", "list: from the original speaker to this page"),
        Field("document", "text", "the document that carries it"),
        Field("evidence", "text", "id of the evidence entry that holds the bytes"),
        Field("locator", "text", "where in the evidence", required=True),
        *_KNOWN,
        Field("known_assumed", "boolean", "known_at was assumed by the knowledge rule of the source"),
        Field("text", "text", "the words, or a summary in own words"),
        Field("language", "text", "BCP 47 tag"),
        Field("licence", "text", "licence of the source"),
        Field("sensitivity", "text", "who may see it", values=SENSITIVITIES),
    ),
    key=("claim_id",),
    meaning="a statement with an asserter; his later one on the same kind and subject replaces it from its known_at on",
)

COVERAGE = Schema(
    "coverage",
    (
        Field("coverage_id", "text", "the claim it comes from", required=True),
        Field("place", "text", "key in places.csv, or null when a zone is meant"),
        Field("zone", "text", "zone id of the agreement, or null when a place is meant"),
        Field("from", "instant", "start (included)"),
        Field("to", "instant", "end (excluded)"),
        Field("observer", "text", "who looked, or could not"),
        Field("share", "number", "part of the place and time that could be seen; 0: nothing", "0..1"),
        Field("reason", "text", "why not all of it"),
        Field("known_at", "instant", "from when it may be used"),
        Field("locator", "text", "where in the evidence"),
    ),
    key=("coverage_id",),
    meaning="who could look, and where nobody could",
)
