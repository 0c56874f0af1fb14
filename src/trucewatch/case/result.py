"""What a run of a case gives: the result of the pipeline, and the way back from any id in it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from trucewatch.case.explaining import Explainer
from trucewatch.errors import Problem
from trucewatch.pipeline import Inputs, Result

__all__ = ["CaseResult"]


@dataclass(frozen=True, slots=True)
class CaseResult(Result):
    """A `Result` with the inputs it was made from, so that `explain` can lead back to the cells as written."""

    inputs: Inputs = field(repr=False, compare=False)

    @classmethod
    def of(cls, result: Result, inputs: Inputs, problems: tuple[Problem, ...]) -> CaseResult:
        """Return the result with the problems that reading the case met before it."""
        return cls(
            result.known_at, result.readings, result.resolved, result.linked, result.holding,
            result.findings, tuple(dict.fromkeys((*problems, *result.problems))), inputs,
        )

    def explain(self, wanted: str) -> dict[str, Any]:
        """Return the whole way back from a finding, duty, leg, incident, report or claim id.

        A tree of plain values (`Explainer.explain` documents its keys); UnknownName if nothing has the id.
        """
        return Explainer(self, self.inputs).explain(wanted)
