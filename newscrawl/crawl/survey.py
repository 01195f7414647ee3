"""A site's home page, or a site's file -> a survey: what each source answers, what its articles give, what the file should say."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from itertools import zip_longest
from urllib.parse import urljoin, urlsplit

from newscrawl.article import DateEvidence
from newscrawl.crawl.arguments import CrawlArguments
from newscrawl.crawl.listed import sort_candidates
from newscrawl.crawl.probe import Answered, Prober
from newscrawl.crawl.robots_file import rules_of
from newscrawl.crawl.sources import SourcePage, pages_of, read_source
from newscrawl.crawl.stand_ins import may_be_stand_in, stand_in_fate
from newscrawl.discovery.survey import ArticleFinding, SourceFinding, by_worth, judge, merged
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.language import identify_language
from newscrawl.extraction.read import finish_draft, read_draft
from newscrawl.page import Candidate, Discovery, Fate, Page
from newscrawl.site import Site, Sitemap, Source

MOST_CHILDREN = 3
SAMPLES = 3
SHORTEST_TEXT = 200


@dataclass(kw_only=True)
class Survey:
    """What was asked and what came of it. `site`: as its file says, or should say; `sources`: what its file should name.

    pages, answers: what articles and sources sent, by address, for whoever wants to keep it.
    """

    site: Site
    home: Answered
    robots: list[str] = field(default_factory=list)
    findings: list[SourceFinding] = field(default_factory=list)
    articles: list[ArticleFinding] = field(default_factory=list)
    pages: dict[str, Page] = field(default_factory=dict)
    answers: dict[str, tuple[SourcePage, Answered]] = field(default_factory=dict)
    candidates: dict[str, Candidate] = field(default_factory=dict)

    @property
    def works(self) -> bool:
        """Whether a source lists articles and an article was read whole: title, text, day and language."""
        return any(f.works for f in self.findings) and any(is_whole(a) for a in self.articles)

    @property
    def needs_javascript(self) -> bool:
        """Whether most pages that were looked at are frames for a browser's scripts."""
        looked = [a.fate for a in self.articles] or [str(self.home.fate)]
        return sum(fate == "app_shell" for fate in looked) * 2 > len(looked)


def is_whole(article: ArticleFinding) -> bool:
    """Whether everything that matters was read off an article."""
    return bool(
        article.is_article
        and article.title
        and article.published_day
        and article.language
        and article.characters >= SHORTEST_TEXT
    )


async def check_site(prober: Prober, site: Site) -> Survey:
    """Ask every source of a site's file, and some of the articles that they list."""
    survey = Survey(site=site, home=await ask_page(prober, site.home))
    for source in site.sources:
        survey.findings.append(await look_at(prober, survey, source, "the site's file"))
    await read_samples(prober, survey)
    survey.robots = robots_in_words(prober, site)
    return survey


async def ask_page(prober: Prober, url: str) -> Answered:
    """Fetch a page for people; one that stands in for another (a challenge, an empty frame) has that for its fate."""
    answered = await prober.ask(url)
    if answered.page is None:
        return answered
    stand_in = stand_in_fate(_draft(answered.page, None), answered.fate, answered.detail)
    return replace(answered, fate=stand_in[0], detail=stand_in[1]) if stand_in else answered


async def look_at(prober: Prober, survey: Survey, source: Source, named_by: str) -> SourceFinding:
    """Ask a source for its first page, of an index its newest children too."""
    arguments = CrawlArguments()
    place = next(iter(pages_of(source, survey.site, arguments, prober.now())))
    finding, found = await _look_at_page(prober, survey, place, named_by)
    more = list(found.more)
    while isinstance(source, Sitemap) and more and not finding.articles and len(survey.answers) < 200:
        if place.page > MOST_CHILDREN:
            break
        place = SourcePage(source=source, url=more.pop(0), page=place.page + 1)
        child, found = await _look_at_page(prober, survey, place, named_by)
        finding, more = merged(finding, child), [*found.more, *more]
    return finding


async def _look_at_page(
    prober: Prober, survey: Survey, place: SourcePage, named_by: str
) -> tuple[SourceFinding, Discovery]:
    answered = await prober.ask(place.url)
    if answered.fate is not None or answered.response is None:
        stand_in = _stand_in(answered)
        fate, detail = stand_in or (answered.fate or Fate.BAD_RESPONSE, answered.detail)
        return SourceFinding(source=place.source, named_by=named_by, fate=fate, detail=detail), Discovery()
    found = read_source(answered.response, place, survey.site, CrawlArguments())
    stand_in = _stand_in(answered) if found.problem and not found.candidates and not found.more else None
    finding = judge(place.source, named_by, found, survey.site)
    if stand_in:
        finding = replace(finding, fate=stand_in[0], detail=stand_in[1])
    survey.answers.setdefault(place.url, (place, answered))
    for candidate in finding.articles:
        survey.candidates.setdefault(candidate.url, candidate)
    return finding, found


