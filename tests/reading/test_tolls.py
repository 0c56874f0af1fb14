"""How many a short report tells of as killed, in made-up sentences: what is told twice counts once, what lies back not at all."""

import pytest

import trucewatch as tw
from trucewatch.case.lexicons import shipped_lexicon
from trucewatch.reading.cases import failed_cases
from trucewatch.reading.tolls import toll_of

LEXICON = shipped_lexicon("india-maoist")


@pytest.mark.parametrize(("text", "low", "high"), [
    ("Rebels killed two soldiers and a teacher near the river.", 3, 3),
    ("Gunmen shot dead a trader, a native of Elmford, at the market.", 1, 1),
    ("A former teacher, Abel Stone, was killed by gunmen.", 1, 1),
    ("Three rebels, including a woman, were killed in a clash with the police.", 3, 3),
    ("At least 12 soldiers and five rebels were killed.", 17, None),
    ("Twenty soldiers and two from the state police were killed in a blast.", 22, 22),
    ("Guerrillas killed a man and his wife.", 2, 2),
    ("The gang killed one person and injured four others.", 1, 1),
    ("Two soldiers were killed. The dead soldiers were identified as Abel and Bert.", 2, 2),
    ("Two soldiers were killed. Another rebel was also killed.", 3, 3),
    ("Four men, wanted for killing two policemen, were arrested.", 0, 0),
    ("Rebels blew up a bridge. Nobody was killed.", 0, 0),
    ("A guard was killed along with two drivers.", 3, 3),
    ("The bodies of three villagers were found in a field.", 3, 3),
    ("In a clash between soldiers and the rebels in the north, one officer was killed.", 1, 1),
    ("The village chief was dragged out and shot dead.", 1, 1),
    ("A woman, who was carrying a bag, was killed.", 1, 1),
])
def test_the_dead_of_a_report(text, low, high):
    found = toll_of(text, LEXICON)
    assert (found.low, found.high) == (low, high)
    assert all(0 <= one.start < one.end <= len(text) for one in found.told)


def test_suspected_rebels_did_it_and_a_suspected_attack_did_not_happen():
    (one,) = tw.read_article("Suspected rebels shelled Douma, killing two men.").happenings
    assert (one["outcome"], one["by"]) == ("emitted", ["opp"])
    (one,) = tw.read_article("Officials spoke of a suspected attack in Douma.").happenings
    assert (one["outcome"], one["reason"]) == ("dropped", "hypothetical")


def test_the_second_theatre_holds_its_own_cases():
    cases = [one for one in LEXICON.cases if one.lexicon == "india-maoist"]
    assert cases
    assert [one.why for one in failed_cases(LEXICON, cases)] == []
