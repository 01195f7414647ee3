"""The enabled sites, asked for their robots.txt all at a time -> findings: who answers, and who forbids what a crawl would ask."""

from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from typing import TYPE_CHECKING

from newscrawl.cli.findings import Finding, advice, fault, ok

if TYPE_CHECKING:
    from scrapy.settings import Settings

    from newscrawl.crawl.reachability import Reached
    from newscrawl.site import Site

IN_A_BROWSER = "look at it in a browser from this machine; a site that is gone for good is left out by enabled=False"


def online_findings(settings: "Settings") -> Iterator[Finding]:
    """One request a site. A site that is being crawled at this moment is not asked: two processes never ask one site."""
    from newscrawl.crawl.locks import LockHeldError, site_lock
    from newscrawl.crawl.probe import run_probes
    from newscrawl.crawl.project import SiteLoader, data_folder
    from newscrawl.crawl.reachability import reach

    data = data_folder(settings)
    enabled = [site for site in SiteLoader.from_settings(settings).sites() if site.enabled]
    free: list[Site] = []
    with ExitStack() as locks:
        for site in enabled:
            try:
                if data.is_dir():  # nobody crawls into a folder that is not there
                    locks.enter_context(site_lock(data, site.name))
                free.append(site)
            except LockHeldError as held:
                yield ok(f"site {site.name}", f"not asked: {held}")
        reached = run_probes(settings, free, reach)
    yield from _findings(reached[site.name] for site in free if site.name in reached)
    for site in free:
        if site.name not in reached:
            yield advice(f"site {site.name}", "the question was broken off", "ask again")


def _findings(reached: Iterable["Reached"]) -> Iterator[Finding]:
    from newscrawl.crawl.reachability import UNREACHED

    answers = list(reached)
    if len(answers) > 1 and all(answer.answered.fate in UNREACHED for answer in answers):
        said = (
            f"none of {len(answers)} sites can be reached, {answers[0].site.name} for one: {answers[0].answered.detail}"
        )
        yield fault("network", said, "is this machine online, and does it know a name server?")
        return
    yield from (_finding(answer) for answer in answers)


def _finding(reached: "Reached") -> Finding:
    from newscrawl.page import Fate

    what, answered, rules = f"site {reached.site.name}", reached.answered, reached.rules
    if answered.response is None:
        said = (
            f"{answered.url} cannot be had ({answered.fate}: {answered.detail}): nothing of the host would be fetched"
        )
        return fault(what, said, IN_A_BROWSER)
    if rules.refused:
        return fault(what, f"{answered.url}: {rules.refused}", IN_A_BROWSER)
    if reached.forbidden:
        said = f"robots.txt forbids {len(reached.forbidden)} of its {reached.asked} sources here, {reached.forbidden[0]} for one"
        then = f"newscrawl doctor {reached.site.home} tells what else the site offers"
        whole = len(reached.forbidden) == reached.asked
        return fault(what, said, then) if whole else advice(what, said, then)
    if answered.fate in {Fate.BLOCKED, Fate.THROTTLED}:
        said = f"{answered.url}: {answered.detail}: no rules, but perhaps this machine is refused"
        return advice(what, said, f"newscrawl doctor {reached.site.name} --online asks its sources")
    return ok(what, f"answers; {_rules_in_words(reached)}")


def _rules_in_words(reached: "Reached") -> str:
    if reached.rules.rules is None:
        return f"no robots.txt ({reached.answered.detail or 'a page in its place'})"
    delay_s = reached.rules.crawl_delay_s
    slower = f", and asks for {delay_s:g} s between requests" if delay_s and delay_s > reached.site.delay_s else ""
    return f"robots.txt allows its sources{slower}"
