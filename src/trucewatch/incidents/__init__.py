"""Reports become incidents and legs: candidates, scores, clusters, judgements, consolidation."""

from trucewatch.incidents.changes import compare_incidents
from trucewatch.incidents.decision import Decision, decision_records, decision_table
from trucewatch.incidents.leg import (
    Candidates,
    Leg,
    LegCircumstance,
    leg_records,
    leg_table,
    stronger,
)
from trucewatch.incidents.link import Linked, link
from trucewatch.incidents.linkage import Links, link_table
from trucewatch.incidents.schema import (
    CHANGE_OF_INCIDENT,
    DECISION,
    INCIDENT,
    INCIDENT_REPORT,
    LEG,
    STRENGTHS,
)
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0, Weights

__all__ = [
    "CHANGE_OF_INCIDENT",
    "DECISION",
    "INCIDENT",
    "INCIDENT_REPORT",
    "LEG",
    "SPACE_TIME_ACTOR_0",
    "STRENGTHS",
    "Candidates",
    "Decision",
    "Leg",
    "LegCircumstance",
    "Linked",
    "Links",
    "Weights",
    "compare_incidents",
    "decision_records",
    "decision_table",
    "leg_records",
    "leg_table",
    "link",
    "link_table",
    "stronger",
]
