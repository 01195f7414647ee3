"""A hostile site: whatever it answers, the crawl goes on, every address gets its fate, and nothing leaves the site."""

import gzip
import json
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import NamedTuple
from urllib.parse import unquote

import pytest

from newscrawl.page import OPEN_FATES, Fate
from tests.crawl.crawls import Crawled, crawl, frozen_copy
from tests.crawl.local_site import Answer, LocalSite, Reply
from tests.crawl.news import ROBOTS, STORIES, feed

pytestmark = pytest.mark.timeout(300)
HANGS = Event()
TIMEOUT_S = 1
MEBIBYTE = 2**20
PAGE = STORIES[3].page
HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nConnection: close\r\n"


def moved(location: str, status: int = 302) -> Answer:
    return Answer(status=status, headers=(("Location", location),))


def refresh(location: str) -> Answer:
    return Answer(
        body=f'<html><head><meta http-equiv="refresh" content="0;url={location}"></head><body>…</body></html>'
    )


def at_last(*first: Answer, page: str = STORIES[1].page) -> Reply:
    """These answers, then a good page."""
    return lambda visit: first[visit] if visit < len(first) else Answer(body=page)


def stray_bytes(page: str) -> bytes:
    """With a NUL and a lone surrogate in the middle of a sentence."""
    return page.encode().replace("карта".encode(), "карта\x00".encode() + b"\xed\xa0\x80", 1)


def bomb() -> Answer:
    """20 kB that unfold to 20 MiB."""
    return Answer(body=gzip.compress(b"\0" * (20 * MEBIBYTE)), headers=(("Content-Encoding", "gzip"),))


class Case(NamedTuple):
    """An address of the hostile site, its answer, and the fate that it may come to, with a word of its reason."""

    slug: str
    reply: Reply
    fates: str
    word: str = ""


