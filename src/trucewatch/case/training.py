"""What the judgements of a case teach its linking, as lines for case.toml with figures."""

from __future__ import annotations

from trucewatch.case.result import CaseResult
from trucewatch.errors import BadCall
from trucewatch.incidents.features import features_of
from trucewatch.incidents.link import told_reports
from trucewatch.incidents.relearning import Relearned, relearn
from trucewatch.incidents.space_time_actor_1 import SPACE_TIME_ACTOR_1

__all__ = ["relearned", "toml_lines"]


def relearned(result: CaseResult) -> Relearned:
    """Return what people's judgements of pairs teach `space-time-actor-1`; BadCall if they are too few."""
    inputs = result.inputs
    records, judgements, _ = told_reports(result.resolved.tables, inputs.decisions)
    if not judgements.groups and not judgements.apart:
        message = "nobody has judged a pair of reports yet; see trucewatch incidents review"
        raise BadCall(message)
    rows = features_of(records, actors=inputs.actors, sources=inputs.sources)
    return relearn(rows, judgements, SPACE_TIME_ACTOR_1)


def toml_lines(found: Relearned) -> list[str]:
    """Return the table for case.toml that uses what was taught."""
    factors = ", ".join(f"{name} = {value:g}" for name, value in sorted(found.factors.items()))
    return ["[linking]", f'weights = "{SPACE_TIME_ACTOR_1.version}"', f"shift = {found.shift:g}", f"factors = {{ {factors} }}"]
