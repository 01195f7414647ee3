"""One month out of sitemaps of years -> no page outside the window is downloaded, and every article of it is stored.

    python -m benchmarks.backfill                   # 10,000 articles in a flat sitemap and in an index of monthly ones
    python -m benchmarks.backfill --articles 100000

The same articles twice, as two sites: one flat sitemap (several, with an index that dates none, beyond 50,000), and an index
whose monthly sitemaps carry their dates. Exits 1 when a page outside was downloaded, one inside is missing, or the
crawl says that something was wrong.
"""

import argparse
import sys
import tempfile
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

from benchmarks.local_crawls import Child, crawl_command, finish, write_site_files
from benchmarks.own_articles import page_of
from newscrawl.site import Site, Sitemap
from tests.crawl.local_site import Answer, LocalSite

FIRST = datetime(2015, 1, 1, 8, tzinfo=UTC)
LAST = datetime(2024, 4, 30, 8, tzinfo=UTC)
SINCE, UNTIL = "2019-03-01", "2019-03-31"
IN_A_SITEMAP = 50_000
XML = "application/xml"


@dataclass(frozen=True, kw_only=True)
class Past:
    """An article: where it is and when it was published."""

    path: str
    at: datetime

    @property
    def page(self) -> str:
        """A text of its own, made of its number."""
        return page_of(int(self.path.rpartition("-")[2]), self.at)


@dataclass(kw_only=True)
class Years:
    """A site with all its articles and one form of sitemap."""

    name: str
    articles: list[Past]
    local: LocalSite = field(default_factory=LocalSite)

    def __post_init__(self) -> None:
        self.local.pages |= {article.path: Answer(body=article.page) for article in self.articles}
        self.local.pages["/robots.txt"] = Answer(status=404)
        parts = self.by_month() if self.name == "monthly" else self.by_number()
        self.local.pages |= {path: Answer(body=self.urlset(part), content_type=XML) for path, part in parts.items()}
        if len(parts) == 1:
            self.local.pages["/sitemap.xml"] = self.local.pages.pop(next(iter(parts)))
            return
        dated = self.name == "monthly"
        children = "".join(
            f"<sitemap><loc>{self.local.url(path)}</loc>"
            + (f"<lastmod>{part[-1].at.isoformat()}</lastmod>" if dated else "")
            + "</sitemap>"
            for path, part in parts.items()
        )
        self.local.pages["/sitemap.xml"] = Answer(body=f"<sitemapindex>{children}</sitemapindex>", content_type=XML)

    def by_month(self) -> dict[str, list[Past]]:
        """A sitemap a month."""
        parts: dict[str, list[Past]] = {}
        for article in self.articles:
            parts.setdefault(f"/sitemap-{article.at:%Y-%m}.xml", []).append(article)
        return parts

    def by_number(self) -> dict[str, list[Past]]:
        """As few as may be."""
        starts = range(0, len(self.articles), IN_A_SITEMAP)
        return {f"/sitemap{n}.xml": self.articles[s : s + IN_A_SITEMAP] for n, s in enumerate(starts)}

    def urlset(self, part: list[Past]) -> str:
        """One sitemap."""
        entries = "".join(
            f"<url><loc>{self.local.url(article.path)}</loc><lastmod>{article.at.isoformat()}</lastmod></url>"
            for article in part
        )
        return f"<urlset>{entries}</urlset>"

    @property
    def site(self) -> Site:
        """As its file would say it."""
        source = Sitemap(url=self.local.url("/sitemap.xml"))
        return Site(
            name=self.name, home=self.local.url("/"), timezone="UTC", private=True, delay_s=0.0, sources=(source,)
        )


def articles_of(number: int) -> list[Past]:
    """Evenly over the years, the oldest first."""
    step = (LAST - FIRST) / max(number - 1, 1)
    return [Past(path=f"/news/istoriya-goroda-{n}", at=FIRST + n * step) for n in range(number)]


def backfill(form: str, number: int, folder: Path) -> list[str]:
    """One crawl; prints its figures, returns what was missed."""
    years = Years(name=form, articles=articles_of(number))
    inside = {a.path for a in years.articles if SINCE <= f"{a.at:%Y-%m-%d}" <= UNTIL}
    folder.mkdir()
    write_site_files(folder, [years.site])
    settings: dict[str, object] = {"NEWSCRAWL_NOW": (LAST + timedelta(days=1)).isoformat()}
    command = crawl_command(folder, settings, years.name, since=SINCE, until=UNTIL)
    with years.local as local, Child(folder, command) as child:
        ended = child.wait()
    pages = {asked.path for asked in local.requests if asked.path.startswith("/news/")}
    sources = [path for path in local.paths() if "sitemap" in path]
    stored = {row["url"].removeprefix(local.origin) for row in ended.rows("SELECT url FROM articles")}
    print(
        f"{form}: {number} articles, {len(inside)} in the window; requests {len(local.requests)}, of these {len(sources)} for "
        f"sitemaps; pages outside the window {len(pages - inside)}; stored {len(stored)}; {ended.seconds:.1f} s, "
        f"{ended.cpu_s:.1f} s of CPU, crawl process at most {child.watch.crawl_peak.crawl:.0f} MB, exit code {ended.exit_code}: {ended.lines[-200:]}"
    )
    missed = [f"{form}: {len(pages - inside)} pages outside the window were downloaded"] if pages - inside else []
    if stored != inside or not inside:
        missed.append(f"{form}: {len(inside - stored)} of the window's articles are missing: {ended.lines[-800:]}")
    if ended.exit_code:
        missed.append(f"{form}: the crawl ended with exit code {ended.exit_code}: {ended.lines[-800:]}")
    return missed


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--articles", type=int, default=10_000)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        missed = [line for form in ("flat", "monthly") for line in backfill(form, args.articles, Path(folder) / form)]
    return finish(missed)


if __name__ == "__main__":
    sys.exit(main())
