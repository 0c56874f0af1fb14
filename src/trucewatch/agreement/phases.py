"""When: windows that are claimed, fixed periods, and phases that a recorded claim opens."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.times import Phase
from trucewatch.documents import Node

__all__ = ["phase_reference", "read_asserters", "read_phases", "with_inherited_phase_status"]

_NEEDS = ("both", "all", "any")


def read_phases(node: Node | None, scope: Scope) -> dict[str, Phase]:
    """Read the section `phases`."""
    if node is None:
        return {}
    pairs = Fields(node, "phases", scope).node.items()
    return {key: _named(key, one, scope) for key, one in pairs}


def _named(key: str, node: Node, scope: Scope) -> Phase:
    identifier(node, key, scope, "phase")
    fields = Fields(node, f"phase {key}", scope)
    written = [word for word in ("window", "starts", "needs") if word in fields]
    if len(written) != 1 and node.is_map:
        found = " and ".join(written) or None
        scope.refuse(node, "exactly one of window, starts, needs", "", found)
    phase = Phase(key, status=fields.status(), cite=read_citation(fields.get("cite"), scope))
    if "window" in fields:
        phase = _window(phase, fields)
    elif "needs" in fields:
        phase = _claimed(phase, fields)
    else:
        phase = _fixed(phase, fields)
    fields.close()
    return phase


def _window(phase: Phase, fields: Fields) -> Phase:
    renewed_by, needs = _parties(fields, "renewed_by")
    ended_by, _ = _parties(fields, "ended_by")
    return replace(
        phase, asserters=read_asserters(fields.get("window"), fields.scope),
        lasts=fields.duration("lasts"), renewed_by=renewed_by, renewal_needs=needs,
        ended_by=ended_by,
    )


def read_asserters(node: Node | None, scope: Scope) -> tuple[str, ...]:
    """Read `{asserters: [party, …]}`: whose window claims count."""
    if node is None:
        return ()
    fields = Fields(node, "window", scope)
    fields.need("asserters")
    asserters = fields.names("asserters", "party")
    fields.close()
    return asserters


def _parties(fields: Fields, key: str) -> tuple[tuple[str, ...], str]:
    node = fields.get(key)
    if node is None:
        return (), "both"
    inner = Fields(node, key, fields.scope)
    inner.need("of")
    found = inner.names("of", "party"), inner.choice("needs", _NEEDS, "both")
    inner.close()
    return found


def _claimed(phase: Phase, fields: Fields) -> Phase:
    node = fields.need("needs")
    if node is not None:
        needs = Fields(node, "needs", fields.scope)
        needs.need("of")
        phase = replace(
            phase, needs_claim=needs.need_text("claim") or None,
            claim_of=needs.names("of", "party"),
            claim_needs="any" if needs.flag("all") is False else "all",
        )
        needs.close()
    return _advised(phase, fields)


def _advised(phase: Phase, fields: Fields) -> Phase:
    node = fields.get("indicator")
    if node is None:
        return phase
    indicator = Fields(node, "indicator", fields.scope)
    indicator.need("days_without_violation")
    indicator.need("of")
    days = indicator.number("days_without_violation", 1, 3660)
    phase = replace(
        phase, indicator_days=None if days is None else int(days),
        indicator_clauses=indicator.names("of", "clause"),
    )
    indicator.close()
    return phase


def _fixed(phase: Phase, fields: Fields) -> Phase:
    starts = fields.get("starts")
    if starts is not None and starts.is_map:
        inner = Fields(starts, "starts", fields.scope)
        phase = replace(phase, after=inner.name("after", "phase"), start=inner.instant("at"))
        if len(list(starts.items())) != 1:
            fields.scope.refuse(starts, "starts: a time, {at: a time} or {after: a phase}")
        inner.close()
    else:
        phase = replace(phase, start=fields.instant("starts"))
    return _ended(phase, fields)


def _ended(phase: Phase, fields: Fields) -> Phase:
    open_ended, end = fields.flag("open_ended") or False, fields.instant("ends")
    node = fields.get("ends") or fields.node
    if phase.after is None and open_ended == ("ends" in fields) and "starts" in fields:
        fields.scope.refuse(node, "either ends or open_ended: true", value="both or neither")
    if phase.start and end and end <= phase.start:
        fields.scope.refuse(node, "ends: later than starts")
    return replace(phase, end=end, open_ended=open_ended)


def phase_reference(node: Node, key: str, scope: Scope) -> str | None:
    """Return the phase named; `{from, to}` in place becomes a fixed phase under `key`."""
    if not node.is_map:
        return scope.name(node, "phase")
    fields = Fields(node, "when", scope)
    fields.need("from")
    start, end = fields.instant("from"), fields.instant("to")
    scope.phases[key] = Phase(key, start=start, end=end, open_ended=end is None)
    if start and end and end <= start:
        scope.refuse(node, "to: later than from")
    fields.close()
    return key


def with_inherited_phase_status(phases: Mapping[str, Phase]) -> dict[str, Phase]:
    """Give every phase that follows another the status of that one, unless it has its own."""
    return {key: replace(one, status=_inherited(one, phases)) for key, one in phases.items()}


def _inherited(phase: Phase, phases: Mapping[str, Phase]) -> str:
    passed = {phase.key}
    while phase.status == "given" and phase.after and phase.after not in passed:
        if phase.after not in phases:
            break
        phase = phases[phase.after]
        passed.add(phase.key)
    return phase.status
