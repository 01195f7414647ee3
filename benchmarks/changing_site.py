"""A number of articles and a plan of what happens to each -> a local site that changes from round to round.

The words are drawn from a list with a fixed seed: every text is another one, and the same in each run.
"""

import random
from dataclasses import dataclass
from html import escape

from tests.crawl.local_site import Answer, LocalSite

KINDS = {"edited": 200, "removed": 50, "moved": 50, "soft 404": 30, "layout": 50, "untouched": 100}
ROUNDS = (
    "2024-05-02T12:00:00+00:00",
    "2024-05-03T00:10:00+00:00",
    "2024-05-03T12:20:00+00:00",
    "2024-05-04T01:30:00+00:00",
)
_SAID = """
акимат берег библиотека больница ветер вечер вода вокзал врач встреча выставка гора город дерево дождь дом дорога завод зал зима
инженер картина книга колодец комната конкурс концерт корабль лес лето лодка мастер мост музей музыка набережная неделя область
озеро озимые оркестр осень остров отряд парк паром пекарня письмо площадь поезд поле посёлок праздник причал промышленность река
ремонт ресторан рынок рыба сад самолёт север склад снег собрание совет степь стройка театр теплица тропа трамвай университет урожай
утро учёный фабрика фонарь хлеб холм цех человек школа шахта экспедиция яблоня ярмарка открыли построили починили показали нашли
собрали привезли обсудили проверили посадили обещают готовят ждут считают помнят новый старый большой малый дальний тихий светлый
"""
WORDS = _SAID.split()


@dataclass(frozen=True, slots=True)
class Story:
    """An article and what happens to it."""

    number: int
    kind: str

    @property
    def path(self) -> str:
        """Its first address."""
        return f"/news/{self.kind.replace(' ', '-')}-statya-iz-goroda-{self.number}"

    @property
    def moved_to(self) -> str:
        """Its second one."""
        return f"/2024/novosti/statya-iz-goroda-{self.number}"

    def edited_in(self) -> int | None:
        """The round in which it is edited."""
        return 1 + self.number % 3 if self.kind == "edited" else None

    def title(self, round_number: int) -> str:
        """Its headline; every fifth edit changes it too."""
        words = _words(self.number * 7 + 1, 6)
        edited = self.edited_in()
        return f"{words}: уточнение" if edited and round_number >= edited and not self.number % 5 else words

    def paragraphs(self, round_number: int) -> list[str]:
        """Its text as it stands in that round."""
        chance = random.Random(self.number)
        told = [_words(self.number * 1000 + n, chance.randrange(14, 30)) + "." for n in range(chance.randrange(4, 9))]
        edited = self.edited_in()
        if edited is None or round_number < edited:
            return told
        change = self.number % 4
        if change == 0:
            return [*told, f"Позже уточнили: {_words(self.number + 5, 12).lower()}."]
        if change == 1:
            return told[:-1]
        if change == 2:
            return [told[0].replace(told[0].split()[2], "другой", 1), *told[1:]]
        return [told[0], f"{_words(self.number + 9, 15)}.", *told[2:]]


def stories(share: float) -> list[Story]:
    """The articles of the plan, or that share of them."""
    kinds = [kind for kind, count in KINDS.items() for _ in range(max(round(count * share), 1))]
    return [Story(number, kind) for number, kind in enumerate(kinds, start=1)]


def show(site: LocalSite, told: list[Story], round_number: int) -> None:
    """Let the site be as it is in that round."""
    site.pages["/"] = Answer(body="<html><body><main><h1>Вести города</h1></main></body></html>")
    for story in told:
        site.pages[story.path] = _answer(site, story, round_number)


def _answer(site: LocalSite, story: Story, round_number: int) -> Answer:
    if round_number and story.kind == "removed":
        return _removed(story)
    if round_number and story.kind == "soft 404":
        return Answer(
            body=page("Страница не найдена", ["Такой страницы нет. Возможно, она удалена или переехала."], 0, story)
        )
    if round_number and story.kind == "moved":
        site.pages[story.moved_to] = Answer(body=_page_of(story, round_number))
        return Answer(status=301, headers=(("Location", story.moved_to),))
    return Answer(body=_page_of(story, round_number))


def _removed(story: Story) -> Answer:
    if story.number % 3 == 0:
        return Answer(status=302, headers=(("Location", "/"),))
    return Answer(status=404 if story.number % 3 == 1 else 410, body="<h1>404</h1>")


def _page_of(story: Story, round_number: int) -> str:
    layout = round_number if story.kind == "layout" else 0
    return page(story.title(round_number), story.paragraphs(round_number), layout, story)


def page(title: str, paragraphs: list[str], layout: int, story: Story) -> str:
    """layout: 0 as it was; 1 to 3 other wrappings, typography and neighbours of the same words."""
    if layout:
        paragraphs = [_retouched(p, layout) for p in paragraphs]
        title = _retouched(title, layout)
    body = ("\n\n\t" if layout == 2 else "").join(f"<p>{escape(p)}</p>" for p in paragraphs)
    if layout == 1:
        body = f'<div class="article-body"><div class="text-wrap">{body}</div></div>'
    if layout == 3:
        body = f'<section class="post__content">{body}</section>'
    more = "".join(
        f'<li><a href="/news/x-{story.number + n}">{_words(story.number + n, 7)}</a></li>' for n in range(layout * 3)
    )
    aside = f'<aside class="related"><h3>Читайте также</h3><ul>{more}</ul></aside>' if more else ""
    counter = f'<div class="counter">Просмотров: {layout * 917 + story.number}</div>' if layout else ""
    return (
        f'<!doctype html><html lang="ru"><head><meta charset="utf-8"><title>{escape(title)} | Вести города</title>'
        f'<meta property="og:title" content="{escape(title)}">'
        f'<meta property="article:published_time" content="2024-05-02T0{story.number % 9}:15:00+05:00"></head><body>'
        f'<nav class="menu"><a href="/">Главная</a> <a href="/news/">Новости</a></nav><main><article><h1>{escape(title)}</h1>'
        f"{counter}{body}</article>{aside}</main><footer>© Вести города</footer></body></html>"
    )


def _retouched(text: str, layout: int) -> str:
    """The same words in other type: no-break spaces, soft hyphens, doubled spaces."""
    if layout == 1:
        return text.replace(" ", "\u00a0", 2)
    if layout == 2:
        return text.replace(" ", "  ", 3)
    return "".join(f"{word[:4]}\u00ad{word[4:]} " if len(word) > 8 else f"{word} " for word in text.split()).strip()


def _words(seed: int, count: int) -> str:
    chance = random.Random(seed)
    return " ".join(chance.choices(WORDS, k=count)).capitalize()
