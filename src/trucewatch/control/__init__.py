"""Who held what: control claims become a distribution over holders; unknown is the default."""

from trucewatch.control.estimate import HALF_LIFE_DAYS, UNKNOWN_AT_LEAST, Estimate, Reason
from trucewatch.control.estimator import HeldOn, Holdings, estimate_holdings
from trucewatch.control.given import KINDS
from trucewatch.control.holders import Holders, lay_out_control
from trucewatch.control.schema import CONTESTED, HOLDING, UNKNOWN_HOLDER
from trucewatch.control.statements import RELIABILITY
from trucewatch.control.weights import ControlWeights, default_weights

__all__ = [
    "CONTESTED",
    "HALF_LIFE_DAYS",
    "HOLDING",
    "KINDS",
    "RELIABILITY",
    "UNKNOWN_AT_LEAST",
    "UNKNOWN_HOLDER",
    "ControlWeights",
    "Estimate",
    "HeldOn",
    "Holders",
    "Holdings",
    "Reason",
    "default_weights",
    "estimate_holdings",
    "lay_out_control",
]
