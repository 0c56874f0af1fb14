"""The text of an agreement made executable: clauses, zones, phases, groups, readings."""

from trucewatch.agreement.agreement import Agreement, Bound, EvidenceRule, Group, Reading
from trucewatch.agreement.document import LANGUAGE, load_agreement
from trucewatch.agreement.ground import Zone, ZoneVersion
from trucewatch.agreement.lint import lint
from trucewatch.agreement.norms import (
    JUDGED,
    ActTerm,
    Clause,
    Condition,
    Example,
    ExceptionTerm,
    Shown,
)
from trucewatch.agreement.readings import under
from trucewatch.agreement.tasks import (
    Delivery,
    Duty,
    Notice,
    Observation,
    Ratio,
    Release,
    SubQuota,
    Withdrawal,
)
from trucewatch.agreement.texts import STATUSES, ArchivedText, Citation
from trucewatch.agreement.times import Anchor, ClaimNeed, Gate, Moment, Phase

__all__ = [
    "JUDGED",
    "LANGUAGE",
    "STATUSES",
    "ActTerm",
    "Agreement",
    "Anchor",
    "ArchivedText",
    "Bound",
    "Citation",
    "ClaimNeed",
    "Clause",
    "Condition",
    "Delivery",
    "Duty",
    "EvidenceRule",
    "Example",
    "ExceptionTerm",
    "Gate",
    "Group",
    "Moment",
    "Notice",
    "Observation",
    "Phase",
    "Ratio",
    "Reading",
    "Release",
    "Shown",
    "SubQuota",
    "Withdrawal",
    "Zone",
    "ZoneVersion",
    "lint",
    "load_agreement",
    "under",
]
