"""Scrapy's response -> a `Page` with its headers as text, and the validators that a later request can be made conditional by."""

from datetime import datetime
from hashlib import sha256

from scrapy.http import Response

from newscrawl.page import Candidate, Page


def page_of(response: Response, address: str, candidate: Candidate | None, fetched_at: datetime) -> Page:
    """The answer as the pipelines take it. `address`: what was asked for, before redirects."""
    return Page(
        url=address,
        final_url=response.url,
        status=response.status,
        headers=tuple((_text(name), _text(value)) for name, values in response.headers.items() for value in values),
        body=response.body,
        fetched_at=fetched_at,
        candidate=candidate,
    )


def validators_of(response: Response) -> dict[str, str | None]:
    """What `frontier.set_fate` keeps of an answer: etag, last_modified, and the body's hash for servers whose ETag lies."""
    return {
        "etag": _header(response, "ETag"),
        "last_modified": _header(response, "Last-Modified"),
        "body_hash": "sha256:" + sha256(response.body).hexdigest(),
    }


def conditional_headers(etag: str | None, last_modified: str | None) -> dict[str, str]:
    """The request headers that ask for the page only if it has changed."""
    headers = {"If-None-Match": etag, "If-Modified-Since": last_modified}
    return {name: value for name, value in headers.items() if value}


def _header(response: Response, name: str) -> str | None:
    value = response.headers.get(name)
    return _text(value) if value else None


def _text(value: bytes) -> str:
    """Header bytes as text: UTF-8 where they are that (some servers send it), else Latin-1, which loses nothing."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return value.decode("latin-1")
