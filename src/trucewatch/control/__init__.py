"""Who held what: control claims become a distribution over holders; unknown is the default."""

from trucewatch.control.estimate import HALF_LIFE_DAYS, UNKNOWN_AT_LEAST, Estimate, Reason
from trucewatch.control.holders import Holders, estimate_control
from trucewatch.control.schema import CONTESTED, HOLDING, UNKNOWN_HOLDER
from trucewatch.control.statements import RELIABILITY

__all__ = [
    "CONTESTED",
    "HALF_LIFE_DAYS",
    "HOLDING",
    "RELIABILITY",
    "UNKNOWN_AT_LEAST",
    "UNKNOWN_HOLDER",
    "Estimate",
    "Holders",
    "Reason",
    "estimate_control",
]
