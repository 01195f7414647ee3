"""Bytes of a page -> its text: the character set found from BOM, bytes, HTTP header, meta and letter counts, in this order of trust."""

import codecs
import re
from itertools import islice

from w3lib.encoding import html_body_declared_encoding, http_content_type_encoding

# Marks of UTF-32 come first: the one of UTF-32-LE begins with that of UTF-16-LE.
_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_PROBE_BYTES = 4000
_UTF16_ZEROS = 0.2  # markup is ASCII: in UTF-16 nearly every second byte of it is zero
_BROKEN_UTF8 = 0.02  # of the characters beyond ASCII: a cut or mixed page, not another encoding
_RUN = re.compile(rb"[\x80-\xff]{1,500}")
_MOST_RUNS = 20_000
_CYRILLIC_SETS = ("cp1251", "koi8-r", "cp866", "iso8859-5", "mac-cyrillic")
_LATIN_SETS = frozenset({"cp1252", "iso8859-1", "iso8859-15", "ascii"})
# Encodings that are valid ASCII or UTF-8 byte for byte, so that only a declaration can tell them.
_SEVEN_BIT_SETS = frozenset({"iso2022_jp", "hz", "utf-7"})
_COMMON_CYRILLIC = "оеаинтсрвлкмдпу"

# Neither XML nor lxml's setters take these; a lone surrogate cut the rest of a page off without a word.
_CONTROLS = bytes([*range(0x09), 0x0B, 0x0C, *range(0x0E, 0x20), 0x7F])
_NO_CHARACTERS = ("\ufffe", "\uffff")
_PAIR = re.compile("[\ud800-\udbff][\udc00-\udfff]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_FORBIDDEN_REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[1-24-9]|2[0-9]|3[01]|127|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|7[fF]|[fF]{3}[eEfF]));"
)


def decode_page(body: bytes, content_type: str | None = None) -> str:
    """The page's text, whatever its declarations say; bytes that no encoding explains become U+FFFD."""
    for mark, name in _BYTE_ORDER_MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    if wide := _wide_encoding(body[:_PROBE_BYTES]):
        return body.decode(wide, "replace")
    declared = _declared(body, content_type)
    if declared and declared[0] in _SEVEN_BIT_SETS:
        return body.decode(declared[0], "replace")
    if (text := _as_utf8(body)) is not None:
        return text
    return _as_other(body, declared)


def clean_text(text: str) -> str:
    """The text without what UTF-8 or XML cannot hold: NUL and other control characters go, surrogate pairs are joined, lone
    ones become U+FFFD."""
    try:
        encoded = text.encode("utf-8")
    except UnicodeEncodeError:
        text = _SURROGATE.sub("\ufffd", _PAIR.sub(_joined, text))
        encoded = text.encode("utf-8")
    # On bytes, since a search for these characters in the text took as long as parsing it.
    cleaned = encoded.translate(None, _CONTROLS)
    if len(cleaned) != len(encoded):
        text = cleaned.decode("utf-8")
    for character in _NO_CHARACTERS:
        text = text.replace(character, "")
    return _FORBIDDEN_REFERENCE.sub("", text) if "&#" in text else text


def _joined(pair: re.Match[str]) -> str:
    high, low = map(ord, pair.group())
    return chr(0x10000 + ((high - 0xD800) << 10) + low - 0xDC00)


def _wide_encoding(probe: bytes) -> str | None:
    """UTF-16 without a mark shows as zeros at every second place: even ones for big endian, odd ones for little."""
    half = len(probe) // 2
    even, odd = probe[0::2].count(0), probe[1::2].count(0)
    if half < 8 or max(even, odd) < _UTF16_ZEROS * half or min(even, odd) > max(even, odd) / 4:
        return None
    return "utf-16-be" if even > odd else "utf-16-le"


def _declared(body: bytes, content_type: str | None) -> list[str]:
    """The encodings that header and meta name, as Python knows them; unknown ones ("utf-9") and codecs that decode no page
    ("rot13", "idna", "undefined") are left out."""
    names = (http_content_type_encoding(content_type), html_body_declared_encoding(body[:_PROBE_BYTES]))
    return [codecs.lookup(name).name for name in names if name and _decodes_pages(name)]


def _decodes_pages(name: str) -> bool:
    try:
        b"\xd0<".decode(name, "replace")
    except (LookupError, UnicodeError):  # "'rot-13' is not a text encoding", "Unsupported error handling"
        return False
    return True


def _as_utf8(body: bytes) -> str | None:
    """Text whose every byte fits UTF-8 is UTF-8, also under another label: other encodings do not fit it by chance."""
    try:
        return body.decode("utf-8")
    except UnicodeDecodeError:
        text = body.decode("utf-8", "replace")
    broken = text.count("\ufffd")
    # Not a list of the characters: of a body of 10 MiB it took 970 MB.
    beyond_ascii = len(text) - len(text.encode("ascii", "ignore"))
    return text if broken <= 2 or broken < _BROKEN_UTF8 * beyond_ascii else None


def _as_other(body: bytes, declared: list[str]) -> str:
    """A declared encoding if the letters bear it out, else the Cyrillic set in which they read as words, else Latin."""
    runs = _runs_beyond_ascii(body)
    cyrillic = _look_cyrillic(runs)
    for name in declared:
        if name in _LATIN_SETS and cyrillic:
            continue  # the servers' default label: the letters stand in runs that no Latin language has
        if name == "utf-8":
            continue
        text = body.decode(name, "replace")
        if text.count("\ufffd") <= _BROKEN_UTF8 * len(text):
            return text
    if not cyrillic:
        return body.decode("cp1252", "replace")
    sample = b" ".join(runs)
    return body.decode(
        max(_CYRILLIC_SETS, key=lambda name: _russian_letters(sample.decode(name, "replace"))), "replace"
    )


def _runs_beyond_ascii(body: bytes) -> list[bytes]:
    """The first runs of bytes beyond ASCII: enough to tell an encoding by, whatever the size of the body."""
    return [run.group() for run in islice(_RUN.finditer(body), _MOST_RUNS)]


def _look_cyrillic(runs: list[bytes]) -> bool:
    """Whether bytes beyond ASCII mostly stand in runs of three or more: words of a non-Latin script."""
    lengths = [len(run) for run in runs]
    return sum(n for n in lengths if n > 2) > sum(lengths) / 2


def _russian_letters(text: str) -> int:
    return sum(map(text.count, _COMMON_CYRILLIC))
