"""Which language a text is in, as far as reading must know: English, surely something else, or too little to tell.

A vote of the commonest words, after a look at the script. It names a language only to say why a
text is not read; nothing else is done with the answer.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter

__all__ = ["ENGLISH", "UNKNOWN", "language_of"]

ENGLISH = "en"
UNKNOWN = "und"
"""Too little text, or words of no language that is known here (BCP 47)."""

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_COMMON = {
    "en": "the of and to that is was were for with on by has have had from which who said not be are it this at after they their would its been but will as in a an he she we",
    "de": "der die das und ist nicht ein eine einen mit von den dem zu auf für im des sich auch nach wurde bei wird haben sind werden hat am als es in an",
    "fr": "le la les des et est une un du dans que qui pour sur par avec pas au aux ont été selon ce cette plus se il ne sont en à de",
    "es": "el la los las y es una un del que en por con para se no al su ha fue según más como lo sus han de a",
    "it": "il lo la gli le e è una un del della che di per con non si al alla sono nel ha da dei più anche in a",
    "pt": "o os as e é uma um do da dos que em por com para não se ao foi mais no na sua de a",
    "nl": "de het een en van is dat niet op te zijn met voor die aan door werd ook naar bij heeft in of was",
    "tr": "ve bir bu için ile de da olan olarak daha çok en gibi sonra kadar ise ancak olduğunu dedi",
    "ku": "û li ji bi ku di de ya yên hatin jî ser vê wê re ev dike kir bû hat",
    "pl": "i w na z do się nie że o jest za od po przez jak ale oraz dla był",
    "id": "yang dan di untuk dengan dari ini itu pada dalam tidak telah oleh akan mereka kata",
    "sw": "na ya wa kwa ni katika za la kuwa hiyo hayo amesema huo cha",
    "so": "iyo oo ka ku in waa uu ee la ayaa waxaa soo",
}
_WORDS = {key: frozenset(words.split()) for key, words in _COMMON.items()}
_LEAST_WORDS = 6
_LEAST_SHARE = 0.15
"""English prose has a third or more of these words; tables and headlines have fewer."""


def language_of(text: str) -> str:
    """Return `en`, the code of another language, `und-` and a script (`und-Arab`), or `und`."""
    letters: Counter[str] = Counter()
    for one, number in Counter(text).items():
        if one.isalpha():
            letters[_script(one)] += number
    if not letters:
        return UNKNOWN
    script, most = letters.most_common(1)[0]
    if script != "Latn":
        return f"und-{script}"
    if most < 0.7 * letters.total():
        return UNKNOWN
    words = [one.casefold() for one in _WORD.findall(text)]
    if len(words) < _LEAST_WORDS:
        return UNKNOWN
    shares = {key: sum(one in known for one in words) / len(words) for key, known in _WORDS.items()}
    best = max(shares, key=lambda key: (shares[key], key == ENGLISH))
    return best if shares[best] >= _LEAST_SHARE else UNKNOWN


_SCRIPTS = {
    "LATIN": "Latn", "ARABIC": "Arab", "CYRILLIC": "Cyrl", "HEBREW": "Hebr", "GREEK": "Grek", "CJK": "Hani", "HANGUL": "Hang",
    "HIRAGANA": "Jpan", "KATAKANA": "Jpan", "ETHIOPIC": "Ethi", "ARMENIAN": "Armn", "GEORGIAN": "Geor", "DEVANAGARI": "Deva",
    "BENGALI": "Beng", "MYANMAR": "Mymr", "THAI": "Thai", "TAMIL": "Taml", "SINHALA": "Sinh",
}  # fmt: skip


def _script(letter: str) -> str:
    if letter.isascii():
        return "Latn"
    return _SCRIPTS.get(unicodedata.name(letter, "").partition(" ")[0], "Zyyy")
