import pytest

from newscrawl.extraction.draft import PageType
from newscrawl.extraction.tree import MAX_BYTES, UnreadablePage, read_tree

URL = "https://courier.example/a/"


@pytest.mark.timeout(5)
@pytest.mark.parametrize(
    ("html", "fate"),
    [
        ("", "empty"),
        (b" \n ", "empty"),
        ("<!-- nothing -->", "empty"),
        ("<!DOCTYPE html>", "empty"),
        ("a" * (MAX_BYTES + 1), "too_large"),
        (b"<p>" + b"a" * MAX_BYTES, "too_large"),
        (b"\x89PNG\r\n\x1a\n" + bytes(range(256)), "read_error"),
        (b"%PDF-1.7 <p>", "read_error"),
        (b"PK\x03\x04<p>", "read_error"),
        ('{"items": []}', "read_error"),
        ("<" * 100_000, "read_error"),
        ("<p>a" * 200_000, "read_error"),
        ("<body>" + "<a href=x>a</a>" * 200_000, "read_error"),
        ("<p " + " ".join(f"a{i}='1'" for i in range(20_000)) + ">a", "read_error"),
    ],
    ids=lambda value: value if len(value) < 20 else value[:12],
)
def test_page_over_a_limit_or_no_html_is_refused_with_its_fate(html: str | bytes, fate: PageType) -> None:
    with pytest.raises(UnreadablePage) as refusal:
        read_tree(html, URL)
    assert refusal.value.fate == fate
    assert str(refusal.value)


@pytest.mark.parametrize("tag", ["div", "b", "span", "blockquote", "ul><li", "table><tr><td"])
def test_text_below_deep_nesting_is_found(tag: str) -> None:
    tree = read_tree(f"<html><body><h1>Title</h1>{f'<{tag}>' * 5_000}<p>deep down</p>", URL)
    assert tree.flattened
    assert tree.root.findtext(".//p") == "deep down"
    assert tree.root.findtext(".//h1") == "Title"


def test_common_depth_keeps_its_blocks() -> None:
    tree = read_tree("<body>" + "<div>" * 60 + "<p>text", URL)
    assert not tree.flattened
    assert len(list(tree.root.iter("div"))) == 60


@pytest.mark.parametrize(
    "html",
    [
        "<p>one line " + "word " * 200_000,
        "<p " + " ".join(f"a{i}=1" for i in range(900)) + ">a",
        "<p data-state='" + "word " * 50_000 + "'>a",
        "<p>&bogus; &amp &#; &#x; &#99999999;</p>",
        "<p>a\ud800b\x00c",
        '<?xml version="1.0" encoding="windows-1251"?><html><body><p>text</p>',
        "<p>unclosed <b>bold <i>both",
        "<html><body><p>cut of",
    ],
    ids=lambda value: value[:12],
)
def test_odd_page_is_read(html: str) -> None:
    root = read_tree(html, URL).root
    assert len(root.text_content()) >= 1
    root.text_content().encode("utf-8")


def test_paragraph_inside_a_heading_is_the_headings_text() -> None:
    root = read_tree("<h2 class='lead'> <p>Stand<b>first</b></h2><h2></h2><p>Text</p><h3>a<p>b</p></h3>", URL).root
    assert [(e.tag, e.text_content()) for e in root.iter("h2", "p")][:3] == [
        ("h2", "Standfirst"),
        ("h2", ""),
        ("p", "Text"),
    ]


def test_json_ld_is_laid_flat_and_broken_blocks_are_left_out() -> None:
    tree = read_tree(
        '<script type="application/ld+json">{"@graph": [{"@type": "NewsArticle"}, {"@type": "WebSite"}]}</script>'
        '<script type="application/ld+json">{broken</script>'
        '<script type="application/ld+json">[{"@type": "Person"}]</script>'
        '<script type="application/ld+json">' + "[" * 100_000 + "</script>",
        URL,
    )
    assert [thing.get("@type") for thing in tree.json_ld] == [None, "NewsArticle", "WebSite", "Person"]


def test_meta_is_looked_up_by_name_property_or_itemprop_in_the_order_asked() -> None:
    tree = read_tree(
        '<meta property="og:title" content="Social"><meta name="Title" content=" Plain "><meta itemprop="name" content="">',
        URL,
    )
    assert tree.meta("title", "og:title") == "Plain"
    assert tree.meta("og:title", "title") == "Social"
    assert tree.meta("name") is None
