"""The demo's stories in layouts of our own making, each hard in its way -> pages and what is to be read off them.

A layout is how a kind of site builds its pages: old tables, line breaks for paragraphs, furniture among the paragraphs, more
comments than text. Its furniture speaks the story's own language.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from newscrawl.demo.story import Story, parse_story, read_stories

PUBLISHED = "2024-05-02T09:30:00+00:00"
URL = "https://courier.example/{slug}/"
STORIES_A_LANGUAGE = 2
FOLDERS = ("kokzhiek", "altynbel", "stepnoy", "tanjaryq", "chabarman")
TAJIK = """title: Китобхонаи деҳа барои хонандагон то шом кушода мемонад
language: tg
before: 5:00

Аз ҳамин ҳафта китобхонаи деҳа то соати даҳи шом кор мекунад. Пештар дарҳои он баъди соати панҷ баста мешуданд ва донишҷӯён ба хондан намерасиданд.

Мудири китобхона гуфт, ки ин тағйирро худи хонандагон пешниҳод карданд. Онҳо ба навбат дар толор мешинанд, чароғҳоро хомӯш мекунанд ва дарро мебанданд.

Дар толори нав бист мизи хониш гузошта шуд. Деворҳоро бачагон бо расмҳои кӯҳ ва дарё оро доданд, ба ҳар миз чароғи хурди сабз гузоштанд.

