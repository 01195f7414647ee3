"""Of what a site's places answered the best stands first, one more to fall back on, and what lists what the others do not."""

from dataclasses import replace

import pytest

from newscrawl.article import DateEvidence
from newscrawl.discovery.survey import SourceFinding, by_worth, choose_sources, judge
from newscrawl.page import Candidate, Discovery, Fate
from newscrawl.site import Feed, Listing, Site, Sitemap, Source, WordPress

HOME = "https://vesti.example/"
SITE = Site(name="vesti_example", home=HOME)
FEED, API = Feed(url=HOME + "feed"), WordPress(url=HOME + "wp-json/")
NEWS, MAP = Sitemap(url=HOME + "news.xml"), Sitemap(url=HOME + "sitemap.xml")
LIST, SECTION = Listing(url=HOME), Listing(url=HOME + "culture/")


def found(source: Source, articles: range, dated: bool = True, whole: bool = True) -> SourceFinding:
    evidence = (DateEvidence("feed", "2024-05-02"),) if dated else ()
    urls = [f"{HOME}news/most-otkryli-{1000 + n}" for n in articles]
    candidates = tuple(Candidate(url=u, found_in=source.url, kind=source.kind, evidence=evidence) for u in urls)
    return replace(judge(source, "the page", Discovery(candidates=candidates), SITE), whole=whole)


def test_worth_is_what_was_delivered() -> None:
    findings = [
        found(LIST, range(5), dated=False),
        found(MAP, range(50), dated=False),
        found(SECTION, range(5)),
        found(FEED, range(10)),
        found(NEWS, range(10)),
        found(API, range(10)),
        found(Feed(url=HOME + "dead"), range(0)),
    ]
    assert [f.source for f in by_worth(findings)] == [API, NEWS, FEED, SECTION, MAP, LIST, Feed(url=HOME + "dead")]


CHOSEN = {
    "the best and one to fall back on": ([found(FEED, range(10)), found(LIST, range(5)), found(SECTION, range(3))], [FEED, LIST]),
    "a list that tells more": ([found(FEED, range(10)), found(NEWS, range(10)), found(SECTION, range(10, 20))], [NEWS, FEED, SECTION]),
    "lists alone": ([found(LIST, range(5), dated=False), found(SECTION, range(4, 9), dated=False)], [LIST, SECTION]),
    "a long sitemap is an archive": ([found(FEED, range(9)), found(MAP, range(99), False, whole=False)], [FEED, replace(MAP, archive=True)]),
    "a short sitemap is none": ([found(FEED, range(9)), found(MAP, range(99), False)], [FEED, MAP]),
    "a long sitemap and nothing better is none": ([found(MAP, range(99), False, whole=False)], [MAP]),
    "nothing works": ([found(FEED, range(0))], []),
}  # fmt: skip


@pytest.mark.parametrize(("findings", "sources"), CHOSEN.values(), ids=CHOSEN)
def test_what_the_file_names(findings: list[SourceFinding], sources: list[Source]) -> None:
    assert list(choose_sources(findings)) == sources


def test_what_lists_nothing_keeps_its_word() -> None:
    broken = judge(FEED, "the page", Discovery(problem="This is no feed: the answer is an HTML page, not XML."), SITE)
    assert (broken.works, broken.fate) == (False, Fate.BAD_RESPONSE)
    assert "HTML page" in broken.detail
    foreign = Discovery(candidates=(Candidate(url="https://o.example/news/1-a-b", found_in=FEED.url, kind="feed"),))
    assert (judge(FEED, "the page", foreign, SITE).fate, judge(FEED, "the page", foreign, SITE).listed) == (
        Fate.EMPTY,
        1,
    )
