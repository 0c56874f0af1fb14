"""`[linking]` of case.toml: which weights of linking a case uses, and what its own judgements taught."""

from __future__ import annotations

from trucewatch.case.toml_reading import TomlReader, TomlTable
from trucewatch.errors import BadCall
from trucewatch.incidents.relearning import adjusted
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1
from trucewatch.incidents.space_time_actor_2 import SPACE_TIME_ACTOR_2
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0, Weights

__all__ = ["read_weights"]

_SHIPPED: dict[str, Weights | Trained] = {one.version: one for one in (SPACE_TIME_ACTOR_0, SPACE_TIME_ACTOR_1, SPACE_TIME_ACTOR_2)}


def read_weights(document: TomlTable, reader: TomlReader) -> Weights | Trained:
    """Return the weights that the case names; without the table `space-time-actor-0`.

    `shift` (log-odds) and `factors` (term → number) change trained weights for this case alone.
    """
    table = reader.table(document, "linking", ("weights", "shift", "factors"))
    weights = _SHIPPED[reader.choice(table, "weights", tuple(_SHIPPED), SPACE_TIME_ACTOR_0.version)]
    shift, factors = table.values.get("shift", 0.0), table.values.get("factors", {})
    if shift == 0 and factors == {}:
        return weights
    if not isinstance(weights, Trained):
        reader.complain(table, "weights", weights.version, "trained weights such as space-time-actor-1, since shift and factors are given")
        return weights
    if isinstance(shift, bool) or not isinstance(shift, int | float) or not abs(shift) < 100:
        reader.complain(table, "shift", shift, "a number of log-odds")
        return weights
    if not isinstance(factors, dict) or not all(isinstance(one, int | float) and not isinstance(one, bool) for one in factors.values()):
        reader.complain(table, "factors", factors, "a table such as { distance = 1.2 }")
        return weights
    try:
        return adjusted(weights, float(shift), factors)
    except BadCall as error:
        reader.complain(table, "factors", factors, str(error))
        return weights
