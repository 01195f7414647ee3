"""What was typed for an option -> its value, or a plain usage error: callbacks for click."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import click

from newscrawl.cli.show import plain
from newscrawl.site import host_of

WEB_SCHEMES = ("http://", "https://")


def checked_url(_: click.Context, option: click.Parameter, url: str | None) -> str | None:
    """An http or https address with a host."""
    if url is not None and not (url.startswith(WEB_SCHEMES) and host_of(url)):
        raise click.BadParameter(f"{plain(url)!r} is no http or https address")
    return url


def checked_zone(_: click.Context, option: click.Parameter, name: str | None) -> str | None:
    """The name of a time zone that this machine knows."""
    if name is not None:
        try:
            ZoneInfo(name)
        except (KeyError, ValueError, OSError):
            raise click.BadParameter(f"{plain(name)!r} is no IANA time zone such as Asia/Almaty") from None
    return name


def checked_instant(_: click.Context, option: click.Parameter, text: str | None) -> datetime | None:
    """An instant in UTC; one without a zone is UTC, a day is its midnight."""
    if text is None:
        return None
    try:
        at = datetime.fromisoformat(text)
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        raise click.BadParameter(f"{plain(text)!r} is no ISO 8601 instant such as 2024-05-02T09:05:00Z") from None
