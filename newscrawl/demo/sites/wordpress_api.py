"""Posts -> the part of a WordPress API that lists them: after, before, modified_after, per_page, page, orderby, order."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from math import ceil
from urllib.parse import urlencode

from newscrawl.demo.answer import Answer, Pages, Query
from newscrawl.demo.edition import Edition
from newscrawl.demo.markup import element, paragraphs, safe

POSTS_PATH = "/wp-json/wp/v2/posts"
MOST_PER_PAGE = 100
WINDOWS = ("after", "before", "modified_after", "modified_before")


@dataclass(frozen=True, kw_only=True)
class Post:
    """What the API says of one article."""

    number: int
    link: str
    slug: str
    title: str
    paragraphs: tuple[str, ...]
    published_at: datetime
    modified_at: datetime


def api_pages(edition: Edition, posts: Sequence[Post]) -> Pages:
    """The API's root and its list of posts."""
    root = {
        "name": edition.site.outlets[0],
        "url": edition.origin,
        "home": edition.origin,
        "gmt_offset": edition.now.astimezone(edition.zone).strftime("%z")[1:3].lstrip("0"),
        "timezone_string": edition.site.timezone,
        "namespaces": ["wp/v2"],
        "routes": {"/wp/v2/posts": {"methods": ["GET"]}},
    }

    def answer(query: Query) -> Answer:
        return _list(edition, posts, query)

    return {"/wp-json/": _json(root, edition.changed_at), POSTS_PATH: answer}


def _list(edition: Edition, posts: Sequence[Post], query: Query) -> Answer:
    try:
        page, per_page = int(query.get("page", "1")), int(query.get("per_page", "10"))
        found = [post for post in posts if _inside(edition, post, query)]
    except ValueError:
        return _error("rest_invalid_param", "Invalid parameter(s)")
    if page < 1 or not 1 <= per_page <= MOST_PER_PAGE:
        return _error("rest_invalid_param", "Invalid parameter(s): page, per_page")
    page_count = ceil(len(found) / per_page)
    if page > max(page_count, 1):
        return _error("rest_post_invalid_page_number", "The page number requested is larger than the number of pages.")
    by_change = query.get("orderby", "date") == "modified"
    found.sort(
        key=lambda post: post.modified_at if by_change else post.published_at, reverse=query.get("order") != "asc"
    )
    shown = [_record(edition, post) for post in found[(page - 1) * per_page : page * per_page]]
    headers = [("X-WP-Total", str(len(found))), ("X-WP-TotalPages", str(page_count))]
    if page < page_count:
        following = urlencode({**query, "page": page + 1})
        headers.append(("Link", f'<{edition.origin}{POSTS_PATH}?{following}>; rel="next"'))
    return _json(shown, edition.changed_at, tuple(headers))


def _inside(edition: Edition, post: Post, query: Query) -> bool:
    """Bounds without a zone are on the site's clock, as WordPress takes them; both bounds are exclusive."""
    for name in WINDOWS:
        if name not in query:
            continue
        bound = datetime.fromisoformat(query[name])
        bound = bound if bound.tzinfo else bound.replace(tzinfo=edition.zone)
        instant = post.modified_at if name.startswith("modified") else post.published_at
        if not (instant > bound if name.endswith("after") else instant < bound):
            return False
    return True


def _record(edition: Edition, post: Post) -> dict[str, object]:
    def clock(instant: datetime, utc: bool) -> str:
        return instant.astimezone(UTC if utc else edition.zone).replace(tzinfo=None).isoformat()

    return {
        "id": post.number,
        "date": clock(post.published_at, utc=False),
        "date_gmt": clock(post.published_at, utc=True),
        "guid": {"rendered": f"{edition.origin}/?p={post.number}"},
        "modified": clock(post.modified_at, utc=False),
        "modified_gmt": clock(post.modified_at, utc=True),
        "slug": post.slug,
        "status": "publish",
        "type": "post",
        "link": post.link,
        "title": {"rendered": safe(post.title)},
        "content": {"rendered": paragraphs(post.paragraphs), "protected": False},
        "excerpt": {"rendered": element("p", post.paragraphs[0][:150] + " […]"), "protected": False},
        "author": 2,
        "categories": [1],
        "tags": [],
    }


def _json(content: object, changed_at: datetime, headers: tuple[tuple[str, str], ...] = ()) -> Answer:
    body = json.dumps(content, ensure_ascii=False).encode()
    return Answer(body=body, content_type="application/json; charset=UTF-8", changed_at=changed_at, headers=headers)


def _error(code: str, message: str) -> Answer:
    body = json.dumps({"code": code, "message": message, "data": {"status": 400}}).encode()
    return Answer(body=body, status=400, content_type="application/json; charset=UTF-8")
