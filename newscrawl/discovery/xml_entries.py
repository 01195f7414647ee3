"""Fetched bytes -> the entries of an XML source, one at a time, with hostile XML refused and broken XML read up to its fault.

Nothing is expanded, loaded or resolved: a document that declares entities is refused before the parser sees it, and the
parser itself has entities, DTDs and the network off. Memory: an entry is dropped from the tree as soon as it was read.
"""

import codecs
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from html.entities import html5
from xml.sax.saxutils import escape

from lxml import etree

from newscrawl.extraction.encoding import clean_text, decode_page

MAX_UNPACKED_BYTES = 50 * 2**20  # what sitemaps.org allows a sitemap; plain bodies are cut off earlier, by the crawl
MAX_ENTRY_ELEMENTS = 20_000  # an entry with a hundred alternates has some 120
CHUNK_CHARS = 1 << 16
GZIP_MAGIC = b"\x1f\x8b"

# All patterns are linear: bounded repeats, or one loop whose alternatives cannot begin alike.
_NAMED = re.compile(r"&(?!(?:amp|lt|gt|quot|apos);)([A-Za-z][A-Za-z0-9]{1,30};)")
_BARE = re.compile(r"&(?!#[0-9]{1,7};|#[xX][0-9a-fA-F]{1,6};|[A-Za-z][A-Za-z0-9]{1,30};)")
_CDATA = re.compile(r"(<!\[CDATA\[|\]\]>)")
_JUNK_BEFORE_XML = re.compile(r"(?:[^<]|<(?![?!]|rss|feed|rdf|urlset|sitemapindex|html))+(?=<\?xml)", re.IGNORECASE)
_PROLOG_ITEM = re.compile(r"\s*(<\?|<!--)")
_DOCTYPE = re.compile(r"\s*<!DOCTYPE", re.IGNORECASE)
_HTML = re.compile(r"\s*(?:<!DOCTYPE\s+html|<html)[\s>]", re.IGNORECASE)


class UnreadableSource(ValueError):
    """The bytes are no XML that may be read; the message says what they are instead."""


@dataclass(frozen=True, slots=True)
class SourceText:
    """A fetched source as text, with what was wrong and what was cut off on the way, as in `Discovery`."""

    text: str
    problem: str | None = None
    limited: str | None = None


class XmlEntries:
    """An iterable of the outermost elements whose local name is in `wanted`; each is emptied when the next is asked for.

    root, attributes: of the document's root element; problem, limited: as in `Discovery`; all three are final once the
    last entry was taken. Raises `UnreadableSource` on creation when nothing of the bytes may be read.
    """

    def __init__(self, source: SourceText, wanted: frozenset[str]) -> None:
        self.wanted = wanted
        self.root = ""
        self.attributes: dict[str, str] = {}
        self.problem, self.limited = source.problem, source.limited
        if not source.text:
            raise UnreadableSource(self.problem or "the answer is empty")
        self._text = source.text
        self._start = document_start(source.text)

    def __iter__(self) -> Iterator[etree._Element]:
        parser = etree.XMLPullParser(
            events=("start", "end"),
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            remove_comments=True,
            remove_pis=True,
        )
        depth = inside = since = 0
        for chunk in _well_formed_chunks(self._text, self._start):
            parser.feed(chunk)
            for event, element in parser.read_events():
                if event == "start":
                    depth += 1
                    self._note_root(element)
                    if not inside and local_name(element) in self.wanted:
                        inside = depth
                    continue
                since += 1
                if depth == inside:
                    yield element
                    _drop(element)
                    inside = since = 0
                depth -= 1
            if since > MAX_ENTRY_ELEMENTS:
                self.problem = f"one entry has more than {MAX_ENTRY_ELEMENTS} elements: reading stopped there"
                return
        # What only the end of the bytes would close is not whole: `<loc>https://example.kz/ne` is no address.
        if depth or not self.root:
            self.problem = self.problem or "the XML is cut off or broken; what stands before the fault was read"

    def _note_root(self, element: etree._Element) -> None:
        if not self.root:
            self.root = local_name(element)
            self.attributes = {etree.QName(key).localname: value for key, value in element.attrib.items()}


