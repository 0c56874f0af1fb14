"""Who: which parties are bound, and groups of parties by rule."""

from __future__ import annotations

from trucewatch.agreement.agreement import Bound, Group
from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.documents import Node

__all__ = ["group_reference", "read_bound", "read_groups"]

_RULES = ("any_of", "none_of", "designated")


def read_bound(node: Node | None, scope: Scope) -> dict[str, Bound]:
    """Read a section `bound`: party key → since when, by what, how sure."""
    if node is None:
        return {}
    pairs = Fields(node, "bound", scope).node.items()
    return {key: _bound(key, one, scope) for key, one in pairs}


def _bound(key: str, node: Node, scope: Scope) -> Bound:
    scope.name(Node(key, node.line, node.column), "party")
    fields = Fields(node, f"bound {key}", scope)
    bound = Bound(
        party=key,
        start=fields.instant("from"),
        end=fields.instant("to"),
        by=fields.choice("by", ("text", "acceptance"), "text"),
        certainty=fields.choice("certainty", ("sure", "disputed"), "sure"),
        note=fields.text("note"),
        cite=read_citation(fields.get("cite"), scope),
    )
    if bound.start and bound.end and bound.end <= bound.start:
        scope.refuse(node, "to: later than from", value=f"{bound.start} to {bound.end}")
    fields.close()
    return bound


def read_groups(node: Node | None, scope: Scope) -> dict[str, Group]:
    """Read a section `groups`."""
    if node is None:
        return {}
    pairs = Fields(node, "groups", scope).node.items()
    return {key: _group(key, one, scope) for key, one in pairs}


def _group(key: str, node: Node, scope: Scope) -> Group:
    identifier(node, key, scope, "group")
    if key in scope.names.get("party", ()):
        scope.refuse(node, "an id that is not also a party of actors.yaml", value=key)
    fields = Fields(node, f"group {key}", scope)
    _exactly_one_rule(fields)
    designated = fields.get("designated")
    kind, observers = _designation(designated, scope) if designated else (None, ())
    group = Group(
        key=key,
        any_of=fields.names("any_of", "group"),
        none_of=fields.names("none_of", "group"),
        when_bound=fields.choice("when", ("bound",), "") == "bound",
        designated_as=kind,
        designated_by=observers,
        follow_renames=fields.flag("follow_renames") or False,
        cite=read_citation(fields.get("cite"), scope),
    )
    fields.close()
    return group


def _exactly_one_rule(fields: Fields) -> None:
    written = [rule for rule in _RULES if rule in fields]
    if fields.node.is_map and len(written) != 1:
        found = " and ".join(written) or "no rule"
        fields.scope.refuse(fields.node, f"exactly one of {', '.join(_RULES)}", value=found)


def _designation(node: Node, scope: Scope) -> tuple[str | None, tuple[str, ...]]:
    fields = Fields(node, "designated", scope)
    fields.need("by")
    found = fields.need_text("as") or None, fields.texts("by")
    fields.close()
    return found


def group_reference(node: Node, key: str, scope: Scope) -> str | None:
    """Return a party or group; a list of several becomes a group of its own under `key`."""
    if not node.elements():
        scope.refuse(node, "at least one party or group", value="nobody")
        return None
    if not node.is_list:
        return scope.name(node, "group")
    names = (scope.name(one, "group") for one in node.elements())
    scope.groups[key] = Group(key, any_of=tuple(one for one in names if one is not None))
    return key
