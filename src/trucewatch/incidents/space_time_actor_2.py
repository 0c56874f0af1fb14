"""The weights `space-time-actor-2`, trained on two corpora; made by bench/train_linking.py.

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

SPACE_TIME_ACTOR_2 = Trained(
    version="space-time-actor-2",
    prior=-351_987,
    rivals=1_086_132,
    threshold=-750_000,
    signals=MappingProxyType(
        {
            "near_town": 173_186,
            "sigmas": -254_449,
            "kilometres": -737_332,
            "unplaced": -1_714_479,
            "same_place": 463_960,
            "other_place": -118_694,
            "overlap": 935_826,
            "days_between": -1_721_985,
            "same_period": 739_439,
            "long": 1_882,
            "unlike_length": -290_566,
            "published_apart": -35_745,
            "published_together": 952_601,
            "reports_near": -784_791,
            "same_act": 380_535,
            "shared_doings": 790_859,
            "other_doings": -661_422,
            "same_target": 99_667,
            "other_by": -488_220,
            "shared_against": 172_800,
            "other_against": -553_828,
            "known_killed": 1_049_387,
            "none_killed": -1_061_208,
            "equal_killed_log": 1_088_566,
            "one_none_killed": -1_308_517,
            "other_killed_log": -1_547_624,
            "known_injured": 217_691,
            "none_injured": -292_714,
            "equal_injured_log": 432_513,
            "one_none_injured": -358_563,
            "same_outlet": -735_168,
            "shared_words": 522_219,
            "no_word_shared": -7_234,
            "weighed_words": 36_424,
            "rarest_word": 114_871,
            "shared_number": 124_612,
            "same_weapon": 500_000,
            "other_weapon": -500_000,
        }
    ),
    words=MappingProxyType(
        {
            "about": 3_696_000, "account": 2_944_000, "advance": 4_086_000, "aerial": 3_471_000, "after": 2_948_000,
            "against": 4_462_000, "air": 4_302_000, "airstrikes": 3_294_000, "aleppo": 2_920_000, "and": 982_000,
            "april": 3_860_000, "are": 4_265_000, "area": 3_439_000, "areas": 3_098_000, "artillery": 4_577_000,
            "attack": 3_813_000, "bab": 4_321_000, "between": 3_896_000, "bombardment": 3_222_000, "bombing": 4_071_000,
            "brutality": 4_230_000, "capital": 4_213_000, "casualties": 2_453_000, "cause": 4_359_000, "chaos": 4_042_000,
            "children": 4_577_000, "city": 2_160_000, "civilians": 4_000_000, "claims": 4_602_000, "clash": 4_340_000,
            "clashes": 1_897_000, "coalition": 4_265_000, "continue": 3_423_000, "continued": 3_581_000, "continuous": 4_530_000,
            "control": 4_507_000, "countryside": 1_650_000, "damascus": 3_758_000, "daraa": 2_934_000, "day": 3_737_000,
            "days": 4_553_000, "dead": 3_408_000, "death": 3_656_000, "deir": 2_983_000, "desert": 3_825_000,
            "dimashq": 4_321_000, "during": 3_726_000, "dusk": 3_356_000, "east": 3_836_000, "eastern": 2_642_000,
            "eldoret": 4_441_000, "election": 2_277_000, "elections": 3_132_000, "ethnic": 4_148_000, "euphrates": 4_230_000,
            "explosion": 3_947_000, "ezzor": 2_968_000, "factions": 3_872_000, "february": 4_420_000, "fighters": 4_196_000,
            "fire": 4_379_000, "for": 3_934_000, "forces": 2_222_000, "fresh": 3_706_000, "from": 4_553_000,
            "general": 3_487_000, "ghouta": 3_686_000, "governorate": 2_138_000, "hama": 3_209_000, "homs": 3_138_000,
            "human": 2_848_000, "idlib": 3_287_000, "including": 3_512_000, "injured": 4_441_000, "injuries": 3_364_000,
            "international": 4_507_000, "islamic": 3_416_000, "its": 3_471_000, "june": 3_300_000, "kenya": 1_770_000,
            "kenyan": 2_781_000, "kibera": 3_716_000, "kill": 3_599_000, "killed": 2_153_000, "kills": 3_987_000,
            "kisumu": 3_155_000, "least": 3_400_000, "losses": 4_230_000, "loyal": 3_716_000, "march": 3_769_000,
            "massacre": 3_860_000, "mathare": 3_780_000, "may": 3_780_000, "members": 3_400_000, "militiamen": 3_737_000,
            "mirage": 3_356_000, "mombasa": 4_379_000, "more": 2_769_000, "nairobi": 3_314_000, "nakuru": 4_577_000,
            "near": 3_825_000, "neighbourhood": 4_196_000, "new": 4_248_000, "north": 4_302_000, "northern": 3_393_000,
            "one": 4_283_000, "opposition": 3_167_000, "organization": 3_447_000, "other": 4_028_000, "out": 4_042_000,
            "outskirts": 3_909_000, "over": 3_676_000, "palmyra": 4_265_000, "party": 4_302_000, "people": 4_302_000,
            "persons": 3_364_000, "police": 2_734_000, "political": 4_000_000, "poll": 3_495_000, "polls": 4_553_000,
            "post": 4_071_000, "presidential": 3_618_000, "protesters": 3_706_000, "protests": 3_235_000, "raids": 3_590_000,
            "raise": 4_462_000, "raqqa": 2_197_000, "raqqah": 3_167_000, "regime": 2_309_000, "renewed": 3_934_000,
            "report": 3_371_000, "results": 4_116_000, "rights": 3_023_000, "road": 4_602_000, "several": 3_848_000,
            "sexual": 4_196_000, "sham": 4_602_000, "shell": 4_302_000, "shelling": 2_707_000, "shells": 4_014_000,
            "shot": 4_441_000, "silhouettes": 4_265_000, "south": 4_359_000, "southern": 4_148_000, "state": 3_235_000,
            "still": 3_747_000, "strikes": 4_180_000, "syria": 1_933_000, "syrian": 4_420_000, "tabaqa": 3_581_000,
            "target": 2_611_000, "targeting": 4_441_000, "targets": 3_098_000, "than": 3_960_000, "the": 905_000,
            "their": 4_028_000, "them": 3_512_000, "toll": 4_116_000, "town": 3_780_000, "truce": 4_602_000,
            "turkish": 4_399_000, "two": 3_947_000, "update": 4_071_000, "vicinity": 4_340_000, "village": 3_371_000,
            "violence": 2_147_000, "violent": 3_503_000, "vote": 3_802_000, "waki": 3_479_000, "warplanes": 3_155_000,
            "were": 3_167_000, "west": 4_265_000, "western": 3_161_000, "with": 3_120_000, "wounded": 4_302_000,
            "yesterday": 3_780_000,
        }
    ),
)