def _stand_in(answered: Answered) -> tuple[Fate, str] | None:
    """What kind of page came in place of a source; None where it is none of those."""
    page, response = answered.page, answered.response
    if page is None or response is None or not may_be_stand_in(response, answered.fate):
        return None
    return stand_in_fate(_draft(page, None), answered.fate)


async def read_samples(prober: Prober, survey: Survey) -> None:
    """Fetch some articles, one of each source in turn, and read them as a crawl would."""
    turns = zip_longest(*(finding.articles for finding in by_worth(survey.findings)))
    chosen = list(dict.fromkeys(c.url for turn in turns for c in turn if c))[: SAMPLES * 3]
    for url in chosen:
        if sum(a.is_article for a in survey.articles) >= SAMPLES or len(survey.articles) > SAMPLES * 2:
            return
        survey.articles.append(await _read_article(prober, survey, survey.candidates[url]))


async def _read_article(prober: Prober, survey: Survey, candidate: Candidate) -> ArticleFinding:
    answered = await prober.ask(candidate.url)
    page = answered.page
    if answered.fate is not None or page is None:
        return ArticleFinding(
            url=candidate.url, fate=str(answered.fate), detail=answered.detail, found_in=candidate.found_in
        )
    evidence = evidence_of(candidate, survey.site, page)
    draft = _draft(page, survey.site, evidence)
    if draft.page_type == "article":
        survey.pages[candidate.url] = page
    return ArticleFinding(
        url=candidate.url,
        fate=draft.page_type,
        detail=draft.reason,
        title=draft.title,
        published=draft.published,
        published_day=draft.published_day,
        published_source=draft.published_source,
        published_raw=draft.published_raw,
        language=draft.language,
        characters=len(draft.text),
        found_in=candidate.found_in,
    )


def evidence_of(candidate: Candidate, site: Site, page: Page) -> tuple[DateEvidence, ...]:
    """What the candidate's source said of its dates, as the queue would keep it."""
    listed = sort_candidates([candidate], site, CrawlArguments(), page.fetched_at)
    return listed.wanted[0].evidence if listed.wanted else candidate.evidence


def _draft(page: Page, site: Site | None, evidence: Iterable[DateEvidence] = ()) -> Draft:
    draft = read_draft(page.body, page.final_url, page.fetched_at, site, page.header("Content-Type"))
    return finish_draft(draft, page.fetched_at, site, evidence)


def languages_of(survey: Survey) -> tuple[str, ...]:
    """What the articles are written in, the commonest first: by the texts that were read and by the titles that are listed."""
    read = Counter(a.language for a in survey.articles if a.language)
    titles = Counter(
        code for c in list(survey.candidates.values())[:200] if c.title and (code := identify_language(c.title).code)
    )
    least = max(2, sum(titles.values()) // 20)
    counted = Counter({code: n for code, n in titles.items() if n >= least or code in read}) + read
    return tuple(code for code, _ in counted.most_common())


def robots_in_words(prober: Prober, site: Site) -> list[str]:
    """What each host's robots.txt says, a line each."""
    homes = [site.home, *(urljoin(f"{urlsplit(site.home).scheme}://{host}", "/") for host in site.hosts)]
    return [
        f"{urlsplit(home).netloc}: {said}"
        for home in homes
        if (said := _rules_in_words(prober.robots_text(home), home))
    ]


def _rules_in_words(text: str | None, home: str) -> str | None:
    if text is None:
        return None
    rules, lines = rules_of(text), [line.strip().lower() for line in text.splitlines()]
    words = ["allows its front page" if rules.allows(home) else "forbids its front page"]
    words += [f"asks for {rules.crawl_delay_s:g} s between requests"] if rules.crawl_delay_s else []
    for name in ("disallow", "sitemap"):
        count = sum(
            line.replace(" ", "").startswith(f"{name}:") and line.partition(":")[2].strip() != "" for line in lines
        )
        words += (
            [f"names {count} sitemap{'s' * (count != 1)}" if name == "sitemap" else f"has {count} rules that forbid"]
            if count
            else []
        )
    return ", ".join(words)
