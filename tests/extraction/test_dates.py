"""The ladder: which evidence wins, what it loses to, and what comes of clocks, zones, conflicts and changes."""

import itertools
from datetime import UTC, date, datetime, timedelta

import pytest

from newscrawl.article import DateEvidence
from newscrawl.extraction.dates import choose_dates, find_date_evidence
from newscrawl.extraction.draft import Draft
from newscrawl.extraction.tree import read_tree
from newscrawl.site import Override, Site

URL = "https://example.kz/news/most"
FETCHED_AT = datetime(2024, 5, 3, 12, 0, tzinfo=UTC)
SITE = Site(name="example_kz", home="https://example.kz/", timezone="Asia/Almaty", languages=("ru", "kk"))
LOCAL_CLOCK = Site(
    name="example_kz",
    home="https://example.kz/",
    timezone="Asia/Almaty",
    languages=("ru",),
    overrides=(Override(clock="local"),),
)
SOURCES = ("json-ld", "meta", "microdata", "wordpress", "feed", "sitemap", "url", "time", "header", "listing")


def ev(source: str, raw: str, role: str = "published", where: str = "", zone: str | None = None) -> DateEvidence:
    return DateEvidence(source, raw, where, role, zone)  # type: ignore[arg-type]


def choose(
    *page: DateEvidence,
    candidate: tuple[DateEvidence, ...] = (),
    site: Site | None = SITE,
    fetched_at: datetime | None = FETCHED_AT,
) -> Draft:
    return choose_dates(Draft(url=URL, dates=page), fetched_at, site, candidate)


def verdicts(draft: Draft) -> dict[str, str]:
    return {judged.evidence.raw: judged.verdict for judged in draft.judged}


def test_a_page_without_evidence_has_no_date() -> None:
    draft = choose()
    assert (draft.published, draft.published_day, draft.published_source, draft.judged) == (None, None, None, ())


@pytest.mark.parametrize(("better", "worse"), [p for p in itertools.pairwise(SOURCES) if p != ("time", "header")])
def test_the_ladder(better: str, worse: str) -> None:
    pieces = (ev(worse, "2024-04-01"), ev(better, "2024-05-02"))
    for order in (pieces, pieces[::-1]):
        draft = choose(*order)
        assert (draft.published_source, draft.published_day) == (better, date(2024, 5, 2))


def test_time_and_header_share_a_rung_in_the_order_of_the_page() -> None:
    assert choose(ev("header", "2 мая 2024"), ev("time", "2024-04-01")).published_source == "header"
    assert choose(ev("time", "2024-04-01"), ev("header", "2 мая 2024")).published_source == "time"


@pytest.mark.parametrize(
    "where", ["bare meta date", "JSON-LD NewsArticle.dateCreated", "JSON-LD VideoObject.uploadDate"]
)
def test_when_the_page_was_made_is_weaker_than_what_readers_see(where: str) -> None:
    weak = ev("json-ld" if "LD" in where else "meta", "2024-04-01", where=where)
    assert choose(weak, ev("header", "2 мая 2024")).published_source == "header"
    assert choose(weak).published_day == date(2024, 4, 1)


def test_a_date_of_two_orders_is_believed_last() -> None:
    assert choose(ev("header", "03/04/2024"), ev("header", "April 3, 2024")).published_raw == "April 3, 2024"
    assert choose(ev("header", "03/04/2024")).published_day == date(2024, 4, 3)


def test_the_sites_own_selector_goes_first() -> None:
    own = ev("header", "2 мая 2024, 14:05", where="the site's own selector .date")
    draft = choose(ev("json-ld", "2024-04-01T00:00:00Z"), own)
    assert draft.published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize("source", ["wordpress", "feed", "sitemap", "listing"])
def test_the_candidates_evidence_speaks_where_the_page_is_silent(source: str) -> None:
    draft = choose(candidate=(ev(source, "2024-05-02T14:05:00+05:00"),))
    assert draft.published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
    assert (draft.published_source, draft.published_precision, draft.published_conflict) == (source, "minute", False)


