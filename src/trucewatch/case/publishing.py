"""Publishing: an issue is built, its bytes and digests are kept, and it can be computed once more."""

from __future__ import annotations

import difflib
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import TYPE_CHECKING, Any

from trucewatch.case.clock import now
from trucewatch.case.corrections import Reissue, corrections
from trucewatch.case.past import PastCase
from trucewatch.case.publications import Kept, Publication, kept_of, publications
from trucewatch.case.reporting import daily_frame, log_head
from trucewatch.case.surroundings import lock_hash
from trucewatch.errors import BadCall, LedgerError
from trucewatch.identifiers import canonical, derived_id
from trucewatch.ledger import Draft, Entry
from trucewatch.ledger.disclosure import finding_leaves, findings_root
from trucewatch.periods import iso
from trucewatch.publish.daily_report import DailyReport
from trucewatch.publish.daily_view import daily_view
from trucewatch.publish.finding_fields import finding_fields
from trucewatch.publish.formats import find_format
from trucewatch.publish.frame import Frame
from trucewatch.publish.issue import DRAFT, Issue, number_words
from trucewatch.version import VERSION

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["Recomputed", "publish", "recompute"]


@dataclass(frozen=True, slots=True)
class Recomputed:
    """A published issue beside what its entries give today."""

    publication: Publication
    same_program: bool
    """Same version and same lock: then the bytes must be the same."""
    identical: bool
    differences: tuple[dict[str, Any], ...]
    """Each {finding, field, published, recomputed}; of the document's other lines, finding and field are None."""


def publish(
    case: Case, day: date, *, form: str = "html", known_at: datetime | None = None, audience: str = "public",
    recipients: Sequence[str] = (),
) -> tuple[Publication, bytes]:
    """Record the report of a day as published and return it with its bytes.

    What says the same as the last issue is that issue, in another format or to further recipients
    (and nothing is recorded if neither is new); what differs is the next revision, with a corrigendum.
    LedgerError if somebody published the same day meanwhile, BadCall for less knowledge than the last issue had.
    """
    known = known_at or case.cut_off(day)
    earlier = publications(case.ledger.entries(), day, audience)
    if earlier and known < earlier[-1].known_at:
        message = (
            f"the report of {day.isoformat()} was published last as known at {iso(earlier[-1].known_at)}, and a later issue "
            f"cannot know less: give --known-at {iso(earlier[-1].known_at)} or later"
        )
        raise BadCall(message)
    built = _built(case, day, known, audience)
    view = built.view
    issue = _issue(case, built)
    text = find_format(form).render(replace(view, issue=issue))
    raw = text.encode()
    same = [one for one in earlier if one.revision == issue.revision and one.form == form]
    given = {name for one in same for name in _recipients(case, one)}
    if same and given >= set(recipients):
        return same[-1], raw
    seed, fields = secrets.token_bytes(16), finding_fields(view)
    kept = Kept(
        seed, built.content, issue, tuple(sorted({*given, *recipients})), fields, raw, tuple(finding_leaves(fields, seed))
    )
    return Publication(_record(case, view, form, known, kept, earlier)), raw


@dataclass(frozen=True, slots=True)
class _Built:
    """What a report says, whichever issue it is."""

    frame: Frame
    view: DailyReport
    content: str
    """Digest of the view."""


def _built(case: Case, day: date, known: datetime, audience: str) -> _Built:
    frame = daily_frame(case, day, known_at=known, audience=audience)
    view = replace(daily_view(frame), issue=DRAFT)
    return _Built(frame, view, hashlib.sha256(canonical(asdict(view))).hexdigest())


def _recipients(case: Case, one: Publication) -> Sequence[str]:
    kept = kept_of(one, case.ledger)
    return () if kept is None else kept.recipients


