"""What a person types -> articles, through the full-text index that every reader of the file can use.

The index is plain (unicode61), so that no reader has to load a tokenizer; grammar lives in the query. Measured: unicode61
does not find "Токаева" by "Токаев"; Snowball's Russian stemmer splits the very names (Токаев -> тока, Токаева ->
токаев), and there is none for Kazakh. A word of the query loses one ending, is asked for as a beginning, and in the
spellings that one word has: ещё and еще, кітап and кітабы.
"""

import re
import sqlite3
import unicodedata
from datetime import date
from typing import Any

from newscrawl.store.records import selection_sql

WORDS_MAX = 16
WORD_LETTERS_MAX = 40
PREFIX_LETTERS_MIN = 3
SPELLINGS_MAX = 6
QUOTATION_SPELLINGS_MAX = 24
SNIPPET_CHARACTERS, SNIPPET_BEFORE = 200, 60
HIT_BEGINS, HIT_ENDS = "\ue000", "\ue001"  # for private use: no text means anything by them

# Linear: a quotation runs to its closing mark, anything else to the next space or mark.
_PARTS = re.compile(r'"([^"]*)"|([^\s"]+)')
_WORDS = re.compile(r"[^\W_]+")
_STRESS = re.compile(r"[\u0300-\u036f]")

# Cases and plurals. Never below four letters; below five only for endings that are hardly ever part of a name: "Токаев"
# must not become "тока", nor "Астана", through the Kazakh "-на", "аста", which finds every "астам".
_RUSSIAN_AND_ENGLISH = """
а я у ю ы и е о ь й ой ей ом ем ам ям ах ях ый ий ая яя ое ее ые ие ого его ому ему ым им ую юю ых их ами ями ыми ими ою ею
ью ия ии ию ием иям иях s es ed ing
"""
_TURKIC_AND_SURNAMES = """
ов ев да де та те дан ден тан тен нан нен ға ге қа ке на не ды ді ты ті ны ні ның нің дың дің тың тің лар лер дар дер тар тер
мен бен пен сы сі нда нде ында інде ына іне ын ін ының інің нын нин нун нүн дын дин дун дүн тын тин лор лөр дор дөр ка ко кө
га го гө до дө дон дөн da de ta te dan den tan ten ga ge qa ka ni ning lar ler lari ğa ğe nıñ niñ dyñ diñ nyñ ny dy ty
"""
_SHORTEST_STEM = dict.fromkeys(_TURKIC_AND_SURNAMES.split(), 5) | dict.fromkeys(_RUSSIAN_AND_ENGLISH.split(), 4)
_ENDING_LETTERS = range(max(map(len, _SHORTEST_STEM)), 0, -1)
# A last consonant is voiced before a vowel: кітап, кітабы; жүрек, жүрегі; балық, балығы. With the vowel, since "банк" that
# also asks for "банг" finds Bangkok. Back from the voiced form ("кітабын" lost its "-ын") the consonant says enough.
_VOICED = {"п": "б", "к": "г", "қ": "ғ"}
_UNVOICED = {"б": "п", "г": "к", "ғ": "қ"}
_VOWELS = "ыіиү"


def search(
    connection: sqlite3.Connection,
    query: str,
    limit: int = 20,
    *,
    site: str | None = None,
    language: str | None = None,
    since: date | None = None,
    until: date | None = None,
) -> list[dict[str, Any]]:
    """Articles that hold every word of the query, best first: id, url, site, title, language, published, status, snippet,
    rank. A quotation is looked for as it stands. Any text is a query; one without letters or digits finds nothing.

    site, language, since, until (days of publication, in the site's calendar): only these; an article without a date has no day.
    """
    match = match_expression(query)
    if not match:
        return []
    condition, values = selection_sql(site, language, since, until)
    # highlight() and not snippet(), whose cost grows with the square of the hits: 25 s for a text of 40,000 times one word.
    rows = connection.execute(
        "SELECT a.id, a.url, a.site, a.title, a.language, a.published, a.status,"  # noqa: S608  # our own conditions
        f" highlight(articles_fts, 1, '{HIT_BEGINS}', '{HIT_ENDS}') AS snippet, bm25(articles_fts, 5.0, 1.0) AS rank"
        " FROM articles_fts JOIN articles AS a ON a.id = articles_fts.rowid"
        f" WHERE articles_fts MATCH :match{condition} ORDER BY rank LIMIT :limit",
        {**values, "match": match, "limit": limit},
    )
    return [{**dict(row), "snippet": _snippet(row["snippet"])} for row in rows]


