from __future__ import annotations

from typing import Any

import pytest

from trucewatch.incidents.attribution import Attribution, attribute
from trucewatch.incidents.judgements import Verification
from trucewatch.incidents.weighing import Weighing

SAY = {"basis": "stated"}
CAPABLE = {"sy-gov": "capability", "ru": "capability"}


def said(party: str) -> dict[str, str]:
    return {party: "stated"}


# (source, by, standing) of each report -> parties, closed, basis, disputed
TABLE: dict[str, tuple[list[tuple[str, dict[str, str], str]], tuple[tuple[str, ...], bool, str, bool]]] = {
    "nobody named": ([("sohr", {}, "asserted")], ((), False, "none", False)),
    "one origin names one": ([("sohr", said("ru"), "asserted")], (("ru",), False, "stated", False)),
    "two origins name one": (
        [("sohr", said("ru"), "asserted"), ("afp", said("ru"), "asserted")], (("ru",), True, "corroborated", False),
    ),
    "two parties are no two origins": (
        [("sana", said("us"), "asserted"), ("ru-mod", said("us"), "asserted")], (("us",), False, "stated", False),
    ),
    "a denial keeps it open": (
        [("sohr", said("ru"), "asserted"), ("afp", said("ru"), "asserted"), ("ru-mod", said("ru"), "denied")],
        (("ru",), False, "stated", True),
    ),
    "two names stay two": (
        [("sohr", said("ru"), "asserted"), ("afp", said("sy-gov"), "asserted")], (("ru", "sy-gov"), False, "stated", True),
    ),
    "alternatives of one report are no dispute": (
        [("sohr", said("ru") | said("sy-gov"), "asserted")], (("ru", "sy-gov"), False, "stated", False),
    ),
    "a name that nobody knows keeps it open": (
        [("sohr", said("ru"), "asserted"), ("afp", said("ru"), "asserted"), ("hrw", said("?who"), "asserted")],
        (("ru",), False, "generic", False),
    ),
    "own admission of the coalition": (
        [("centcom", said("us-coal"), "asserted"), ("ged", {"iraq": "conflict"}, "asserted")],
        (("us-coal",), True, "admission", True),
    ),
    "own denial is no admission": (
        [("ru-mod", said("ru"), "denied"), ("sohr", said("ru"), "asserted")], (("ru",), False, "stated", True),
    ),
    "capability closes": ([("sohr", CAPABLE, "asserted")], (("ru", "sy-gov"), True, "capability", False)),
    "a name inside a closed set does not narrow it": (
        [("sohr", CAPABLE, "asserted"), ("sana", said("ru"), "asserted")], (("ru", "sy-gov"), True, "capability", False),
    ),
    "a name outside opens it": (
        [("sohr", CAPABLE, "asserted"), ("afp", said("isil"), "asserted")],
        (("isil", "ru", "sy-gov"), False, "capability", True),
    ),
    "a denial opens a closed set": (
        [("sohr", CAPABLE, "asserted"), ("ru-mod", said("ru"), "denied")], (("ru", "sy-gov"), False, "capability", True),
    ),
    "codes only where nothing is stated": (
        [("ged", {"sy-gov": "coded", "opp": "coded"}, "asserted")], (("opp", "sy-gov"), False, "coded", False),
    ),
    "a code that contradicts": (
        [("ged", {"sy-gov": "coded"}, "asserted"), ("sohr", said("isil"), "asserted")], (("isil",), False, "stated", True),
    ),
    "conflict is the least sure": (
        [("ged", {"iraq": "conflict"}, "asserted"), ("sohr", {"ru": "generic"}, "asserted")],
        (("iraq", "ru"), False, "conflict", False),
    ),
}


@pytest.mark.parametrize("name", TABLE)
def test_who_did_it(report: Any, actors: Any, sources: Any, name: str) -> None:
    rows, expected = TABLE[name]
    reports = [
        report(str(number), source, "2016-09-12", by=by, standing=standing)
        for number, (source, by, standing) in enumerate(rows)
    ]
    found = attribute(reports, "by", Weighing(actors, sources))
    assert (found.candidates.parties, found.candidates.closed, found.candidates.basis, found.disputed) == expected


@pytest.mark.parametrize(
    ("element", "answer", "parties", "basis"),
    [("who", "sy-gov", ("sy-gov",), "verified"), ("who", None, ("ru",), "verified"), (None, None, ("ru",), "verified"),
     ("act", None, ("ru",), "stated"), ("who", "nobody", ("ru",), "stated")],
)
def test_a_person_verifies(
    report: Any, actors: Any, sources: Any, element: str | None, answer: str | None, parties: tuple[str, ...], basis: str
) -> None:
    one = report("1", "sohr", "2016-09-12", by=said("ru"))
    decision = Verification("d-1", frozenset({"r-1"}), element, answer)
    found: Attribution = attribute([one], "by", Weighing(actors, sources), [decision])
    assert (found.candidates.parties, found.candidates.basis) == (parties, basis)
    assert found.verified == (basis == "verified")


def test_what_was_attacked_knows_no_admission(report: Any, actors: Any, sources: Any) -> None:
    one = report("1", "sana", "2016-09-12", against=said("sy-gov"))
    found = attribute([one], "against", Weighing(actors, sources))
    assert (found.candidates.closed, found.candidates.basis) == (False, "stated")
