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
    prior=-663_669,
    rivals=1_127_626,
    threshold=-812_500,
    signals=MappingProxyType(
        {
            "near_fine": 360_047,
            "near_town": 508_954,
            "sigmas": -271_386,
            "kilometres": -654_795,
            "unplaced": -1_684_800,
            "same_place": 447_534,
            "other_place": -98_525,
            "overlap": 1_472_419,
            "days_between": -1_426_449,
            "same_period": 870_386,
            "long": 65_469,
            "unlike_length": -271_875,
            "published_apart": -50_806,
            "published_together": 973_288,
            "reports_near": -847_886,
            "same_act": 371_730,
            "shared_doings": 876_210,
            "other_doings": -647_762,
            "same_target": 183_431,
            "other_by": -472_917,
            "shared_against": 124_325,
            "other_against": -527_523,
            "known_killed": 895_919,
            "none_killed": -988_913,
            "equal_killed_log": 914_762,
            "one_none_killed": -1_088_218,
            "other_killed_log": -1_139_434,
            "known_injured": 239_103,
            "none_injured": -316_209,
            "equal_injured_log": 472_001,
            "one_none_injured": -397_923,
            "same_outlet": -891_515,
            "shared_words": 142_611,
            "no_word_shared": -265_710,
            "same_weapon": 500_000,
            "other_weapon": -500_000,
        }
    ),
)
