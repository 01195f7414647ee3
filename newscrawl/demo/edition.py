"""`Edition`: one demo site at one moment, what its renderer works from. Every instant follows from the clock handed in."""

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from newscrawl.article import DateSource, Precision, Script
from newscrawl.demo.answer import Answer, Pages, html
from newscrawl.demo.expected import ExpectedArticle, ExpectedPage, first_words, last_words
from newscrawl.demo.markup import EMPTY, Markup, fill, links
from newscrawl.demo.story import Story, content_folder, read_stories
from newscrawl.site import Site

EDITED_AFTER = timedelta(hours=3)
FINISHED_AFTER = timedelta(minutes=20)


@dataclass(frozen=True, kw_only=True)
class Edition:
    """A site's stories between `base`, to which their ages are anchored, and `now`, which "Сегодня" and "Вчера" follow."""

    site: Site
    folder: str
    base: datetime
    now: datetime
    later: bool = False

    @property
    def origin(self) -> str:
        """The site's home without the last slash: `http://127.0.0.1:8471`."""
        return self.site.home.rstrip("/")

    @cached_property
    def zone(self) -> ZoneInfo:
        """The zone of the site's own clock."""
        return ZoneInfo(self.site.timezone or "UTC")

    @cached_property
    def stories(self) -> tuple[Story, ...]:
        """Newest first; the edited one as it stands at this moment."""
        return tuple(self._as_it_stands(story) for story in read_stories(self.folder))

    @property
    def today(self) -> date:
        """The day on the site's calendar."""
        return self.now.astimezone(self.zone).date()

    @property
    def changed_at(self) -> datetime:
        """When the newest of its articles changed."""
        return max(self.modified_at(story) for story in self.stories)

    @property
    def dated_changed_at(self) -> datetime:
        """When a page changed that also shows relative days or today's date: at the site's midnight at the latest."""
        midnight = datetime.combine(self.today, time(), self.zone).astimezone(UTC)
        return max(self.changed_at, midnight)

    def published_at(self, story: Story) -> datetime:
        """The same instant in every state of the world, on the full minute."""
        return self.base.replace(second=0, microsecond=0) - story.before

    def published_locally(self, story: Story) -> datetime:
        """The same on the site's clock."""
        return self.published_at(story).astimezone(self.zone)

    def modified_at(self, story: Story) -> datetime:
        """Shortly after it appeared, or when it was edited."""
        if self.later and story.correction:
            return self.base.replace(second=0, microsecond=0) + EDITED_AFTER
        return self.published_at(story) + FINISHED_AFTER

    def others(self, story: Story, count: int = 3) -> tuple[Story, ...]:
        """The stories that a page's "more news" lists."""
        return tuple(other for other in self.stories if other.slug != story.slug)[:count]

    def expect(
        self,
        story: Story,
        path: str,
        source: DateSource | None,
        precision: Precision | None = "minute",
        modified: datetime | None = None,
        trap: str = "",
    ) -> ExpectedPage:
        """What must be stored of a story, dated by that source."""
        published: datetime | None = self.published_at(story)
        if precision == "day":
            day = self.published_locally(story).date()
            published = datetime.combine(day, time(), self.zone).astimezone(UTC)
        article = ExpectedArticle(
            title=story.title,
            language=story.language,
            script=_script(story.title),
            published=published if source else None,
            published_source=source,
            published_precision=precision if source else None,
            first_words=first_words(story.paragraphs),
            last_words=last_words(story.paragraphs),
            modified=modified,
        )
        return ExpectedPage(url=self.origin + path, article=article, trap=trap)

    def usual_pages(self, front_links: list[tuple[str, str]], charset: str = "utf-8", head: Markup = EMPTY) -> Pages:
        """What every site has: a front page, a page about itself, and robots.txt where its content holds one."""
        outlet = self.site.outlets[0]
        words = {"outlet": outlet, "language": self.site.languages[0], "charset": charset, "head": head}
        front = fill("shared", "front.html", **words, news=links(front_links, "front-news"))
        pages: dict[str, Answer] = {
            "/": html(front, self.changed_at, charset),
            "/about/": html(fill("shared", "about.html", **words), self.changed_at, charset),
        }
        if (content_folder(self.folder) / "robots.txt").is_file():
            rules = fill(self.folder, "robots.txt", origin=self.origin)
            pages["/robots.txt"] = Answer(body=rules.encode(), content_type="text/plain; charset=utf-8")
        return pages

    def _as_it_stands(self, story: Story) -> Story:
        if not (self.later and story.correction):
            return story
        return replace(story, paragraphs=(*story.paragraphs[:-1], story.correction))


def _script(text: str) -> Script:
    return "Cyrl" if any("а" <= letter <= "я" for letter in text.lower()) else "Latn"
