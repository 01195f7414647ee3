"""A gzip bomb, a page of 50 MB, 200,000 paragraphs and their like in one run -> memory stays bounded, other hosts are not held up.

    python -m benchmarks.heavy_pages                # one of each, half a minute
    python -m benchmarks.heavy_pages --rounds 5

One site has the heavy pages, another one ordinary articles, both in one run. Memory: the crawl process's resident set and its
reading processes' private memory, above what they held when both sites' robots.txt were asked for. Exits 1 when that rises by
250 MB, when the ordinary site's requests come more than a second late, when an address has no fate or an article is missing.
"""

import argparse
import gzip
import sys
import tempfile
import zlib
from collections.abc import Iterable
from datetime import datetime, timedelta
from itertools import pairwise
from pathlib import Path
from threading import Event

from benchmarks.local_crawls import Child, Ended, finish, run_command, write_site_files
from benchmarks.own_articles import page_of
from newscrawl.site import Feed, Site
from tests.crawl.local_site import Answer, LocalSite
from tests.crawl.news import NOW

MOST_RISE_MB = 250
DELAY_S = 0.5
LATE_S = 1.0
CALM_PAGES = 40
START_TIMEOUT_S = 60
MEBIBYTE = 2**20
HEAD = '<html lang="ru"><head><title>Тяжёлая страница</title></head><body><article><h1>Тяжёлая страница</h1>'
GZIP = (("Content-Encoding", "gzip"),)


def bomb(whole_mib: int) -> Answer:
    """Some megabytes that unfold to gigabytes, made without holding them."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, 31)
    parts = [squeezer.compress(b" " * MEBIBYTE) for _ in range(whole_mib)]
    return Answer(body=b"".join((*parts, squeezer.flush())), headers=GZIP)


def heavy_pages() -> dict[str, Answer]:
    """By name, each of another weight."""
    text = "<p>" + "Длинный текст о городе и о реке. " * 30 + "</p>"
    return {
        "gzip-bomb-of-2-gib": bomb(2048),
        "page-of-50-mib": Answer(body=(HEAD + text * (50 * MEBIBYTE // len(text.encode()))).encode()),
        "page-just-below-10-mib": Answer(body=(HEAD + text * (9 * MEBIBYTE // len(text.encode()))).encode()),
        "200000-paragraphs": Answer(body=HEAD + "<p>слово" * 200_000),
        "200000-paragraphs-of-gzip": Answer(body=gzip.compress((HEAD + "<p>слово" * 200_000).encode()), headers=GZIP),
        "100000-attributes": Answer(body=HEAD + "<p " + " ".join(f"a{n}=1" for n in range(100_000)) + ">слово"),
        "100000-nested-blocks": Answer(body=HEAD + "<div>" * 100_000 + text),
        "9-mib-of-links": Answer(body=HEAD + '<p><a href="/news/a">слово</a></p>' * 250_000),
        "8-mib-in-one-script": Answer(
            body=HEAD
            + '<script type="application/ld+json">['
            + '{"@type":"NewsArticle"},' * 330_000
            + "{}]</script>"
            + text
        ),
    }


def site_of(name: str, local: LocalSite) -> Site:
    """As its file would say it."""
    sources = (Feed(url=local.url("/feed.xml")),)
    return Site(name=name, home=local.url("/"), timezone="UTC", private=True, delay_s=DELAY_S, sources=sources)


def feed_of(local: LocalSite, paths: Iterable[str]) -> Answer:
    """A feed that lists paths."""
    items = "".join(f"<item><title>{path}</title><link>{local.url(path)}</link></item>" for path in paths)
    head = f"<title>Local</title><link>{local.origin}</link><description>list</description>"
    return Answer(body=f'<rss version="2.0"><channel>{head}{items}</channel></rss>', content_type="application/rss+xml")


def fill(heavy: LocalSite, calm: LocalSite, rounds: int, gate: Event) -> None:
    """Give both their pages; robots.txt waits at the gate."""
    weights = heavy_pages()
    heavy.pages |= {f"/news/{name}-{n}": answer for n in range(rounds) for name, answer in weights.items()}
    published = datetime.fromisoformat(NOW) - timedelta(hours=1)
    calm.pages |= {f"/news/calm-{n}": Answer(body=page_of(n, published)) for n in range(CALM_PAGES * rounds)}
    for local in (heavy, calm):
        local.pages["/feed.xml"] = feed_of(local, list(local.pages))
        local.pages["/robots.txt"] = Answer(status=404, gate=gate)


def crawl(rounds: int) -> int:
    """One run; the exit code."""
    gate = Event()
    with tempfile.TemporaryDirectory() as name, LocalSite() as heavy, LocalSite() as calm:
        fill(heavy, calm, rounds, gate)
        folder = Path(name)
        write_site_files(folder, [site_of("heavy", heavy), site_of("calm", calm)])
        settings = {"NEWSCRAWL_NOW": NOW, "RETRY_TIMES": 0}
        with Child(folder, run_command(folder, settings)) as child:
            for local in (heavy, calm):
                local.when_asked("/robots.txt").wait(START_TIMEOUT_S)
            child.watch.rest()
            gate.set()
            ended = child.wait()
        return judge(ended, child, calm, rounds)


def judge(ended: Ended, child: Child, calm: LocalSite, rounds: int) -> int:
    """Print the figures; the exit code."""
    watch = child.watch
    times = [asked.at_s for asked in calm.requests if asked.path.startswith("/news/")]
    gaps = sorted(later - earlier for earlier, later in pairwise(times)) or [0.0]
    fates = {
        row["url"].rpartition("/")[2]: row["fate"]
        for row in ended.rows("SELECT url, fate FROM urls WHERE site = 'heavy'")
    }
    stored = ended.rows("SELECT count(*) FROM articles WHERE site = 'calm'")[0][0]
    print(
        f"idle {watch.idle}; peak {watch.peak}: {watch.rise:.0f} MB more; the crawl process alone {watch.crawl_peak.crawl:.0f} MB"
    )
    print(f"gaps of the other host, delay {DELAY_S}: median {gaps[len(gaps) // 2]:.2f} s, longest {gaps[-1]:.2f} s")
    print(f"fates {fates}; {stored} ordinary articles; {ended.seconds:.0f} s, {ended.cpu_s:.0f} s of CPU")
    missed = [f"memory rose by {watch.rise:.0f} MB"] if watch.rise > MOST_RISE_MB else []
    if gaps[-1] > DELAY_S + LATE_S:
        missed.append(f"the other host waited {gaps[-1]:.2f} s for its next request")
    if stored != CALM_PAGES * rounds:
        missed.append(f"{stored} of {CALM_PAGES * rounds} ordinary articles were stored")
    missed += [f"{page} has the fate {fate}" for page, fate in fates.items() if fate in {"found", "queued", "fetching"}]
    return finish(missed, ended)


def main() -> int:
    """Run the check."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=1, help="how many of each heavy page")
    return crawl(parser.parse_args().rounds)


if __name__ == "__main__":
    sys.exit(main())