def test_a_feeds_own_zone_is_read_and_the_day_is_the_sites() -> None:
    draft = choose(candidate=(ev("feed", "2024-05-02 21:30:00", zone="UTC"),))
    assert draft.published == datetime(2024, 5, 2, 21, 30, tzinfo=UTC)
    assert draft.published_day == date(2024, 5, 3)


def test_a_list_says_yesterday_in_the_sites_zone() -> None:
    at_night = datetime(2024, 5, 2, 19, 30, tzinfo=UTC)  # already 3 May in Almaty
    draft = choose(candidate=(ev("listing", "Вчера 23:50"),), fetched_at=at_night)
    assert draft.published == datetime(2024, 5, 2, 18, 50, tzinfo=UTC)


@pytest.mark.parametrize(
    ("page", "feed", "conflict"),
    [
        ("2024-05-02T14:05:00+05:00", "Thu, 02 May 2024 14:05:00 +0500", False),
        ("2024-05-02T14:05:00+05:00", "Thu, 02 May 2024 15:05:00 +0500", False),
        ("2024-05-02T14:05:00+05:00", "Thu, 02 May 2024 15:06:00 +0500", True),
        ("2024-05-02T14:05:00+05:00", "2024-05-02", False),
        ("2024-05-02T14:05:00+05:00", "2024-05-01", True),
        ("2024-05-02T00:00:00+05:00", "Thu, 02 May 2024 14:05:00 +0500", False),
    ],
)
def test_trusted_sources_that_differ_by_more_than_an_hour_are_a_conflict(page: str, feed: str, conflict: bool) -> None:
    draft = choose(ev("json-ld", page), candidate=(ev("feed", feed),))
    assert draft.published_conflict is conflict
    assert draft.published_day == date(2024, 5, 2)


@pytest.mark.parametrize("source", ["header", "url", "listing", "time"])
def test_weaker_places_do_not_contradict(source: str) -> None:
    draft = choose(ev("json-ld", "2024-05-02T14:05:00+05:00"), ev(source, "2024-04-01"))
    assert draft.published_conflict is False
    assert verdicts(draft)["2024-04-01"] == f"lost: it says another day, and json-ld goes before {source}"


def test_a_clock_refines_a_bare_day_of_the_same_date() -> None:
    draft = choose(ev("json-ld", "2024-05-02"), candidate=(ev("listing", "Вчера 14:05"),))
    assert draft.published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
    assert (draft.published_source, draft.published_precision, draft.published_raw) == (
        "listing",
        "minute",
        "Вчера 14:05",
    )
    assert "gives a clock to the day that json-ld names" in verdicts(draft)["Вчера 14:05"]
    assert "no clock" in verdicts(draft)["2024-05-02"]


def test_a_clock_of_another_day_refines_nothing() -> None:
    draft = choose(ev("url", "2024-05-01"), candidate=(ev("listing", "Вчера 14:05"),))
    assert (draft.published_day, draft.published_precision) == (date(2024, 5, 1), "day")


def test_midnight_is_how_systems_fill_a_clock_in() -> None:
    draft = choose(ev("json-ld", "2024-05-02T00:00:00+05:00"), ev("header", "2 мая 2024, 14:05"))
    assert draft.published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
    alone = choose(ev("json-ld", "2024-05-02T00:00:00+05:00"))
    assert alone.published == datetime(2024, 5, 1, 19, 0, tzinfo=UTC)


def test_a_day_without_clock_is_its_local_midnight() -> None:
    draft = choose(ev("header", "2 мая 2024"))
    assert draft.published == datetime(2024, 5, 1, 19, 0, tzinfo=UTC)
    assert (draft.published_day, draft.published_precision) == (date(2024, 5, 2), "day")


def test_a_clock_without_zone_takes_the_sites_and_without_a_site_is_a_day() -> None:
    assert choose(ev("json-ld", "2024-05-02T14:05:00")).published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
    draft = choose(ev("json-ld", "2024-05-02T14:05:00"), site=None)
    assert (draft.published, draft.published_precision) == (datetime(2024, 5, 2, tzinfo=UTC), "day")


