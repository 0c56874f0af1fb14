"""The weights `space-time-actor-2`, trained on two corpora; made by bench/train_linking.py.

Corpora: van Baalen & Höglund (2026), Modes and Agents of Election-Related Violence in Côte d'Ivoire
and Kenya (MAVERICK), CC BY 4.0, doi 10.1093/jopres/xjaf012: Kenya, 2,225 reports. Sundberg &
Melander (2013), UCDP GED, CC BY 4.0, doi 10.1177/0022343313484347: Syria, 2017.
What words tell was counted on the texts of both, without regard to the answers.
What they are for, what they reach and where they fail: the model card in docs/linking.md.
"""

from __future__ import annotations

from types import MappingProxyType

from trucewatch.incidents.trained import Trained

__all__ = ["SPACE_TIME_ACTOR_2"]

SPACE_TIME_ACTOR_2 = Trained(
    version="space-time-actor-2",
    prior=-293_472,
    rivals=1_078_083,
    threshold=-875_000,
    signals=MappingProxyType(
        {
            "near_town": 211_009,
            "sigmas": -257_275,
            "kilometres": -707_027,
            "unplaced": -1_672_695,
            "same_place": 545_700,
            "other_place": -74_728,
            "overlap": 760_071,
            "days_between": -1_927_118,
            "same_period": 747_323,
            "long": 25_406,
            "unlike_length": -312_453,
            "published_apart": -38_660,
            "published_together": 984_553,
            "reports_near": -795_877,
            "same_act": 406_458,
            "shared_doings": 754_653,
            "other_doings": -693_627,
            "same_target": 208_264,
            "other_by": -493_502,
            "shared_against": 34_467,
            "other_against": -536_746,
            "known_killed": 1_225_567,
            "none_killed": -1_107_795,
            "equal_killed_log": 1_117_383,
            "one_none_killed": -1_411_528,
            "other_killed_log": -1_945_211,
            "known_injured": 206_238,
            "none_injured": -275_845,
            "equal_injured_log": 411_280,
            "one_none_injured": -341_219,
            "same_outlet": -635_732,
            "shared_words": 49_872,
            "rarest_word": 126_417,
            "shared_number": 197_990,
            "rare_dyad": 32_236,
            "same_weapon": 500_000,
            "other_weapon": -500_000,
        }
    ),
    words=MappingProxyType(
        {
            "about": 2_991_000, "account": 3_354_000, "advance": 3_857_000, "advancement": 4_202_000, "aerial": 3_246_000,
            "after": 2_852_000, "against": 4_202_000, "air": 3_948_000, "airstrikes": 3_118_000, "aleppo": 2_728_000,
            "allied": 4_527_000, "and": 748_000, "april": 4_259_000, "are": 4_086_000, "area": 3_156_000,
            "areas": 2_575_000, "artillery": 4_295_000, "attack": 3_590_000, "attacks": 4_453_000, "august": 4_319_000,
            "between": 3_379_000, "bombardment": 3_281_000, "bombing": 3_897_000, "border": 4_467_000, "capital": 3_948_000,
            "casualties": 2_163_000, "cause": 4_345_000, "chaos": 4_453_000, "children": 4_106_000, "circumstances": 4_591_000,
            "citizens": 4_086_000, "city": 1_826_000, "civilians": 3_520_000, "clash": 4_543_000, "clashes": 1_831_000,
            "coalition": 3_774_000, "continue": 3_229_000, "continued": 3_684_000, "continues": 4_425_000, "continuous": 4_048_000,
            "control": 3_881_000, "controlled": 4_332_000, "countryside": 1_447_000, "damascus": 3_449_000, "daraa": 2_946_000,
            "day": 3_889_000, "days": 3_897_000, "dead": 3_602_000, "death": 3_374_000, "deir": 2_421_000,
            "desert": 3_665_000, "dimashq": 3_957_000, "during": 3_678_000, "dusk": 3_767_000, "east": 3_204_000,
            "eastern": 2_240_000, "election": 2_688_000, "elections": 3_542_000, "escalation": 4_467_000, "ethnic": 4_558_000,
            "euphrates": 3_718_000, "explosion": 3_503_000, "explosions": 4_158_000, "ezzor": 2_427_000, "factions": 3_398_000,
            "fighters": 3_974_000, "fighting": 3_906_000, "fire": 4_512_000, "for": 3_842_000, "forces": 1_696_000,
            "fresh": 4_117_000, "from": 4_048_000, "general": 3_881_000, "ghouta": 3_021_000, "governorate": 2_038_000,
            "gunmen": 4_591_000, "hama": 2_664_000, "hayyaat": 4_224_000, "hit": 4_453_000, "homs": 2_915_000,
            "hours": 4_127_000, "human": 3_184_000, "idlib": 3_032_000, "including": 3_081_000, "injured": 3_834_000,
            "injuries": 3_413_000, "intensive": 4_497_000, "international": 3_939_000, "isis": 3_753_000, "islamic": 3_317_000,
            "its": 3_088_000, "july": 3_983_000, "june": 3_711_000, "kenya": 2_181_000, "kenyan": 3_192_000,
            "kibera": 4_127_000, "kill": 3_460_000, "killed": 2_100_000, "kills": 3_804_000, "kisumu": 3_566_000,
            "least": 3_238_000, "leave": 4_497_000, "leaves": 4_425_000, "losses": 4_397_000, "loyal": 3_531_000,
            "march": 4_180_000, "massacre": 3_698_000, "mathare": 4_191_000, "may": 4_191_000, "members": 2_962_000,
            "military": 4_574_000, "militiamen": 3_470_000, "mirage": 3_767_000, "more": 2_526_000, "nairobi": 3_725_000,
            "near": 3_711_000, "neighborhood": 4_574_000, "neighbourhood": 3_965_000, "new": 3_906_000, "north": 3_620_000,
            "northern": 3_225_000, "number": 4_106_000, "one": 4_319_000, "operation": 4_384_000, "opposition": 3_578_000,
            "organization": 3_303_000, "other": 3_578_000, "out": 3_725_000, "outskirts": 3_525_000, "over": 3_965_000,
            "palmyra": 4_574_000, "people": 3_449_000, "persons": 3_176_000, "police": 3_114_000, "political": 4_397_000,
            "poll": 3_906_000, "post": 4_482_000, "presidential": 4_029_000, "protesters": 4_117_000, "protests": 3_639_000,
            "province": 4_332_000, "quneitra": 4_543_000, "raids": 3_383_000, "raise": 3_957_000, "raqqa": 2_253_000,
            "raqqah": 2_849_000, "regime": 1_718_000, "renewed": 3_531_000, "report": 3_774_000, "results": 4_425_000,
            "rif": 4_127_000, "rights": 3_434_000, "river": 4_371_000, "russian": 4_453_000, "sdf": 4_106_000,
            "september": 4_345_000, "several": 3_782_000, "sham": 3_658_000, "shell": 3_364_000, "shelling": 2_155_000,
            "shells": 3_403_000, "south": 3_873_000, "southern": 3_554_000, "state": 3_233_000, "still": 4_127_000,
            "strikes": 3_834_000, "syria": 1_861_000, "syrian": 4_106_000, "tabaqa": 3_992_000, "tahrir": 3_897_000,
            "target": 2_403_000, "targeting": 3_782_000, "targets": 3_126_000, "tens": 4_512_000, "than": 3_584_000,
            "the": 645_000, "their": 3_200_000, "them": 3_255_000, "toll": 3_732_000, "town": 3_503_000,
            "truce": 4_467_000, "turkish": 4_512_000, "two": 3_906_000, "update": 4_482_000, "vicinity": 4_029_000,
            "village": 3_449_000, "villages": 4_345_000, "violence": 2_557_000, "violent": 3_096_000, "vote": 4_213_000,
            "waki": 3_889_000, "warplanes": 2_876_000, "were": 2_764_000, "west": 4_001_000, "western": 3_290_000,
            "with": 2_852_000, "within": 4_425_000, "women": 4_358_000, "wounded": 3_691_000, "yesterday": 3_393_000,
            "الرقة": 4_307_000,
        }  # fmt: skip
    ),
)
