"""Saved pages of tengrinews.kz (JSON lines, gzipped) -> a world with their articles, a list page and a feed made from them.

Each line of the file: {"set": "tengrinews", "url", "html", "title", "text", "published": "YYYY-MM-DD"}.
"""

import gzip
import json
from datetime import UTC, datetime
from email.utils import format_datetime
from html import escape
from pathlib import Path
from typing import Any

from benchmarks.proxy_world import Answer, World

HOME = "https://tengrinews.kz"
IN_FEED = 40


def saved_pages(folder: Path) -> list[dict[str, Any]]:
    """The pages of pages.jsonl.gz in the folder that belong to the site."""
    with gzip.open(folder / "pages.jsonl.gz", "rt", encoding="utf-8") as lines:
        return [page for page in map(json.loads, lines) if page["set"] == "tengrinews"]


def saved_site(pages: list[dict[str, Any]]) -> World:
    """Every page under its own address; the first in the feed, all of them in the list's two pages."""
    half = len(pages) // 2
    answers = {page["url"]: Answer(page["html"].encode("utf-8")) for page in pages}
    answers[f"{HOME}/robots.txt"] = Answer(b"User-agent: *\nDisallow: /search/\n", "text/plain")
    answers[f"{HOME}/news.rss"] = Answer(_feed(pages[:IN_FEED]).encode("utf-8"), "application/rss+xml; charset=utf-8")
    answers[f"{HOME}/news/"] = Answer(_list(pages[:half]).encode("utf-8"))
    answers[f"{HOME}/news/page/2/"] = Answer(_list(pages[half:]).encode("utf-8"))
    answers[f"{HOME}/news/page/3/"] = Answer(_list([]).encode("utf-8"))
    return World(answers)


def _feed(pages: list[dict[str, Any]]) -> str:
    items = "".join(
        f"<item><title>{escape(p['title'])}</title><link>{escape(p['url'])}</link>"
        f"<guid>{escape(p['url'])}</guid></item>"
        for p in pages
    )
    built = format_datetime(datetime(2024, 4, 6, tzinfo=UTC))
    return (
        '<?xml version="1.0" encoding="UTF-8"?><rss version="2.0"><channel><title>Tengrinews.kz</title>'
        f"<link>{HOME}</link><description>list</description><language>ru</language><lastBuildDate>{built}</lastBuildDate>"
        f"{items}</channel></rss>"
    )


def _list(pages: list[dict[str, Any]]) -> str:
    items = "".join(
        '<div class="content_main_item"><span class="content_main_item_title">'
        f'<a href="{escape(p["url"].removeprefix(HOME))}">{escape(p["title"])}</a></span>'
        '<div class="content_main_item_meta"><span></span></div></div>'
        for p in pages
    )
    return (
        '<!DOCTYPE html><html lang="ru"><head><meta charset="utf-8"><title>Новости</title></head><body>'
        f'<h1>Новости Казахстана</h1><div class="content_main">{items}</div>'
        '<nav><a href="/news/">1</a> <a href="/news/page/2/">2</a></nav></body></html>'
    )