def test_modified_never_fills_published() -> None:
    draft = choose(
        ev("json-ld", "2024-05-02T14:05:00Z", "modified"), candidate=(ev("sitemap", "2024-05-03", "modified"),)
    )
    assert (draft.published, draft.published_day, draft.published_source) == (None, None, None)
    assert draft.modified == datetime(2024, 5, 2, 14, 5, tzinfo=UTC)


def test_a_change_before_the_publication_is_none() -> None:
    draft = choose(
        ev("json-ld", "2024-05-02T14:05:00Z"),
        ev("json-ld", "2024-05-01T10:00:00Z", "modified"),
        ev("meta", "2024-05-03", "modified"),
    )
    assert draft.modified == datetime(2024, 5, 2, 19, 0, tzinfo=UTC)
    assert verdicts(draft)["2024-05-01T10:00:00Z"] == "out: a change before the publication"


def test_what_lies_after_the_fetch_is_out() -> None:
    ahead = (FETCHED_AT + timedelta(hours=2)).isoformat()
    draft = choose(ev("json-ld", ahead), ev("header", "2 мая 2024"), ev("json-ld", ahead, "modified"))
    assert draft.published_source == "header"
    assert draft.modified is None
    assert verdicts(draft)[ahead] == "out: it lies after the moment of the fetch"
    assert choose(ev("json-ld", ahead), fetched_at=None).published_source == "json-ld"


def test_each_piece_has_its_verdict() -> None:
    draft = choose(
        ev("meta", "скоро"),
        ev("json-ld", "2024-05-02T14:05:00+05:00"),
        ev("meta", "2024-05-02T14:05:10+05:00"),
        ev("header", "3 часа назад"),
        fetched_at=None,
    )
    assert verdicts(draft) == {
        "2024-05-02T14:05:00+05:00": "taken: the best source that says a date",
        "2024-05-02T14:05:10+05:00": "agrees, and json-ld goes before meta",
        "скоро": "out: no date that can be read",
        "3 часа назад": "out: it counts from the moment of the fetch, which is not known",
    }


def test_an_attributes_unix_time_is_read() -> None:
    assert choose(ev("time", "1714640700")).published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)
    assert choose(ev("header", "1714640700")).published is None


ALMATY_PAGE = """<html lang="ru"><head><title>Мост открыли после ремонта</title>
<meta property="article:published_time" content="{clock}+05:00"><meta property="article:modified_time" content="{clock}+05:00">
<script type="application/ld+json">{{"@type": "NewsArticle", "datePublished": "{clock}+06:00"}}</script></head>
<body><h1>Мост открыли после ремонта</h1><p>Мост через реку открыли.</p></body></html>"""


@pytest.mark.parametrize(
    ("clock", "instant"),
    [
        ("2024-02-29T12:00:00", datetime(2024, 2, 29, 6, 0, tzinfo=UTC)),
        ("2024-03-01T12:00:00", datetime(2024, 3, 1, 7, 0, tzinfo=UTC)),
        ("2023-10-05T09:10:00", datetime(2023, 10, 5, 3, 10, tzinfo=UTC)),
        ("2024-04-05T09:10:00", datetime(2024, 4, 5, 4, 10, tzinfo=UTC)),
    ],
)
def test_a_site_that_stamps_two_zones_on_one_clock_is_read_by_its_own(clock: str, instant: datetime) -> None:
    tree = read_tree(ALMATY_PAGE.format(clock=clock), URL)
    draft = Draft(url=URL, dates=find_date_evidence(tree, URL))
    chosen = choose_dates(draft, FETCHED_AT, LOCAL_CLOCK)
    assert (chosen.published, chosen.modified) == (instant, instant)
    assert chosen.published_day == date.fromisoformat(clock[:10])
    assert chosen.published_conflict is False
    page_alone = choose_dates(draft, None, None)
    assert page_alone.published_day == date.fromisoformat(clock[:10])


