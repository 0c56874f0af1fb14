"""How many, who, where: one clause at a time."""

from datetime import date

import pytest

import trucewatch as tw


def happening(sentence):
    (one,) = tw.read_article(sentence, date(2016, 9, 14)).happenings
    return one


@pytest.mark.parametrize(("said", "low", "high"), [
    ("killing at least seven people", 7, None), ("killing more than 30 civilians", 31, None), ("killing up to 12 fighters", None, 12),
    ("killing between 18 and 32 people", 18, 32), ("killing about 20 people", 18, 22), ("killing nearly 40 people", 36, 40),
    ("killing a commander", 1, 1), ("killing a family of five", 5, 5), ("killing dozens", 24, None), ("killing 1,200 people", 1200, 1200),
    ("killing two to four men", 2, 4), ("but no casualties were reported", None, None), ("but nobody was killed", 0, 0),
    ("and three people died", 3, 3), ("wounding six people", None, None), ("and a dozen villagers were killed", 12, 12),
    ("and cost the group dearly", None, None), ("killing four and wounding ten", 4, 4),
])
def test_how_many_were_killed(said, low, high):
    one = happening(f"An air strike hit a house in Douma, {said}.")
    assert (one["deaths_low"], one["deaths_high"]) == (low, high)


@pytest.mark.parametrize(("said", "low", "high"), [
    ("wounding at least nine people", 9, None), ("killing four and wounding ten", 10, 10), ("killing four men and injuring a nurse and two patients", 3, 3),
    ("leaving three soldiers dead and seven others wounded", 7, 7), ("and 14 passengers were injured, six of them badly", 14, 14), ("and injured six men, two of them critically", 6, 6),
    ("but nobody was hurt", 0, 0), ("but no injuries were reported", None, None), ("killing two people", None, None), ("and many were hurt by glass", None, None),
    ("and two men were killed and three were injured", 3, 3),
])
def test_how_many_were_hurt(said, low, high):
    one = happening(f"An air strike hit a house in Douma, {said}.")
    assert (one["injured_low"], one["injured_high"]) == (low, high)


@pytest.mark.parametrize("sentence", [
    "Children were killed and wounded by a bomb blast in Homs.", "Rebels wounded civilians with a roadside bomb in Homs.", "Soldiers were injured when a car bomb exploded in Homs.",
    "The fighters were killed by a car bomb in Homs.",
])
def test_persons_without_a_number_are_not_one(sentence):
    one = happening(sentence)
    assert (one["deaths_low"], one["deaths_high"], one["injured_low"], one["injured_high"]) == (None, None, None, None)


@pytest.mark.parametrize(("text", "speaker"), [
    ("Hospital officials spoke of chaos on Monday. They said the truce was over.", "officials"),
    ("The truce was over, hospital officials said. They said help was late.", "hospital officials"),
    ("Activists met doctors in Homs. They said the truce was over.", None),
    ("A spokesman said the truce was over. They said help was late.", None),
])
def test_they_are_one_group_or_nobody(text, speaker):
    assert tw.read_article(text).statements[-1]["speaker"] == speaker


@pytest.mark.parametrize(("sentence", "by", "against"), [
    ("Russian warplanes bombed rebel positions in Idlib.", ["ru"], ["opp"]),
    ("Rebel positions in Idlib were bombed by Russian warplanes.", ["ru"], ["opp"]),
    ("Government shelling hit Douma.", ["sy-gov"], None),
    ("An air strike by the US-led coalition hit Raqqa.", ["us-coal"], None),
    ("Rebels launched rockets at Aleppo.", ["opp"], None),
    ("Clashes broke out between rebels and government forces near Hama.", ["opp"], ["sy-gov"]),
    ("Rebels clashed with Islamic State fighters near Marea.", ["opp"], ["isil"]),
    ("A market was bombed in Douma.", None, None),
    ("Islamic State fighters ambushed Syrian army positions near Palmyra.", ["isil"], ["sy-gov"]),
    ("Moscow accused US-backed rebels of shelling army positions in Aleppo.", ["opp"], ["sy-gov"]),
])
def test_who_did_it_and_to_whom(sentence, by, against):
    one = happening(sentence)
    assert (one["by"], one["against"]) == (by, against)


@pytest.mark.parametrize(("sentence", "place", "known"), [
    ("ALEPPO, Syria — A bomb blast shook a market in Douma.", "Douma", True),
    ("ALEPPO, Syria — A bomb blast shook a crowded street.", "Aleppo", True),
    ("A bomb blast shook the town of Abu Qalqal.", "Abu Qalqal", False),
    ("The minister told reporters in Damascus that a bomb blast had hit Homs.", "Homs", True),
    ("A bomb blast in Homs killed two men, while the talks went on in Damascus.", "Homs", True),
])
def test_where_it_happened(sentence, place, known):
    one = happening(sentence)
    assert one["place"] == place
    assert (one["lat"] is not None) == known


def test_what_is_told_in_two_clauses_keeps_its_own_place_and_dead():
    text = "A car bomb killed three people in Homs, while rockets killed one man in Hama."
    one, two = tw.read_article(text).happenings
    assert (one["place"], one["deaths_low"], one["deaths_high"]) == ("Homs", 3, 3)
    assert (two["place"], two["deaths_low"], two["deaths_high"]) == ("Hama", 1, 1)


@pytest.mark.parametrize(("text", "speaker", "reason"), [
    ("Mr Kerry arrived late. He said the truce was close.", "Mr Kerry", "pronoun_resolved"),
    ("Mr Kerry met Mr Lavrov. He said the truce was close.", None, "pronoun_unresolved"),
    ("The talks went on. He said the truce was close.", None, "pronoun_unresolved"),
])
def test_a_pronoun_means_somebody_only_where_one_can_be_meant(text, speaker, reason):
    one = tw.read_article(text).statements[-1]
    assert (one["speaker"], one["reason"]) == (speaker, reason)


@pytest.mark.parametrize(("text", "roles", "speaker"), [
    ("A letter from the envoy to the rebels, seen by Reuters, said the truce would start on Monday.", ["speaker", "document", "relay", "outlet"], "the envoy"),
    ("According to a memo obtained by the agency, the truce will last seven days.", ["speaker", "relay", "outlet"], "a memo"),
    ("The truce will last seven days, according to the foreign ministry.", ["speaker", "outlet"], "the foreign ministry"),
    ("An aide to the president, quoted by TASS, said the truce was near.", ["speaker", "relay", "outlet"], "An aide to the president"),
    ("The truce is near, Interfax quoted a deputy minister as saying.", ["speaker", "relay", "outlet"], "a deputy minister"),
])
def test_chains_from_the_speaker_to_the_page(text, roles, speaker):
    (one,) = tw.read_article(text).statements
    assert ([link["role"] for link in one["chain"]], one["speaker"]) == (roles, speaker)


def test_a_quotation_goes_on_after_its_attribution_and_no_farther():
    found = tw.read_article("“Is the truce over?” Mr Kerry asked. “Only the parties can say that.”\n\n“And nobody else will answer it.”").statements
    assert [(one["speaker"], one["reason"]) for one in found] == [("Mr Kerry", None), ("Mr Kerry", "quotation_continued"), (None, "orphan_quote")]
