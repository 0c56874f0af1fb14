"""What stands beside `must`: by when, on what condition, who looks, and whose word verifies."""

from __future__ import annotations

from dataclasses import replace

from trucewatch.agreement.fields import Fields
from trucewatch.agreement.moments import read_moment, read_need, surely_before
from trucewatch.agreement.quotas import ground_named
from trucewatch.agreement.tasks import Duty, Observation
from trucewatch.agreement.times import ClaimNeed, Moment

__all__ = ["with_terms"]


def with_terms(duty: Duty, must: Fields, beside: Fields) -> Duty:
    """Return the duty with its times, conditions and observers; times may stand in `must` too."""
    due = _moment("due", must, beside)
    duty = replace(
        duty,
        due=due,
        start_by=_moment("start_by", must, beside),
        lapses=_moment("lapses", must, beside),
        immediately=beside.choice("due_open", ("immediately",), "") == "immediately",
        suspended_by=_claimed(beside, "suspended_by", "any"),
        observed=_observed(beside),
        verified_by=beside.names("verified_by", "party"),
    )
    if duty.immediately and due is not None:
        node = beside.get("due_open") or beside.node
        beside.scope.refuse(node, "either due or due_open", "An open term has no date.")
    _in_order(duty, beside)
    return _with_condition(duty, beside)


def _moment(key: str, must: Fields, beside: Fields) -> Moment | None:
    if key not in must:
        return read_moment(beside, key)
    if key in beside:
        beside.scope.refuse(must.get(key) or must.node, f"{key} once: beside must")
    return read_moment(must, key)


def _in_order(duty: Duty, beside: Fields) -> None:
    if not surely_before(duty.start_by, duty.due):
        beside.scope.refuse(beside.get("start_by") or beside.node, "start_by: earlier than due")


def _with_condition(duty: Duty, beside: Fields) -> Duty:
    node = beside.get("only_if")
    if node is None:
        return duty
    fields = Fields(node, "only_if", beside.scope)
    written = [one for one in ("performed", "claim") if one in fields]
    if len(written) != 1 and node.is_map:
        found = " and ".join(written) or None
        beside.scope.refuse(node, "exactly one of performed and claim", value=found)
    duty = replace(
        duty,
        only_if_performed=fields.name("performed", "clause"),
        only_if_claim=_claimed(fields, "claim", "all"),
    )
    fields.close()
    return duty


def _claimed(fields: Fields, key: str, needs: str) -> ClaimNeed | None:
    node = fields.get(key)
    if node is None:
        return None
    inner = Fields(node, key, fields.scope)
    need = read_need(inner, needs)
    inner.close()
    return need


def _observed(beside: Fields) -> Observation:
    node = beside.get("observed")
    if node is None:
        return Observation()
    fields = Fields(node, "observed", beside.scope)
    of, least = ground_named(fields, "of"), fields.number("at_least", 0.000001, 1)
    fields.close()
    plain = Observation()
    return Observation(of, plain.at_least if least is None else least)
