"""An origin -> small news sites of nine shapes: what each serves, its articles, and the sources that are to be found.

Each has the service pages that real sites have (prose about the editors, an advertiser's offer, lists by tag and by author):
none of them is an article.
"""

import gzip
import json
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from html import escape

from tests.crawl.local_site import Answer, Reply
from tests.crawl.news import STORIES, Story, feed

ABOUT = (
    "<p>Мы рассказываем о жизни города с позапрошлого года. Редакция состоит из шести человек, и каждый из них сам снимает, пишет и"
    " отвечает на письма читателей.</p><p>Письма приходят на почту и в ящик у входа. Мы отвечаем на все, кроме тех, что"
    " написаны неразборчиво, и печатаем самые интересные в конце каждого месяца.</p><p>Перепечатывать наши заметки можно, если"
    " под ними стоит ссылка на нас, а фотографии подписаны именем того, кто их сделал.</p>"
) * 2
SERVICE = {"/o-redakcii/": "О редакции", "/reklama/": "Реклама", "/kontakty/": "Контакты", "/pravila/": "Правила"}


@dataclass(frozen=True, kw_only=True)
class Shape:
    """One site. articles: path -> title; sources: paths (with their query) of places that are to be found and to work."""

    name: str
    pages: dict[str, Reply]
    articles: dict[str, str]
    sources: tuple[str, ...] = field(default=())


def shapes() -> dict[str, Callable[[str], Shape]]:
    """By name: origin -> the site."""
    makers = (wordpress, bitrix, drupal, joomla, plain, news_sitemap, packed, cyrillic, undated)
    return {maker.__name__: maker for maker in makers}


def page(head: str, body: str, charset: str = "utf-8") -> Answer:
    """An HTML page with the menu and footer that all have."""
    footer = "".join(f'<a href="{path}">{name}</a> ' for path, name in SERVICE.items())
    html = (
        f'<!doctype html><html lang="ru"><head><meta charset="{charset}"><meta property="og:site_name" content="Акжар">{head}</head>'
        f'<body>{body}<footer><a href="/tag/reka/">река</a> <a href="/author/ivan/">Иван</a> {footer}</footer></body></html>'
    )
    return Answer(body=html.encode(charset, "xmlcharrefreplace"), content_type=f"text/html; charset={charset}")


def moved(form: Callable[[int, Story], str]) -> list[Story]:
    """The stories under this site's addresses."""
    return [replace(story, path=form(1001 + n, story), told_by="page") for n, story in enumerate(STORIES)]


def slug(story: Story) -> str:
    """The words of the story's usual address."""
    return story.path.rpartition("/")[2].rpartition("-")[0]


def site(stories: list[Story], charset: str = "utf-8") -> dict[str, Reply]:
    """The articles and what every site has besides."""
    pages: dict[str, Reply] = {s.path: recoded(s.page, charset) for s in stories}
    pages |= {
        path: page(f"<title>{name}</title>", f"<h1>{name}</h1>{ABOUT}", charset) for path, name in SERVICE.items()
    }
    links = cards(stories[:3])
    return pages | {path: page("<title>Все</title>", links, charset) for path in ("/tag/reka/", "/author/ivan/")}


def recoded(html: str, charset: str) -> Answer:
    """A page in another charset, which it states."""
    body = html.replace('charset="utf-8"', f'charset="{charset}"').encode(charset, "xmlcharrefreplace")
    return Answer(body=body, content_type=f"text/html; charset={charset}")


def cards(stories: list[Story], dated: bool = False) -> str:
    """Links to articles."""
    days = {s.path: ".".join(reversed(s.published.split()[0].split("-"))) for s in stories}
    return "".join(
        f'<div class="card"><a href="{s.path}">{escape(s.title)}</a>{f"<span>{days[s.path]}</span>" if dated else ""}</div>'
        for s in stories
    )


def menu(**sections: str) -> str:
    """The menu."""
    return "<nav>" + "".join(f'<a href="{path}">{name}</a>' for name, path in sections.items()) + "</nav>"


def titles(stories: list[Story]) -> dict[str, str]:
    """Path -> title."""
    return {story.path: story.title for story in stories}


def xml(text: str, kind: str = "application/xml") -> Answer:
    """A feed or sitemap."""
    return Answer(body=text, content_type=kind)


def robots(text: str = "") -> Answer:
    """robots.txt."""
    return Answer(body=f"User-agent: *\nDisallow: /search/\n{text}", content_type="text/plain")


def urlset(origin: str, paths: list[str], more: str = "") -> str:
    """A sitemap."""
    entries = "".join(f"<url><loc>{origin}{path}</loc>{more}</url>" for path in paths)
    return f'<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{entries}</urlset>'


