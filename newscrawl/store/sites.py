"""A Site -> its row in table sites."""

import json
import sqlite3
from datetime import datetime

from newscrawl.site import Site, SiteError
from newscrawl.store.columns import instant, require_transaction, to_json


def upsert_site(connection: sqlite3.Connection, site: Site, at: datetime) -> None:
    """Write the site's row as its file says today."""
    require_transaction(connection)
    connection.execute(
        "INSERT INTO sites (name, home, hosts, languages, timezone, enabled, every_s, delay_s, verified_on, updated_at)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (name) DO UPDATE SET home = excluded.home, hosts = excluded.hosts, languages = excluded.languages,"
        " timezone = excluded.timezone, enabled = excluded.enabled, every_s = excluded.every_s,"
        " delay_s = excluded.delay_s, verified_on = excluded.verified_on, updated_at = excluded.updated_at",
        (
            site.name,
            site.home,
            to_json(sorted(site.all_hosts)),
            to_json(site.languages),
            site.timezone,
            int(site.enabled),
            round(site.every.total_seconds()),
            site.delay_s,
            site.verified_on.isoformat() if site.verified_on else None,
            instant(at),
        ),
    )


def stored_site(connection: sqlite3.Connection, name: str) -> Site | None:
    """The site as its row tells: zone, languages and hosts, which is what reading needs of one without a file. None where the
    row is bare, or says what no site can."""
    row = connection.execute("SELECT * FROM sites WHERE name = ?", (name,)).fetchone()
    if row is None or not row["home"]:
        return None
    try:
        return Site(
            name=row["name"],
            home=row["home"],
            hosts=tuple(json.loads(row["hosts"] or "[]")),
            languages=tuple(json.loads(row["languages"] or "[]")),
            timezone=row["timezone"],
        )
    except SiteError:
        return None


def ensure_site(connection: sqlite3.Connection, name: str) -> None:
    """Make a bare row for a name without one: spider `web` stores pages of hosts that have no site's file."""
    connection.execute("INSERT INTO sites (name) VALUES (?) ON CONFLICT DO NOTHING", (name,))
