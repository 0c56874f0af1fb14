"""The shipped agreement with its actors and claims, and a hand-made leg to be varied."""

import csv
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest

from trucewatch.actors import Actors, load_actors
from trucewatch.agreement import Agreement, load_agreement, under
from trucewatch.findings.context import Context
from trucewatch.incidents.leg import Candidates, Leg
from trucewatch.incidents.schema import ELEMENTS
from trucewatch.periods import Period, end_of, parse_instant
from trucewatch.reports.claim import Claim

ZONE = "Asia/Damascus"


def instant(written: str) -> datetime:
    return parse_instant(written if "T" in written else f"{written}T00:00", ZONE)


def _claim(row: dict[str, str]) -> Claim:
    def when(name: str) -> datetime | None:
        return instant(row[name]) if row[name] else None

    published = end_of(row["published_at"], ZONE) if row["published_at"] else None
    return Claim(
        row["id"], row["kind"], row["asserter"], row["source"], "row", subject=row["subject"] or None,
        value=row["value"] or None, valid_from=when("valid_from"),
        valid_to_earliest=when("valid_to_earliest"), valid_to_latest=when("valid_to_latest"),
        published_at=published, known_at=published,
    )


@pytest.fixture(scope="session")
def actors(shipped: Path) -> Actors:
    found, problems = load_actors((shipped / "actors.yaml").read_text(), "actors.yaml")
    assert not problems
    return found


@pytest.fixture(scope="session")
def agreement(shipped: Path, actors: Actors) -> Agreement:
    return load_agreement((shipped / "agreement.yaml").read_text(), "agreement.yaml", actors=actors)[0]


@pytest.fixture(scope="session")
def claims(shipped: Path) -> tuple[Claim, ...]:
    with (shipped / "claims.csv").open(encoding="utf-8") as lines:
        return tuple(map(_claim, csv.DictReader(lines)))


@pytest.fixture(scope="session")
def context(agreement: Agreement, actors: Actors, claims: tuple[Claim, ...]) -> Callable[..., Context]:
    """Return a context: `context("window-us", "2016-09-20T07:00", holders=…)`."""

    def build(reading: str = "default", known_at: str | None = None, **others: object) -> Context:
        facts = Context(
            agreement=under(agreement, reading), actors=actors, claims=claims,
            known_at=None if known_at is None else instant(known_at),
        )
        return replace(facts, **others)

    return build


def named(*parties: str, closed: bool = False, basis: str = "") -> Candidates:
    chosen = basis or ("capability" if closed and len(parties) > 1 else "stated")
    return Candidates(parties, closed, chosen if parties else "none")


def leg(time: str | tuple[str, str] | None = "2016-09-13T10:00", **changes: object) -> Leg:
    """Return a government mortar attack on the opposition near Aleppo, verified; with changes."""
    occurred = None
    if isinstance(time, tuple):
        occurred = Period(instant(time[0]), instant(time[1]))
    elif time is not None:
        occurred = Period(instant(time), instant(time) + timedelta(minutes=1))
    plain = Leg(
        "l-one", "i-one", acts=("mortar",), targets=("fighters",), by=named("sy-gov"), against=named("opp"), occurred=occurred,
        place="aleppo", lat=36.10, lon=37.05, radius_m=500.0, strength=dict.fromkeys(ELEMENTS, "verified"),
        reports=("r-one", "r-two"), origins=("sohr", "amc"), independent_origins=2,
        known_at=None if occurred is None else occurred.end,
    )
    return replace(plain, **changes)


def strength(**given: str) -> dict[str, str]:
    return {**dict.fromkeys(ELEMENTS, "verified"), **given}


class Held:
    """Ground held with these probabilities; remembers how it was asked."""

    def __init__(self, **shares: float) -> None:
        self.shares = {name.replace("_", "-"): share for name, share in shares.items()}
        self.asked: list[tuple[tuple[object, ...], tuple[object, ...]]] = []

    def holder_at(self, *ground, without_origins=(), without_documents=(), without_reports=()):  # noqa: ARG002
        self.asked.append((ground, (tuple(without_origins), tuple(without_documents))))
        return self.shares


@pytest.fixture(scope="session")
def make():
    """Builders for tests: leg, named, strength, Held, instant."""

    return SimpleNamespace(**{one.__name__: one for one in (leg, named, strength, Held, instant)})
