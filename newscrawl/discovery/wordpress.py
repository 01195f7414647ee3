"""A page of WordPress's REST API (wp/v2/posts) -> candidates with title, language and the post's dates in UTC."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from w3lib.url import add_or_replace_parameter, url_query_parameter

from newscrawl.article import DateEvidence
from newscrawl.discovery.entries import article_link, date_text, fold, language_code, plain_title
from newscrawl.extraction.encoding import decode_page
from newscrawl.page import Candidate, Discovery

POSTS_A_PAGE = 100  # WordPress refuses more
MAX_PAGE = 10_000
POSTS = "wp/v2/posts"
# `lang` is written by Polylang and WPML. Without `_fields` each page carries a hundred whole articles.
FIELDS = "id,link,title,date,date_gmt,modified,modified_gmt,lang"
_NEVER = "0000-00-00"


def first_page(api_root: str, after: datetime | None, before: datetime | None) -> str:
    """The address of the newest posts between two instants. `api_root`: `https://example.kz/wp-json/` or its `?rest_route=/` form."""
    if "rest_route=" in api_root:
        url = add_or_replace_parameter(api_root, "rest_route", f"/{POSTS}")
    else:
        url = f"{api_root.rstrip('/')}/{POSTS}"
    query = {"per_page": str(POSTS_A_PAGE), "orderby": "date", "order": "desc", "_fields": FIELDS}
    # Stated in UTC: WordPress takes an instant without a zone for the site's own clock.
    query |= {
        name: instant.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        for name, instant in (("after", after), ("before", before))
        if instant
    }
    for name, value in query.items():
        url = add_or_replace_parameter(url, name, value)
    return url


def read_posts(body: bytes, url: str, headers: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> Discovery:
    """The posts that the API answered with; `headers` say how many pages there are."""
    text = decode_page(body).strip("\ufeff \t\r\n")
    try:
        answer = json.loads(text)
    except (ValueError, RecursionError):
        return Discovery(problem=f"The WordPress API answered with {_form(text)} instead of JSON.")
    if isinstance(answer, dict):
        return Discovery(problem=_refusal(answer))
    if not isinstance(answer, list):
        return Discovery(problem="The WordPress API answered with JSON that is no list of posts.")
    read = [_candidate(post, url) for post in answer[:POSTS_A_PAGE]]
    unusable = read.count(None)
    return Discovery(
        candidates=fold(candidate for candidate in read if candidate),
        more=_next_page(url, headers) if answer else (),
        problem="The WordPress API listed posts without a link." if answer and unusable == len(read) else None,
        limited=f"Only the first {POSTS_A_PAGE} posts were taken." if len(answer) > POSTS_A_PAGE else None,
        notes=(f"Posts without a link that can be fetched: {unusable}.",) if unusable else (),
    )


def _candidate(post: Any, url: str) -> Candidate | None:
    if not isinstance(post, dict) or not (link := article_link(url, _text(post.get("link")))):
        return None
    evidence = []
    if published := _date(post, "date"):
        evidence.append(DateEvidence("wordpress", published[0], f"WordPress {published[1]}", "published", published[2]))
    if modified := _date(post, "modified"):
        evidence.append(DateEvidence("wordpress", modified[0], f"WordPress {modified[1]}", "modified", modified[2]))
    title = post.get("title")
    return Candidate(
        url=link,
        found_in=url,
        kind="wordpress",
        title=plain_title(_text(title.get("rendered") if isinstance(title, dict) else title)),
        language=language_code(_text(post.get("lang"))),
        evidence=tuple(evidence),
    )


def _date(post: dict[str, Any], name: str) -> tuple[str, str, str | None] | None:
    """(raw, the field's name, its zone): the `_gmt` field is UTC without saying so, the other one the site's own clock."""
    for field, zone in ((f"{name}_gmt", "UTC"), (name, None)):
        raw = date_text(_text(post.get(field)))
        if raw and not raw.startswith(_NEVER):
            return raw, field, zone
    return None


def _next_page(url: str, headers: Mapping[str, str] | Iterable[tuple[str, str]]) -> tuple[str, ...]:
    pairs = headers.items() if isinstance(headers, Mapping) else headers
    stated = next((value for name, value in pairs if name.lower() == "x-wp-totalpages"), "").strip()
    page = url_query_parameter(url, "page") or "1"
    if not (_is_count(stated) and _is_count(page)) or int(page) >= min(int(stated), MAX_PAGE):
        return ()
    return (add_or_replace_parameter(url, "page", str(int(page) + 1)),)


def _is_count(text: str) -> bool:
    return text.isascii() and text.isdecimal() and len(text) <= 7


def _refusal(answer: dict[str, Any]) -> str:
    code, message = (plain_title(_text(answer.get(key))) for key in ("code", "message"))
    if not code:
        return "The WordPress API answered with JSON that is no list of posts."
    return f"The WordPress API refuses: {message or 'no reason given'} ({code})."


def _form(text: str) -> str:
    if not text:
        return "nothing"
    return "an HTML page" if text.startswith("<") else "text"


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) else None
