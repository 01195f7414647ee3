"""Rows as the first version of the tables held them, written in plain SQL: today's code would need today's columns."""

import sqlite3

AT, NEXT_DAY = "2024-05-02T12:00:00+00:00", "2024-05-03T12:00:00+00:00"
_STATEMENTS = (
    "INSERT INTO sites (id, name, home) VALUES (1, 'vesti_example', 'https://vesti.example/')",
    f"INSERT INTO hosts (host, site, robots_fetched_at) VALUES ('vesti.example', 'vesti_example', '{AT}')",
    f"INSERT INTO runs (id, command, pid, started_at) VALUES (1, 'run', 7, '{AT}')",
    f"INSERT INTO site_runs (run_id, site, started_at, stored) VALUES (1, 'vesti_example', '{AT}', 2)",
    "INSERT INTO captures (id, url, final_url, site, fetched_at, status, file, offset, length, body_hash)"
    f" VALUES (1, 'https://vesti.example/a', 'https://vesti.example/a', 'vesti_example', '{AT}', 200, 'a.warc.gz', 0, 9, 'sha256:0')",
    "INSERT INTO articles (id, url, site, title, text, markdown, authors, published, first_seen_at, last_seen_at, text_hash,"
    " extractor, capture_id, updated_at, changed_seq) VALUES (1, 'https://vesti.example/a', 'vesti_example', 'Мост открыли',"
    f" 'Утром.', 'Утром.', '[\"Айгуль Серикова\"]', '{AT}', '{AT}', '{AT}', 't1:0', 'newscrawl 0.1', 1, '{AT}', 2)",
    "INSERT INTO articles (id, url, site, title, text, markdown, status, gone_at, first_seen_at, last_seen_at, text_hash,"
    " extractor, updated_at, changed_seq) VALUES (2, 'https://vesti.example/gone', 'vesti_example', 'Паром', 'Днём.', 'Днём.',"
    f" 'gone', '{NEXT_DAY}', '{AT}', '{AT}', 't1:1', 'newscrawl 0.1', '{NEXT_DAY}', 3)",
    "INSERT INTO article_versions (article_id, seen_at, kind, title, text, text_hash, extractor, capture_id, changed_seq)"
    f" VALUES (1, '{AT}', 'first', 'Мост открыли', 'Утром.', 't1:0', 'newscrawl 0.1', 1, 2)",
    "INSERT INTO article_bands (band, article_id) VALUES (-5, 1)",
    "INSERT INTO urls (id, url, canonical, site, kind, found_at, fate, fate_at, evidence, run_id, article_id) VALUES"
    f" (1, 'https://vesti.example/a', 'https://vesti.example/a', 'vesti_example', 'article', '{AT}', 'stored', '{AT}', '{{}}', 1, 1)",
    f"INSERT INTO url_events (url_id, at, fate, run_id) VALUES (1, '{AT}', 'stored', 1)",
    "UPDATE counters SET value = 3",
)
FILLED_TABLES = (
    "sites", "hosts", "runs", "site_runs", "captures", "articles", "article_versions", "article_bands", "urls", "url_events",
    "counters",
)  # fmt: skip


def fill(connection: sqlite3.Connection) -> None:
    """A row in each table of the first version: an article, one that is gone, and what leads to them."""
    for statement in _STATEMENTS:
        connection.execute(statement)
