"""A visit to a site -> the one line that a person reads."""

from newscrawl.crawl.health import WELL, Verdict, Visit
from newscrawl.page import Fate

COUNTED = (Fate.STORED, Fate.UPDATED, Fate.UNCHANGED, Fate.COPY)


def visit_line(visit: Visit, verdict: Verdict, why: str) -> str:
    """`name: verdict: 12 stored, 1 updated; 3 other pages (listing 2, gone 1); why`."""
    kept = ", ".join(f"{visit.articles[fate]} {fate}" for fate in COUNTED if visit.articles[fate]) or "nothing new"
    rest = {fate: n for fate, n in visit.articles.items() if fate not in COUNTED}
    others = ", ".join(f"{fate} {n}" for fate, n in sorted(rest.items()))
    other_pages = f"{sum(rest.values())} other addresses ({others})" if rest else ""
    problem = visit.problem or (visit.remark if verdict in WELL else why)
    state = "failed" if visit.internal_error else str(verdict)
    return f"{visit.site}: {state}: " + "; ".join(part for part in (kept, other_pages, problem) if part)
