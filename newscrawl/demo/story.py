"""A text file of the demo's content -> a `Story`: title, language, age, paragraphs."""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from functools import lru_cache
from importlib.resources import files
from importlib.resources.abc import Traversable

LATER_MARK = "~~~ later"
AGE_PATTERN = re.compile(r"(\d{1,4}):([0-5]\d)\Z")


@dataclass(frozen=True, kw_only=True)
class Story:
    """One article of a demo site.

    slug: its file's name; before: how long before the world's base instant it appeared; correction: what stands in place
    of the last paragraph once the article was edited, None for the articles that nobody edits; facts: the file's further
    head lines, which only the site's own renderer knows.
    """

    slug: str
    title: str
    language: str
    before: timedelta
    paragraphs: tuple[str, ...]
    correction: str | None = None
    facts: Mapping[str, str] = field(default_factory=dict)

    def fact(self, name: str, default: str = "") -> str:
        """A further head line of the file, the default when it is not there."""
        return self.facts.get(name, default)


def content_folder(folder: str) -> Traversable:
    """Where a site's content lies inside the package."""
    return files("newscrawl.demo") / "content" / folder


@lru_cache(maxsize=32)
def read_stories(folder: str) -> tuple[Story, ...]:
    """All stories of a site, the newest first."""
    texts = [
        (entry.name.removesuffix(".txt"), entry.read_text(encoding="utf-8"))
        for entry in content_folder(folder).iterdir()
        if entry.name.endswith(".txt") and entry.name != "robots.txt"
    ]
    return tuple(sorted((parse_story(*pair) for pair in texts), key=lambda story: (story.before, story.slug)))


def parse_story(slug: str, text: str) -> Story:
    """`name: value` lines, an empty line, paragraphs; after the mark the paragraph that later replaces the last one."""
    head, _, body = text.partition("\n\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines())
    body, _, correction = body.partition(LATER_MARK)
    return Story(
        slug=slug,
        title=facts.pop("title"),
        language=facts.pop("language"),
        before=_age(slug, facts.pop("before")),
        paragraphs=tuple(" ".join(block.split()) for block in body.split("\n\n") if block.strip()),
        correction=" ".join(correction.split()) or None,
        facts=facts,
    )


def _age(slug: str, written: str) -> timedelta:
    found = AGE_PATTERN.match(written)
    if not found:
        raise ValueError(f"demo story {slug!r}: before: {written!r} is not hours:minutes")
    return timedelta(hours=int(found[1]), minutes=int(found[2]))
