"""Legs → element table → verdict table, in any engine that runs plain SQL."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from trucewatch.engine import Engine
from trucewatch.errors import BadCall
from trucewatch.findings.compiled.coding import Ints
from trucewatch.findings.compiled.inputs import Inputs
from trucewatch.findings.compiled.masks import Masks, Memory, masks_of, words_for
from trucewatch.findings.compiled.plans import Plans, plans_of
from trucewatch.findings.compiled.schema import LEG_ELEMENT, of_words
from trucewatch.findings.compiled.statement import code_in, is_code, verdicts_of
from trucewatch.findings.context import Context
from trucewatch.tables import Table, to_micros

__all__ = ["DECIDED", "ELEMENT_TABLE", "VERDICTS", "VERDICT_TABLE", "Compiled", "Elements"]

ELEMENT_TABLE, VERDICT_TABLE = LEG_ELEMENT.name, "leg_verdict"
DECIDED = 5
VERDICTS = {
    -1: None, 0: "not_covered", 1: "compliant", 2: "undetermined", 3: "violation", 4: "violation",
    DECIDED: None,
}
"""Code → verdict; None: the clause does not speak of the leg (-1), or people decided something about
it (DECIDED), so that only the interpreter can say; 4: provisional."""
_BY_PEOPLE = 2
_TOUCHED = "leg_touched"


@dataclass(frozen=True, slots=True)
class Elements:
    """What the verdicts of some legs depend on; `number` tells which legs."""

    number: Ints
    masks: Masks
    reply: Ints
    """1 where the accused still have time to reply, 2 where people decided something about the leg."""

    @property
    def decided(self) -> Ints:
        """Numbers of the legs about which people decided something: their verdicts are DECIDED."""
        found: Ints = self.number[self.reply == _BY_PEOPLE]
        return found

    def unlike(self, before: Elements) -> Elements:
        """Return the part that is new or answered otherwise than `before`, by leg number.

        Both must come from the same `Compiled`, or from ones with the same clauses and readings:
        a bit means the same element only there. Numbers are each there once.
        """
        order = np.argsort(before.number, kind="stable")
        places = np.searchsorted(before.number, self.number, sorter=order)
        known = order[np.minimum(places, max(0, len(order) - 1))] if len(order) else places
        new = np.ones(len(self.number), dtype=np.bool_)
        if len(order):
            new = before.number[known] != self.number
            for mine, theirs in zip(self._columns(), before._columns(), strict=True):
                new |= mine != theirs[known]
        return self._only(new)

    def _columns(self) -> tuple[Ints, ...]:
        return (self.reply, *self.masks.must, *self.masks.may, *self.masks.unsure)

    def _only(self, which: npt.NDArray[np.bool_]) -> Elements:
        must, may, unsure = (
            tuple(one[which] for one in part)
            for part in (self.masks.must, self.masks.may, self.masks.unsure)
        )
        return Elements(self.number[which], Masks(must, may, unsure), self.reply[which])

    def table(self) -> Table:
        """Return the element table: n, reply, and the words of bits."""
        columns: dict[str, Any] = {"n": self.number, "reply": self.reply}
        for word, parts in enumerate(
            zip(self.masks.must, self.masks.may, self.masks.unsure, strict=True)
        ):
            columns |= {
                f"{kind}{word}": part
                for kind, part in zip(("must", "may", "unsure"), parts, strict=True)
            }
        arrays = {name: np.ma.MaskedArray(one) for name, one in columns.items()}
        return Table(of_words(len(self.masks.must)), arrays)


@dataclass(frozen=True, slots=True)
class Compiled:
    """The clauses of one agreement under some readings, ready for many legs.

    What people decided about a leg is not in it: such legs get no verdict here, and
    `Elements.decided` tells which they are, for the interpreter.
    """

    contexts: tuple[Context, ...]
    plans: Plans
    memory: Memory = field(default_factory=dict, compare=False, repr=False)

    @classmethod
    def of(cls, contexts: Sequence[Context]) -> Self:
        """Compile readings of one agreement that share their knowledge, one at least.

        BadCall for contexts that do not come from one another by `Context.under`: what a reading
        means is numbered in what they share.
        """
        if not contexts or any(one.memo is not contexts[0].memo for one in contexts):
            message = "expected readings made from one context with Context.under, one at least"
            raise BadCall(message)
        return cls(tuple(contexts), plans_of(contexts))

    @property
    def statement(self) -> str:
        """The SELECT over the element table; the text is the same for every engine."""
        return self._select(ELEMENT_TABLE)

    def _select(self, table: str) -> str:
        return verdicts_of(self.plans.plans, words_for(self.plans.bits), table)

    def elements(self, legs: Table, number: Ints | None = None) -> Elements:
        """Answer every distinct element for these legs; `number` names them, else their places."""
        inputs = Inputs(legs, self.contexts[0])
        masks = masks_of(self.plans, inputs, self.memory)
        places = np.arange(len(legs), dtype=np.int64) if number is None else number
        reply = self._reply(legs)
        reply[self._decided(legs)] = _BY_PEOPLE
        return Elements(places, masks, reply)

    def _reply(self, legs: Table) -> Ints:
        """As `ruling.reply_pending`, for whole columns."""
        context = self.contexts[0]
        within, known_at = context.agreement.evidence.reply_within, context.known_at
        if within is None or known_at is None:
            return np.zeros(len(legs), dtype=np.int64)
        column = legs.columns["known_at"]
        latest = to_micros(known_at - within)
        return (np.ma.getmaskarray(column) | (np.ma.getdata(column) > latest)).astype(np.int64)

    def judge(self, engine: Engine, elements: Elements) -> None:
        """Make the verdict table from these elements: `n`, and verdicts packed into `v0`, `v1`, …"""
        engine.load(ELEMENT_TABLE, elements.table())
        engine.run(f"DROP TABLE IF EXISTS {VERDICT_TABLE}")
        engine.run(f"CREATE TABLE {VERDICT_TABLE} AS {self.statement}")

    def rejudge(self, engine: Engine, touched: Elements) -> None:
        """Judge only the touched legs again, also new ones; the others keep their verdicts."""
        engine.load(_TOUCHED, touched.table())
        engine.run(f"DELETE FROM {VERDICT_TABLE} WHERE n IN (SELECT n FROM {_TOUCHED})")
        engine.run(f"INSERT INTO {VERDICT_TABLE} {self._select(_TOUCHED)}")

    def revise(self, engine: Engine, before: Elements, after: Elements) -> Elements:
        """Bring the verdict table from `before` to `after`: what control claims that came late,
        retractions or new legs changed is judged again, what is no more is taken back.

        Returns what was judged again.
        """
        touched = after.unlike(before)
        self.forget(engine, np.setdiff1d(before.number, after.number).tolist())
        if len(touched.number):
            self.rejudge(engine, touched)
        return touched

    def forget(self, engine: Engine, numbers: Sequence[int]) -> None:
        """Take back the verdicts of legs that are no more."""
        for first in range(0, len(numbers), 1000):
            listed = ", ".join(str(int(one)) for one in numbers[first : first + 1000])
            engine.run(f"DELETE FROM {VERDICT_TABLE} WHERE n IN ({listed})")

    def verdicts(self, engine: Engine) -> Iterator[tuple[int, dict[tuple[str, str], int]]]:
        """Yield for each leg its number and (clause, reading) → verdict code, by number."""
        for row in engine.fetch(f"SELECT * FROM {VERDICT_TABLE} ORDER BY n"):
            codes = [code_in(row, plan) for plan in range(len(self.plans.plans))]
            yield int(row["n"]), {
                (one.clause, one.reading): codes[one.plan] for one in self.plans.columns
            }

    def counts(self, engine: Engine) -> list[dict[str, int]]:
        """Return for every plan how many legs have each verdict code, and a checksum of which.

        The checksum adds (n mod 8191 + 1) × (code + 2) over all legs: whole numbers that every
        engine adds to the same sum, in whatever order.
        """
        parts = []
        for plan in range(len(self.plans.plans)):
            tests = {code: is_code(plan, code) for code in VERDICTS}
            parts += [
                f"sum(CASE WHEN {test} THEN 1 ELSE 0 END) AS p{plan}_{code + 1}"
                for code, test in tests.items()
            ]
            weights = " ".join(f"WHEN {test} THEN {code + 2}" for code, test in tests.items())
            parts.append(f"sum((n % 8191 + 1) * CASE {weights} ELSE 0 END) AS p{plan}_sum")
        (row,) = engine.fetch(f"SELECT {', '.join(parts)} FROM {VERDICT_TABLE}")
        return [
            {str(code): int(row[f"p{plan}_{code + 1}"] or 0) for code in VERDICTS}
            | {"sum": int(row[f"p{plan}_sum"] or 0)}
            for plan in range(len(self.plans.plans))
        ]

    def _decided(self, legs: Table) -> npt.NDArray[np.bool_]:
        """Whether people decided something about each leg: a decision reaches it by its reports."""
        cited = self.contexts[0].decisions
        if not cited:
            return np.zeros(len(legs), dtype=np.bool_)
        listed = (json.loads(one) for one in legs.columns["reports"].tolist())
        return np.array([any(report in cited for report in one) for one in listed], dtype=np.bool_)
