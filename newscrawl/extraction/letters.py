"""A text -> its words in plain letters, and the script that they are written in."""

import re
import unicodedata

from newscrawl.article import Script
from newscrawl.extraction.spellings import APOSTROPHES

# Bounded repetition and no nested quantifier: none of these can run away on a long line.
_SIGNS = re.compile(
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}|(?<![\w@])@\w+"
    # a host or file name (exclusive.kz, IMG_2024.jpg), with the path behind it
    r"|\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,3}\.(?:[a-z]{2,5}|[A-Z]{3,4})\b(?:/\S*)?"
    r"|\b[A-Za-z]*\d+[A-Za-z\d]*\b"
)
_MAY_HOLD_SIGNS = re.compile(r"[\d@#/]|\w\.\w")
# Soft hyphens and zero-width marks split words; what is left of acute and grave after NFC are stress marks (за́мок).
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0300\u0301"))
_ONE_APOSTROPHE = dict.fromkeys(map(ord, APOSTROPHES), "'")
_TO_FOLD = re.compile("[" + "".join(map(chr, (*_INVISIBLE, *_ONE_APOSTROPHE))) + "]")
_WORD = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*")
_CYRILLIC_WORD = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\u2c67-\u2c6a]+")
_LATIN_WORD = re.compile(r"[A-Za-z\u00aa-\u02af\u1e00-\u1eff]+")
_ARABIC_WORD = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]+")
_LETTERS = re.compile(r"[^\W\d_]+")
# Letters of the other alphabet that look the same: "қазiргi" with a Latin i, "əдемі" with a Latin schwa. Old Kazakh
# and Kyrgyz keyboards wrote so, and pages of the 2000s and copied PDFs still do.
_LOOKALIKES = str.maketrans("aceopxyikmhtbəjɵACEOPXYIKMHTBƏJƟ", "асеорхуікмһтвәјөАСЕОРХУІКМҺТВӘЈӨ")
_SEAM = re.compile(r"[\u0400-\u052f][A-Za-zəƏɵƟ]|[A-Za-zəƏɵƟ][\u0400-\u052f]")

MAX_WORD_LETTERS = 60
"""What is longer is no word (a key, base64)."""
CYRILLIC_TILT = 3
"""A text is Cyrillic from a quarter of its letters on: Kazakh headlines name "National Trust" and "exit poll" in Latin,
while English ones hardly ever hold a Cyrillic word."""


def clean(text: str) -> str:
    """The text without what has no language: addresses, e-mail, hosts, handles, codes with digits, invisible marks."""
    if not text.isascii():
        if _TO_FOLD.search(text) or not unicodedata.is_normalized("NFC", text):
            text = unicodedata.normalize("NFC", text.translate(_ONE_APOSTROPHE)).translate(_INVISIBLE)
        text = text.replace("İ", "I")
    else:
        text = text.replace("`", "'")
    return _SIGNS.sub(" ", text) if _MAY_HOLD_SIGNS.search(text) else text


def script_of(text: str) -> Script | None:
    """The script that decides a text's language; None for other scripts than Cyrillic, Latin and Arabic, or no letter."""
    if text.isascii():
        return "Latn" if _LETTERS.search(text) else None
    letters, cyrillic, latin, arabic = (_count(p, text) for p in (_LETTERS, _CYRILLIC_WORD, _LATIN_WORD, _ARABIC_WORD))
    if (cyrillic + latin + arabic) * 2 < letters or not letters:
        return None
    if cyrillic * CYRILLIC_TILT >= max(latin, arabic):
        return "Cyrl"
    return "Latn" if latin >= arabic else "Arab"


def words_of(text: str, script: Script | None) -> list[str]:
    """The words of a cleaned text that are in the script, in their own case; o'z and don't are one word."""
    if text.isascii():
        return [word for word in _WORD.findall(text) if len(word) <= MAX_WORD_LETTERS] if script == "Latn" else []
    if script == "Cyrl" and _SEAM.search(text):
        text = _LETTERS.sub(_in_one_script, text)
    words = [word for word in _WORD.findall(text) if len(word) <= MAX_WORD_LETTERS]
    kept = {"Cyrl": _CYRILLIC_WORD, "Latn": _LATIN_WORD, "Arab": _ARABIC_WORD}.get(script or "")
    return [word for word in words if kept.match(word)] if kept else words


def _count(pattern: re.Pattern[str], text: str) -> int:
    return sum(map(len, pattern.findall(text)))


def _in_one_script(word: re.Match[str]) -> str:
    whole = word.group()
    return whole.translate(_LOOKALIKES) if _count(_CYRILLIC_WORD, whole) * 2 >= len(whole) else whole
