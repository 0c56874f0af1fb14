"""Section 12: sources and assumptions: whose words were used, and what was taken for granted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from trucewatch.publish.frame import Frame
from trucewatch.publish.spoken import day_words, distance_words
from trucewatch.publish.statement_lines import SourceLine

__all__ = ["assumptions", "notes", "sources"]


def sources(frame: Frame, used: Iterable[str]) -> tuple[SourceLine, ...]:
    """Return the sources of these reports and claims (ids), by name."""
    wanted = set(used)
    rows = [
        *((one.report_id, one.source, one.known_assumed) for one in frame.now.reports),
        *((one.claim_id, one.source, one.known_assumed) for one in frame.now.claims),
    ]
    counted, assumed = Counter[str](), Counter[str]()
    for key, source, was_assumed in rows:
        if key in wanted:
            counted[source] += 1
            assumed[source] += was_assumed
    lines = [_line(source, number, assumed[source], frame) for source, number in counted.items()]
    return tuple(sorted(lines, key=lambda line: line.name))


def _line(key: str, used: int, assumed: int, frame: Frame) -> SourceLine:
    said, source = frame.said, frame.sources.get(key)
    if source is None:
        return SourceLine(
            frame.source(key),
            None,
            "F",
            observes=True,
            knowledge=said.say("known.none"),
            used=used,
            assumed=assumed,
        )
    release = source.knowledge.release
    day = "" if release is None else day_words(release.astimezone(frame.zone).date(), said)
    return SourceLine(
        name=source.name,
        affiliation=frame.party(source.party) if source.party else None,
        reliability=source.reliability,
        observes=source.observes,
        knowledge=said.say(f"known.{source.knowledge.rule}", day=day),
        used=used,
        assumed=assumed,
    )


def notes(frame: Frame) -> tuple[str, ...]:
    """Return what must be said at the head: what was assumed of knowledge, and what was left out."""
    said, left = frame.said, frame.now.withheld
    assumed = sum(one.known_assumed for one in frame.now.reports)
    assumed += sum(one.known_assumed for one in frame.now.claims)
    found = []
    if frame.settings.mode == "replay":
        found.append(said.say("note.replay"))
    if assumed:
        found.append(
            said.say("note.assumed", n=assumed, all=len(frame.now.reports) + len(frame.now.claims))
        )
    for key, n in (
        ("withheld.reports", left.reports),
        ("withheld.claims", left.claims),
        ("withheld.incidents", left.incidents),
        ("withheld.findings", left.findings_held + left.findings_sensitive),
        ("withheld.coarsened", left.findings_coarsened),
    ):
        if n:
            found.append(said.say(key, n=n))
    return tuple(found)


def assumptions(frame: Frame) -> tuple[str, ...]:
    """Return the cuts and rules that the figures rest on, one sentence each."""
    said, now, policy = frame.said, frame.now, frame.now.policy
    lines = [
        said.say(
            "cut.evidence",
            instant=frame.instant(frame.cut_off),
            reports=len(now.reports),
            claims=len(now.claims),
        ),
        said.say("cut.decisions", n=frame.decisions),
        said.say(
            "cut.agreement",
            title=frame.agreement.title,
            version=now.agreement_version or frame.agreement.version,
        ),
        said.say("cut.program", version=now.program_version or said.say("unknown")),
        said.say("cut.reading", reading=frame.reading),
        said.say("cut.radius"),
        said.say("cut.strength", rules=_rules(frame)),
        said.say(
            "cut.unit",
            unit=frame.settings.unit.replace("_", " "),
            sides=frame.settings.sides,
            training=frame.settings.training_fire,
        ),
    ]
    if policy.finest_m:
        lines.append(said.say("cut.coarse", distance=distance_words(policy.finest_m, said)))
    return tuple(lines)


def _rules(frame: Frame) -> str:
    said = frame.said
    required = frame.agreement.evidence.required
    return ", ".join(
        f"{said.element(element)}: {said.word('support', strength)}"
        for element, strength in required.items()
    )
