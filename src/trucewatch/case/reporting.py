"""The daily report of a case: runs it as known then, releases, builds, renders, and keeps what is published."""

from __future__ import annotations

import hashlib
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from trucewatch.case.clock import now
from trucewatch.case.deciding import decisions_at, read_decisions
from trucewatch.case.files import CaseFiles
from trucewatch.case.settings import CaseSettings
from trucewatch.errors import UnknownName
from trucewatch.identifiers import derived_id
from trucewatch.ledger import Draft
from trucewatch.periods import iso
from trucewatch.publish.daily_view import daily_view, serial_number
from trucewatch.publish.formats import find_format
from trucewatch.publish.frame import Frame, Mandated
from trucewatch.release import Attribution, Audience, Policy, Released, Stages, released

if TYPE_CHECKING:
    from trucewatch.case.case import Case

__all__ = ["daily_frame", "daily_report", "file_name", "write_daily_report"]


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
    publish: bool = False,
) -> Path:
    """Write the report to `out`, by default into the case's folder out/, and return the file.

    `publish` also keeps the bytes in the ledger as published.
    """
    text = daily_report(case, day, form=form, known_at=known_at, audience=audience)
    target = out or case.folder.out / file_name(day, form, audience)
    target.parent.mkdir(parents=True, exist_ok=True)
    raw = text.encode("utf-8")
    target.write_bytes(raw)
    if publish:
        _keep(case, day, form, audience, known_at or case.cut_off(day), raw)
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
    decisions = decisions_at(read_decisions(case.ledger.entries()), known, case.settings.mode)
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
            for one in case.ledger.entries()
            if one.kind == "evidence"
        },
        now=_released(case, known, files, policy),
        then=None if earlier is None else _released(case, earlier, case.files(earlier), policy),
        decisions=len(decisions),
    )


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
    )
    return released(
        stages,
        policy,
        decisions_at(read_decisions(case.ledger.entries()), None, case.settings.mode),
    )


def _policy(settings: CaseSettings, audience: str) -> Policy:
    if audience not in tuple(Audience):
        raise UnknownName(audience, place="--audience", known=tuple(Audience))
    mandate = settings.mandate
    return Policy(Audience(audience), Attribution(mandate.attribution), mandate.public_radius_m)


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


def _keep(case: Case, day: date, form: str, audience: str, known_at: datetime, raw: bytes) -> None:
    """Record the bytes as published; the same bytes of the same day are recorded once."""
    first = case.settings.report.first_day
    serial = serial_number(day, first)
    digest = hashlib.sha256(raw).hexdigest()
    body = {
        "day": day.isoformat(),
        "form": form,
        "audience": audience,
        "known_at": iso(known_at),
        "sha256": digest,
        "serial": serial,
    }
    entry_id = derived_id("e", "publication", body)
    if not any(one.entry_id == entry_id for one in case.ledger.entries()):
        case.ledger.append(
            (Draft("publication", entry_id, case.who, body, payload=raw),), clock=now()
        )
