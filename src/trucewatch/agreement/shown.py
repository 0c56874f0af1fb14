"""What an agreement provides and nobody judges: it is shown on every page that lists clauses."""

from __future__ import annotations

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import Shown
from trucewatch.agreement.scope import Scope
from trucewatch.documents import Node

__all__ = ["KINDS", "read_shown"]

KINDS = (
    "sanctions", "dispute_steps", "body", "guarantor", "relation", "definition", "evidence", "other",
)
"""Sanctions on violators, the steps of a dispute, a body and its composition, who answers for whom,
the relation to other texts, a definition, what counts as evidence, and whatever else is provided."""


def read_shown(node: Node, scope: Scope) -> Shown:
    """Read `shown: {kind, words, of, steps, within}`."""
    fields = Fields(node, "shown", scope)
    fields.need("kind")
    shown = Shown(
        kind=fields.choice("kind", KINDS, "other"), words=fields.need_text("words"),
        of=fields.names("of", "group"), steps=fields.texts("steps"),
        within=fields.duration("within"),
    )
    if shown.kind == "dispute_steps" and not shown.steps and node.is_map:
        scope.refuse(node, "steps: what follows what, in order", value="no steps")
    fields.close()
    return shown
