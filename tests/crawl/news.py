"""A small news site of our own words: articles in Russian, Kazakh and English, a feed, a front page, a list of two pages."""

import json
from dataclasses import dataclass, replace
from html import escape

from tests.crawl.local_site import Answer, LocalSite, Reply

NOW = "2024-05-02T12:00:00+00:00"
TIMEZONE = "Asia/Almaty"


@dataclass(frozen=True, kw_only=True)
class Story:
    """An article: published in the site's clock (`2024-05-02 16:05`), told by its page, by the feed, or by the list only."""

    path: str
    language: str
    title: str
    paragraphs: tuple[str, ...]
    published: str
    told_by: str = "page"

    @property
    def text(self) -> str:
        """As it is to be read."""
        return "\n\n".join(self.paragraphs)

    @property
    def page(self) -> str:
        """Its page, with menu, teasers and footer."""
        day, clock = self.published.split()
        data = {"@type": "NewsArticle", "headline": self.title, "datePublished": f"{day}T{clock}:00+05:00"}
        dated = f'<script type="application/ld+json">{json.dumps(data)}</script>' if self.told_by == "page" else ""
        body = "".join(f"<p>{escape(p)}</p>" for p in self.paragraphs)
        return (
            f'<!doctype html><html lang="{self.language}"><head><meta charset="utf-8">'
            f"<title>{escape(self.title)}</title>{dated}</head><body>"
            '<nav class="menu"><a href="/">1</a> <a href="/news/">2</a></nav>'
            f"<main><article><h1>{escape(self.title)}</h1>{body}</article></main>"
            '<footer><a href="/contacts/">©</a></footer></body></html>'
        )


STORIES = (
    Story(
        path="/news/most-cherez-akzhar-otkryli-1001",
        language="ru",
        title="Мост через реку Акжар открыли для автомобилей",
        published="2024-05-02 16:05",
        paragraphs=(
            "Утром по новому мосту через реку Акжар проехали первые автомобили. Строители работали на переправе два года"
            " и закончили её на месяц раньше срока.",
            "Раньше жители левого берега добирались до больницы сорок минут, теперь дорога занимает меньше десяти. Старый"
            " паром оставят для туристов и рыбаков.",
            "Осенью рядом с мостом проложат велосипедную дорожку, а весной посадят вдоль набережной двести молодых лип.",
        ),
    ),
    Story(
        path="/news/biblioteka-poluchila-redkie-knigi-1002",
        language="ru",
        title="Городская библиотека получила редкие книги",
        published="2024-05-02 11:40",
        told_by="feed",
        paragraphs=(
            "Семья учителя истории передала городской библиотеке собрание из трёхсот томов. Среди них есть словарь,"
            " напечатанный ещё в позапрошлом веке.",
            "Сотрудники отдела редких изданий уже составляют опись. Читатели смогут увидеть самые ценные книги на выставке,"
            " которая начнётся в середине лета.",
            "По словам хранителя, бумага хорошо сохранилась, потому что книги стояли в сухой комнате без окон.",
        ),
    ),
    Story(
        path="/news/fermery-nachali-posev-lna-1003",
        language="ru",
        title="Фермеры предгорья начали посев льна",
        published="2024-05-01 09:15",
        paragraphs=(
            "В предгорных хозяйствах начали сеять лён. Агрономы говорят, что почва прогрелась быстрее обычного и влаги в ней"
            " достаточно.",
            "Площадь под культурой выросла на треть, поскольку прошлогодний урожай целиком купила фабрика из соседней области.",
            "Если дожди не задержатся, первые всходы появятся уже к концу следующей недели.",
        ),
    ),
    Story(
        path="/kk/news/auylda-zhana-mektep-1004",
        language="kk",
        title="Ауылда жаңа мектеп есігін ашты",
        published="2024-05-02 10:00",
        paragraphs=(
            "Өзен бойындағы ауылда үш жүз орындық жаңа мектеп ашылды. Бұған дейін балалар көрші ауылға автобуспен қатынап"
            " оқитын еді.",
            "Мектепте кітапхана, спорт залы және шеберхана бар. Мұғалімдердің айтуынша, сыныптар кең әрі жарық, әр бөлмеде"
            " жаңа жиһаз қойылған.",
            "Келесі жылы ғимараттың жанынан шағын стадион салынады, ал оқушылар ауласына жеміс ағаштарын отырғызады.",
        ),
    ),
    Story(
        path="/kk/news/kolge-kustar-oraldy-1005",
        language="kk",
        title="Көлге аққулар қайта оралды",
        published="2024-05-01 18:30",
        told_by="feed",
        paragraphs=(
            "Биыл көктемде көлге жүзден астам аққу ұшып келді. Ғалымдар құстардың саны былтырғыдан екі есе көбейгенін айтады.",
            "Жергілікті тұрғындар жағалауды қоқыстан тазартып, құстарға кедергі келтірмеуге келісті. Балықшылар да тор құратын"
            " жерлерін өзгертті.",
            "Құстарды алыстан бақылау үшін ағаштан мұнара тұрғызылды, оған мектеп оқушылары күн сайын барып тұрады.",
        ),
    ),
    Story(
        path="/en/news/old-tram-returns-to-the-streets-1006",
        language="en",
        title="An old tram returns to the streets of the river town",
        published="2024-05-02 08:20",
        paragraphs=(
            "A tram that had stood in a shed for forty years is carrying passengers again. Volunteers rebuilt its wooden"
            " floor and found a motor of the same type in a museum.",
            "The first ride was free, and the queue reached the corner of the market square before noon. Children were"
            " allowed to ring the bell at every stop.",
            "From June the tram will run every Sunday, and the money from tickets will pay for the repair of a second car.",
        ),
    ),
    Story(
        path="/en/news/apple-growers-open-a-cold-store-1007",
        language="en",
        title="Apple growers open a shared cold store",
        published="2024-04-30 14:00",
        told_by="list",
        paragraphs=(
            "Eleven growers from the foothills have opened a cold store that keeps their apples fresh until spring. Each of"
            " them had been selling the whole crop in autumn, when prices are lowest.",
            "The building uses the cool air of the mountain night and needs little power. Engineers from the capital designed"
            " it together with students.",
            "If the first winter goes well, the growers plan to add a room for pears and a small juice press.",
        ),
    ),
    Story(
        path="/news/shkolniki-narisovali-kartu-zvezd-1008",
        language="ru",
        title="Школьники нарисовали карту звёздного неба",
        published="2023-12-20 13:00",
        paragraphs=(
            "На потолке сельского клуба появилась карта звёздного неба. Её нарисовали школьники из кружка астрономии,"
            " которым помогал художник местного театра.",
            "Созвездия светятся в темноте, поэтому теперь занятия проходят и в пасмурные вечера. На карту нанесли больше"
            " тысячи звёзд.",
            "Кружок собирает деньги на телескоп и приглашает всех желающих на открытый урок в пятницу.",
        ),
    ),
)
IN_FEED, ON_FRONT, ON_LIST_1, ON_LIST_2 = STORIES[0:5], STORIES[0:3], STORIES[3:6], STORIES[6:8]
ROBOTS = "User-agent: *\nDisallow: /private/\n"
MONTHS = {"04": "Apr", "05": "May", "12": "Dec"}