def _snippet(marked: str) -> str:
    """The words around the first hits, those in square brackets; the text's beginning where only the title was hit."""
    first = max(marked.find(HIT_BEGINS), 0)
    begin = marked.rfind(" ", 0, max(first - SNIPPET_BEFORE, 0)) + 1
    cut = marked[begin : begin + SNIPPET_CHARACTERS]
    if len(marked) > begin + SNIPPET_CHARACTERS:
        cut = cut.rpartition(" ")[0] or cut
        cut += "…" if cut.count(HIT_BEGINS) == cut.count(HIT_ENDS) else f"{HIT_ENDS}…"
    return ("…" if begin else "") + cut.replace(HIT_BEGINS, "[").replace(HIT_ENDS, "]")


def match_expression(query: str) -> str:
    """The query in the language of FTS5; "" when it asks for nothing. Only letters and digits pass, each word in quotation
    marks: no input can be a syntax error or an operator."""
    asked = []
    for quotation, word in _PARTS.findall(_STRESS.sub("", unicodedata.normalize("NFC", query.lower()))):
        words = _WORDS.findall(quotation or word)
        if quotation:
            asked.append(_any_yo(" ".join(words)) if words else "")
        else:
            asked += [_any_spelling(word) for word in words]
    return " AND ".join([part for part in asked if part][:WORDS_MAX])


def _any_yo(quotation: str) -> str:
    """The quotation as it stands, without ё, and with one ё in each place: print writes it where somebody thought of it."""
    plain = quotation.replace("ё", "е")
    places = [place for place, letter in enumerate(plain) if letter == "е"][:QUOTATION_SPELLINGS_MAX]
    forms = dict.fromkeys((quotation, plain, *(plain[:place] + "ё" + plain[place + 1 :] for place in places)))
    return "(" + " OR ".join(f'"{form}"' for form in forms) + ")"


def _any_spelling(word: str) -> str:
    word = word[:WORD_LETTERS_MAX]
    if not word.isalpha() or len(word) < PREFIX_LETTERS_MIN:
        return f'"{word}"'  # a number or "БҰ" as a beginning would match everything
    return "(" + " OR ".join(f'"{spelling}"*' for spelling in spellings(stem_of(word))) + ")"


def stem_of(word: str) -> str:
    """The word without one ending; never shorter than four letters."""
    for letters in _ENDING_LETTERS:
        stem, ending = word[:-letters], word[-letters:]
        if len(stem) >= _SHORTEST_STEM.get(ending, WORD_LETTERS_MAX):
            return stem
    return word


def spellings(stem: str) -> list[str]:
    """The stem in the spellings that one word has in print: е for ё and back, the last consonant voiced or not."""
    plain = stem.replace("ё", "е")
    found = [stem, plain]
    found += [plain[:place] + "ё" + plain[place + 1 :] for place, letter in enumerate(plain) if letter == "е"]
    found = list(dict.fromkeys(found))[:SPELLINGS_MAX]
    found += [form[:-1] + _UNVOICED[form[-1]] for form in found if form[-1] in _UNVOICED]
    return found + [form[:-1] + _VOICED[form[-1]] + vowel for form in found if form[-1] in _VOICED for vowel in _VOWELS]