def _issue(case: Case, built: _Built) -> Issue:
    """Return which issue this is: the last one again if that said the same, else the one after it."""
    frame, entries = built.frame, case.record.entries()
    earlier = publications(entries, frame.day, frame.now.policy.audience)
    head = log_head(case, frame.cut_off)
    if not earlier:
        return Issue(log=head)
    old = earlier[-1]
    kept = kept_of(old, case.record)
    if kept is not None and kept.content == built.content:
        return kept.issue
    replaces = frame.said.say(
        "doc.replaced_words", number=number_words(built.view.header.serial, old.revision, frame.said),
        known_at=iso(old.known_at), entry=f"{old.entry.sequence} ({old.entry.entry_id})",
    )
    if kept is None:
        return Issue(old.revision + 1, head, replaces, compared=False)
    before = PastCase(case, old.entry.sequence - 1).run(old.known_at)
    told = Reissue(old, kept, before, case.run(frame.cut_off), frame, finding_fields(built.view), entries)
    return Issue(old.revision + 1, head, replaces, corrections(told))


def _record(
    case: Case, view: DailyReport, form: str, known: datetime, kept: Kept, earlier: Sequence[Publication]
) -> Entry:
    log = kept.issue.log
    body = {
        "day": view.header.day, "form": form, "audience": view.header.audience, "known_at": iso(known),
        "serial": view.header.serial, "revision": kept.issue.revision,
        "size": log.size if log else 0, "lock": lock_hash(),
        "sha256": hashlib.sha256(kept.report).hexdigest(),
        "findings": len(kept.findings), "findings_root": findings_root(kept.findings, kept.seed),
    }

    def unchanged(entries: Sequence[Entry]) -> None:
        if len(publications(entries, date.fromisoformat(view.header.day), view.header.audience)) != len(earlier):
            message = f"the report of {view.header.day} was published by somebody else meanwhile. Publish again"
            raise LedgerError(message)

    draft = Draft(
        "publication", derived_id("p", body), case.who, body,
        supersedes=earlier[-1].entry.entry_id if earlier else None, payload=kept.pack(),
    )
    return case.ledger.append((draft,), clock=now(), check=unchanged)[0]


def recompute(case: Case, publication: Publication) -> Recomputed:
    """Compute an issue again from the entries that it was made from, and compare.

    BadCall if what was kept of it was erased.
    """
    kept = kept_of(publication, case.ledger)
    if kept is None:
        message = f"what was kept of {publication.entry.entry_id} was erased; there is nothing to compare with"
        raise BadCall(message)
    body = publication.entry.body
    day, audience = date.fromisoformat(body["day"]), body["audience"]
    first = next(
        one for one in publications(case.ledger.entries(), day, audience) if one.revision == publication.revision
    )
    past = PastCase(case, first.entry.sequence - 1)
    built = _built(past, day, publication.known_at, audience)
    view = replace(built.view, issue=_issue(past, built))
    raw = find_format(publication.form).render(view).encode()
    same = (publication.entry.program, body["lock"]) == (VERSION, lock_hash())
    return Recomputed(publication, same, raw == kept.report, tuple(_differences(kept, view, raw)))


def _differences(kept: Kept, view: DailyReport, raw: bytes) -> list[dict[str, Any]]:
    if raw == kept.report:
        return []
    fields = finding_fields(view)
    found = []
    for finding in sorted({*kept.findings, *fields}):
        old, new = kept.findings.get(finding, {}), fields.get(finding, {})
        found += [
            {"finding": finding, "field": name, "published": old.get(name), "recomputed": new.get(name)}
            for name in sorted({*old, *new}) if old.get(name) != new.get(name)
        ]
    return found or _lines(kept.report.decode(), raw.decode())


def _lines(old: str, new: str) -> list[dict[str, Any]]:
    """Return the lines that differ, where no finding does."""
    told = [one for one in difflib.unified_diff(old.splitlines(), new.splitlines(), n=0, lineterm="") if one[:2] not in ("--", "++", "@@")]
    return [
        {"finding": None, "field": None, "published": one[1:] if one[0] == "-" else None, "recomputed": one[1:] if one[0] == "+" else None}
        for one in told
    ]
