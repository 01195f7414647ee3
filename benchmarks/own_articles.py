"""A number -> an article's page with a text of its own: as many as a benchmark needs, none like another."""

import json
from datetime import datetime
from random import Random

SENTENCES = 6
WORDS_A_SENTENCE = 14
WORDS = [
    "мост",
    "река",
    "весна",
    "город",
    "школа",
    "поезд",
    "музей",
    "дорога",
    "завод",
    "озеро",
    "книга",
    "театр",
    "ветер",
    "степь",
    "рынок",
    "больница",
    "парк",
    "станция",
    "строители",
    "открыли",
    "вечером",
    "утром",
    "вместе",
    "недавно",
    "снова",
    "быстро",
    "новый",
    "старый",
    "большой",
    "жители",
    "рассказали",
    "осенью",
    "весной",
    "увидели",
    "построили",
    "починили",
    "через",
    "около",
    "после",
    "перед",
    "вдоль",
    "каждый",
    "первый",
    "второй",
    "тихий",
    "долгий",
    "светлый",
]


def title_of(number: int) -> str:
    """The headline."""
    return f"Новость номер {number} о городе"


def page_of(number: int, published: datetime) -> str:
    """The page: the words are drawn by the number, so that the same number gives the same bytes."""
    draw = Random(number)
    paragraphs = "".join(
        f"<p>{' '.join(draw.choices(WORDS, k=WORDS_A_SENTENCE)).capitalize()}.</p>" for _ in range(SENTENCES)
    )
    dated = json.dumps({"@type": "NewsArticle", "headline": title_of(number), "datePublished": published.isoformat()})
    return (
        f'<html lang="ru"><head><title>{title_of(number)}</title><script type="application/ld+json">{dated}</script></head>'
        f"<body><article><h1>{title_of(number)}</h1>{paragraphs}</article></body></html>"
    )
