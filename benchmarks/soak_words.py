"""Dice -> sentences that no newspaper has printed, in Russian and Kazakh."""

import hashlib
from random import Random

WHO = (
    "Инженеры",
    "Врачи",
    "Учителя",
    "Фермеры",
    "Студенты",
    "Спасатели",
    "Геологи",
    "Строители",
    "Музыканты",
    "Водители",
)
DID = (
    "открыли",
    "проверили",
    "обсудили",
    "отремонтировали",
    "показали",
    "измерили",
    "перевезли",
    "посадили",
    "собрали",
)
WHAT = (
    "мост",
    "больницу",
    "теплицы",
    "библиотеку",
    "плотину",
    "новый автобус",
    "старый парк",
    "вокзал",
    "школу",
    "музей",
)
WHERE = (
    "у реки",
    "в предгорьях",
    "на севере области",
    "рядом с рынком",
    "в центре города",
    "за железной дорогой",
    "в степи",
)
WHY = (
    "чтобы успеть до дождей",
    "по просьбе жителей",
    "впервые за десять лет",
    "без остановки движения",
    "вместе с соседями",
)
KK_WHO = ("Инженерлер", "Дәрігерлер", "Мұғалімдер", "Шаруалар", "Студенттер", "Құтқарушылар", "Құрылысшылар")
KK_WHAT = ("көпірді", "ауруханны", "кітапхананы", "жаңа мектепті", "ескі саябақты", "мұражайды", "бөгетті")
KK_DID = ("тексерді", "жөндеді", "көрсетті", "талқылады", "ашты", "безендірді")
KK_WHERE = ("өзен бойында", "қала орталығында", "облыстың солтүстігінде", "базардың жанында", "далада")


def russian_sentence(words: Random) -> str:
    """A sentence in Russian."""
    who, did, what = words.choice(WHO), words.choice(DID), words.choice(WHAT)
    return f"{who} {did} {what} {words.choice(WHERE)}, {words.choice(WHY)}, и потратили {words.randint(2, 9999)} часов."


def kazakh_sentence(words: Random) -> str:
    """A sentence in Kazakh."""
    who, where, what = words.choice(KK_WHO), words.choice(KK_WHERE), words.choice(KK_WHAT)
    return f"{who} {where} {what} {words.choice(KK_DID)}, бұл жұмысқа {words.randint(2, 9999)} сағат уақыт кетті."


def number_of(*parts: str) -> int:
    """A number that is always the same for the same words."""
    return int.from_bytes(hashlib.sha256("|".join(parts).encode()).digest()[:6])