SOFT_404 = (
    "<html><head><title>404</title></head><body><h1>Страница не найдена</h1><p>Такой страницы нет.</p></body></html>"
)
LOGIN = '<html><body><h1>Вход</h1><form action="/login"><input name="u"><input type="password" name="p"></form></body></html>'
CHALLENGE = (
    "<html><head><title>Just a moment...</title></head><body><h1>Проверка браузера</h1>"
    '<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>'
)
# By the server's own clock: a crawler's may be wrong.
IN_A_SECOND = (("Date", "Thu, 02 May 2024 12:00:00 GMT"), ("Retry-After", "Thu, 02 May 2024 12:00:01 GMT"))
CASES = [
    Case("good-page-at-the-start-100", Answer(body=STORIES[0].page), "stored"),
    Case("not-there-at-all-101", Answer(status=404), "gone", "404"),
    Case("gone-for-good-102", Answer(status=410), "gone", "410"),
    Case("forbidden-to-us-103", Answer(status=403), "blocked", "403"),
    Case("broken-server-104", Answer(status=500), "server_error", "500"),
    Case("empty-body-page-105", Answer(), "empty"),
    Case("no-content-page-106", Answer(status=204), "empty"),
    Case("binary-body-as-html-107", Answer(body=bytes(range(256)) * 40), "read_error"),
    Case("picture-in-place-108", Answer(body=b"\x89PNG\r\n\x1a\n", content_type="image/png"), "filtered", "picture"),
    Case("report-as-pdf-109", Answer(body=b"%PDF-1.7", content_type="application/pdf"), "filtered", "PDF"),
    Case("gzip-header-on-text-110", Answer(body=PAGE, headers=(("Content-Encoding", "gzip"),)), "bad_response"),
    Case(
        "gzip-body-cut-off-111",
        Answer(body=gzip.compress(PAGE.encode() * 9)[:300], headers=(("Content-Encoding", "gzip"),)),
        "bad_response empty read_error",
    ),
    Case("body-cut-off-112", Answer(body=PAGE[:200], announced=9000), "bad_response", "cut off"),
    Case("endless-redirect-113", moved("/news/endless-redirect-113"), "bad_response"),
    Case("redirect-off-site-114", moved("http://news.other.example/news/1"), "offsite", "news.other.example"),
    Case("redirect-to-metadata-115", moved("http://169.254.169.254/latest/meta-data/"), "unsafe", "169.254"),
    Case("redirect-to-another-port-116", moved("http://127.0.0.1:9/"), "unsafe"),
    Case("redirect-to-decimal-host-117", moved("http://2852039166/"), "unsafe"),
    Case("redirect-to-a-file-118", moved("file:///etc/passwd"), "bad_response", "file:///etc/passwd"),
    Case("redirect-to-nowhere-119", moved("http://[::1"), "bad_response"),
    Case("redirect-without-target-120", Answer(status=302), "bad_response"),
    Case("refresh-off-site-121", refresh("http://news.other.example/"), "offsite"),
    Case("refresh-to-metadata-122", refresh("http://169.254.169.254/"), "unsafe"),
    Case("refresh-to-script-123", refresh("javascript:alert(1)"), "bad_response"),
    Case("hangs-for-ever-124", Answer(gate=HANGS), "timeout"),
    Case("connection-is-cut-125", Answer(raw=b""), "connect_error"),
    Case("speaks-no-http-126", Answer(raw=b"\x00\x01\x02 hello\r\n\r\n"), "bad_response", "no HTTP"),
    Case("a-name-outside-ascii-127", Answer(raw=HEAD + "Заголовок: да\r\n\r\n".encode() + b"<p>x</p>"), "bad_response", "no HTTP"),
    Case("a-very-long-header-128", Answer(raw=HEAD + b"X-Long: " + b"a" * 200_000 + b"\r\n\r\n<p>x</p>"), "bad_response", "too long"),
    Case("headers-without-an-end-146", Answer(raw=HEAD + b"X-More: and more\r\n" * 40_000), "bad_response", "too long"),
    Case("a-codec-as-charset-147", Answer(body=STORIES[3].page, content_type="text/html; charset=rot13"), "stored copy"),
    Case("names-codec-as-charset-148", Answer(body=STORIES[3].page, content_type="text/html; charset=idna"), "stored copy"),
    Case("no-codec-as-charset-149", Answer(body=STORIES[3].page, content_type="text/html; charset=undefined"), "stored copy"),
    Case("unfolds-to-too-much-129", bomb(), "too_large"),
    Case("announces-too-much-130", Answer(body="x", announced=50 * MEBIBYTE), "too_large"),
    Case("nested-without-end-131", Answer(body="<div>" * 5000 + "текст" + "</div>" * 5000), "empty read_error stored"),
    Case("nul-and-lone-surrogate-132", Answer(body=stray_bytes(STORIES[7].page)), "stored"),
    Case("unknown-charset-133", Answer(body=STORIES[4].page, content_type="text/html; charset=utf-9"), "stored"),
    Case("utf-16-without-mark-134", Answer(body=STORIES[5].page.encode("utf-16-le"), content_type="text/html"), "stored"),
    Case("unavailable-at-first-135", at_last(Answer(status=503)), "stored"),
    Case("too-many-requests-136", Answer(status=429), "throttled", "429"),
    Case("moved-within-the-site-137", moved("/news/good-page-behind-138", 301), "redirected", "good-page-behind"),
    Case("unknown-status-139", Answer(status=418), "bad_response", "418"),
    Case("answers-304-unasked-140", Answer(status=304), "bad_response", "304"),
    Case("a-very-long-address-" + "a" * 1900 + "-142", Answer(status=410), "gone", "410"),
    Case("%D0%BC%D0%BE%D1%81%D1%82-%D0%BE%D1%82%D0%BA%D1%80%D1%8B%D1%82-143", Answer(status=410), "gone", "410"),
    Case("with%20a%20space%7Cand-a-bar-144", Answer(status=410), "gone", "410"),
    Case("asks-for-patience-145", at_last(Answer(status=429, headers=(("Retry-After", "1"),)), page=STORIES[3].page), "stored copy"),
    Case("says-not-found-with-200-150", Answer(body=SOFT_404), "soft_404"),
    Case("sends-to-the-login-form-151", moved("/login?back=/news/151"), "login", "password"),
    Case("asks-whether-we-are-human-152", Answer(body=CHALLENGE), "challenge"),
    Case("names-a-date-to-come-back-153", at_last(Answer(status=429, headers=IN_A_SECOND), page=STORIES[3].page), "stored copy"),
    Case("unavailable-twice-154", at_last(Answer(status=503), Answer(status=503), page=STORIES[3].page), "stored copy"),
    Case("longer-than-announced-155", Answer(body=STORIES[3].page + "x" * 5000, announced=2000), "stored copy empty bad_response"),
    Case("drips-a-byte-a-time-156", Answer(body=PAGE, drip_s=0.4), "timeout"),
    Case("good-page-at-the-end-141", Answer(body=STORIES[2].page), "stored"),
]  # fmt: skip
UNLISTED = {"/news/good-page-behind-138": Answer(body=STORIES[6].page)}
NO_PAGES = {"/login?back=/news/151": Answer(body=LOGIN)}
PRIVATE = [f"/private/kept-back-page-{n}" for n in range(200, 203)]
FOREIGN = {
    "http://news.other.example/news/some-story-of-others-1": "offsite",
    "http://169.254.169.254/news/some-story-of-machines-2": "unsafe",
    "http://[::1]/news/some-story-of-machines-3": "unsafe",
    "http://127.0.0.1:9/news/some-story-of-machines-4": "unsafe",
}
NOT_LINKS = ["javascript:alert(1)", "data:text/html,<p>x</p>", "file:///etc/passwd", "mailto:a@news.example"]


