"""When: windows that are claimed, fixed periods, phases that claims open, and gates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.moments import (
    bases_of,
    moments_of,
    read_moment,
    read_need,
    surely_before,
)
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.times import Anchor, ClaimNeed, Gate, Moment, Phase
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
    written = [word for word in ("window", "starts", "needs", "gate") if word in fields]
    if len(written) != 1 and node.is_map:
        found = " and ".join(written) or None
        scope.refuse(node, "exactly one of window, starts, needs, gate", "", found)
    phase = Phase(key, status=fields.status(), cite=read_citation(fields.get("cite"), scope))
    if "window" in fields:
        phase = _window(phase, fields)
    elif "needs" in fields or "gate" in fields:
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
    node, gate = fields.get("needs"), fields.get("gate")
    if node is not None:
        phase = replace(phase, needs=_need(Fields(node, "needs", fields.scope)))
    if gate is not None:
        phase = replace(phase, gate=_gate(Fields(gate, "gate", fields.scope)))
    phase = replace(
        phase, end=read_moment(fields, "ends"), lasts=fields.duration("lasts"),
        open_ended=fields.flag("open_ended") or False,
    )
    ends = [one for one in ("ends", "lasts", "open_ended") if one in fields]
    if len(ends) > 1:
        fields.scope.refuse(fields.node, "one of ends, lasts, open_ended", value=" and ".join(ends))
    return _advised(phase, fields)


def _need(needs: Fields) -> ClaimNeed:
    """Read `{claim, of}` with `needs: all` or `any`, or with `all: true` or `false`."""
    flag = needs.flag("all")
    need = read_need(needs, "any" if flag is False else "all")
    if flag is not None and "needs" in needs:
        needs.scope.refuse(needs.node, "either all or needs", value="both")
    needs.close()
    return need


def _gate(fields: Fields) -> Gate | None:
    fields.need("days")
    days = fields.number("days", 1, 3660)
    since = _since(fields)
    satisfied, reset = fields.need("satisfied"), fields.get("reset")
    fields.close()
    if days is None or since is None or satisfied is None:
        return None
    if days != int(days):
        fields.scope.refuse(fields.get("days") or fields.node, "days: a whole number")
    return Gate(
        int(days), since, _need(Fields(satisfied, "satisfied", fields.scope)),
        None if reset is None else _need(Fields(reset, "reset", fields.scope)),
    )


def _since(fields: Fields) -> Moment | None:
    """Read `from`: a moment, or a phase or anchor at whose start the clock starts."""
    node = fields.need("from")
    name = None if node is None else node.text()
    if name in fields.scope.names.get("phase", ()):
        return Moment(phase=name)
    if name in fields.scope.names.get("anchor", ()):
        return Moment(anchor=name)
    return read_moment(fields, "from")


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
    phase = replace(
        phase, start=read_moment(fields, "starts"), end=read_moment(fields, "ends"),
        lasts=fields.duration("lasts"), open_ended=fields.flag("open_ended") or False,
    )
    ends = [one for one in ("ends", "lasts", "open_ended") if one in fields]
    follows = phase.start is not None and phase.start.edge == "end"
    if len(ends) > 1 or (not ends and not follows and "starts" in fields):
        found = " and ".join(ends) or "none of them"
        expected = "either ends or open_ended: true, or lasts"
        fields.scope.refuse(fields.get("ends") or fields.node, expected, value=found)
    return _in_order(phase, "ends: later than starts", fields, "ends")


def _in_order(phase: Phase, expected: str, fields: Fields, key: str) -> Phase:
    if not surely_before(phase.start, phase.end):
        fields.scope.refuse(fields.get(key) or fields.node, expected)
    return phase


def phase_reference(node: Node, key: str, scope: Scope) -> str | None:
    """Return the phase named; `{from, to}` in place becomes a fixed phase under `key`."""
    if not node.is_map:
        return scope.name(node, "phase")
    fields = Fields(node, "when", scope)
    fields.need("from")
    start, end = read_moment(fields, "from"), read_moment(fields, "to")
    phase = Phase(key, start=start, end=end, open_ended="to" not in fields)
    scope.phases[key] = _in_order(phase, "to: later than from", fields, "to")
    fields.close()
    return key


def with_inherited_phase_status(
    phases: Mapping[str, Phase], anchors: Mapping[str, Anchor]
) -> dict[str, Phase]:
    """Give every phase the status of what it rests on, unless it has its own."""
    return {key: replace(one, status=_inherited(one, phases, anchors)) for key, one in phases.items()}


def _inherited(
    phase: Phase, phases: Mapping[str, Phase], anchors: Mapping[str, Anchor]
) -> str:
    seen: set[str] = set()
    waiting = [phase.key]
    while waiting:
        key = waiting.pop(0)
        one = phases.get(key) or anchors.get(key)
        if key in seen or one is None:
            continue
        seen.add(key)
        if one.status != "given":
            return one.status
        waiting += bases_of(moments_of(one)) if isinstance(one, Phase) else ()
    return phase.status