def source_text(body: bytes, content_type: str | None = None) -> SourceText:
    """A fetched source unpacked when it is gzip (whatever its headers said), decoded, and without what XML cannot hold."""
    problem = None
    if body.startswith(GZIP_MAGIC):
        body, problem = _gunzip(body)
    limited = None
    if len(body) >= MAX_UNPACKED_BYTES:
        body, limited = body[:MAX_UNPACKED_BYTES], f"only its first {MAX_UNPACKED_BYTES >> 20} MiB were read"
    return SourceText(clean_text(_decode(body, content_type)).strip("\ufeff \t\r\n"), problem, limited)


def _decode(body: bytes, content_type: str | None) -> str:
    """UTF-8 also when its end was cut within a character; all else is for `decode_page` to find out."""
    try:
        return codecs.getincrementaldecoder("utf-8")().decode(body, final=False)
    except UnicodeDecodeError:
        return decode_page(body, content_type)


def document_start(text: str) -> int:
    """Where an XML document's root begins, behind declaration, comments and a harmless DOCTYPE; raises `UnreadableSource`."""
    if text[0] in "{[":
        raise UnreadableSource("the answer is JSON, not XML")
    junk = _JUNK_BEFORE_XML.match(text, 0, CHUNK_CHARS)  # PHP writes its warnings before the document
    at = junk.end() if junk else 0
    while item := _PROLOG_ITEM.match(text, at):
        closing = "?>" if item.group(1) == "<?" else "-->"
        at = text.find(closing, item.end())
        if at < 0:
            raise UnreadableSource("the answer is XML that ends within its first lines")
        at += len(closing)
    if _HTML.match(text, at):
        raise UnreadableSource("the answer is an HTML page, not XML")
    if doctype := _DOCTYPE.match(text, at):
        at = text.find(">", doctype.end()) + 1
        # RSS 0.91 names an outer DTD, which is passed over; declarations of its own are how a document brings a reader down.
        if not at or "[" in text[doctype.end() : at]:
            raise UnreadableSource("the answer declares XML entities, as attacks on readers do, and was not read")
    if not text[at : at + 100].lstrip().startswith("<"):
        raise UnreadableSource("the answer is plain text, not XML")
    return at


def local_name(element: etree._Element) -> str:
    """An element's name without namespace or prefix (`x:loc` of an undeclared prefix counts as `loc`)."""
    return str(element.tag).rpartition("}")[2].rpartition(":")[2]


def _gunzip(body: bytes) -> tuple[bytes, str | None]:
    """At most `MAX_UNPACKED_BYTES` of the unpacked bytes, and what was wrong; a bomb is unpacked no further than that."""
    unpacked, left = bytearray(), body
    while left.startswith(GZIP_MAGIC) and len(unpacked) < MAX_UNPACKED_BYTES:
        member = zlib.decompressobj(wbits=31)
        try:
            unpacked += member.decompress(left, MAX_UNPACKED_BYTES - len(unpacked))
        except zlib.error as error:
            return bytes(unpacked), f"the gzip data is damaged ({error})"
        if not member.eof:
            whole = len(unpacked) >= MAX_UNPACKED_BYTES
            return bytes(unpacked), None if whole else "the gzip data is cut off; what stands before the cut was read"
        left = member.unused_data
    return bytes(unpacked), None


def _well_formed_chunks(text: str, at: int) -> Iterator[str]:
    """The text in pieces, HTML's named entities as characters and bare ampersands escaped: at either, lxml's push parser
    holds back all that follows. Piece by piece, since a substitution over ten million ampersands took 800 MB."""
    in_cdata = False
    while at < len(text):
        end = _cut(text, at)
        parts = _CDATA.split(text[at:end])
        for number, part in enumerate(parts):
            if part == ("]]>" if in_cdata else "<![CDATA["):
                in_cdata = not in_cdata
            elif not in_cdata:
                parts[number] = _NAMED.sub(_as_xml, _BARE.sub("&amp;", part))
        yield "".join(parts)
        at = end


def _cut(text: str, at: int) -> int:
    """Where a piece ends: before the last sign that may begin something, so that no entity or CDATA mark is cut in two."""
    end = at + CHUNK_CHARS
    if end >= len(text):
        return len(text)
    return max(end - 512, *(text.rfind(sign, end - 512, end) for sign in "<& \n"))


def _as_xml(match: re.Match[str]) -> str:
    name = match.group(1)
    return escape(html5[name]) if name in html5 else f"&amp;{name}"


def _drop(element: etree._Element) -> None:
    """Free an element and what stands before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]
