"""What `import trucewatch` offers; each name is loaded when it is first asked for (PEP 562)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from trucewatch import agreement as language
from trucewatch.actors import Actors, load_actors
from trucewatch.agreement import Agreement, under
from trucewatch.case import Case, create_case, open_case
from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.case.result import CaseResult
from trucewatch.errors import Problem
from trucewatch.findings import Context, Finding, HoldersAt, Ruling, judge
from trucewatch.holding import estimate_control
from trucewatch.incidents import Candidates, Leg
from trucewatch.linking import link, linker
from trucewatch.periods import Period
from trucewatch.reading import Lexicon, read
from trucewatch.reading import Reading as ArticleReading
from trucewatch.reading.bulletins import Bulletin
from trucewatch.reading.bulletins import read_bulletin as _read_bulletin
from trucewatch.reports import Claim

__all__ = [
    "Actors", "Agreement", "Candidates", "Case", "CaseResult", "Claim", "Finding", "JudgingAgreement", "Leg", "Period",
    "Ruling", "create_case", "estimate_control", "link", "linker", "load_actors", "load_agreement", "open_case", "read_article", "read_bulletin",
]


@dataclass(frozen=True, slots=True)
class JudgingAgreement:
    """An agreement that was read without error, ready to judge one leg at a time."""

    agreement: Agreement
    actors: Actors
    warnings: tuple[Problem, ...] = ()

    def judge(
        self,
        leg: Leg,
        clause: str,
        *,
        reading: str = "default",
        claims: tuple[Claim, ...] = (),
        holders: HoldersAt | None = None,
        known_at: datetime | None = None,
    ) -> Ruling:
        """Return what one clause says of a leg under a reading; windows and acceptances are in `claims`.

        This is the interpreter that specifies what verdicts mean. `holders` answers who held a place (None:
        nobody knows); `known_at` None: everything is known. UnknownName for a reading or a clause that
        the agreement does not have.
        """
        chosen = under(self.agreement, reading)
        context = Context(chosen, self.actors, claims=claims, holders=holders, known_at=known_at)
        return judge(leg, chosen.clause(clause), context)


def load_agreement(
    text: str, *, actors: Actors, place: str = "agreement.yaml", texts: Mapping[str, str] | None = None
) -> JudgingAgreement:
    """Read an agreement file; BadAgreement carries every problem with line and column.

    `place` names the file in problems; `texts` holds archived words by text key, in which quotes are looked up.
    """
    agreement, warnings = language.load_agreement(text, place, actors=actors, texts=texts)
    return JudgingAgreement(agreement, actors, tuple(warnings))


def read_article(
    text: str, published: date | None = None, *, lexicon: Lexicon | None = None, siblings: Sequence[str] = ()
) -> ArticleReading:
    """Read an English article: statements, happenings and claims about the agreement.

    Offsets are half-open code points of `text`. `published` anchors “today” and days of the week. `lexicon` None: English and the theatre of Syria.
    `siblings`: texts of other documents of the case, which may show a mosaic and name a speaker who is missing here.
    """
    return read(text, lexicon or shipped_lexicon(), published, siblings)


def read_bulletin(text: str, *, lexicon: Lexicon | None = None) -> Bulletin:
    """Read a daily report of monitors or of a party: counts and whether they add up, observations, notes.

    Every `Quoted` holds ``text[start:end]``, half-open code points. `lexicon` gives observers their point; None: English and the theatre of Syria.
    """
    return _read_bulletin(text, lexicon or shipped_lexicon())