Моҳи оянда дар ин ҷо маҳфили қиссагӯён оғоз мешавад. Ҳар кас метавонад биёяд, чой нӯшад ва як қисса гӯяд ё гӯш кунад.
"""


@dataclass(frozen=True, kw_only=True)
class Words:
    """What the furniture of a page says in one language."""

    also: str
    latest: str
    appeal: str
    cookie: str
    share: str
    photo: str
    tags: str
    by: str
    author: str
    day: str


WORDS = {
    "ru": Words(
        also="Читайте также:", latest="Последние новости", appeal="Подписывайтесь на наш Telegram-канал", share="Поделиться",
        cookie="Мы используем файлы cookie, чтобы сайт работал лучше. Продолжая, вы соглашаетесь с этим.", photo="Фото:",
        tags="Теги:", by="Автор:", author="Марат Тулегенов", day="Сегодня, 2 мая 2024",
    ),
    "kk": Words(
        also="Тағы оқыңыз:", latest="Соңғы жаңалықтар", appeal="Біздің Telegram-арнаға жазылыңыз", share="Бөлісу",
        cookie="Біздің сайт cookie файлдарын қолданады. Жалғастыра отырып, сіз оған келісесіз.", photo="Сурет:",
        tags="Тегтер:", by="Автор:", author="Әсел Бейсен", day="2024 жылғы 2 мамыр",
    ),
    "kk-Latn": Words(
        also="Tağy oqyñyz:", latest="Soñğy jañalyqtar", appeal="Bızdıñ Telegram-arnağa jazylyñyz", share="Bölısu",
        cookie="Bızdıñ sait cookie failderın qoldanady. Jalğastyra otyryp, sız oğan kelısesız.", photo="Suret:",
        tags="Tegter:", by="Avtor:", author="Äsel Beisen", day="2 mamyr 2024",
    ),
    "en": Words(
        also="Read also:", latest="Latest news", appeal="Subscribe to our newsletter", share="Share this article",
        cookie="We use cookies to make this site work better. By going on you agree to that.", photo="Photo:",
        tags="Tags:", by="By", author="Dana Kerey", day="May 2, 2024",
    ),
    "ky": Words(
        also="Дагы окуңуз:", latest="Акыркы жаңылыктар", appeal="Биздин Telegram каналга жазылыңыз", share="Бөлүшүү",
        cookie="Биздин сайт cookie файлдарын колдонот. Улантуу менен сиз буга макул болосуз.", photo="Сүрөт:",
        tags="Тегдер:", by="Автор:", author="Айгүл Токтосунова", day="2-май, 2024",
    ),
    "uz": Words(
        also="Yana o‘qing:", latest="So‘nggi yangiliklar", appeal="Telegram kanalimizga obuna bo‘ling", share="Ulashish",
        cookie="Saytimiz cookie fayllaridan foydalanadi. Davom etsangiz, bunga rozi bo‘lasiz.", photo="Foto:",
        tags="Teglar:", by="Muallif:", author="Dilshod Karimov", day="2-may, 2024",
    ),
    "tg": Words(
        also="Инчунин хонед:", latest="Хабарҳои охирин", appeal="Обуна шавед ба канали мо", share="Мубодила",
        cookie="Сомонаи мо аз файлҳои cookie истифода мебарад. Идома дода, шумо ба ин розӣ мешавед.", photo="Акс:",
        tags="Барчаспҳо:", by="Муаллиф:", author="Фарҳод Раҳимов", day="2 майи 2024",
    ),
}  # fmt: skip


@dataclass(frozen=True, kw_only=True)
class LaidOut:
    """A page and what is to be read off it."""

    layout: str
    language: str
    url: str
    html: str
    title: str
    text: str
    author: str


def laid_out_pages() -> Iterator[LaidOut]:
    """Every story in every layout."""
    stories = list(_stories())
    for number, (key, story) in enumerate(stories):
        others = [other.title for _, other in (stories * 2)[number + 1 : number + 7]]
        for layout in LAYOUTS:
            yield LaidOut(
                layout=layout.__name__,
                language=story.language,
                url=URL.format(slug=story.slug),
                html=layout(story, WORDS[key], others),
                title=story.title,
                text="\n\n".join(story.paragraphs),
                author=WORDS[key].author,
            )


def _stories() -> Iterator[tuple[str, Story]]:
    told: dict[str, int] = {}
    for story in [*(s for folder in FOLDERS for s in read_stories(folder)), parse_story("kitobkhona", TAJIK)]:
        key = "kk-Latn" if story.language == "kk" and story.title[:1].isascii() else story.language
        told[key] = told.get(key, 0) + 1
        if told[key] <= STORIES_A_LANGUAGE:
            yield key, story


def _page(story: Story, inside: str, head: str = "") -> str:
    return (
        f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{story.title} - Courier</title>{head}</head>'
        f'<body><header><a href="/">Courier</a><nav><a href="/a/">A</a> <a href="/b/">B</a></nav></header>{inside}'
        '<footer><p>Courier, 2024</p></footer></body></html>'
    )  # fmt: skip


def _paragraphs(texts: tuple[str, ...] | list[str]) -> str:
    return "".join(f"<p>{text}</p>" for text in texts)


def _links(titles: list[str]) -> str:
    return "".join(f'<li><a href="/{n}/">{title}</a></li>' for n, title in enumerate(titles))


def modern(story: Story, words: Words, others: list[str]) -> str:
    """JSON-LD, one container, everything named."""
    head = f'<script type="application/ld+json">{{"@type": "NewsArticle", "headline": "{story.title}", "datePublished": "{PUBLISHED}", "author": {{"@type": "Person", "name": "{words.author}"}}}}</script>'
    return _page(story, f"<main><article><h1>{story.title}</h1>{_paragraphs(story.paragraphs)}</article></main>", head)


def furnished(story: Story, words: Words, others: list[str]) -> str:
    """Pointers, appeals and a picture's credit among the paragraphs, none of them named."""
    texts = _paragraphs(story.paragraphs[:2]) + f"<p>{words.also} <a href='/x/'>{others[0]}</a></p>"
    texts += _paragraphs(story.paragraphs[2:3]) + f"<p><img src='a.jpg'></p><p>{words.photo} {words.author}</p>"
    texts += (
        _paragraphs(story.paragraphs[3:]) + f"<p><a href='https://t.me/x'>{words.appeal}</a></p><p>{words.share}</p>"
    )
    return _page(
        story,
        f"<div class='news'><h1>{story.title}</h1><div class='author'>{words.author}</div><time datetime='{PUBLISHED}'></time>{texts}</div>",
    )


def credited(story: Story, words: Words, others: list[str]) -> str:
    """A linked credit between the paragraphs, another at the end, a byline behind it."""
    texts = _paragraphs(story.paragraphs[:2]) + f"<p><em>{words.photo} <a href='/photo/'>Courier</a></em></p>"
    texts += _paragraphs(story.paragraphs[2:]) + f"<p>{words.photo} {words.author}</p><p>{words.by} {words.author}</p>"
    head = f'<meta property="article:published_time" content="{PUBLISHED}">'
    return _page(story, f"<section><h1>{story.title}</h1><div>{texts}</div></section>", head)


def noticed(story: Story, words: Words, others: list[str]) -> str:
    """A notice above the headline in a box without a name, the day of the visit beside it."""
    inside = f"<div><div><p>{words.cookie}</p><button>OK</button></div></div><p>{words.day}</p>"
    inside += f"<div><h1>{story.title}</h1>{_paragraphs(story.paragraphs)}</div>"
    return _page(story, inside, f'<meta name="author" content="{words.author}"><meta property="article:published_time" content="{PUBLISHED}">')  # fmt: skip


