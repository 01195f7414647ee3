"""A container of a page -> its blocks of text in reading order, and blocks -> plain text and Markdown."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import urljoin

from newscrawl.extraction.tree import Element

# fmt: off
BLOCK_TAGS = frozenset({
    "address", "article", "aside", "blockquote", "body", "center", "dd", "details", "div", "dl", "dt", "fieldset",
    "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "html", "li", "main",
    "menu", "nav", "ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul",
})
# fmt: on
_HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
_SILENT_TAGS = frozenset({"script", "style", "noscript", "template", "head", "title", "meta", "link", "img", "input"})
_SPACES = re.compile(r"[ \t\r\n\f\xa0\u2028\u2029]+")
_INVISIBLE = re.compile("[\u00ad\u200b\u2060\ufeff]")  # soft hyphens and zero-width marks: part of no word
_UNTIDY = re.compile("[\t\r\n\f\xa0\u2028\u2029\u00ad\u200b\u2060\ufeff]|  ")
_BLANKS = re.compile(" {2,}")
_LAYOUT_CELL_CHARACTERS = 400


@dataclass(slots=True)
class Block:
    """One paragraph, heading, list item or table. `source` is its element, `linked` how many of its characters are links."""

    kind: str
    text: str
    markdown: str
    linked: int
    source: Element
    listing: Element | None = None
    quoted: bool = False

    @property
    def is_heading(self) -> bool:
        """Whether it heads the blocks that follow."""
        return self.kind in _HEADINGS


@dataclass(slots=True)
class _Run:
    """Inline pieces that wait to become a block: (text, markdown, linked characters); a text of "\\n" is a line break."""

    pieces: list[tuple[str, str, int]] = field(default_factory=list)

    def paragraphs(self) -> Iterator[tuple[str, str, int]]:
        """The pieces joined; two line breaks in a row part paragraphs, as old pages write them."""
        parts: list[tuple[str, str, int]] = []
        breaks = 0
        for piece in [*self.pieces, ("\n", "\n", 0), ("\n", "\n", 0)]:
            if piece[0] == "\n":
                breaks += 1
                if breaks == 2 and (joined := _joined(parts))[0]:
                    yield joined
                    parts = []
                elif breaks == 1:
                    parts.append(piece)
                continue
            if not piece[0].isspace():
                breaks = 0
            parts.append(piece)


def read_blocks(container: Element, url: str) -> list[Block]:
    """The blocks of everything inside the element, its own text included."""
    found: list[Block] = []
    _Reader(url, found).walk(container, container.tag if container.tag in _HEADINGS else "p", None, False)
    return found


def to_text(blocks: Iterable[Block]) -> str:
    """Plain text: paragraphs parted by an empty line, the items of one list by a line break."""
    return _combined((b, b.text) for b in blocks)


def to_markdown(blocks: Iterable[Block]) -> str:
    """Markdown: headings, list marks, quotes, links and tables kept."""
    return _combined((b, _marked(b)) for b in blocks)


class _Reader:
    """Walks an element and collects its blocks."""

    def __init__(self, url: str, found: list[Block]) -> None:
        self.url = url
        self.found = found
        self.linked = False  # inside a link that spans whole blocks

    def walk(self, element: Element, kind: str, listing: Element | None, quoted: bool) -> None:
        """Blocks of one block element: runs of inline content, and the block elements between them, in order."""
        run = _Run()
        if text := element.text:
            run.pieces.append(self._plain(text))
        for child in element:
            if not self._is_block(child):
                self._inline(child, run, 0)
            else:
                self._flush(run, kind, element, listing, quoted)
                run = _Run()
                self._block(child, kind, listing, quoted)
            if tail := child.tail:
                run.pieces.append(self._plain(tail))
        self._flush(run, kind, element, listing, quoted)

    def _block(self, element: Element, kind: str, listing: Element | None, quoted: bool) -> None:
        tag = element.tag
        if tag in _HEADINGS:
            self.walk(element, tag, None, quoted)
        elif tag in {"ul", "ol", "dl", "menu"}:
            self.walk(element, "li", element, quoted)
        elif tag == "blockquote":
            self.walk(element, "p", None, True)
        elif tag == "table" and not _is_layout(element):
            self._table(element, quoted)
        else:
            around, self.linked = self.linked, self.linked or (tag == "a" and bool(element.get("href")))
            self.walk(element, kind, listing, quoted)
            self.linked = around

    def _plain(self, text: str) -> tuple[str, str, int]:
        clean = _tidy(text)
        return clean, clean, len(clean.strip()) if self.linked else 0

    def _table(self, element: Element, quoted: bool) -> None:
        rows, linked = [], 0
        for row in element.iter("tr"):
            cells = []
            for cell in row.iterchildren("td", "th"):
                run = _Run()
                self._inline(cell, run, 0)
                text, _, inside = _joined([p for p in run.pieces if p[0] != "\n"])
                cells.append(text)
                linked += inside
            if any(cells):
                rows.append(cells)
        if not rows:
            return
        width = max(len(r) for r in rows)
        lines = [" | ".join(r) for r in rows]
        marked = ["| " + " | ".join(c.replace("|", "\\|") for c in [*r, *[""] * (width - len(r))]) + " |" for r in rows]
        marked.insert(1, "|" + " --- |" * width)
        self.found.append(Block("table", "\n".join(lines), "\n".join(marked), linked, element, None, quoted))

    def _flush(self, run: _Run, kind: str, element: Element, listing: Element | None, quoted: bool) -> None:
        if any(not piece[0].isspace() for piece in run.pieces):
            for text, markdown, linked in run.paragraphs():
                self.found.append(Block(kind, text, markdown, linked, element, listing, quoted))

    def _inline(self, element: Element, run: _Run, depth: int) -> None:
        """The pieces of an inline element and all inside it, without its tail."""
        tag = element.tag
        if tag in _SILENT_TAGS or not isinstance(tag, str):
            return
        if tag == "br":
            run.pieces.append(("\n", "\n", 0))
        elif tag == "a":
            self._link(element, run)
        else:
            if element.text:
                run.pieces.append(self._plain(element.text))
            for child in element:
                self._inline(child, run, depth + 1)
                if child.tail:
                    run.pieces.append(self._plain(child.tail))

    def _link(self, element: Element, run: _Run) -> None:
        text = element.text_content()
        label = _tidy(text)
        bare = label.strip()
        href = element.get("href") or ""
        if not href or href.startswith("#"):  # a mark or a way within the page: no pointer to another one
            run.pieces.append((label, label, 0))
            return
        target = self._target(href)
        if not bare or target is None:
            run.pieces.append((label, label, len(bare)))
            return
        marked = f"[{bare.replace('[', '(').replace(']', ')')}]({target})"
        left, right = label[: len(label) - len(label.lstrip())], label[len(label.rstrip()) :]
        run.pieces.append((label, f"{left}{marked}{right}", len(bare)))

    def _target(self, href: str) -> str | None:
        try:
            target = urljoin(self.url, href.strip())
        except ValueError:
            return None
        if not target.startswith(("http://", "https://", "mailto:")):
            return None
        return re.sub(r"[\s()<>]", lambda m: f"%{ord(m.group()):02X}", target)

    @staticmethod
    def _is_block(element: Element) -> bool:
        if element.tag in BLOCK_TAGS:
            return True
        return len(element) > 0 and any(d.tag in BLOCK_TAGS for d in element.iterdescendants())


def _is_layout(table: Element) -> bool:
    """Old pages lay themselves out by tables: one with blocks or long texts in its cells is no table of figures."""
    if next(table.iterdescendants("table", "h1", "h2", "h3", "ul", "blockquote"), None) is not None:
        return True
    cells = list(table.iter("td", "th"))
    return len(cells) <= 1 or any(len(c.text_content()) > _LAYOUT_CELL_CHARACTERS for c in cells)


def _tidy(text: str) -> str:
    """The text with single blanks and without invisible marks; most texts have neither, and one search tells."""
    return _SPACES.sub(" ", _INVISIBLE.sub("", text)) if _UNTIDY.search(text) else text


def _joined(parts: list[tuple[str, str, int]]) -> tuple[str, str, int]:
    text = _lines("".join([p[0] for p in parts]))
    linked = sum([p[2] for p in parts])
    markdown = text if all(p[0] is p[1] for p in parts) else _lines("".join([p[1] for p in parts]))
    return text, markdown, linked


def _lines(text: str) -> str:
    text = text.strip()
    if "  " in text:
        text = _BLANKS.sub(" ", text)
    return "\n".join([line.strip() for line in text.split("\n")]) if "\n" in text else text


def _marked(block: Block) -> str:
    text = block.markdown
    if block.is_heading:
        text = "#" * int(block.kind[1]) + " " + text.replace("\n", " ")
    elif block.kind == "li":
        mark = "1. " if block.listing is not None and block.listing.tag == "ol" else "- "
        text = mark + text.replace("\n", "\n" + " " * len(mark))
    return "> " + text.replace("\n", "\n> ") if block.quoted else text


def _combined(pairs: Iterable[tuple[Block, str]]) -> str:
    out: list[str] = []
    before: Block | None = None
    for block, text in pairs:
        if before is not None:
            together = block.listing is not None and block.listing is before.listing
            gap = "\n>\n" if block.quoted and before.quoted and text.startswith("> ") else "\n\n"
            out.append("\n" if together else gap)
        out.append(text)
        before = block
    return "".join(out)