def hostile_site() -> LocalSite:
    site = LocalSite()
    pages = {f"/news/{case.slug}": case.reply for case in CASES}
    links = [site.url(unquote(path)) for path in (*pages, *PRIVATE)] + [*FOREIGN, *NOT_LINKS]
    front = '<html><head><link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>…</body></html>'
    site.pages |= pages | UNLISTED | NO_PAGES | {path: Answer(body=PAGE) for path in PRIVATE}
    site.pages |= {
        "/": Answer(body=front),
        "/feed.xml": Answer(body=feed(site.origin, (), *links), content_type="application/rss+xml"),
        "/robots.txt": Answer(body=ROBOTS, content_type="text/plain"),
        "/sitemap.xml": Answer(body=hostile_sitemap(site.origin), content_type="application/xml"),
        "/rss.xml": Answer(body=BILLION_LAUGHS, content_type="application/xml"),
        "/atom.xml": Answer(body=OUTSIDE_ENTITY, content_type="application/xml"),
    }
    return site


def hostile_sitemap(origin: str) -> str:
    """An index that lists itself, and nothing else."""
    return f"<sitemapindex><sitemap><loc>{origin}/sitemap.xml</loc></sitemap></sitemapindex>"


BILLION_LAUGHS = (
    '<!DOCTYPE rss [<!ENTITY a "ha">'
    + "".join(f'<!ENTITY {b} "{f"&{a};" * 10}">' for a, b in zip("abcdefgh", "bcdefghi", strict=True))
    + "]><rss><channel><item><title>&i;</title><link>/news/laughing-all-the-way-900</link></item></channel></rss>"
)
OUTSIDE_ENTITY = (
    '<!DOCTYPE feed [<!ENTITY x SYSTEM "file:///etc/passwd">]>'
    "<feed><entry><title>&x;</title><link href='/news/reading-your-files-901'/></entry></feed>"
)


def crawl_hostile(folder: Path) -> dict[str, Crawled]:
    settings = ("-s", f"DOWNLOAD_TIMEOUT={TIMEOUT_S}", "-s", "RETRY_TIMES=2")
    with hostile_site() as site:
        whole = frozen_copy(crawl(site, folder / "data", *settings), folder / "whole")
        HANGS.set()
    return {"whole": whole}


@pytest.fixture(scope="session")
def crawled(once: Callable[[str, Callable[[Path], dict[str, Crawled]]], dict[str, Crawled]]) -> Crawled:
    return once("hostile-crawl", crawl_hostile)["whole"]


@pytest.mark.parametrize("case", CASES, ids=[case.slug[:40] for case in CASES])
def test_every_answer_has_its_fate_and_a_reason(crawled: Crawled, case: Case) -> None:
    [row] = crawled.rows("SELECT fate, detail FROM urls WHERE url LIKE ?", f"%/news/%-{case.slug[-3:]}")
    assert row["fate"] in case.fates.split()
    assert case.word in row["detail"]
    assert row["detail"] or row["fate"] in {"stored", "updated", "copy"}
    assert "\n" not in row["detail"]


def test_the_crawl_ends_by_itself_without_a_traceback(crawled: Crawled) -> None:
    assert crawled.exit_code in {0, 3, 4}
    assert "Traceback" not in crawled.lines
    assert "lost sight" not in crawled.lines
    assert "lost sight" not in str(crawled.rows("SELECT detail FROM urls"))


