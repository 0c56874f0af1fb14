"""The tables of what happened: incident, incident_report, leg, and the decisions that steer them."""

from __future__ import annotations

from trucewatch.tables import Field, Schema

__all__ = ["CHANGE_OF_INCIDENT", "DECISION", "DECISION_KINDS", "ELEMENTS", "INCIDENT", "INCIDENT_REPORT", "LEG", "STRENGTHS"]

STRENGTHS = ("alleged", "reported", "corroborated", "verified")
"""How well an element is supported, weakest first (docs/concepts.md, strength)."""

ELEMENTS = ("who", "act", "against", "where", "when")
"""The elements of a leg that carry a strength."""

DECISION_KINDS = ("same", "different", "determine", "accept", "opinion", "hold", "release", "erase", "reply", "verify")

DECISION = Schema(
    "decision",
    (
        Field("decision_id", "text", "d- and twelve characters", required=True),
        Field("kind", "text", "what sort of human act", required=True, values=DECISION_KINDS),
        Field("reports", "json", "list of report ids it cites; of a hold or release about a duty, ids of claims and coverage"),
        Field("clause", "text", "clause id it concerns"),
        Field("reading", "text", "reading it concerns; null: every reading"),
        Field("question", "text", "what was asked: an element, a circumstance flag, a claim id, a party; of a duty: performed, due, opened, suspended, coverage, order, ratio or an exception, with `:party` for one of several bearers; of a hold or release about a duty: its id"),
        Field("answer", "text", "what was answered: yes, no, a value"),
        Field("who", "text", "who decided", required=True),
        Field("because", "text", "the reason given", required=True),
        Field("recorded_at", "instant", "when the ledger received it", required=True),
        Field("effective", "instant", "from when it counts in a replayed case; null: at every instant"),
        Field("supersedes", "text", "the decision that it takes back"),
        Field("signer", "text", "id of the key under which it was recorded; null: not asked for, or not signed"),
    ),
    key=("decision_id",),
    meaning="a recorded human act; cites reports, never only a computed id",
)

INCIDENT = Schema(
    "incident",
    (
        Field("incident_id", "text", "i- and the characters of its founder report", required=True),
        Field("founder", "text", "report with the least (known_at, report_id)", required=True),
        Field("known_at", "instant", "known_at of the founder"),
        Field("occurred_from", "instant", "start of the agreed period (included)"),
        Field("occurred_to", "instant", "end of the agreed period (excluded)"),
        Field("place", "text", "key in places.csv"),
        Field("place_written", "text", "place as the founder wrote it"),
        Field("lat", "number", "latitude", "degrees WGS84"),
        Field("lon", "number", "longitude", "degrees WGS84"),
        Field("radius_m", "number", "contains the true place with at least 95 %", "m"),
        Field("area_wkt", "text", "polygon when no disk is meant"),
        Field("act", "text", "the agreed act, null if disputed or unknown"),
        Field("acts", "json", "every act that a report gives"),
        Field("targets", "json", "every target class that a report gives"),
        Field("deaths_low", "integer", "least number killed that any report admits", "persons"),
        Field("deaths_high", "integer", "greatest number killed in any report; null if none gives one", "persons"),
        Field("injured_low", "integer", "least number injured", "persons"),
        Field("injured_high", "integer", "greatest number injured", "persons"),
        Field("figures", "json", "list of {report_id, source, origin, killed low/best/high}: who says what"),
        Field("reports", "integer", "how many reports", required=True),
        Field("independent_origins", "integer", "how many origins; copies, and outlets of one party, counted once", required=True),
        Field("origins", "json", "the origins, one for each owner"),
        Field("disputed", "json", "names of the facts on which reports disagree"),
        Field("mistaken", "text", "who claims that it was a mistake; shown, excuses nothing by itself"),
    ),
    key=("incident_id",),
    meaning="what happened, reconciled from reports; agreed and disputed facts",
)

INCIDENT_REPORT = Schema(
    "incident_report",
    (
        Field("incident_id", "text", "the incident", required=True),
        Field("report_id", "text", "the report", required=True),
        Field("log_odds_micro", "integer", "evidence that it belongs, summed over the other reports", "millionths of a natural-log odds unit"),
        Field("reasons", "json", "list of [other report, term, micro-log-odds, words]"),
        Field("judgement", "text", "decision or source grouping that settled it"),
    ),
    key=("incident_id", "report_id"),
    meaning="membership of reports in incidents, with reasons",
)

LEG = Schema(
    "leg",
    (
        Field("leg_id", "text", "l- and twelve characters", required=True),
        Field("incident_id", "text", "the incident", required=True),
        Field("acts", "json", "alternatives for the act; more than one: disputed; empty: unknown"),
        Field("targets", "json", "alternatives for the target class"),
        Field("weapons", "json", "alternatives for the weapon"),
        Field("calibre_mm", "number", "calibre, if one is agreed", "mm"),
        Field("headcount_low", "integer", "least number present that every count admits", "persons"),
        Field("headcount_high", "integer", "greatest number present; null if a count has no upper bound", "persons"),
        Field("by", "json", "candidates for who did it"),
        Field("by_closed", "boolean", "nobody else is possible", required=True),
        Field("by_basis", "text", "why these", values=("none", "stated", "generic", "capability", "coded", "conflict", "admission", "corroborated", "verified")),
        Field("against", "json", "candidates for what was attacked, as stated"),
        Field("against_closed", "boolean", "nothing else is possible", required=True),
        Field("against_basis", "text", "why these", values=("none", "stated", "generic", "capability", "coded", "conflict", "admission", "corroborated", "verified")),
        Field("affected", "json", "who was hurt"),
        Field("occurred_from", "instant", "start of the period that contains it (included)"),
        Field("occurred_to", "instant", "end of that period (excluded)"),
        Field("place", "text", "key in places.csv"),
        Field("lat", "number", "latitude", "degrees WGS84"),
        Field("lon", "number", "longitude", "degrees WGS84"),
        Field("radius_m", "number", "contains the true place with at least 95 %", "m"),
        Field("area_wkt", "text", "polygon when no disk is meant"),
        Field("deaths_low", "integer", "least number killed", "persons"),
        Field("deaths_high", "integer", "greatest number killed", "persons"),
        Field("independent_origins", "integer", "how many origins; copies, and outlets of one party, counted once", required=True),
        Field("circumstances", "json", "list of {flag, value, asserter, strength, known_at}"),
        Field("who_strength", "text", "support for who did it", required=True, values=STRENGTHS),
        Field("act_strength", "text", "support for the act", required=True, values=STRENGTHS),
        Field("against_strength", "text", "support for what was attacked", required=True, values=STRENGTHS),
        Field("where_strength", "text", "support for the place", required=True, values=STRENGTHS),
        Field("when_strength", "text", "support for the time", required=True, values=STRENGTHS),
        Field("reports", "json", "ids of the reports behind it"),
        Field("origins", "json", "the origins, one for each owner"),
        Field("disputed", "json", "names of the facts on which reports disagree"),
        Field("known_at", "instant", "from when the accusation could be answered: known_at of the founder"),
    ),
    key=("leg_id",),
    meaning="one act by one side against one side inside an incident; the unit that is judged",
)

CHANGE_OF_INCIDENT = Schema(
    "change",
    (
        Field("kind", "text", "new, gone, renamed, merged, split, moved", required=True),
        Field("old_id", "text", "id before"),
        Field("new_id", "text", "id after"),
        Field("report_id", "text", "the report that caused it"),
    ),
    meaning="how incidents at one instant of knowledge correspond to those at another",
)
