"""The terms of an agreement in plain words: what a lawyer reads beside the text."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

from trucewatch.actors import Actors
from trucewatch.agreement import (
    ActTerm,
    Agreement,
    ClaimNeed,
    Clause,
    Condition,
    ExceptionTerm,
    Moment,
    Phase,
    Zone,
)
from trucewatch.findings import Context
from trucewatch.findings.answer import choice, plain, spoken, together
from trucewatch.findings.bearers import bearers_of
from trucewatch.findings.deadlines import times_of
from trucewatch.findings.duty_words import words_of

__all__ = ["RuleWords"]

_LED = {
    "prohibition": "must not", "presence": "must not", "prevention": "must prevent",
    "permission": "may", "duty": "must", "display": "shown, not judged",
}


class RuleWords:
    """Words for the terms of one agreement; parties go by their names."""

    def __init__(self, agreement: Agreement, actors: Actors) -> None:
        self._agreement = agreement
        self._context = Context(agreement=agreement, actors=actors)

    def rule(self, clause: Clause) -> Iterator[tuple[str, str]]:
        """Yield the rule line by line: what a line is about, and its words."""
        if clause.who:
            yield "Who", self.party(clause.who)
        yield from self._norm(clause)
        if clause.against:
            yield "Against", self.party(clause.against)
        if clause.where:
            yield "Where", self.zone(clause.where)
        if clause.when:
            yield "When", self.phase(clause.when)
        for term in clause.exceptions:
            yield "Unless", self.exception(term)
        yield from self._ranks(clause)

    def _norm(self, clause: Clause) -> Iterator[tuple[str, str]]:
        label = _LED[clause.kind].capitalize()
        if clause.shown is not None:
            steps = "; ".join(f"{number}. {step}" for number, step in enumerate(clause.shown.steps, 1))
            of = f" ({together([self.party(one) for one in clause.shown.of])})" if clause.shown.of else ""
            yield label, f"{clause.shown.words}{of}{f' {steps}' if steps else ''}"
        elif clause.duty is not None:
            yield label, self._duty(clause)
        else:
            yield label, choice([_deed(term) for term in clause.acts])
        if clause.by is not None:
            fault = "any such act is its breach" if clause.strict else "whether it failed to is for people to say"
            yield "By", f"{self.party(clause.by)}; {fault}"
        for word in clause.qualified:
            yield "Only if", f"it was “{plain(word)}”, which only people can settle"

    def _duty(self, clause: Clause) -> str:
        """Return what a duty asks, without the name of the one that it asks."""
        bearer = next(iter(bearers_of(clause.who, self._context)), clause.who)
        times = times_of(clause, bearer, self._context)
        words = words_of(clause, bearer, times, self._context)
        return words.removeprefix(f"{self._context.name(bearer)}: ")

    def _ranks(self, clause: Clause) -> Iterator[tuple[str, str]]:
        if clause.over:
            yield "Beats", together(clause.over)
        if clause.conflicts_with:
            yield "In conflict with", together(clause.conflicts_with)
        if clause.prevails_over:
            yield "Goes before", together(clause.prevails_over)
        if clause.evidence:
            yield "Needs", together([f"{plain(one)} {strength}" for one, strength in clause.evidence.items()])
        if clause.readings:
            yield "Only under", together(clause.readings)

    def party(self, key: str) -> str:
        """Return a party by name, or a group by its rule."""
        group = self._agreement.groups.get(key)
        if group is None:
            bound = self._agreement.bound.get(key)
            own = ", each member by its own acceptance" if bound and bound.by == "acceptance" else ""
            return f"{self._context.name(key)}{own}"
        if group.designated_as is not None:
            renamed = ", under a new name too" if group.follow_renames else ""
            return f"whom {choice(group.designated_by)} lists as {group.designated_as}{renamed}"
        if group.none_of:
            return f"anybody but {choice([self.party(one) for one in group.none_of])}"
        members = choice([self.party(one) for one in group.any_of])
        return f"{members}, while bound" if group.when_bound else members

    def zone(self, key: str) -> str:
        """Return where a zone is."""
        zone = self._agreement.zones[key]
        named = key if "." not in key else "there"
        return f"{named}: {self._ground(zone)}{_doubt(zone.status)}"

    def _ground(self, zone: Zone) -> str:
        if zone.kind == "buffer":
            side = f"on the {zone.side} side" if zone.side else "on both sides"
            return f"within {zone.within_m:,.0f} m of {zone.of}, {side}"
        if zone.kind == "between":
            return f"between {together(zone.between)}"
        if zone.kind == "control":
            holder = "whoever did it" if zone.held_by == "bearer" else self.party(zone.held_by or "")
            return f"ground held by {holder}"
        if zone.kind == "admin":
            return f"what belongs to {choice(zone.admin)}"
        if zone.versions:
            return f"{'a line' if zone.kind == 'line' else 'an area'} drawn {len(zone.versions)} times; the drawing of the day counts"
        drawn = {"area": "an area on the map", "line": "a line"}.get(zone.kind, "not drawn here")
        return f"{drawn}, good to {zone.accuracy_m:,.0f} m" if zone.accuracy_m and zone.wkt else drawn

    def phase(self, key: str) -> str:
        """Return when a phase holds."""
        phase = self._agreement.phases[key]
        named = key if "." not in key else "then"
        return f"{named}: {self._time(phase)}{_doubt(phase.status)}"

    def _time(self, phase: Phase) -> str:
        if phase.asserters:
            return f"the window as {together([self._context.name(one) for one in phase.asserters])} state it"
        if phase.gate is not None:
            gate = phase.gate
            reset = f"; the clock starts again on “{plain(gate.reset.claim)}”" if gate.reset else ""
            opens = f"after {gate.days} days from {self.moment(gate.since)}, once {self.need(gate.satisfied)}{reset}"
        elif phase.needs is not None:
            opens = f"once {self.need(phase.needs)}"
        else:
            opens = f"from {self.moment(phase.start)}" if phase.start else "from a time that is not stated"
        if phase.end is not None:
            return f"{opens} to {self.moment(phase.end)}"
        if phase.lasts is not None:
            return f"{opens}, for {_span(phase.lasts)}"
        return f"{opens}, without end" if phase.open_ended else f"{opens}; its end is not stated"

    def need(self, need: ClaimNeed) -> str:
        """Return what has to be on record."""
        names = [self._context.name(one) for one in need.of]
        who = together(names) if need.needs == "all" else choice(names)
        return f"{who} said “{plain(need.claim)}”"

    def moment(self, moment: Moment) -> str:
        """Return a moment as the text has it."""
        if moment.at is not None:
            return spoken(moment.at, self._agreement.timezone)
        base = moment.anchor or f"the {moment.edge} of {moment.phase}"
        if moment.day is not None:
            return f"day {moment.day} of {moment.anchor or moment.phase}"
        if not moment.offset:
            return base
        later = moment.offset > timedelta(0)
        return f"{_span(abs(moment.offset))} {'after' if later else 'before'} {base}"

    def exception(self, term: ExceptionTerm) -> str:
        """Return an exception with what it asks."""
        when = f", {self.phase(term.when)}" if term.when else ""
        invoked = "; has to be invoked" if term.invocable else ""
        only = "" if term.enabled else "; only under readings that enable it"
        return f"{plain(term.key)}: {self._condition(term.condition)}{when}{invoked}{only}"

    def _condition(self, condition: Condition) -> str:
        if condition.circumstance is not None:
            return f"it was “{plain(condition.circumstance)}”"
        if condition.where is not None:
            return f"in {self.zone(condition.where)}"
        if condition.all_of:
            return together([self._condition(one) for one in condition.all_of])
        return choice([self._condition(one) for one in condition.any_of])


def _deed(term: ActTerm) -> str:
    words = plain(term.act)
    if term.targets:
        words += f" of {choice([plain(one) for one in term.targets])}"
    if term.weapons:
        words += f" with {choice([plain(one) for one in term.weapons])}"
    if term.calibre_at_least_mm is not None:
        words += f" of {term.calibre_at_least_mm:g} mm or more"
    return words if term.more_than is None else f"{words}, more than {term.more_than} persons"


def _span(length: timedelta) -> str:
    hours = length.total_seconds() / 3600
    return f"{hours / 24:g} days" if hours % 24 == 0 else f"{hours:g} hours"


def _doubt(status: str) -> str:
    return "" if status == "given" else f" ({status.replace('_', ' ')}: nothing can be found under it)"
