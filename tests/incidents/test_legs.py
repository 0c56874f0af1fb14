from __future__ import annotations

import json
from typing import Any

from trucewatch.incidents import leg_records

AT = {"lat": 36.2, "lon": 37.1, "radius_m": 800.0}


def test_a_clash_of_known_sides_has_a_leg_each_way(report: Any, run: Any) -> None:
    one = report("1", "sohr", "2016-09-14", **AT, act="armed_clash", by={"opp": "stated"}, against={"sy-gov": "stated"})
    two = report("2", "afp", "2016-09-14", **AT, act="armed_clash", by={"sy-gov": "stated"}, against={"opp": "stated"})
    linked = run([one, two])
    legs = leg_records(linked.leg)
    assert {(leg.by.parties, leg.against.parties) for leg in legs} == {
        (("opp",), ("sy-gov",)), (("sy-gov",), ("opp",)),
    }
    assert all(leg.by.basis == "corroborated" and "who" not in leg.disputed for leg in legs)
    mirrored = run([report("1", "sohr", "2016-09-14", **AT, act="armed_clash", by={"sy-gov": "stated"}, against={"opp": "stated"})])
    assert len(mirrored.leg) == 2


def test_families_of_acts_become_legs_of_one_incident(report: Any, run: Any, decide: Any) -> None:
    attack = report("1", "sohr", "2016-09-14", **AT, act="artillery", by={"sy-gov": "stated"}, killed=(2, 2, 2))
    denied = report("2", "un", "2016-09-14", **AT, act="aid_denied", by={"ru": "stated"})
    silent = report("3", "afp", "2016-09-14", **AT)
    linked = run([attack, denied, silent], [decide("same", "1", "2", "3")])
    legs = {leg.acts: leg for leg in leg_records(linked.leg)}
    assert legs["artillery",].reports == ("r-1", "r-3")
    assert legs["artillery",].by.parties == ("sy-gov",)
    assert legs["aid_denied",].by.parties == ("ru",)
    (incident,) = linked.incident.rows()
    assert incident["act"] is None
    assert json.loads(incident["disputed"]) == []
    assert {row["judgement"] for row in linked.incident_report.rows()} == {"d-same-1"}


def test_a_verified_element_is_verified(report: Any, only_leg: Any, decide: Any) -> None:
    one = report("1", "sana", "2016-09-14", **AT, act="attack", by={"opp": "stated"})
    plain = only_leg([one])
    assert set(plain.strength.values()) == {"alleged"}
    leg = only_leg([one], [decide("verify", "1", question="act", answer="mortar"), decide("verify", "1", day=2, question="when")])
    assert leg.acts == ("mortar",)
    assert (leg.strength["act"], leg.strength["when"], leg.strength["who"]) == ("verified", "verified", "alleged")


def test_an_admission_counts_once_among_the_origins_of_the_act(report: Any, only_leg: Any) -> None:
    admits = report("1", "centcom", "2016-09-17", **AT, act="air_strike", by={"us": "stated"})
    seen = report("2", "sohr", "2016-09-17", **AT, act="air_strike")
    assert only_leg([admits]).strength["act"] == "reported"
    assert only_leg([admits, seen]).strength["act"] == "corroborated"


def test_circumstances_keep_who_says_so(report: Any, only_leg: Any) -> None:
    one = report("1", "sana", "2016-09-14", **AT, act="artillery", circumstances={"response": True})
    two = report("2", "sohr", "2016-09-14", **AT, act="artillery", circumstances={"response": False})
    found = [(each.flag, each.value, each.asserter, each.strength) for each in only_leg([one, two]).circumstances]
    assert found == [("response", False, "sohr", "reported"), ("response", True, "sana", "alleged")]
