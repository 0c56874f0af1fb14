"""The daily report of a case: runs it as known then, releases, builds, renders, and keeps what is published."""

from __future__ import annotations

import base64
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.case.deciding import decisions_at
from trucewatch.case.files import CaseFiles
from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.case.settings import CaseSettings
from trucewatch.case.standoffs import standoffs
from trucewatch.errors import UnknownName
from trucewatch.ledger.merkle import range_root
from trucewatch.publish.daily_view import daily_view
from trucewatch.publish.formats import find_format
from trucewatch.publish.frame import Frame, Mandated
from trucewatch.publish.issue import DRAFT, Issue, LogHead
from trucewatch.release import Attribution, Audience, FourEyes, Policy, Released, Stages, released

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["daily_frame", "daily_report", "file_name", "log_head", "write_daily_report", "write_report"]


def daily_report(
    case: Case,
    day: date,
    *,
    form: str = "html",
    known_at: datetime | None = None,
    audience: str = "public",
) -> str:
    """Return the report of `day` as text; knowledge ends at that day's cut-off unless `known_at` says otherwise.

    UnknownName for a format or an audience that does not exist.
    """
    chosen = find_format(form)
    return chosen.render(daily_view(daily_frame(case, day, known_at=known_at, audience=audience)))


def write_daily_report(
    case: Case,
    day: date,
    *,
    form: str = "html",
    known_at: datetime | None = None,
    audience: str = "public",
    out: Path | None = None,
) -> Path:
    """Write the report to `out`, by default into the case's folder out/, and return the file."""
    text = daily_report(case, day, form=form, known_at=known_at, audience=audience)
    return write_report(text.encode(), out or case.folder.out / file_name(day, form, audience))


def write_report(raw: bytes, target: Path) -> Path:
    """Write the bytes of a report, making its folder, and return the file."""
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(raw)
    return target


def file_name(day: date, form: str, audience: str) -> str:
    """Return the name of a report's file; only the internal edition says for whom it is."""
    edition = "" if audience == Audience.PUBLIC else f"-{audience}"
    return f"daily-report-{day.isoformat()}{edition}.{find_format(form).suffix}"


def daily_frame(case: Case, day: date, *, known_at: datetime | None, audience: str) -> Frame:
    """Return everything that the report of `day` is made from."""
    known = known_at or case.cut_off(day)
    before, policy = day - timedelta(days=1), _policy(case.settings, audience)
    files = case.files(known)
    first = files.settings.report.first_day
    earlier = None if first is not None and before < first else case.cut_off(before)
    decisions = decisions_at(case.decisions(), known, case.settings.mode, standoffs(case.record.entries()))
    return Frame(
        day=day,
        zone=files.settings.zone,
        cut_off=known,
        settings=_mandated(files.settings),
        agreement=files.agreement,
        actors=files.actors,
        gazetteer=files.gazetteer,
        sources=files.settings.sources,
        files={
            one.entry_id: str(one.body["file"])
            for one in case.record.entries()
            if one.kind == "evidence"
        },
        now=_released(case, known, files, policy),
        then=None if earlier is None else _released(case, earlier, case.files(earlier), policy),
        decisions=len(decisions),
        issue=Issue(log=log_head(case, known)) if case.settings.mode == "live" else DRAFT,
        opposed=shipped_lexicon().opposed,
    )


def log_head(case: Case, known_at: datetime) -> LogHead | None:
    """Return the state of the log that what was known then rests on; None for a case without a log.

    In a replayed case every entry counts at every instant, so it is the whole log.
    """
    entries = case.record.entries()
    if case.settings.mode == "live":
        entries = tuple(one for one in entries if one.recorded_at <= known_at)
    if not entries:
        return None
    root = range_root(0, len(entries), case.ledger.hashes)
    return LogHead(case.signer.origin(), len(entries), base64.b64encode(root).decode())


def _released(case: Case, known: datetime, files: CaseFiles, policy: Policy) -> Released:
    """Release what was known then; holds apply as they stand now, so that nothing held slips out of an old count."""
    result = case.run(known)
    stages = Stages(
        known_at=result.known_at,
        readings=result.readings,
        resolved=result.resolved,
        linked=result.linked,
        findings=result.findings,
        actors=files.actors,
        gazetteer=files.gazetteer,
        agreement=files.agreement,
        decisions=result.inputs.decisions,
    )
    return released(
        stages,
        policy,
        decisions_at(case.decisions(), None, case.settings.mode, standoffs(case.record.entries())),
    )


def _policy(settings: CaseSettings, audience: str) -> Policy:
    if audience not in tuple(Audience):
        raise UnknownName(audience, place="--audience", known=tuple(Audience))
    mandate = settings.mandate
    return Policy(Audience(audience), Attribution(mandate.attribution), mandate.public_radius_m, FourEyes(mandate.four_eyes))


def _mandated(settings: CaseSettings) -> Mandated:
    return Mandated(
        title=settings.title,
        language=settings.languages[0] if settings.languages else "en",
        mode=settings.mode,
        unit=settings.report.unit,
        sides=settings.report.sides,
        training_fire=settings.report.training_fire,
        attribution=settings.mandate.attribution,
        first_day=settings.report.first_day,
    )