def test_the_sum_over_the_fates_is_the_number_of_addresses_seen(crawled: Crawled) -> None:
    [visit] = crawled.rows("SELECT seen, counts FROM site_runs")
    counts = json.loads(visit["counts"])
    fates = Counter(row["fate"] for row in crawled.rows("SELECT fate FROM urls"))
    listed = len(CASES) + len(PRIVATE) + len(FOREIGN)
    articles = Counter(crawled.fates().values())
    assert sum(articles.values()) == listed + len(UNLISTED)
    assert not {Fate(fate) for fate in fates} & OPEN_FATES
    assert visit["seen"] > 0
    # A redirect's target is a row that no source listed; of the visit it is the address that was asked for.
    assert sum(counts.values()) == sum(fates.values()) - len(UNLISTED)


def test_good_pages_among_bad_ones_are_stored_and_nothing_else(crawled: Crawled) -> None:
    titles = {row["title"] for row in crawled.rows("SELECT title FROM articles")}
    assert {STORIES[n].title for n in range(8)} <= titles
    assert titles <= {story.title for story in STORIES}


def test_stray_bytes_do_not_spoil_a_text(crawled: Crawled) -> None:
    [row] = crawled.rows("SELECT text, length(text) AS n FROM articles WHERE title = ?", STORIES[7].title)
    assert row["n"] == len(row["text"])
    assert "\x00" not in row["text"]
    assert row["text"].encode()
    assert STORIES[7].paragraphs[1] in row["text"]


def test_a_redirect_within_the_site_is_one_article_with_two_addresses(crawled: Crawled) -> None:
    rows = crawled.rows(
        "SELECT u.url, u.fate FROM urls AS u JOIN articles AS a ON a.id = u.article_id WHERE a.title = ? ORDER BY u.url",
        STORIES[6].title,
    )
    assert [(r["url"].rpartition("/")[2], r["fate"]) for r in rows] == [
        ("good-page-behind-138", "stored"),
        ("moved-within-the-site-137", "redirected"),
    ]


@pytest.mark.parametrize("path", PRIVATE)
def test_what_robots_txt_forbids_is_not_fetched(crawled: Crawled, path: str) -> None:
    assert crawled.fates()[path[1:]] == "robots"
    assert not crawled.asked(path)


@pytest.mark.parametrize(("url", "fate"), FOREIGN.items())
def test_a_link_of_the_feed_that_leads_away_is_refused(crawled: Crawled, url: str, fate: str) -> None:
    [row] = crawled.rows("SELECT fate, detail FROM urls WHERE url = ?", url)
    assert row["fate"] == fate
    assert row["detail"]


def test_what_is_no_link_is_no_address(crawled: Crawled) -> None:
    schemes = {row["url"].partition(":")[0] for row in crawled.rows("SELECT url FROM urls")}
    assert schemes == {"http"}


def test_hostile_xml_lists_nothing(crawled: Crawled) -> None:
    assert not crawled.rows("SELECT url FROM urls WHERE url LIKE '%laughing%' OR url LIKE '%reading-your-files%'")
    fates = {r["url"].rpartition("/")[2]: r["fate"] for r in crawled.rows("SELECT * FROM urls WHERE kind = 'source'")}
    assert fates["rss.xml"] == "bad_response"
    assert fates["atom.xml"] == "bad_response"


def test_a_sitemap_that_lists_itself_is_asked_once(crawled: Crawled) -> None:
    assert len(crawled.asked("/sitemap.xml")) == 1


def test_a_second_of_patience_is_kept_for_the_whole_host(crawled: Crawled) -> None:
    [refused, _] = crawled.asked("/news/asks-for-patience-145")
    next_at_s = min(asked.at_s for asked in crawled.requests if asked.at_s > refused.at_s)
    assert next_at_s - refused.at_s >= 0.95


def test_what_failed_for_the_moment_is_tried_again_at_once_and_later(crawled: Crawled) -> None:
    assert len(crawled.asked("/news/broken-server-104")) == 3
    [row] = crawled.rows("SELECT due_at FROM urls WHERE url LIKE '%broken-server-104'")
    assert row["due_at"] > "2024-05-02T12:"
    [gone] = crawled.rows("SELECT due_at FROM urls WHERE url LIKE '%gone-for-good-102'")
    assert gone["due_at"] is None
