"""A home page -> a survey of the site behind it, and the `Site` that its file should hold: sources, languages, pattern, names."""

from collections.abc import AsyncIterator, Iterable, Iterator
from dataclasses import dataclass, field, replace

from newscrawl.crawl.probe import Answered, Prober
from newscrawl.crawl.survey import Survey, ask_page, languages_of, look_at, read_samples, robots_in_words
from newscrawl.discovery.address_forms import article_pattern
from newscrawl.discovery.article_urls import is_probably_article
from newscrawl.discovery.autodiscovery import article_folders, declared_sources, home_links, well_known_sources
from newscrawl.discovery.home_languages import other_homes
from newscrawl.discovery.survey import A_FOLDER, USUAL_PLACE, by_worth, choose_sources
from newscrawl.extraction.tree import UnreadablePage, read_tree
from newscrawl.site import Listing, Site, Source, WordPress, host_of

MOST_HOMES = 4
MOST_LISTS = 8


@dataclass(kw_only=True)
class _Named:
    """What home pages and robots.txt name, with who names it."""

    sources: dict[str, tuple[Source, str]] = field(default_factory=dict)
    links: set[str] = field(default_factory=set)

    def add(self, source: Source, named_by: str) -> None:
        self.sources.setdefault(source.url, (source, named_by))


async def survey_home(prober: Prober, url: str) -> Survey:
    """Find out what a site offers. Every place that fails keeps its word, and the next one is tried."""
    home = await ask_page(prober, url)
    survey = Survey(site=prober.site, home=home)
    named = _Named()
    async for page, language in _homes(prober, survey, home):
        _take_in(prober, named, page, language)
    for source, named_by in _in_turn(named.sources.values(), survey):
        survey.findings.append(await look_at(prober, survey, source, named_by))
    for source in _guesses(survey):
        if source.url not in named.sources:
            survey.findings.append(await look_at(prober, survey, source, USUAL_PLACE))
    lists = [Listing(url=survey.site.home), *(s for s, _ in named.sources.values() if isinstance(s, Listing))]
    for source in _unique_lists(lists)[:MOST_LISTS]:
        survey.findings.append(await look_at(prober, survey, source, "the page"))
    asked = {finding.source.url for finding in survey.findings} | named.links
    for source in article_folders(sorted(named.links), survey.site.home):
        if source.url not in asked:
            survey.findings.append(await look_at(prober, survey, source, A_FOLDER))
    survey.findings = by_worth(survey.findings)
    survey.site = replace(survey.site, article_url=_pattern(survey, named.links), outlets=_outlets(home, survey.site))
    await read_samples(prober, survey)
    sources = choose_sources(survey.findings)
    languages = languages_of(survey) or survey.site.languages
    survey.site = replace(survey.site, sources=sources or survey.site.sources, languages=languages)
    survey.robots = robots_in_words(prober, survey.site)
    return survey


async def _homes(prober: Prober, survey: Survey, home: Answered) -> AsyncIterator[tuple[Answered, str | None]]:
    """The home page and those of other languages, on hosts that the site gains with them."""
    if home.page is None or home.fate is not None:
        yield home, None
        return
    others = other_homes(home.page.body, home.page.final_url, home.page.header("Content-Type"))[:MOST_HOMES]
    yield home, None
    for language, url in others:
        if not survey.site.owns(url):
            survey.site = replace(survey.site, hosts=(*survey.site.hosts, host_of(url)))
            prober.site = survey.site
        page = await ask_page(prober, url)
        if page.fate is None:
            yield page, language


def _take_in(prober: Prober, named: _Named, home: Answered, language: str | None) -> None:
    """The sources that a home page and its host's robots.txt name."""
    robots = prober.robots_text(home.url)
    body, url = (home.page.body, home.page.final_url) if home.page and home.fate is None else (b"", home.url)
    for source in declared_sources(b"", url, robots):
        named.add(replace(source, language=source.language or language), "robots.txt")
    for source in declared_sources(body, url):
        if prober.site.owns(source.url):
            named.add(replace(source, language=source.language or language), "the page")
    if language and body:
        named.add(Listing(url=url, language=language), "the page")
    named.links |= set(home_links(body, url))


def _in_turn(named: Iterable[tuple[Source, str]], survey: Survey) -> Iterator[tuple[Source, str]]:
    """What is named and is no list, on the site's own hosts."""
    yield from ((s, by) for s, by in named if not isinstance(s, Listing) and survey.site.owns(s.url))


def _guesses(survey: Survey) -> Iterator[Source]:
    """The usual places of the kinds of which nothing that is named works. Looked at again before each is handed out."""
    wordpress = any(isinstance(f.source, WordPress) for f in survey.findings)
    for source in well_known_sources(survey.site.home, wordpress):
        kind = type(source)
        if not any(f.works and isinstance(f.source, kind) for f in survey.findings):
            yield source


def _unique_lists(lists: list[Listing]) -> list[Listing]:
    return list({source.url: source for source in reversed(lists)}.values())[::-1]


def _pattern(survey: Survey, links: set[str]) -> str | None:
    """A pattern for articles: it fits what feeds and the like list, and neither sections nor sources; None when none does."""
    strong = [f for f in survey.findings if f.works and f.rank in {0, 1, 2, 4}]
    weak = [f for f in survey.findings if f.works and f not in strong]
    told = {c.url for f in strong or weak for c in f.articles}
    shaped = {link for link in links if is_probably_article(link, survey.site.home)}
    others = {link for link in links if link not in told | shaped} | {f.source.url for f in survey.findings}
    seen = {c.url for f in survey.findings for c in f.articles} | shaped
    return article_pattern(sorted(told), sorted(others - told), sorted(seen))


def _outlets(home: Answered, site: Site) -> tuple[str, ...]:
    """The names that the site prints for itself: its host, and what its home page calls it."""
    names = [host_of(site.home).removeprefix("www.")]
    if home.page is not None and home.fate is None:
        try:
            tree = read_tree(home.page.body, home.page.final_url, home.page.header("Content-Type"))
        except UnreadablePage:
            return tuple(names)
        stated = (tree.meta("og:site_name"), tree.meta("application-name"))
        names += [" ".join(name.split()) for name in stated if name and len(name) <= 60]
    return tuple(dict.fromkeys(names))