def broken_lines(story: Story, words: Words, others: list[str]) -> str:
    """A table for the layout, line breaks for paragraphs, a menu in the cell beside them."""
    menu = "<br>".join(f'<a href="/{n}/">{title}</a>' for n, title in enumerate(others))
    body = "<br><br>".join(story.paragraphs)
    inside = f"<table><tr><td>{menu}</td><td><h1>{story.title}</h1><b>{words.by} {words.author}</b><br><br>{body}</td></tr></table>"
    return _page(story, inside, f'<meta name="date" content="{PUBLISHED}">')


def discussed(story: Story, words: Words, others: list[str]) -> str:
    """Three times as many comments as text."""
    comments = "".join(f"<div class='comment'><p>{text}</p></div>" for text in (*story.paragraphs, *others) * 2)
    inside = f"<article><h1>{story.title}</h1><a rel='author' href='/u/'>{words.author}</a><time datetime='{PUBLISHED}'></time>"
    return _page(
        story, inside + _paragraphs(story.paragraphs) + f"</article><section id='comments'>{comments}</section>"
    )


def beside_news(story: Story, words: Words, others: list[str]) -> str:
    """A column of teasers with their own days and first lines, its box without a name."""
    teasers = "".join(
        f"<div><a href='/{n}/'>{t}</a><p>{words.day}</p></div>" for n, t in enumerate(others)
    )  # fmt: skip
    inside = f"<div><div><h1>{story.title}</h1>{_paragraphs(story.paragraphs)}<p>{words.by} {words.author}</p></div><div><h3>{words.latest}</h3>{teasers}</div></div>"
    return _page(story, inside, f'<meta property="article:published_time" content="{PUBLISHED}">')


def listed_below(story: Story, words: Words, others: list[str]) -> str:
    """Tags, and links under a heading, inside the body's box."""
    inside = f"<div><h1>{story.title}</h1><p class='byline'>{words.author}</p><time datetime='{PUBLISHED}'></time>{_paragraphs(story.paragraphs)}"
    return _page(
        story, inside + f"<p>{words.tags} Courier, 2024</p><h4>{words.latest}</h4><ul>{_links(others)}</ul></div>"
    )


def wrapped(story: Story, words: Words, others: list[str]) -> str:
    """Every paragraph in boxes of its own, whose names call them hidden things."""
    boxes = "".join(f"<div class='section hidden'><div><p>{text}</p></div></div>" for text in story.paragraphs)
    head = f'<meta name="author" content="{words.author}"><meta itemprop="datePublished" content="{PUBLISHED}">'
    return _page(story, f"<main class='page-with-sidebar'><h1>{story.title}</h1>{boxes}</main>", head)


def headed(story: Story, words: Words, others: list[str]) -> str:
    """The standfirst in the header, with the headline, the byline and the day; the headline once more below a picture."""
    head = f"<header><h1>{story.title}</h1><p>{story.paragraphs[0]}</p><span class='author-name'>{words.author}</span><time datetime='{PUBLISHED}'></time></header>"
    figure = f"<figure><img src='a.jpg'><figcaption>{others[0]}. {words.photo} Courier</figcaption></figure><p>{story.title}</p>"
    return _page(story, f"<article>{head}{figure}<div>{_paragraphs(story.paragraphs[1:])}</div></article>")


def unended(story: Story, words: Words, others: list[str]) -> str:
    """Nothing is closed, spaces are entities, letters hold soft hyphens, and headings wrap paragraphs."""
    texts = "<p>".join(text.replace(" ", "&nbsp;", 3) for text in story.paragraphs)
    return f"<title>{story.title}</title><meta name=author content='{words.author}'><meta property='article:published_time' content='{PUBLISHED}'><div><h1>{story.title}</h1><h2 class=x><p>{words.day}</h2><p>{texts}<p>&copy; Courier<div class=share>{words.share}"


def sectioned(story: Story, words: Words, others: list[str]) -> str:
    """Subheadings, a quotation and a list of facts between the paragraphs, another story's whole text below."""
    texts = f"<p>{story.paragraphs[0]}</p>" + "".join(f"<div><p>{text}</p></div>" for text in story.paragraphs[1:])
    below = f"<div class='next-story'><h2>{others[0]}</h2>{_paragraphs(others)}</div>"
    inside = f"<div><h1>{story.title}</h1><p><i>{words.by} {words.author}</i></p>{texts}</div>{below}"
    return _page(story, inside, f'<meta property="article:published_time" content="{PUBLISHED}">')


LAYOUTS: tuple[Callable[[Story, Words, list[str]], str], ...] = (
    modern, furnished, credited, noticed, broken_lines, discussed, beside_news, listed_below, wrapped, headed, unended, sectioned,
)  # fmt: skip
