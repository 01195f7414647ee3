import pytest

from newscrawl.extraction.blocks import read_blocks, to_markdown, to_text
from newscrawl.extraction.tree import read_tree

URL = "https://courier.example/news/a/"

CASES = [
    ("<p>One.</p><p>Two.</p>", "One.\n\nTwo.", "One.\n\nTwo."),
    ("<p>One\n  line\xa0of   text</p>", "One line of text", "One line of text"),
    ("<h2>Part</h2><p>One.</p>", "Part\n\nOne.", "## Part\n\nOne."),
    ("<ul><li>a</li><li>b</li></ul>", "a\nb", "- a\n- b"),
    ("<ol><li>a</li><li><p>b</p></li></ol><p>c</p>", "a\nb\n\nc", "1. a\n1. b\n\nc"),
    ("<blockquote><p>Said.</p><p>More.</p></blockquote>", "Said.\n\nMore.", "> Said.\n>\n> More."),
    ("<p>See <a href='/b/'>that</a>.</p>", "See that.", "See [that](https://courier.example/b/)."),
    ("<p>See <a href='javascript:alert(1)'>that</a> and <a href='#n'>note</a></p>", "See that and note", "See that and note"),
    ("<p>See<a href='/b c/'> [this] </a>now</p>", "See [this] now", "See [(this)](https://courier.example/b%20c/) now"),
    ("<div>First<br>line<br><br>Second</div>", "First\nline\n\nSecond", "First\nline\n\nSecond"),
    ("<div>Loose <b>bold</b> text<p>Paragraph</p>tail</div>", "Loose bold text\n\nParagraph\n\ntail", None),
    ("<table><tr><th>City</th><th>Rain</th></tr><tr><td>Oral</td><td>12 | 13</td></tr></table>", "City | Rain\nOral | 12 | 13", "| City | Rain |\n| --- | --- |\n| Oral | 12 \\| 13 |"),
    ("<table><tr><td><p>One.</p><ul><li>a</li></ul></td></tr></table>", "One.\n\na", "One.\n\n- a"),
    ("<p>soft\u00adhyphen and zero\u200bwidth</p>", "softhyphen and zerowidth", None),
    ("<p>a<script>x()</script><img alt='b'>c</p>", "ac", None),
    ("<span><p>Inside an inline element</p></span>", "Inside an inline element", None),
    ("<div> <p> </p> </div>", "", ""),
]  # fmt: skip


@pytest.mark.parametrize(("html", "text", "markdown"), CASES)
def test_blocks_become_text_and_markdown(html: str, text: str, markdown: str | None) -> None:
    blocks = read_blocks(read_tree(f"<body>{html}</body>", URL).root, URL)
    assert to_text(blocks) == text
    assert to_markdown(blocks) == (text if markdown is None else markdown)


def test_block_knows_how_much_of_it_is_linked() -> None:
    blocks = read_blocks(read_tree("<p>See <a href='/b/'>that</a></p><p><a>anchor</a></p>", URL).root, URL)
    assert [(b.text, b.linked) for b in blocks] == [("See that", 4), ("anchor", 0)]


def test_link_around_blocks_links_them() -> None:
    blocks = read_blocks(read_tree("<body><a href='/b/'><h3>Headline</h3><p>Teaser</p></a></body>", URL).root, URL)
    assert [(b.text, b.linked) for b in blocks] == [("Headline", 8), ("Teaser", 6)]
