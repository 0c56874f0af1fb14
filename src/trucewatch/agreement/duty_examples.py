"""Worked examples beside a duty: what is said, seen, observed and determined, and what follows."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from trucewatch.agreement.examples import EXPECTATIONS, FACTS
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.norms import Clause, Example
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.statements import check_statements
from trucewatch.agreement.tasks import DUTY_QUESTIONS, DUTY_STATES
from trucewatch.documents import Node

__all__ = ["SAYS", "read_duty_examples"]

SAYS = ("done", "not_done", "partly", "unconfirmed", "yes", "no")
"""What somebody may say of a duty; yes and no of something that it waits for or rests on."""
_REASONS = ("who", "when", "performed", "coverage", "text")
_RELATED = ("conflict:", "permitted:")
_MOST = 1_000_000_000
_SEEN = ("by", "closed", "act", "target", "weapon", "calibre_mm", "at", "time", "strength")


def read_duty_examples(fields: Fields, clause: Clause) -> tuple[Example, ...]:
    """Read the `examples` of a clause with a duty; what a duty cannot ask for is refused."""
    excuses = tuple(one.key for one in clause.exceptions)
    return tuple(_example(one, excuses, fields.scope) for one in fields.list_of("examples"))


def _example(node: Node, excuses: tuple[str, ...], scope: Scope) -> Example:
    fields = Fields(node, "an example of a duty", scope)
    fields.need("expect")
    excused_by = fields.get("excused_by")
    example = Example(
        say=fields.need_text("say"),
        line=node.line,
        facts=_facts(fields, excuses),
        expect=fields.choice("expect", EXPECTATIONS, "undetermined"),
        because=_reasons(fields, excuses),
        alone=fields.flag("alone") or False,
        attribution=fields.choice("attribution", ("settled", "open", "none"), "") or None,
        excused_by=None if excused_by is None else fields.choice("excused_by", excuses, ""),
        provisional=fields.flag("provisional"),
        state=fields.choice("state", DUTY_STATES, "") or None,
    )
    fields.close()
    return example


def _reasons(fields: Fields, excuses: tuple[str, ...]) -> tuple[str, ...]:
    allowed = (*_REASONS, *excuses, *(f"excused:{one}" for one in excuses))
    node, reasons = fields.get("because"), fields.texts("because")
    for reason, one in zip(reasons, node.elements() if node else (), strict=False):
        if reason not in allowed and not reason.startswith(_RELATED):
            fields.scope.refuse(one, f"because: one of {', '.join(allowed)}")
    return reasons


def _facts(fields: Fields, excuses: tuple[str, ...]) -> Mapping[str, object]:
    found: dict[str, object] = {}
    for key, check in _CHECKS.items():
        node = fields.get(key)
        if node is not None:
            check(fields, key)
            found[key] = node.plain()
    node = fields.get("determined")
    if node is not None:
        answers = Fields(node, "determined", fields.scope)
        for question in (*DUTY_QUESTIONS, *excuses):
            answers.text(question)
        answers.close()
        found["determined"] = node.plain()
    return found


def _claims(fields: Fields, key: str) -> None:
    for node in fields.list_of(key):
        claim = Fields(node, "a claim of an example", fields.scope)
        claim.need("by")
        _somebody(claim, "by")
        claim.choice("says", SAYS, "")
        if "says" not in claim and "amount" not in claim and node.is_map:
            fields.scope.refuse(node, "says or amount: what is said")
        _amount(claim)
        for when in ("at", "since", "until"):
            claim.instant(when)
        for word in ("about", "of", "unit"):
            claim.text(word)
        claim.name("bearer", "party")
        claim.close()


def _somebody(fields: Fields, key: str) -> None:
    """A party, or a source of the case, whose names are not known here."""
    name, node = fields.text(key), fields.get(key)
    if name is not None and node is not None:
        identifier(node, name, fields.scope, "party or source")


def _amount(claim: Fields) -> None:
    node = claim.get("amount")
    if node is None:
        return
    numbers = [one.number() for one in node.elements()]
    if len(numbers) not in (1, 2) or any(one is None or not 0 <= one <= _MOST for one in numbers):
        claim.scope.refuse(node, "amount: a number or [least, greatest], without quotes")


def _observed(fields: Fields, key: str) -> None:
    for node in fields.list_of(key):
        row = Fields(node, "an observation of an example", fields.scope)
        if ("zone" in row) == ("place" in row) and node.is_map:
            fields.scope.refuse(node, "exactly one of zone and place")
        row.name("zone", "zone")
        row.text("place")
        for need in ("by", "from", "to"):
            row.need(need)
        _somebody(row, "by")
        row.instant("from")
        row.instant("to")
        row.number("share", 0, 1)
        row.close()


def _present(fields: Fields, key: str) -> None:
    for node in fields.list_of(key):
        leg = Fields(node, "a sighting of an example", fields.scope)
        for need in ("by", "act", "at", "time"):
            leg.need(need)
        for one in _SEEN:
            if one in leg:
                FACTS[one](leg, one)
        leg.close()


def _party(fields: Fields, key: str) -> None:
    fields.name(key, "party")


_CHECKS: Mapping[str, Callable[[Fields, str], None]] = {
    "known_at": FACTS["known_at"], "reading": FACTS["reading"], "bearer": _party,
    "claims": _claims, "statements": check_statements, "observed": _observed, "present": _present,
}
"""What an example of a duty may state, and how each fact is checked."""
