"""An explanation as lines of text: the answer first, then the way back."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from trucewatch.cli.output import plain

__all__ = ["claim_lines", "trail_lines"]

_TOLD_CLAIMS = 6

Tree = Mapping[str, Any]


def trail_lines(tree: Tree) -> Iterator[str]:
    """Yield the lines of what `Explainer.explain` returned."""
    if "finding" in tree:
        yield from _finding(tree["finding"], tree["explanation"])
    for one in tree.get("said", ()):
        what = " ".join(filter(None, (one["kind"], one["question"], one["answer"])))
        yield f"  {one['who']}: {what}, because {_visible(one['because'])} ({one['decision_id']}, {plain(one['recorded_at'])})"
    if "term" in tree:
        yield from _term(tree["term"])
    if "duty" in tree:
        yield f"Duty of {tree['duty']['bearer']}: {tree['duty']['words']} [{tree['duty']['state']}]"
    if "control" in tree:
        yield from _control(tree["control"])
    if "leg" in tree:
        yield from _leg(tree["leg"])
    if "incident" in tree:
        yield from _incident(tree["incident"])
    for report in tree.get("reports", ()):
        yield from _report(report)
    for claim in tree.get("claims", ()):
        yield from _claim(claim)


def _visible(text: str) -> str:
    """Return evidence as it may be printed: what could steer a terminal is shown as its escape."""
    return "".join(one if one.isprintable() else f"\\u{ord(one):04x}" for one in text)


def _finding(row: Tree, told: Tree) -> Iterator[str]:
    provisional = ", provisional" if row["provisional"] else ""
    yield f"{row['finding_id']}  {row['verdict']}{provisional}, clause {row['clause']}, reading “{row['reading']}”"
    yield from (f"  {sentence}" for sentence in told["sentences"])
    yield "  elements:"
    for one in told["elements"]:
        weak = "" if one["sufficient"] else f"  (support {one['strength']}, asked for {one['required']})"
        yield f"    {one['element']:<8} {one['answer']:<5} {one['words']}{weak}"
    for one in told["exceptions"]:
        yield f"    unless {one['exception']}: {one['answer']}; {one['words']}"
    for one in told["missing"]:
        yield f"    would settle {one['element']}: {one['question']}"
    yield f"  versions: agreement {row['agreement_version']}, program {row['program_version']}"


def _term(term: Tree) -> Iterator[str]:
    yield f"Term {term['clause']} ({term['status']}): {term['text'] or 'no text cited'} {term['at'] or ''}".rstrip()
    yield from (f"  “{quote}”" for quote in term["quotes"])


def _control(told: Tree) -> Iterator[str]:
    shares = sorted(told["held"].items(), key=lambda one: (-one[1], one[0]))
    yield "Who held the ground, over all of it: " + ", ".join(f"{holder} {share:.0%}" for holder, share in shares if share >= 0.01)
    yield "  at its centre on the last day, the claims that move the log-odds of the likeliest holder most:"
    yield from claim_lines(told["reasons"])


def claim_lines(reasons: Sequence[Tree]) -> Iterator[str]:
    """Yield the control claims that move an answer most, the strongest first."""
    strongest = sorted(reasons, key=lambda one: (-abs(one["contribution"]), one["claim_id"]))
    for one in strongest[:_TOLD_CLAIMS]:
        yield (
            f"  {one['contribution']:+.2f}  {one['claim_id']} {one['source']}: {one['kind']} {one['holder']}, {one['distance_m'] / 1000:.0f} km off, "
            f"{_age(one['age_days'])}, source right in {one['reliability']:.0%}{', a copy' if one['copy'] else ''}"
        )
    if len(strongest) > _TOLD_CLAIMS:
        yield f"  and {len(strongest) - _TOLD_CLAIMS} more claims within reach, each of less weight"


def _age(days: int) -> str:
    return f"{days} days before" if days > 0 else "of the same day" if days == 0 else f"{-days} days after"


def _leg(row: Tree) -> Iterator[str]:
    yield f"Leg {row['leg_id']}: {_among(row['acts'])} by {_candidates(row, 'by')} against {_candidates(row, 'against')}"


def _candidates(row: Tree, role: str) -> str:
    if not row[role]:
        return "somebody unknown" if role == "by" else "something not stated"
    closed = "nobody else possible" if row[f"{role}_closed"] else "others remain possible"
    return f"{_among(row[role])} ({row[f'{role}_basis']}; {closed})"


def _among(values: list[str]) -> str:
    return " or ".join(values) if values else "unknown"


def _incident(row: Tree) -> Iterator[str]:
    yield (
        f"Incident {row['incident_id']}: {row['place_written'] or row['place'] or 'place unknown'}, "
        f"{plain(row['occurred_from'])} to {plain(row['occurred_to'])}, killed {_range(row['deaths_low'], row['deaths_high'])}, "
        f"{row['reports']} reports, {row['independent_origins']} independent origins"
    )
    if row["disputed"]:
        yield f"  disputed: {', '.join(row['disputed'])}"
    if row["mistaken"]:
        yield f"  said to be a mistake by {row['mistaken']}: shown; excuses nothing by itself"


def _range(low: object, high: object) -> str:
    if low is None and high is None:
        return "not stated"
    return str(low) if low == high else f"{low if low is not None else '?'} to {high if high is not None else 'open'}"


def _report(row: Tree) -> Iterator[str]:
    chain = " > ".join(row["chain"] or [row["source"]])
    yield f"  Report {row['report_id']}: {row['source']}, origin {row['origin'] or 'unknown'} (chain: {chain})"
    yield f"    from {row['file'] or row['evidence']}, {row['locator']}; known from {plain(row['known_at']) or 'no stated time'}"
    membership = row.get("membership")
    if membership and membership.get("reasons"):
        for other, term, micro, words in membership["reasons"][:4]:
            yield f"    same happening as {other}: {term} {micro / 1e6:+.2f} ({words})"
    for name, value in row["cells"].items():
        yield f"    {name}: {_visible(value)}"


def _claim(row: Tree) -> Iterator[str]:
    yield f"  Claim {row['claim_id']} ({row['kind']}) by {row['asserter']}: {row['value'] or ''} {row['text'] or ''}".rstrip()
    yield f"    from {row['file'] or row['evidence']}, {row['locator']}; known from {plain(row['known_at']) or 'no stated time'}"