def feed(origin: str, stories: tuple[Story, ...], *more: str) -> str:
    """An RSS feed; the dates as feeds write them. more: further links."""
    items = "".join(
        f"<item><title>{escape(s.title)}</title><link>{origin}{s.path}</link><pubDate>{_feed_date(s.published)}</pubDate></item>"
        for s in stories
    )
    items += "".join(f"<item><title>Ещё одно событие</title><link>{escape(link)}</link></item>" for link in more)
    return f'<?xml version="1.0"?><rss version="2.0"><channel><title>Акжар</title>{items}</channel></rss>'


def _feed_date(published: str) -> str:
    day, clock = published.split()
    year, month, number = day.split("-")
    return f"{number} {MONTHS[month]} {year} {clock}:00 +0500"


def listing(stories: tuple[Story, ...], next_path: str | None = None, dated: bool = False) -> str:
    """A list of links, with a menu that leads to the section."""
    cards = "".join(
        f'<div class="card"><a href="{s.path}">{escape(s.title)}</a>'
        + (f"<span>{'.'.join(reversed(s.published.split()[0].split('-')))}</span>" if dated else "")
        + "</div>"
        for s in stories
    )
    following = f'<a rel="next" href="{next_path}">→</a>' if next_path else ""
    return (
        '<!doctype html><html><head><meta charset="utf-8"><title>Акжар</title>'
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml"></head><body>'
        f'<nav class="menu"><a href="/news/">Новости</a></nav><main>{cards}{following}</main></body></html>'
    )


def news_pages(origin: str) -> dict[str, Reply]:
    """Every address of the healthy site."""
    pages: dict[str, Reply] = {story.path: Answer(body=story.page, validated=True) for story in STORIES}
    return pages | {
        "/": Answer(body=listing(ON_FRONT), validated=True),
        "/feed.xml": Answer(body=feed(origin, IN_FEED), content_type="application/rss+xml", validated=True),
        "/news/": Answer(body=listing(ON_LIST_1, "/news/page/2/", dated=True), validated=True),
        "/news/page/2/": Answer(body=listing(ON_LIST_2, dated=True), validated=True),
        "/robots.txt": Answer(body=ROBOTS, content_type="text/plain"),
    }


def news_site() -> LocalSite:
    """The healthy site, to be used in a `with` block."""
    site = LocalSite()
    site.pages |= news_pages(site.origin)
    return site


def edited(story: Story) -> Story:
    """The story after its editor has come back to it."""
    changed = "Позже акимат уточнил: движение грузовиков по мосту разрешат только через две недели, после испытаний."
    return replace(story, paragraphs=(*story.paragraphs, changed))
