"""Train the weights of linking on MAVERICK Kenya and a part of UCDP GED Syria and write them as a module.

    python bench/train_linking.py [--data ../shared/data]

Writes src/trucewatch/incidents/space_time_actor_2.py. The same corpus gives the same file; a version that has been
released is never written again: a better one gets another name. `first_lesson` is what space-time-actor-1 was taught;
a test holds its file to it.
"""

from __future__ import annotations

import argparse
from pathlib import Path

import numpy as np
from ged import articles
from kenya import GROUPS, groups, kenya

from trucewatch.actors import Actors
from trucewatch.incidents.features import features_of
from trucewatch.incidents.given import reports_given
from trucewatch.incidents.spoken import word_weights
from trucewatch.incidents.trained import Trained
from trucewatch.incidents.training import Lesson, lesson_of, train
from trucewatch.incidents.weights import SPACE_TIME_ACTOR_0

TAUGHT_FROM, SEED = "2017-01-01", 7
"""The events of GED that are used start then; 2016 is left for measuring."""
TAUGHT_TO, FIRST_TAUGHT_TO = "2017-06-30", "2017-04-30"
"""And until then; space-time-actor-1 was taught less of them."""
UNTAUGHT = {"same_weapon": 500_000, "other_weapon": -500_000}
"""The reports name no weapon: the numbers of space-time-actor-0."""
LATER = ("weighed_words", "rarest_word", "shared_number", "rare_dyad")
"""Signals that space-time-actor-1 does not have."""
LEAST_SHARE = 0.01
"""A word that fewer of the texts have is as good as unheard of."""
TARGET = Path(__file__).resolve().parents[1] / "src" / "trucewatch" / "incidents" / "space_time_actor_2.py"

HEAD = '''"""The weights `space-time-actor-2`, trained on two corpora; made by bench/train_linking.py.

Corpora: van Baalen & Höglund (2026), Modes and Agents of Election-Related Violence in Côte d'Ivoire
and Kenya (MAVERICK), CC BY 4.0, doi 10.1093/jopres/xjaf012: Kenya, 2,225 reports. Sundberg &
Melander (2013), UCDP GED, CC BY 4.0, doi 10.1177/0022343313484347: Syria, January to June 2017.
What words tell was counted on the texts of both, without regard to the answers.
What they are for, what they reach and where they fail: the model card in docs/linking.md.
"""

from __future__ import annotations

from types import MappingProxyType

from trucewatch.incidents.trained import Trained

__all__ = ["SPACE_TIME_ACTOR_2"]

'''


def written(weights: Trained) -> str:
    """Return the module that holds these weights."""
    signals = "".join(f'            "{name}": {value:_},\n' for name, value in weights.signals.items())
    told = [f'"{word}": {value:_},' for word, value in weights.words.items()]
    words = "".join(f"            {' '.join(told[begin : begin + 5])}\n" for begin in range(0, len(told), 5))
    return (
        f"{HEAD}SPACE_TIME_ACTOR_2 = Trained(\n"
        f'    version="{weights.version}",\n    prior={weights.prior:_},\n    rivals={weights.rivals:_},\n'
        f"    threshold={weights.threshold:_},\n"
        f"    signals=MappingProxyType(\n        {{\n{signals}        }}\n    ),\n"
        f"    words=MappingProxyType(\n        {{\n{words}        }}\n    ),\n)\n"
    )


def first_lesson(folder: Path) -> Lesson:
    """Return what space-time-actor-1 was taught: less of GED, and without the signals that came later."""
    return corpora(folder, FIRST_TAUGHT_TO).without(*LATER)


def corpora(folder: Path, until: str = TAUGHT_TO) -> Lesson:
    """Return one lesson of both corpora; they lie so far apart that no pair mixes them.

    What a word tells is counted on the texts of both, without regard to the answers.
    """
    reports, answer = kenya(folder / "maverick")
    columns, events = articles(folder / "ucdp_ged_syria", TAUGHT_FROM, until, SEED)
    home = groups(reports, answer)
    known = {one.report_id: (event, group) for one, event, group in zip(reports, answer, home, strict=True)}
    month = np.unique(columns["occurred_from"].astype("datetime64[M]"), return_inverse=True)[1] % GROUPS
    for report_id, event, group in zip(columns["report_id"], events, month.tolist(), strict=True):
        known[report_id] = event, group
    both = sorted([*reports, *reports_given(columns)], key=lambda one: one.report_id)
    rows = features_of(both, actors=Actors(parties={}), sources={})
    told = [known[one] for one in rows.ids]
    words = word_weights([one.text for one in both if one.text], LEAST_SHARE)
    return lesson_of(rows, [event for event, _ in told], [group for _, group in told], SPACE_TIME_ACTOR_0, words)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    beside = Path(__file__).resolve().parents[2] / "shared" / "data"
    parser.add_argument("--data", type=Path, default=beside, help="folder that holds maverick and ucdp_ged_syria")
    lesson = corpora(parser.parse_args().data)
    weights = train(lesson, "space-time-actor-2", SPACE_TIME_ACTOR_0, UNTAUGHT)
    TARGET.write_text(written(weights), encoding="utf-8")
    print(f"{TARGET.name}: {len(weights.signals)} weights from {len(lesson.first)} pairs, {int(lesson.same.sum())} true")


if __name__ == "__main__":
    main()