def test_a_wrong_zone_in_the_pages_says_nothing_of_the_feed() -> None:
    draft = choose(candidate=(ev("feed", "Thu, 02 May 2024 09:05:00 GMT"),), site=LOCAL_CLOCK)
    assert draft.published == datetime(2024, 5, 2, 9, 5, tzinfo=UTC)


@pytest.mark.parametrize(
    ("stamp", "witness", "day"),
    [
        ("2023-11-09T01:49:09Z", ev("url", "2023-11-08"), date(2023, 11, 8)),
        ("2023-11-08T20:10:00Z", ev("header", "9 ноября 2023"), date(2023, 11, 9)),
        ("2023-11-09T01:49:09Z", ev("time", "2023-11-08 17:49:09"), date(2023, 11, 8)),
        ("2023-11-09T01:49:09Z", ev("microdata", "2023-11-08T20:49:09-05:00"), date(2023, 11, 8)),
        ("2023-11-09T12:49:09Z", ev("url", "2023-11-08"), date(2023, 11, 9)),
        ("2023-11-09T01:49:09Z", ev("url", "2023-11-06"), date(2023, 11, 9)),
        ("2023-11-09T01:49:09+02:00", ev("url", "2023-11-08"), date(2023, 11, 9)),
        ("2023-11-09T01:49:09Z", ev("time", "2023-11-08 10:20:00"), date(2023, 11, 9)),
    ],
)
def test_without_a_site_a_stamp_in_utc_is_dated_by_its_local_witness(
    stamp: str, witness: DateEvidence, day: date
) -> None:
    draft = choose(ev("json-ld", stamp), witness, site=None)
    assert draft.published == datetime.fromisoformat(stamp).astimezone(UTC)
    assert draft.published_day == day


def test_with_a_site_its_zone_alone_decides_the_day() -> None:
    draft = choose(ev("json-ld", "2023-11-08T20:10:00Z"), ev("url", "2023-11-08"))
    assert draft.published_day == date(2023, 11, 9)


def test_the_languages_of_page_and_site_help_to_read() -> None:
    draft = choose_dates(
        Draft(url=URL, dates=(ev("header", "2 Νοεμβρίου 2023"),), html_language="el-GR"), FETCHED_AT, None
    )
    assert draft.published_day == date(2023, 11, 2)


def test_the_same_evidence_gives_the_same_draft() -> None:
    pieces = (ev("json-ld", "2024-05-02T14:05:00Z"), ev("meta", "2024-05-02"), ev("meta", "2024-05-02"))
    assert choose(*pieces, candidate=pieces[:1]) == choose(*pieces, candidate=pieces[:1])
    assert len(choose(*pieces, candidate=pieces[:1]).judged) == 2


@pytest.mark.parametrize("raw", ["", "\x00", "01.01.0001", "9" * 300, "0000-00-00", "\ud800", "NaN", "{{ date }}"])
def test_no_evidence_raises(raw: str) -> None:
    for source in SOURCES:
        draft = choose(ev(source, raw), ev(source, raw, "modified"), candidate=(ev(source, raw, zone="No/Where"),))
        assert (draft.published, draft.modified) == (None, None)


def test_a_lists_yesterday_counts_from_when_the_list_was_read() -> None:
    listed = DateEvidence("listing", "Вчера 10:15", read_at="2024-04-20T09:00:00+00:00")
    draft = choose(candidate=(listed,))
    assert (draft.published, draft.published_day) == (datetime(2024, 4, 19, 5, 15, tzinfo=UTC), date(2024, 4, 19))


@pytest.mark.parametrize(
    ("fetched_at", "day"),
    [(datetime(2024, 5, 3, 10, tzinfo=UTC), date(2024, 5, 2)), (datetime(2024, 5, 3, 20, tzinfo=UTC), None)],
)
def test_yesterday_without_a_zone_is_a_day_only_where_all_zones_agree(fetched_at: datetime, day: date | None) -> None:
    draft = choose(ev("header", "Вчера 10:15"), site=None, fetched_at=fetched_at)
    assert draft.published_day == day
    if day is None:
        assert "zone" in verdicts(draft)["Вчера 10:15"]
