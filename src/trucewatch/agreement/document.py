"""The text of agreement.yaml → an Agreement, or every problem at once with line and column."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Mapping
from dataclasses import replace

from trucewatch.actors import Actors
from trucewatch.agreement.agreement import Agreement, Group, Reading
from trucewatch.agreement.citations import read_texts
from trucewatch.agreement.clauses import read_clauses
from trucewatch.agreement.cycles import clause_graph, cycles, group_graph, phase_graph, zone_graph
from trucewatch.agreement.duty_checks import duty_faults
from trucewatch.agreement.evidence import read_evidence
from trucewatch.agreement.fields import Fields
from trucewatch.agreement.moments import read_anchors
from trucewatch.agreement.notes import missing_citations, node_of, placeholders
from trucewatch.agreement.parties import read_bound, read_groups
from trucewatch.agreement.phases import read_phases, with_inherited_phase_status
from trucewatch.agreement.reading_terms import read_readings
from trucewatch.agreement.scope import Scope, identifier
from trucewatch.agreement.vocabulary import names_of
from trucewatch.agreement.zones import impossible_strips, read_zones, with_inherited_status
from trucewatch.documents import Node, read_yaml
from trucewatch.errors import BadAgreement, BadCall, Problem, Severity
from trucewatch.periods import zone_of

__all__ = ["LANGUAGE", "load_agreement"]

LANGUAGE = "agreement/1.0"
"""The version of the language, written in the file as `trucewatch: agreement/1.0`."""

INTERVALS = "[from, to)"
_VERSION = re.compile(r"agreement/(\d{1,4})\.(\d{1,4})")


def load_agreement(
    text: str, place: str, *, actors: Actors, texts: Mapping[str, str] | None = None
) -> tuple[Agreement, list[Problem]]:
    """Read an agreement, and what a person should look at in it (warnings).

    `place` names the file in problems; `texts` holds archived words by text key, against which
    quotes are checked. BadAgreement carries every error of the file, in the order of its lines.
    """
    root, problems = read_yaml(text, place)
    if root is None or problems:
        raise _bad(place, problems)
    scope = Scope(place, names=names_of(root, actors), words=texts or {})
    if not _is_our_language(root, scope):
        raise _bad(place, scope.problems)
    agreement = _agreement(root, text, scope)
    _refuse_circles(root, agreement, scope)
    for key, fault in impossible_strips(agreement.zones).items():
        scope.refuse(node_of(root, "zones", key), "a side that the line has, or lines with ground between them", fault, value=key)
    for key, value, expected in duty_faults(agreement):
        scope.refuse(node_of(root, "clauses", key), expected, value=value)
    errors = [one for one in scope.problems if one.severity is Severity.ERROR]
    if errors:
        raise _bad(place, errors)
    warnings = [*scope.problems, *missing_citations(agreement, root, place)]
    return agreement, _in_order([*warnings, *placeholders(agreement, root, place)])


def _bad(place: str, problems: Iterable[Problem]) -> BadAgreement:
    return BadAgreement(f"{place} cannot be used as an agreement:", _in_order(problems))


def _in_order(problems: Iterable[Problem]) -> list[Problem]:
    def position(one: Problem) -> tuple[int, int, str]:
        column = re.search(r"\d+", one.column or "")
        return one.line or 0, int(column[0]) if column else 0, one.expected

    return sorted(dict.fromkeys(problems), key=position)


def _is_our_language(root: Node, scope: Scope) -> bool:
    fields = Fields(root, "the agreement", scope)
    node = fields.need("trucewatch")
    if node is None or node.text() == LANGUAGE:
        return node is not None
    written, ours = _VERSION.fullmatch(node.text() or ""), _VERSION.fullmatch(LANGUAGE)
    advice = f"Begin the file with the line trucewatch: {LANGUAGE}"
    if written and ours:
        older = [int(one) for one in written.groups()] < [int(one) for one in ours.groups()]
        advice = (
            "The file is older: bring it to this version (docs/agreement/language.md)."
            if older
            else "The file is newer than this trucewatch: use a newer trucewatch."
        )
    scope.refuse(node, f"{LANGUAGE}, the language of this trucewatch", advice)
    return False


def _agreement(root: Node, text: str, scope: Scope) -> Agreement:
    fields = Fields(root, "the agreement", scope)
    fields.get("trucewatch")
    key, title = _key(fields), fields.need_text("title")
    timezone = _timezone(fields)
    scope = scope.in_zone(timezone)
    fields.scope = scope
    fields.choice("intervals", (INTERVALS,), INTERVALS)
    fields.need("evidence")
    fields.need("clauses")
    agreement = Agreement(
        key=key,
        title=title,
        version=f"{key}@{hashlib.sha256(text.encode()).hexdigest()[:12]}",
        timezone=timezone,
        texts=read_texts(fields.get("texts"), scope),
        bound=read_bound(fields.get("bound"), scope),
        groups=read_groups(fields.get("groups"), scope),
        zones=read_zones(fields.get("zones"), scope),
        anchors=read_anchors(fields.get("anchors"), scope),
        phases=read_phases(fields.get("phases"), scope),
        readings=read_readings(fields.get("readings"), scope),
        clauses=read_clauses(fields.get("clauses"), scope),
        evidence=read_evidence(fields.get("evidence"), scope),
        unnoticed=_unnoticed(fields.get("unnoticed"), scope),
    )
    fields.close()
    return _with_inline(agreement, scope)


def _unnoticed(node: Node | None, scope: Scope) -> dict[str, str]:
    """Read why no example notices a change; whether there is such a change is seen when they are
    tried."""
    if node is None:
        return {}
    fields = Fields(node, "unnoticed", scope)
    found = {key: fields.text(key) or "" for key, _ in node.items()}
    fields.close()
    return found


def _key(fields: Fields) -> str:
    key, node = fields.need_text("id"), fields.get("id")
    if key and node is not None:
        identifier(node, key, fields.scope, "agreement")
    return key


def _timezone(fields: Fields) -> str:
    zone, node = fields.need_text("timezone"), fields.get("timezone")
    try:
        zone_of(zone or "UTC")
    except BadCall as error:
        if node is not None:
            fields.scope.refuse(node, "timezone: an IANA name such as Asia/Damascus", str(error))
        return "UTC"
    return zone or "UTC"


def _with_inline(agreement: Agreement, scope: Scope) -> Agreement:
    """Add what was written in place; let doubt about a term reach what is built on it."""
    return replace(
        agreement,
        groups={**agreement.groups, **scope.groups},
        zones=with_inherited_status({**agreement.zones, **scope.zones}),
        phases=with_inherited_phase_status(
            {**agreement.phases, **scope.phases}, agreement.anchors
        ),
    )


def _refuse_circles(root: Node, agreement: Agreement, scope: Scope) -> None:
    _refuse(cycles(zone_graph(agreement.zones)), root.get("zones"), "zones", scope)
    _refuse(cycles(clause_graph(agreement.clauses)), root.get("clauses"), "duties", scope)
    circles = cycles(phase_graph(agreement.phases, agreement.clauses))
    _refuse(circles, root.get("phases"), "phases", scope)
    for reading in agreement.readings.values():
        _refuse_group_circles(root, agreement.groups, reading, scope)


def _refuse_group_circles(
    root: Node, groups: Mapping[str, Group], reading: Reading, scope: Scope
) -> None:
    circles = cycles(group_graph({**groups, **reading.groups}))
    node = root.get("groups")
    if reading.groups:
        node = (root.get("readings") or root).get(reading.key) or node
    _refuse(circles, node, "groups", scope)


def _refuse(
    circles: Iterable[tuple[str, ...]], section: Node | None, what: str, scope: Scope
) -> None:
    for circle in circles:
        name = circle[0].rpartition(" ")[2]
        node = (section.get(name) if section else None) or section or Node(None, 1, 1)
        found = " → ".join((*circle, circle[0]))
        scope.refuse(node, f"{what} that do not lead back to themselves", value=found)
