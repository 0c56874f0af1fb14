"""The compiled judge says what the interpreter says, for every clause, reading and unknown."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from trucewatch.agreement import JUDGED
from trucewatch.engines.duckdb import DuckDBEngine
from trucewatch.errors import BadCall
from trucewatch.findings.compiled import DECIDED, VERDICT_TABLE, VERDICTS, Compiled
from trucewatch.findings.compiled.coding import Codes, combined
from trucewatch.findings.elements import speaks_of
from trucewatch.findings.ruling import judge
from trucewatch.findings.settling import by_report
from trucewatch.incidents.decision import Decision
from trucewatch.incidents.leg import leg_table

SEEDS = range(60)
LEGS = 60


@pytest.fixture(scope="module")
def engine():
    engine = DuckDBEngine()
    yield engine
    engine.close()


def compiled_verdicts(compiled, engine, legs):
    compiled.judge(engine, compiled.elements(leg_table(legs)))
    return {
        (legs[number].leg_id, *about): code
        for number, verdicts in compiled.verdicts(engine)
        for about, code in verdicts.items()
    }


def interpreted(contexts, legs):
    found = {}
    for context in contexts:
        bare = replace(context, memo={})
        for clause in bare.agreement.clauses:
            for leg in legs if clause.kind in JUDGED else ():
                found[leg.leg_id, clause.key, bare.agreement.reading] = code_of(leg, clause, bare)
    return found


def code_of(leg, clause, context):
    if not speaks_of(leg, clause, context):
        return -1
    ruling = judge(leg, clause, context)
    return {"not_covered": 0, "compliant": 1, "undetermined": 2, "violation": 3}[ruling.verdict] + ruling.provisional


def compared(maker, engine, count=LEGS):
    contexts, legs = maker.contexts(), [maker.leg(number) for number in range(count)]
    expected = interpreted(contexts, legs)
    found = compiled_verdicts(Compiled.of(contexts), engine, legs)
    assert found.keys() == expected.keys()
    return [(key, VERDICTS[found[key]], VERDICTS[expected[key]]) for key in expected if found[key] != expected[key]], expected


@pytest.mark.parametrize("seed", SEEDS)
def test_both_judges_agree(made, engine, seed):
    differing, _ = compared(made.maker(seed), engine)
    assert differing == []


@given(seed=st.integers(1_000, 1_000_000))
@settings(max_examples=25, deadline=None)
def test_both_judges_agree_on_whatever_comes(made, engine, seed):
    differing, _ = compared(made.maker(seed), engine, count=20)
    assert differing == []


def test_the_sweep_reaches_every_verdict_and_kind(made, engine):
    codes, kinds = set(), set()
    for seed in range(40):
        maker = made.maker(seed)
        contexts, legs = maker.contexts(), [maker.leg(number) for number in range(LEGS)]
        kinds |= {one.kind for one in contexts[0].agreement.clauses}
        codes |= set(interpreted(contexts, legs).values())
    assert codes == set(VERDICTS) - {DECIDED}
    assert kinds == {"prohibition", "presence", "permission", "prevention"}


def test_more_elements_than_a_word_holds(made, engine):
    maker = made.maker(7)
    contexts = maker.contexts()
    many = tuple(replace(maker.clause(f"x{place}", 9), conflicts_with=(), prevails_over=(), over=()) for place in range(60))
    wide = [replace(one, agreement=replace(one.agreement, clauses=many), memo={}) for one in contexts[:1]]
    compiled = Compiled.of(wide)
    assert compiled.plans.bits > 62
    legs = [maker.leg(number) for number in range(40)]
    assert compiled_verdicts(compiled, engine, legs) == interpreted(wide, legs)


def test_no_legs_no_verdicts(made, engine):
    compiled = Compiled.of(made.maker(3).contexts())
    compiled.judge(engine, compiled.elements(leg_table([])))
    assert engine.fetch(f"SELECT * FROM {VERDICT_TABLE}") == []
    assert all(set(one.values()) == {0} for one in compiled.counts(engine))


def test_counts_and_checksum_follow_from_the_verdicts(made, engine):
    maker = made.maker(11)
    contexts, legs = maker.contexts(), [maker.leg(number) for number in range(LEGS)]
    compiled = Compiled.of(contexts)
    compiled.judge(engine, compiled.elements(leg_table(legs)))
    counts = compiled.counts(engine)
    verdicts = [one for _, one in compiled.verdicts(engine)]
    for column in compiled.plans.columns:
        codes = [one[column.clause, column.reading] for one in verdicts]
        counted = counts[column.plan]
        assert {int(one): counted[one] for one in counted if one != "sum"} == {one: codes.count(one) for one in VERDICTS}
        assert counted["sum"] == sum((n % 8191 + 1) * (code + 2) for n, code in enumerate(codes))


@given(seed=st.integers(0, 10_000), share=st.floats(0.0, 1.0))
@settings(max_examples=15, deadline=None)
def test_judging_what_was_touched_equals_judging_all(made, engine, seed, share):
    maker = made.maker(seed)
    contexts, legs = maker.contexts(), [maker.leg(number) for number in range(40)]
    compiled = Compiled.of(contexts)
    compiled.judge(engine, compiled.elements(leg_table(legs)))
    touched = [place for place in range(len(legs)) if maker.chance(share)]
    later = [maker.leg(place) if place in touched else leg for place, leg in enumerate(legs)]
    moved = leg_table(later).take(touched)
    compiled.rejudge(engine, compiled.elements(moved, np.array(touched, dtype=np.int64)))
    again = engine.fetch(f"SELECT * FROM {VERDICT_TABLE} ORDER BY n")
    base = replace(contexts[0], memo={})
    fresh = Compiled.of([base.under(one.agreement) for one in contexts])
    fresh.judge(engine, fresh.elements(leg_table(later)))
    assert again == engine.fetch(f"SELECT * FROM {VERDICT_TABLE} ORDER BY n")


@pytest.mark.parametrize("name", ["postgres", "spark"])
def test_the_same_statement_says_the_same_elsewhere(made, engine, fresh_engine, name):
    other = fresh_engine(name)
    try:
        for seed in (2, 11, 23):
            maker = made.maker(seed)
            contexts, legs = maker.contexts(), leg_table([maker.leg(number) for number in range(300)])
            compiled = Compiled.of(contexts)
            for one in (engine, other):
                compiled.judge(one, compiled.elements(legs))
            query = f"SELECT * FROM {VERDICT_TABLE} ORDER BY n"
            assert other.fetch(query) == engine.fetch(query)
            assert compiled.counts(other) == compiled.counts(engine)
    finally:
        other.close()


def test_what_was_touched_is_judged_again_in_postgres_too(made, fresh_engine):
    other = fresh_engine("postgres")
    try:
        maker = made.maker(11)
        contexts, legs = maker.contexts(), [maker.leg(number) for number in range(60)]
        compiled = Compiled.of(contexts)
        compiled.judge(other, compiled.elements(leg_table(legs)))
        legs[7], legs[31] = maker.leg(7), maker.leg(31)
        places = np.array([7, 31], dtype=np.int64)
        compiled.rejudge(other, compiled.elements(leg_table(legs).take(places), places))
        again = compiled.counts(other)
        compiled.judge(other, compiled.elements(leg_table(legs)))
        assert again == compiled.counts(other)
    finally:
        other.close()


def test_readings_that_share_nothing_are_refused(made):
    contexts = made.maker(5).contexts()
    with pytest.raises(BadCall, match="under"):
        Compiled.of([contexts[0], replace(contexts[1], memo={})])


def test_combinations_never_meet_in_one_number():
    two = Codes(np.array([0, 1]), range(2))
    wide = [Codes(np.array([0, 0]), range(1 << 16))] * 4
    codes, width = combined([two, *wide], 2)
    assert len(set(codes.tolist())) == 2
    assert codes.max() < width


def test_a_leg_about_which_people_decided_is_left_to_the_interpreter(made, engine):
    maker = made.maker(11)
    contexts, legs = maker.contexts(), [replace(maker.leg(number), reports=(f"r-{number}",)) for number in range(30)]
    said = Decision("d", "determine", "team", "seen", made.start, ("r-7",), question="who", answer="north")
    base = replace(contexts[0], decisions=by_report([said]), memo={})
    compiled = Compiled.of([base.under(one.agreement) for one in contexts])
    elements = compiled.elements(leg_table(legs))
    assert elements.decided.tolist() == [7]
    compiled.judge(engine, elements)
    codes = dict(compiled.verdicts(engine))
    assert set(codes[7].values()) <= {-1, DECIDED}
    assert DECIDED in codes[7].values()
    assert DECIDED not in {code for number, one in codes.items() if number != 7 for code in one.values()}


def test_legs_that_are_no_more_have_no_verdicts(made, engine):
    maker = made.maker(2)
    compiled, legs = Compiled.of(maker.contexts()), [maker.leg(number) for number in range(12)]
    compiled.judge(engine, compiled.elements(leg_table(legs)))
    compiled.forget(engine, [3, 5])
    assert [number for number, _ in compiled.verdicts(engine)] == [0, 1, 2, 4, 6, 7, 8, 9, 10, 11]


class Redrawn:
    """Ground as it is held after somebody drew the map anew east of a line."""

    def __init__(self, before, east_of, holder):
        self.before, self.east_of, self.holder = before, east_of, holder

    def holder_at(self, lat, lon, *rest, **named):
        if lon is not None and lon > self.east_of:
            return {self.holder: 0.95, "unknown": 0.05}
        return self.before.holder_at(lat, lon, *rest, **named) if self.before else {"unknown": 1.0}


def all_verdicts(engine):
    return engine.fetch(f"SELECT * FROM {VERDICT_TABLE} ORDER BY n")


@given(seed=st.integers(0, 10_000), east_of=st.floats(9.0, 11.0), share=st.floats(0.0, 0.3), drop=st.booleans())
@settings(max_examples=25, deadline=None)
def test_after_a_new_map_late_reports_and_retractions_only_what_moved_is_judged_again(made, engine, seed, east_of, share, drop):
    maker = made.maker(seed)
    contexts, legs = maker.contexts(), [maker.leg(number) for number in range(40)]
    old = Compiled.of(contexts)
    before = old.elements(leg_table(legs))
    old.judge(engine, before)
    later = [maker.leg(place) if maker.chance(share) else leg for place, leg in enumerate(legs)]
    kept = np.array([place for place in range(40) if place % 7 or not drop], dtype=np.int64)
    base = replace(contexts[0], holders=Redrawn(contexts[0].holders, east_of, "raiders"), memo={})
    new = Compiled.of([base.under(one.agreement) for one in contexts])
    after = new.elements(leg_table(later).take(kept), kept)
    touched = new.revise(engine, before, after)
    found = all_verdicts(engine)
    new.judge(engine, after)
    assert found == all_verdicts(engine)
    assert set(touched.number.tolist()) <= set(kept.tolist())


def test_nothing_is_judged_again_when_nothing_moved_and_only_new_ground_when_the_map_did(made, engine):
    moved = 0
    for seed in range(40):
        maker = made.maker(seed)
        contexts, legs = maker.contexts(), leg_table([maker.leg(number) for number in range(40)])
        compiled = Compiled.of(contexts)
        before = compiled.elements(legs)
        compiled.judge(engine, before)
        assert len(compiled.revise(engine, before, compiled.elements(legs)).number) == 0
        base = replace(contexts[0], holders=Redrawn(contexts[0].holders, 10.0, "raiders"), memo={})
        again = Compiled.of([base.under(one.agreement) for one in contexts])
        touched = again.elements(legs).unlike(before)
        places = legs.columns["lon"]
        assert all(places[number] is not np.ma.masked and places[number] > 10.0 for number in touched.number.tolist())
        moved += len(touched.number)
    assert moved > 20


@given(seed=st.integers(0, 10_000))
@settings(max_examples=15, deadline=None)
def test_a_clause_that_is_read_otherwise_is_judged_whole_and_leaves_the_others_as_they_were(made, engine, seed):
    maker = made.maker(seed)
    contexts, legs = maker.contexts(), [maker.leg(number) for number in range(40)]
    table = leg_table(legs)
    alone = [replace(one, conflicts_with=(), prevails_over=(), over=()) for one in contexts[0].agreement.clauses]
    first = replace(contexts[0], agreement=replace(contexts[0].agreement, clauses=tuple(alone)), memo={})
    # A permission takes from every clause that it overlaps, so one that forbids or demands is read otherwise.
    at = next((place for place, one in enumerate(alone) if one.kind != "permission"), None)
    assume(at is not None)
    wider = [replace(one, where=None, when=None) if place == at else one for place, one in enumerate(alone)]
    read = replace(first, agreement=replace(first.agreement, clauses=tuple(wider)), memo={})
    verdicts = []
    for context in (first, read):
        compiled = Compiled.of([context])
        compiled.judge(engine, compiled.elements(table))
        verdicts.append({(number, *about): code for number, one in compiled.verdicts(engine) for about, code in one.items()})
    before, after = verdicts
    assert after == {
        (number, key[1], key[2]): code
        for key, code in interpreted([read], legs).items()
        for number in [next(place for place, leg in enumerate(legs) if leg.leg_id == key[0])]
    }
    assert {key for key in after if before.get(key) != after[key]} <= {key for key in after if key[1] == alone[at].key}
