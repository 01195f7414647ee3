"""Twelve sites -> a database in which each was visited every hour for five weeks and more, before the soak begins."""

import sqlite3
from collections import Counter
from contextlib import closing
from datetime import datetime
from pathlib import Path

from benchmarks.soak_world import BEGIN, HOUR, SITES, SoakSite, SoakWorld
from newscrawl.article import Article
from newscrawl.page import Fate
from newscrawl.site import Site
from newscrawl.store.articles import store_article
from newscrawl.store.database import open_database, write_transaction
from newscrawl.store.measures import Measures, keep_measures
from newscrawl.store.runs import finish_run, finish_site_run, start_run, start_site_run, upsert_site

DAYS = 37


def seed(data: Path, world: SoakWorld) -> None:
    """Runs, visits, what they were judged by, and an article a day and site, straight into the tables."""
    path = data / "newscrawl.db"
    with closing(open_database(path)) as connection, write_transaction(connection, path):
        for site in SITES:
            home = world.origin(site) + "/"
            upsert_site(connection, Site(name=site.name, home=home, timezone="Asia/Almaty", private=True), BEGIN)
        for back in range(DAYS * 24, 0, -1):
            at = BEGIN - HOUR * back
            run_id = start_run(connection, at, "run", 1)
            for site in SITES:
                visit = start_site_run(connection, run_id, site.name, at)
                measures = _measures(site, at - HOUR)
                stored = Counter({Fate.STORED: sum(measures.fresh.values()), Fate.LISTING: 1})
                finish_site_run(connection, visit, at, stored, "healthy" if measures.pages else "quiet")
                keep_measures(connection, visit, measures)
                if back % 24 == 0:
                    _store(connection, world.origin(site), site, at)
            finish_run(connection, run_id, at, 0)


def _measures(site: SoakSite, begin: datetime) -> Measures:
    count = site.articles_in(begin)
    kazakh = count // 2 if site.kazakh else 0
    fresh = {language: n for language, n in (("kk", kazakh), ("ru", count - kazakh)) if n}
    # An article is read once, and again an hour and six hours later.
    return Measures(
        pages=2 * count, with_text=2 * count, with_date=2 * count, with_author=2 * count, fresh=fresh, low=()
    )


def _store(connection: sqlite3.Connection, origin: str, site: SoakSite, at: datetime) -> None:
    text = f"Хроника сайта {site.name} за {at:%d.%m.%Y}: день прошёл спокойно."
    article = Article(
        url=f"{origin}/{at:%Y/%m/%d}/chronicle", title=text[:40], text=text, markdown=text, published=at, language="ru"
    )
    store_article(
        connection, article, site=site.name, fetched_at=at, capture_id=None, text_hash=f"soak:{site.name}:{at.isoformat()}",
        near_signature=None, extractor="soak",
    )  # fmt: skip