def wordpress(origin: str) -> Shape:
    """API, feed, and an index of sitemaps that names pages and tags, too."""
    stories = moved(lambda n, s: f"/{slug(s)}/")
    posts = [
        {
            "id": n,
            "link": origin + s.path,
            "title": {"rendered": s.title},
            "date": s.published.replace(" ", "T") + ":00",
        }
        for n, s in enumerate(stories)
    ]
    head = f'<link rel="https://api.w.org/" href="{origin}/wp-json/"><link rel="alternate" type="application/rss+xml" href="/feed/">'

    index = "".join(
        f"<sitemap><loc>{origin}/wp-sitemap-{k}-1.xml</loc></sitemap>"
        for k in ("posts-post", "posts-page", "taxonomies-post_tag")
    )
    answer = Answer(body=json.dumps(posts), content_type="application/json", headers=(("X-WP-TotalPages", "1"),))
    query = "?per_page=100&orderby=date&order=desc&_fields=id%2Clink%2Ctitle%2Cdate%2Cdate_gmt%2Cmodified%2Cmodified_gmt%2Clang"
    pages = site(stories) | {
        "/": page(head, menu(Город="/category/gorod/") + cards(stories[:3])),
        "/category/gorod/": page("", cards(stories[2:5])),
        f"/wp-json/wp/v2/posts{query}": answer,
        "/feed/": xml(feed(origin, tuple(stories[:5]))),
        "/robots.txt": robots(f"Sitemap: {origin}/wp-sitemap.xml\n"),
        "/wp-sitemap.xml": xml(f"<sitemapindex>{index}</sitemapindex>"),
        "/wp-sitemap-posts-post-1.xml": xml(urlset(origin, [s.path for s in stories])),
        "/wp-sitemap-posts-page-1.xml": xml(urlset(origin, list(SERVICE))),
        "/wp-sitemap-taxonomies-post_tag-1.xml": xml(urlset(origin, ["/tag/reka/"])),
    }
    return Shape(
        name="wordpress", pages=pages, articles=titles(stories), sources=("/wp-json/", "/feed/", "/wp-sitemap.xml")
    )


def bitrix(origin: str) -> Shape:
    """windows-1251, a feed that only a link in the footer shows, a list that goes on under PAGEN_1."""
    stories = moved(lambda n, s: f"/news/gorod/{slug(s)}/")
    lists = paged(stories, lambda n: f"/news/?PAGEN_1={n}", "/news/", "windows-1251")
    home = menu(Новости="/news/") + cards(stories[:2]) + '<p><a href="/rss/"><img alt="RSS"></a></p>'
    feed_text = feed(origin, tuple(stories[:4])).replace('version="1.0"?', 'version="1.0" encoding="windows-1251"?', 1)
    pages = site(stories, "windows-1251") | lists
    pages |= {"/": page("", home, "windows-1251"), "/robots.txt": robots()}
    pages["/rss/"] = Answer(body=feed_text.encode("cp1251", "xmlcharrefreplace"), content_type="text/xml")
    return Shape(name="bitrix", pages=pages, articles=titles(stories), sources=("/rss/", "/news/"))


def drupal(origin: str) -> Shape:
    """Numbered nodes, pages that are counted from 0, a feed that the head names."""
    stories = moved(lambda n, s: f"/node/{n}")
    lists = paged(stories, lambda n: f"/news?page={n - 1}", "/news")
    head = '<link rel="alternate" type="application/rss+xml" href="/rss.xml">'
    pages = (
        site(stories) | lists | {"/": page(head, menu(Новости="/news") + cards(stories[:2])), "/robots.txt": robots()}
    )
    pages["/rss.xml"] = xml(feed(origin, tuple(stories[:3])), "application/rss+xml")
    return Shape(name="drupal", pages=pages, articles=titles(stories), sources=("/rss.xml", "/news"))


def joomla(origin: str) -> Shape:
    """A list that goes on by offsets, a feed under a query."""
    stories = moved(lambda n, s: f"/novosti/{n}-{slug(s)}")
    lists = paged(stories, lambda n: f"/novosti?start={3 * (n - 1)}", "/novosti")
    head = '<link rel="alternate" type="application/rss+xml" href="/novosti?format=feed&amp;type=rss">'
    pages = (
        site(stories)
        | lists
        | {"/": page(head, menu(Новости="/novosti") + cards(stories[:2])), "/robots.txt": robots()}
    )
    pages["/novosti?format=feed&type=rss"] = xml(feed(origin, tuple(stories[:3])), "application/rss+xml")
    return Shape(
        name="joomla", pages=pages, articles=titles(stories), sources=("/novosti?format=feed&type=rss", "/novosti")
    )


