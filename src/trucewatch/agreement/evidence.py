"""How strong each element must be before a finding is a violation."""

from __future__ import annotations

from trucewatch.agreement.agreement import EvidenceRule
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope
from trucewatch.documents import Node
from trucewatch.incidents.schema import ELEMENTS, STRENGTHS

__all__ = ["read_evidence", "read_strengths"]

_REPORTED = "reported"


def read_evidence(node: Node | None, scope: Scope) -> EvidenceRule:
    """Read the section `evidence`; an element not named needs `reported`, with a warning."""
    if node is None:
        return EvidenceRule(dict.fromkeys(ELEMENTS, _REPORTED))
    fields = Fields(node, "evidence", scope)
    _scale(fields)
    violation = fields.need("violation")
    control = fields.get("control")
    sure, excluded = (0.9, 0.1) if control is None else _control(control, scope)
    rule = EvidenceRule(
        required={} if violation is None else _required(violation, scope),
        exception=fields.choice("exception", STRENGTHS, "corroborated"),
        reply_within=fields.duration("reply_within"),
        control_sure=sure,
        control_excluded=excluded,
    )
    fields.close()
    return rule


def read_strengths(node: Node | None, scope: Scope) -> dict[str, str]:
    """Read `evidence` of one clause: element (or `exception`) → strength, where it differs."""
    if node is None:
        return {}
    fields = Fields(node, "evidence", scope)
    named = [one for one in (*ELEMENTS, "exception") if one in fields]
    found = {one: fields.choice(one, STRENGTHS, _REPORTED) for one in named}
    if not found and node.is_map:
        scope.refuse(node, f"at least one of {', '.join(ELEMENTS)}, exception", value="nothing")
    fields.close()
    return found


def _scale(fields: Fields) -> None:
    node, scale = fields.get("scale"), fields.texts("scale")
    if node is not None and scale != STRENGTHS:
        expected = f"scale: [{', '.join(STRENGTHS)}], weakest first"
        fields.scope.refuse(node, expected, value=", ".join(scale))


def _required(node: Node, scope: Scope) -> dict[str, str]:
    fields = Fields(node, "violation", scope)
    for element in ELEMENTS:
        if element not in fields and node.is_map:
            advice = f"Taken as {_REPORTED}."
            scope.warn(node, f"{element}: the strength it needs", advice, f"no {element}")
    required = {one: fields.choice(one, STRENGTHS, _REPORTED) for one in ELEMENTS}
    fields.close()
    return required


def _control(node: Node, scope: Scope) -> tuple[float, float]:
    fields = Fields(node, "control", scope)
    sure, excluded = fields.number("sure", 0.5, 1), fields.number("excluded", 0, 0.5)
    fields.close()
    return (0.9 if sure is None else sure, 0.1 if excluded is None else excluded)
