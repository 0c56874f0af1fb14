"""Agreement files beside a case: read with its actors, compared, and judged as if they were its own."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trucewatch.actors import load_actors
from trucewatch.agreement import Agreement, load_agreement
from trucewatch.errors import BadCall, BadCaseFile, Severity
from trucewatch.findings import changed_findings

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["changes_between", "counted", "read_agreement"]


def read_agreement(path: Path, case: Case | None = None) -> Agreement:
    """Read an agreement file; its parties are those of the case, else of the actors.yaml beside it.

    BadCall if there is no such file, or no actors.yaml; BadAgreement and BadCaseFile as for a case.
    """
    if not path.is_file():
        message = f"no file {path}; expected an agreement.yaml"
        raise BadCall(message)
    texts = {one.stem: one.read_text(encoding="utf-8") for one in sorted((path.parent / "texts").glob("*.txt"))}
    if case is not None:
        actors = case.files().actors
    else:
        beside = path.parent / "actors.yaml"
        if not beside.is_file():
            message = f"no {beside}; expected the actors of the agreement beside it, or --case"
            raise BadCall(message)
        actors, problems = load_actors(beside.read_text(encoding="utf-8"), str(beside), zone="UTC")
        wrong = [one for one in problems if one.severity is not Severity.WARNING]
        if wrong:
            message = f"{beside} has {len(wrong)} problem(s)"
            raise BadCaseFile(message, wrong)
    return load_agreement(path.read_text(encoding="utf-8"), str(path), actors=actors, texts=texts)[0]


def changes_between(case: Case, old: Agreement, new: Agreement) -> list[dict[str, Any]]:
    """Return the findings of the case that differ under two agreements, as `changes` gives them.

    Both are judged on everything that the case knows, and nothing is recorded. An agreement with
    another id, or a clause with another one, has findings of its own: they are new or gone.
    """
    before, after = (case.as_if(one) for one in (old, new))
    return changed_findings(before, after).rows()


def counted(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return how many findings of each clause went from which verdict to which."""
    moves = Counter((row["clause"], row["old_verdict"] or "none", row["new_verdict"] or "none") for row in rows)
    return [
        {"clause": clause, "from": old, "to": new, "findings": number}
        for (clause, old, new), number in sorted(moves.items())
    ]
