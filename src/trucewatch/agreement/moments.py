"""Moments: instants as the text states them, absolute, or counted from an anchor or a phase."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import timedelta

from trucewatch.agreement.citations import read_citation
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.times import Anchor, ClaimNeed, Moment, Phase
from trucewatch.documents import Node

__all__ = ["bases_of", "moments_of", "read_anchors", "read_moment", "read_need", "surely_before"]

_FORMS = ("at", "anchor", "start_of", "end_of", "after", "day")
_EXPECTED = (
    "a time, {anchor: …, plus: 3d}, {start_of: a phase}, {end_of: a phase} or {day: 16, of: …}"
)


def read_moment(fields: Fields, key: str) -> Moment | None:
    """Return the moment under `key` in any of its forms, or None if the key is absent or wrong.

    A time as text; `{at: time}`; `{anchor: name}`, `{start_of: phase}` or `{end_of: phase}` (also
    `{after: phase}`) with `plus` or `minus` a duration; `{day: n, of: anchor or phase}`, the first
    day being day 1.
    """
    node = fields.get(key)
    if node is None or not node.is_map:
        at = fields.instant(key)
        return None if at is None else Moment(at=at)
    inner = Fields(node, key, fields.scope)
    written = [form for form in _FORMS if inner.get(form) is not None]
    if len(written) != 1:
        fields.scope.refuse(node, f"{key}: {_EXPECTED}", value=" and ".join(written) or None)
        return None
    moment = _day(inner) if written == ["day"] else _edge(inner, written[0])
    inner.close()
    return moment


def _edge(inner: Fields, form: str) -> Moment | None:
    if form == "at":
        at = inner.instant("at")
        return None if at is None else Moment(at=at)
    offset = _offset(inner)
    if form == "anchor":
        named = inner.name("anchor", "anchor")
        return None if named is None else Moment(anchor=named, offset=offset)
    phase = inner.name(form, "phase")
    edge = "start" if form == "start_of" else "end"
    return None if phase is None else Moment(phase=phase, edge=edge, offset=offset)


def _offset(inner: Fields) -> timedelta:
    plus, minus = inner.duration("plus"), inner.duration("minus")
    if plus is not None and minus is not None:
        inner.scope.refuse(inner.node, f"{inner.what}: either plus or minus", value="both")
    return (plus or timedelta(0)) - (minus or timedelta(0))


def _day(inner: Fields) -> Moment | None:
    number, of = inner.number("day", -3660, 36600), inner.need("of")
    node = inner.get("day")
    if number is not None and (number != int(number) or number == 0) and node is not None:
        advice = "Day 1 is the day of the start, day -1 the day before it."
        inner.scope.refuse(node, "day: a whole number other than 0", advice)
        return None
    named = None if of is None else inner.scope.name(of, "beginning")
    if number is None or named is None:
        return None
    if named in inner.scope.names.get("anchor", ()):
        return Moment(anchor=named, day=int(number))
    return Moment(phase=named, day=int(number))


def read_anchors(node: Node | None, scope: Scope) -> dict[str, Anchor]:
    """Read the section `anchors`: named instants, stated or by claims on record."""
    if node is None:
        return {}
    pairs = Fields(node, "anchors", scope).node.items()
    return {key: _anchor(key, one, scope) for key, one in pairs}


def _anchor(key: str, node: Node, scope: Scope) -> Anchor:
    identifier(node, key, scope, "anchor")
    fields = Fields(node, f"anchor {key}", scope)
    status = fields.status()
    if ("at" in fields) == ("claim" in fields) and node.is_map and status == "given":
        scope.refuse(node, "either at or claim", value="both or neither")
    if key in scope.names.get("phase", ()):
        scope.refuse(node, "an id that is not also a phase", value=key)
    anchor = Anchor(
        key, at=fields.instant("at"), status=status, cite=read_citation(fields.get("cite"), scope),
        needs=read_need(fields) if "claim" in fields else None,
    )
    fields.close()
    return anchor


def read_need(fields: Fields, needs: str = "all") -> ClaimNeed:
    """Read `claim`, `of` and `needs` of a mapping that asks for claims on record."""
    fields.need("of")
    return ClaimNeed(
        claim=fields.need_text("claim"), of=fields.names("of", "party"),
        needs=fields.choice("needs", ("all", "any"), needs),
    )


def moments_of(phase: Phase) -> tuple[Moment, ...]:
    """Return the moments that the phase rests on."""
    given = (phase.start, phase.end, phase.gate.since if phase.gate else None)
    return tuple(one for one in given if one is not None)


def bases_of(moments: Iterable[Moment]) -> Iterator[str]:
    """Yield the keys of the anchors and phases that these moments count from."""
    return (name for one in moments if (name := one.anchor or one.phase))


def surely_before(first: Moment | None, second: Moment | None) -> bool:
    """Whether the first lies before the second by what is written alone; False if unknown."""
    if first is None or second is None or first.day is not None or second.day is not None:
        return True
    if first.at is not None and second.at is not None:
        return first.at < second.at
    same = (first.anchor, first.phase, first.edge) == (second.anchor, second.phase, second.edge)
    return first.offset < second.offset if same and first.at is second.at is None else True
