"""The text of an agreement made executable: clauses, zones, phases, groups, readings."""

from trucewatch.agreement.agreement import (
    STATUSES,
    ActTerm,
    Agreement,
    ArchivedText,
    Bound,
    Citation,
    Clause,
    Condition,
    Duty,
    EvidenceRule,
    Example,
    ExceptionTerm,
    Group,
    Phase,
    Reading,
    Withdrawal,
    Zone,
)
from trucewatch.agreement.document import LANGUAGE, load_agreement
from trucewatch.agreement.lint import lint
from trucewatch.agreement.readings import under

__all__ = [
    "LANGUAGE",
    "STATUSES",
    "ActTerm",
    "Agreement",
    "ArchivedText",
    "Bound",
    "Citation",
    "Clause",
    "Condition",
    "Duty",
    "EvidenceRule",
    "Example",
    "ExceptionTerm",
    "Group",
    "Phase",
    "Reading",
    "Withdrawal",
    "Zone",
    "lint",
    "load_agreement",
    "under",
]
