"""Who held what: control claims become a distribution over holders; unknown is the default."""

from trucewatch.control.estimator import HeldOn, Holdings, estimate_holdings
from trucewatch.control.fights import fights_of
from trucewatch.control.given import KINDS
from trucewatch.control.holders import Holders, Reason
from trucewatch.control.laying import lay_out_control
from trucewatch.control.schema import CONTESTED, HOLDING, UNKNOWN_HOLDER
from trucewatch.control.statements import RELIABILITY
from trucewatch.control.weights import ControlWeights, default_weights

__all__ = [
    "CONTESTED",
    "HOLDING",
    "KINDS",
    "RELIABILITY",
    "UNKNOWN_HOLDER",
    "ControlWeights",
    "HeldOn",
    "Holders",
    "Holdings",
    "Reason",
    "default_weights",
    "estimate_holdings",
    "fights_of",
    "lay_out_control",
]
