"""A text -> its words in plain letters, and the script that they are written in."""

import re
import unicodedata

from newscrawl.article import Script

# Bounded repetition and no nested quantifier: none of these can run away on a long line.
_NO_LANGUAGE = re.compile(
    r"https?://\S+|www\.\S+|\S{1,64}@\S{1,255}|(?<![\w@#])[@#]\w+"
    # a host or file name (exclusive.kz, IMG_2024.jpg), with the path behind it
    r"|\b[\w-]{1,64}(?:\.[\w-]{1,64}){0,3}\.[a-z]{2,5}\b(?:/\S*)?"
    r"|\b[a-zA-Z]*\d+[a-zA-Z\d]*\b",
)
_INVISIBLE = dict.fromkeys(map(ord, "\u00ad\u200b\u200c\u200d\u2060\ufeff\u0301\u0300"))  # the accents: stress marks, after NFC
_WORD = re.compile(r"[^\W\d_]+")
_CYRILLIC = re.compile(r"[\u0400-\u052f\u1c80-\u1c8f\u2c67-\u2c6a]")
_LATIN = re.compile(r"[A-Za-z\u00aa-\u024f\u0250-\u02af\u1e00-\u1eff]")
_ARABIC = re.compile(r"[\u0600-\u06ff\u0750-\u077f\ufb50-\ufdff\ufe70-\ufeff]")
_LETTER = re.compile(r"[^\W\d_]")
# Letters of the other alphabet that look the same: "қазiргi" with a Latin i, "əдемі" with a Latin schwa. Old Kazakh
# and Kyrgyz keyboards wrote so, and pages of the 2000s and copied PDFs still do.
_LOOKALIKES = str.maketrans("aceopxyikmhtbəjɵ", "асеорхуікмһтвәјө")
_MIXED_WORD = re.compile(r"\b(?=\w{0,40}[\u0400-\u052f])(?=\w{0,40}[a-zəɵ])[^\W\d_]{2,40}\b")


def cut_signs(text: str) -> str:
    """The text without what has no language: addresses, e-mail, hosts, handles, tags, codes with digits."""
    return _NO_LANGUAGE.sub(" ", unicodedata.normalize("NFC", text).translate(_INVISIBLE))


def plain_words(text: str) -> str:
    """The words of a text (best after `cut_signs`) in lower case between single spaces, with one at both ends; " " for none."""
    lower = text.replace("İ", "i").lower()
    words = " ".join(_WORD.findall(lower))
    if not words.isascii() and _CYRILLIC.search(words) and _MIXED_WORD.search(words):
        words = _MIXED_WORD.sub(_in_one_script, words)
    return f" {words} " if words else " "


def script_of(text: str) -> Script | None:
    """The script of most letters; None when that is none of Cyrillic, Latin and Arabic, or there is no letter."""
    if text.isascii():
        return "Latn" if _LATIN.search(text) else None
    letters = len(_LETTER.findall(text))
    counts: list[tuple[int, Script]] = [
        (len(_CYRILLIC.findall(text)), "Cyrl"),
        (len(_LATIN.findall(text)), "Latn"),
        (len(_ARABIC.findall(text)), "Arab"),
    ]
    most, script = max(counts, key=lambda counted: counted[0])
    return script if most and most * 2 >= letters else None


def _in_one_script(word: re.Match[str]) -> str:
    whole = word.group()
    return whole.translate(_LOOKALIKES) if len(_CYRILLIC.findall(whole)) * 2 >= len(whole) else whole
