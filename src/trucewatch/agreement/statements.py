"""What parties say in an example: windows, renewals, endings, acceptances, and other statements."""

from __future__ import annotations

from trucewatch.agreement.fields import Fields
from trucewatch.documents import Node

__all__ = ["STATEMENTS", "check_statements"]

STATEMENTS = ("window", "renewal", "ending", "acceptance", "rejection", "statement")
"""Kinds of claim that an example may state; `statement` opens phases, gates and anchors."""


def check_statements(fields: Fields, key: str) -> None:
    """Refuse what is wrong in `statements: [{by, kind, about, since, until, at, says}]`.

    `until` is a time or [earliest, latest]; `at` is when it was said and known.
    """
    for node in fields.list_of(key):
        said = Fields(node, "a statement of an example", fields.scope)
        said.need("by")
        said.name("by", "party")
        said.choice("kind", STATEMENTS, "statement")
        said.text("about")
        if said.choice("kind", STATEMENTS, "statement") not in ("acceptance", "rejection"):
            said.need("about")
        said.text("says")
        said.instant("since")
        said.instant("at")
        _until(said)
        said.close()


def _until(said: Fields) -> None:
    node = said.get("until")
    parts = node.elements() if node else []
    for one in parts:
        Fields(Node({"until": one}, one.line, one.column), "until", said.scope).instant("until")
    if node is not None and len(parts) not in (1, 2):
        said.scope.refuse(node, "until: a time or [earliest, latest]")
