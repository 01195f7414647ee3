"""An instant on a site's clock -> the date as its pages write it, in ru, kk (Latin), ky and uz."""

from datetime import date, datetime, timedelta

RU_MONTHS = (
    "января",
    "февраля",
    "марта",
    "апреля",
    "мая",
    "июня",
    "июля",
    "августа",
    "сентября",
    "октября",
    "ноября",
    "декабря",
)
KK_LATIN_MONTHS = (
    "qañtar",
    "aqpan",
    "nauryz",
    "säuır",
    "mamyr",
    "mausym",
    "şılde",
    "tamyz",
    "qyrküiek",
    "qazan",
    "qaraşa",
    "jeltoqsan",
)
KY_MONTHS_OF_YEAR = (
    "январы",
    "февралы",
    "марты",
    "апрели",
    "майы",
    "июну",
    "июлу",
    "августу",
    "сентябры",
    "октябры",
    "ноябры",
    "декабры",
)
UZ_MONTHS = (
    "yanvar",
    "fevral",
    "mart",
    "aprel",
    "may",
    "iyun",
    "iyul",
    "avgust",
    "sentabr",
    "oktabr",
    "noyabr",
    "dekabr",
)


def ru_day(day: date) -> str:
    """`2 мая 2024`."""
    return f"{day.day} {RU_MONTHS[day.month - 1]} {day.year}"


def ru_moment(local: datetime) -> str:
    """`2 мая 2024, 14:05`."""
    return f"{ru_day(local)}, {local:%H:%M}"


def ru_list_moment(local: datetime, today: date) -> str:
    """`Сегодня, 14:05`, `Вчера 14:05` or `2 мая, 14:05`, as seen on that day."""
    if local.date() == today:
        return f"Сегодня, {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"Вчера {local:%H:%M}"
    return f"{local.day} {RU_MONTHS[local.month - 1]}, {local:%H:%M}"


def kk_latin_day(day: date) -> str:
    """`2 mamyr 2024`."""
    return f"{day.day} {KK_LATIN_MONTHS[day.month - 1]} {day.year}"


def ky_day(day: date) -> str:
    """`2024-жылдын 2-майы`."""
    return f"{day.year}-жылдын {day.day}-{KY_MONTHS_OF_YEAR[day.month - 1]}"


def uz_day(day: date) -> str:
    """`2024-yil 2-may`."""
    return f"{day.year}-yil {day.day}-{UZ_MONTHS[day.month - 1]}"


def uz_list_moment(local: datetime, today: date) -> str:
    """`Bugun, 14:05`, `Kecha, 14:05` or `2-may, 14:05`, as seen on that day."""
    if local.date() == today:
        return f"Bugun, {local:%H:%M}"
    if local.date() == today - timedelta(days=1):
        return f"Kecha, {local:%H:%M}"
    return f"{local.day}-{UZ_MONTHS[local.month - 1]}, {local:%H:%M}"
