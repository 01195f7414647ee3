"""An hour of a day that is told beforehand -> what twelve local news sites answer in it, each on a port of its own.

Everything is a function of the site and the instant: articles appear, some are edited, and four sites run into trouble. Nothing asks
what time it really is, so a soak can be repeated, and one with kills compared with one without.
"""

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from random import Random
from typing import Self

from benchmarks.soak_words import kazakh_sentence, number_of, russian_sentence

BEGIN = datetime(2024, 5, 16, 0, 0, tzinfo=UTC)  # a Thursday
HOUR = timedelta(hours=1)
HOURS = 24
BLOCKED_AT, REDESIGNED_AT, SILENT_AT, DOWN_AT, UP_AT = 6, 9, 12, 15, 18
# The feed's length is what a visit after an outage finds.
IN_FEED = 40
EDITED_AFTER = timedelta(minutes=90)


@dataclass(frozen=True, slots=True)
class SoakSite:
    """A site before it has a port. rate: articles an hour; trouble: what happens to it during the day."""

    name: str
    rate: int
    trouble: str = ""
    kazakh: bool = False

    def articles_in(self, begin: datetime) -> int:
        """How many appear in the hour from there on: the rate, and one more or less where it is not one."""
        if self.trouble == "silent" and begin >= BEGIN + HOUR * SILENT_AT:
            return 0
        wobble = (number_of(self.name, begin.isoformat()) % 3) - 1 if self.rate > 1 else 0
        return self.rate + wobble