def paged(stories: list[Story], form: Callable[[int], str], first: str, charset: str = "utf-8") -> dict[str, Reply]:
    """A dated list, three a page, with numbered links below it."""
    chunks = [stories[at : at + 3] for at in range(0, len(stories), 3)]
    addresses = [first, *(form(n) for n in range(2, len(chunks) + 1))]
    numbers = "".join(f'<a href="{url}">{n}</a> ' for n, url in enumerate(addresses, 1))
    return {
        url: page("", f"<main>{cards(chunk, dated=True)}<div>{numbers}</div></main>", charset)
        for url, chunk in zip(addresses, chunks, strict=True)
    }


def plain(origin: str) -> Shape:
    """No feed, no sitemap: a front page and two sections, days in addresses."""
    stories = moved(lambda n, s: f"/{s.published[:10].replace('-', '/')}/{slug(s)}.html")
    home = menu(Город="/gorod/", Наука="/nauka/") + cards(stories[:2])
    pages = site(stories) | {"/": page("", home), "/robots.txt": robots()}
    pages |= {"/gorod/": page("", cards(stories[2:5])), "/nauka/": page("", cards(stories[5:]))}
    return Shape(name="plain", pages=pages, articles=titles(stories), sources=("/", "/gorod/", "/nauka/"))


def news_sitemap(origin: str) -> Shape:
    """A front page without articles; a news sitemap at an odd place that only robots.txt names."""
    stories = moved(lambda n, s: f"/s/{slug(s)}")
    entries = "".join(
        f"<url><loc>{origin}{s.path}</loc><news:news><news:publication><news:name>Акжар</news:name><news:language>{s.language}</news:language>"
        f"</news:publication><news:publication_date>{s.published.replace(' ', 'T')}:00+05:00</news:publication_date>"
        f"<news:title>{escape(s.title)}</news:title></news:news></url>"
        for s in stories
    )
    spaces = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"'
    pages = site(stories) | {"/": page("", "<h1>Акжар</h1>"), "/robots.txt": robots(f"sitemap: {origin}/xml/gn.php\n")}
    pages["/xml/gn.php"] = xml(f"<urlset {spaces}>{entries}</urlset>", "text/xml")
    return Shape(name="news_sitemap", pages=pages, articles=titles(stories), sources=("/xml/gn.php",))


def packed(origin: str) -> Shape:
    """A sitemap that is gzip without saying so, with service pages among the articles."""
    stories = moved(lambda n, s: f"/a/{n}/{slug(s)}")
    body = gzip.compress(urlset(origin, [*(s.path for s in stories), *SERVICE, "/tag/reka/"]).encode(), mtime=0)
    pages = site(stories) | {
        "/": page("", cards(stories[:1])),
        "/robots.txt": robots(f"Sitemap: {origin}/maps/all.xml.gz\n"),
    }
    pages["/maps/all.xml.gz"] = Answer(body=body, content_type="application/octet-stream")
    return Shape(name="packed", pages=pages, articles=titles(stories), sources=("/maps/all.xml.gz",))


def cyrillic(origin: str) -> Shape:
    """windows-1251 that only the header states; Cyrillic letters in addresses, percent-encoded."""
    stories = moved(lambda n, s: f"/%D0%BD%D0%BE%D0%B2%D0%BE%D1%81%D1%82%D0%B8/{n}-{slug(s)}.html")

    def bare(answer: Reply) -> Reply:
        assert isinstance(answer, Answer)
        return replace(answer, body=answer.content.replace(b'<meta charset="windows-1251">', b""))

    lists = paged(stories, lambda n: f"/lenta/page/{n}/", "/lenta/", "windows-1251")
    pages = (
        site(stories, "windows-1251")
        | lists
        | {"/": page("", menu(Лента="/lenta/") + cards(stories[:2]), "windows-1251")}
    )
    pages = {path: bare(answer) for path, answer in pages.items()} | {"/robots.txt": robots()}
    return Shape(name="cyrillic", pages=pages, articles=titles(stories), sources=("/lenta/",))


def undated(origin: str) -> Shape:
    """Lists without dates, addresses without numbers; one list goes on behind rel="next"."""
    stories = moved(lambda n, s: f"/news/{slug(s)}/")
    pages = site(stories) | {
        "/": page("", menu(Лента="/news/", Наука="/nauka/") + cards(stories[:2])),
        "/robots.txt": robots(),
    }
    pages["/news/"] = page("", cards(stories[:4]) + '<a rel="next" href="/news/page/2/">дальше</a>')
    pages["/news/page/2/"] = page("", cards(stories[4:6]))
    pages["/nauka/"] = page("", cards(stories[6:]))
    return Shape(name="undated", pages=pages, articles=titles(stories), sources=("/news/", "/nauka/"))
