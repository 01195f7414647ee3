"""A text in Kazakh or Uzbek -> the same text in another spelling of the same language.

Kazakh is written in Cyrillic and in at least five Latin spellings, Uzbek in Latin and in Cyrillic. Language profiles are
needed for each (one profile for all Latin Kazakh tells 69 to 99 % of headlines, one a spelling more than 99 %), text in
quantity exists for one only: the others are made from it by these tables. A table maps lower-case letters; capitals
follow by themselves.
"""

import re
from collections.abc import Mapping
from types import MappingProxyType

# The letters that every Latin spelling of Kazakh writes in the same way.
_KAZAKH_COMMON = {
    "а": "a", "б": "b", "в": "v", "г": "g", "д": "d", "е": "e", "з": "z", "к": "k", "л": "l", "м": "m", "н": "n", "о": "o",
    "п": "p", "р": "r", "с": "s", "т": "t", "ф": "f", "ж": "j", "қ": "q", "і": "i", "э": "e", "ъ": "", "ь": "",
}  # fmt: skip

# The alphabet shown by the government in January 2021 and its spelling rules: ä ö ü ū ğ ñ ş, dotless ı for і,
# i for и and й alike, ia/iu/io for я/ю/ё, ts for ц. Used by inform.kz's and egemen.kz's Latin editions since.
_KAZAKH_2021 = {
    **_KAZAKH_COMMON,
    "ә": "ä", "ө": "ö", "ү": "ü", "ұ": "ū", "у": "u", "ғ": "ğ", "ң": "ñ", "ш": "ş", "ы": "y", "і": "ı", "и": "i", "й": "i",
    "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "щ": "şş", "ё": "io", "ю": "iu", "я": "ia",
}  # fmt: skip

# Presidential decree 637 of 19 February 2018: acutes (á ó ú ǵ ń ý), sh and ch, dotless ı for и and й, ý for у.
_KAZAKH_2018 = {
    **_KAZAKH_COMMON,
    "ә": "á", "ө": "ó", "ү": "ú", "ұ": "u", "у": "ý", "ғ": "ǵ", "ң": "ń", "ш": "sh", "ы": "y", "и": "ı", "й": "ı",
    "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "щ": "shch", "ё": "ıo", "ю": "ıý", "я": "ıa",
}  # fmt: skip

# The KazAkparat agency's spelling (its Latin edition from 2004 on, and Kazakh Wikipedia's kk-latn): Turkish letters,
# ı for ы, ï for и, w for у, x for х, c for ц, ç for ч.
_KAZAKH_KAZAKPARAT = {
    **_KAZAKH_COMMON,
    "ә": "ä", "ө": "ö", "ү": "ü", "ұ": "u", "у": "w", "ғ": "ğ", "ң": "ñ", "ш": "ş", "ы": "ı", "и": "ï", "й": "y",
    "х": "x", "һ": "h", "ц": "c", "ч": "ç", "щ": "şç", "ё": "yo", "ю": "yu", "я": "ya", "э": "é",
}  # fmt: skip

# Presidential decree 569 of 26 October 2017: an apostrophe for every mark (a' o' u' g' n' s' c' i' y'). In force for
# four months, but pages and names of that time remain.
_KAZAKH_2017 = {
    **_KAZAKH_COMMON,
    "ә": "a'", "ө": "o'", "ү": "u'", "ұ": "u", "у": "y'", "ғ": "g'", "ң": "n'", "ш": "s'", "ы": "y", "и": "i'", "й": "i'",
    "х": "h", "һ": "h", "ц": "ts", "ч": "c'", "щ": "s'c'", "ё": "i'o", "ю": "i'y'", "я": "i'a",
}  # fmt: skip

# No letter beyond ASCII: the 2018 spelling as it is typed without its accents (addresses, captions, chats) ...
_KAZAKH_ASCII = {
    **_KAZAKH_COMMON,
    "ә": "a", "ө": "o", "ү": "u", "ұ": "u", "у": "u", "ғ": "g", "ң": "n", "ш": "sh", "ы": "y", "и": "i", "й": "i",
    "х": "h", "һ": "h", "ц": "ts", "ч": "ch", "щ": "shch", "ё": "io", "ю": "iu", "я": "ia",
}  # fmt: skip

# ... and the transliteration of passports and road signs: zh, kh, gh-less, k for қ, y for й, ya and yu.
_KAZAKH_PASSPORT = {
    **_KAZAKH_ASCII,
    "ж": "zh", "қ": "k", "й": "y", "х": "kh", "ё": "yo", "ю": "yu", "я": "ya", "ң": "ng", "у": "u",
}  # fmt: skip

KAZAKH_LATIN: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "kk-2021": _KAZAKH_2021,
        "kk-2018": _KAZAKH_2018,
        "kk-kazakparat": _KAZAKH_KAZAKPARAT,
        "kk-2017": _KAZAKH_2017,
        "kk-ascii": _KAZAKH_ASCII,
        "kk-passport": _KAZAKH_PASSPORT,
    }
)

# Uzbek Latin (law of 1995) back to the Cyrillic of 1940, which half of the country's press still uses. Longest first:
# `yo'l` is йўл and not ёъл, `shoir` шоир; e is э at a word's start and е elsewhere, ts is ц in loans and тс in few words.
_UZBEK_CYRILLIC = (
    ("o'", "ў"), ("g'", "ғ"), ("sh", "ш"), ("ch", "ч"), ("yo", "ё"), ("yu", "ю"), ("ya", "я"), ("ye", "е"), ("ts", "ц"),
    ("a", "а"), ("b", "б"), ("d", "д"), ("e", "е"), ("f", "ф"), ("g", "г"), ("h", "ҳ"), ("i", "и"), ("j", "ж"), ("k", "к"),
    ("l", "л"), ("m", "м"), ("n", "н"), ("o", "о"), ("p", "п"), ("q", "қ"), ("r", "р"), ("s", "с"), ("t", "т"), ("u", "у"),
    ("v", "в"), ("w", "в"), ("x", "х"), ("y", "й"), ("z", "з"), ("c", "с"), ("'", "ъ"),
)  # fmt: skip
APOSTROPHES = "'`´ʹʻʼʽ‘’‛′"
_ANY_APOSTROPHE = re.compile(f"[{APOSTROPHES}]")
_UZBEK_UNIT = re.compile("y(?=o')|" + "|".join(re.escape(latin) for latin, _ in _UZBEK_CYRILLIC))


def spell_kazakh_in_latin(text: str, spelling: str) -> str:
    """Cyrillic Kazakh in one of the `KAZAKH_LATIN` spellings. What is no Kazakh letter stays as it is."""
    table = KAZAKH_LATIN[spelling]
    return "".join(_with_case(letter, table.get(letter.lower(), letter.lower())) for letter in text)


def spell_uzbek_in_cyrillic(text: str) -> str:
    """Latin Uzbek in Cyrillic, all lower case."""
    table = {**dict(_UZBEK_CYRILLIC), "y": "й"}
    plain = re.sub(r"\be", "э", _ANY_APOSTROPHE.sub("'", text).lower())
    return _UZBEK_UNIT.sub(lambda unit: table[unit.group()], plain)


def _with_case(model: str, spelt: str) -> str:
    return spelt[:1].upper() + spelt[1:] if model.isupper() else spelt