SITES = (
    SoakSite("vesti_example", 1), SoakSite("akzhar_example", 2, kazakh=True), SoakSite("dala_example", 1),
    SoakSite("tau_example", 2), SoakSite("ozen_example", 1), SoakSite("kolsai_example", 3, kazakh=True),
    SoakSite("saryarka_example", 1), SoakSite("altai_example", 2), SoakSite("blocked_example", 2, "blocked"),
    SoakSite("redesigned_example", 5, "redesigned"), SoakSite("silent_example", 8, "silent"),
    SoakSite("down_example", 2, "down"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class SoakArticle:
    """One article of one site."""

    site: SoakSite
    published: datetime
    number: int

    @property
    def path(self) -> str:
        """Its address on the site."""
        return f"/{self.published:%Y/%m/%d}/{self.published:%H%M}-{number_of(self.site.name, str(self.published)) % 90_000 + 10_000}"

    @property
    def iskazakh_sentence(self) -> bool:
        """Its language."""
        return self.site.kazakh and self.number % 2 == 1

    def paragraphs(self, now: datetime) -> list[str]:
        """Its text as it stands at that instant: each fourth article is edited later."""
        words = Random(number_of(self.site.name, str(self.published)))
        sentence = kazakh_sentence if self.iskazakh_sentence else russian_sentence
        told = [" ".join(sentence(words) for _ in range(4)) for _ in range(3)]
        edited = self.number % 4 == 0 and now >= self.published + EDITED_AFTER
        return [*told, f"Дополнено: {russian_sentence(words)}"] if edited else told

    def title(self) -> str:
        """Its headline."""
        words = Random(number_of("title", self.site.name, str(self.published)))
        return (kazakh_sentence if self.iskazakh_sentence else russian_sentence)(words).rstrip(".")

    def page(self, now: datetime) -> str:
        """Its page, by the layout of that instant."""
        if self.site.trouble == "redesigned" and now >= BEGIN + HOUR * REDESIGNED_AT:
            links = "".join(f'<li><a href="{a.path}">{a.title()}</a></li>' for a in articles(self.site, now)[:20])
            return f"<!doctype html><html><head><title>Новости</title></head><body><main><ul>{links}</ul></main></body></html>"
        stamp = {"@type": "NewsArticle", "headline": self.title(), "datePublished": self.published.isoformat()}
        author = {"author": {"@type": "Person", "name": "Айгуль Серикова"}}
        body = "".join(f"<p>{text}</p>" for text in self.paragraphs(now))
        return (
            f'<!doctype html><html lang="{"kk" if self.iskazakh_sentence else "ru"}"><head><meta charset="utf-8"><title>{self.title()}</title>'
            f'<script type="application/ld+json">{json.dumps(stamp | author)}</script></head><body><nav><a href="/">1</a></nav>'
            f"<main><article><h1>{self.title()}</h1>{body}</article></main></body></html>"
        )


def articles(site: SoakSite, now: datetime) -> list[SoakArticle]:
    """What the site's feed lists at that instant, the newest first."""
    found: list[SoakArticle] = []
    begin = now.replace(minute=0)
    while len(found) < IN_FEED and begin >= BEGIN - HOUR * 3:
        count = site.articles_in(begin)
        minutes = [n * 60 // count + 3 for n in range(count)]
        found += [SoakArticle(site, begin + timedelta(minutes=m), n) for n, m in reversed(list(enumerate(minutes)))]
        begin -= HOUR
    return [article for article in found if article.published <= now][:IN_FEED]


class SoakWorld:
    """The twelve sites on loopback. `now`: the hour that they live in. Used in a `with` block."""

    def __init__(self) -> None:
        self.now = BEGIN
        self._servers = {site.name: _Server(self, site) for site in SITES}

    def origin(self, site: SoakSite) -> str:
        """`http://127.0.0.1:PORT`."""
        return f"http://127.0.0.1:{self._servers[site.name].server_address[1]}"

    def answer(self, site: SoakSite, path: str) -> tuple[int, str, str]:
        """Status, content type and body."""
        hour = (self.now - BEGIN) / HOUR
        if site.trouble == "blocked" and hour >= BLOCKED_AT:
            return 403, "text/html; charset=utf-8", "<h1>403</h1>"
        if site.trouble == "down" and DOWN_AT <= hour < UP_AT:
            return 502, "text/html; charset=utf-8", "<h1>502</h1>"
        if path == "/robots.txt":
            return 200, "text/plain", "User-agent: *\nDisallow: /private/\n"
        if path == "/feed.xml":
            return 200, "application/rss+xml", "".join(self._feed(site))
        known = {article.path: article for article in self._all(site)}
        if path in known:
            return 200, "text/html; charset=utf-8", known[path].page(self.now)
        return 404, "text/html; charset=utf-8", "<h1>404</h1>"

    def _feed(self, site: SoakSite) -> Iterator[str]:
        yield '<?xml version="1.0"?><rss version="2.0"><channel><title>Лента</title>'
        for article in articles(site, self.now):
            link, date = self.origin(site) + article.path, format_datetime(article.published, usegmt=True)
            yield f"<item><title>{article.title()}</title><link>{link}</link><pubDate>{date}</pubDate></item>"
        yield "</channel></rss>"

    def _all(self, site: SoakSite) -> Iterator[SoakArticle]:
        at = self.now
        while at >= BEGIN - HOUR * 3:
            yield from (a for a in articles(site, at) if a.published <= self.now)
            at -= HOUR * 4

    def __enter__(self) -> Self:
        for server in self._servers.values():
            threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        for server in self._servers.values():
            server.shutdown()
            server.server_close()


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False

    def __init__(self, world: SoakWorld, site: SoakSite) -> None:
        super().__init__(("127.0.0.1", 0), _Visit)
        self.world, self.site = world, site

    def handle_error(self, request: object, client_address: object) -> None:
        """A crawl that is killed in the middle of an answer is what the soak is about."""


class _Visit(BaseHTTPRequestHandler):
    server: _Server
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        """Answer, with 304 for who knows it already."""
        status, content_type, text = self.server.world.answer(self.server.site, self.path)
        body = text.encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        known = status == 200 and self.headers.get("If-None-Match") == etag
        self.send_response(304 if known else status)
        self.send_header("ETag", etag)
        if not known:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if not known:
            self.wfile.write(body)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the standard library's name
        """The crawl's own tables are the log."""
