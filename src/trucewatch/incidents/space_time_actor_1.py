"""The weights `space-time-actor-1`, trained on two corpora; made by bench/train_linking.py.

Corpora: van Baalen & Höglund (2026), Modes and Agents of Election-Related Violence in Côte d'Ivoire
and Kenya (MAVERICK), CC BY 4.0, doi 10.1093/jopres/xjaf012: Kenya, 2,225 reports. Sundberg &
Melander (2013), UCDP GED, CC BY 4.0, doi 10.1177/0022343313484347: Syria, January to April 2017.
What they are for, what they reach and where they fail: the model card in docs/linking.md.
"""

from __future__ import annotations

from types import MappingProxyType

from trucewatch.incidents.trained import Trained

__all__ = ["SPACE_TIME_ACTOR_1"]

SPACE_TIME_ACTOR_1 = Trained(
    version="space-time-actor-1",
    prior=-663_472,
    rivals=1_128_330,
    threshold=-812_500,
    signals=MappingProxyType(
        {
            "near_fine": 360_327,
            "near_town": 509_737,
            "sigmas": -271_603,
            "kilometres": -655_334,
            "unplaced": -1_686_955,
            "same_place": 446_873,
            "other_place": -98_567,
            "overlap": 1_473_487,
            "days_between": -1_427_145,
            "same_period": 870_840,
            "long": 65_370,
            "unlike_length": -272_139,
            "published_apart": -50_426,
            "published_together": 973_999,
            "reports_near": -848_409,
            "same_act": 372_200,
            "shared_doings": 877_778,
            "other_doings": -647_301,
            "same_target": 185_348,
            "other_by": -472_761,
            "shared_against": 124_911,
            "other_against": -526_873,
            "known_killed": 896_530,
            "none_killed": -989_645,
            "equal_killed_log": 915_246,
            "one_none_killed": -1_088_747,
            "other_killed_log": -1_140_454,
            "known_injured": 238_956,
            "none_injured": -316_050,
            "equal_injured_log": 472_326,
            "one_none_injured": -397_747,
            "same_outlet": -892_256,
            "shared_words": 142_060,
            "no_word_shared": -266_441,
            "same_weapon": 500_000,
            "other_weapon": -500_000,
        }
    ),
)
