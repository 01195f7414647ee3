"""An address as written -> the one form under which a page is known, and links -> addresses that can be fetched.

`canonical_url()` gives an identity key: it is compared and stored, never fetched (a site that serves only http, or only
with "www.", is still asked under the address that it lists).
"""

import re
from urllib.parse import parse_qsl, urljoin, urlsplit, urlunsplit

from w3lib.url import canonicalize_url

# Parameters that say where a reader came from, never what he reads.
TRACKING_PREFIXES = (
    "utm_",
    "mtm_",
    "pk_",
    "hsa_",
    "mc_",
    "_ga",
    "_gl",
    "itm_",
    "at_campaign",
    "at_medium",
    "aspsessionid",  # with letters of the server's own behind it
)
TRACKING = frozenset({
    "fbclid", "gclid", "gclsrc", "dclid", "gbraid", "wbraid", "msclkid", "yclid", "ymclid", "ysclid", "yadclid",
    "ydclid", "twclid", "ttclid", "igshid", "igsh", "li_fat_id", "_openstat", "_hsenc", "_hsmi", "mkt_tok", "wt_mc",
    "wt_zmc", "xtor", "maca", "cmp", "cmpid", "ncid", "ocid", "smid", "ito", "ico", "ref", "ref_src", "ref_url",
    "referrer", "referer", "rss", "clear_cache", "share", "shared_from",
})  # fmt: skip
# "from", "source" and the like also name real things (`?source=minfin`): only these values are tracking.
ORIGINS = frozenset({"from", "source", "src", "via", "partner", "medium"})
ORIGIN_VALUES = frozenset({
    "rss", "feed", "rssfeed", "main", "mainpage", "home", "index", "push", "newsletter", "email", "mail", "social",
    "share", "tg", "telegram", "vk", "fb", "facebook", "twitter", "x", "ok", "instagram", "whatsapp", "viber",
    "google", "yandex", "yxnews", "zen", "dzen", "smi2", "mirtesen", "mobile", "app", "amp", "related",
})  # fmt: skip
# Other renderings of the same page: name -> the values that ask for them ("" is a bare `?amp`).
RENDERINGS = {
    "amp": {"", "1", "true", "y", "yes"},
    "outputtype": {"amp", "print"},
    "print": {"", "1", "true", "y", "yes"},
    "printable": {"", "1", "true", "y", "yes"},
    "version": {"print", "amp"},
    "view": {"print", "amp"},
}
# Names under which frameworks put a session into an address; whatever the value, it says who reads and not what.
SESSION_NAMES = frozenset({
    "phpsessid", "phpsessionid", "jsessionid", "aspsessionid", "session_id", "session-id", "sessionid", "sess_id", "sessid",
    "cfid", "cftoken", "zenid", "oscsid", "osclsid", "osckid", "ocsessid", "sessionkey", "session_key", "sessiontoken",
})  # fmt: skip
# `sid` is a session in some shops and the story's number in PHP-Nuke ("file=article&sid=123"), `session` may be a parliament's:
# those of readers are long.
SESSION_IF_LONG = frozenset({"sid", "ssid", "sess", "session"})
SESSION_VALUE = re.compile(r"[0-9a-zA-Z,-]{16,}\Z")
# phpBB and its like call it `s`, which is a search elsewhere: theirs is a hash.
HASH_VALUE = re.compile(r"[0-9a-f]{32}\Z")
RENDERING_SEGMENTS = frozenset({"amp", "print"})
# Hosts that serve the same pages. No site is known whose "www." is another one; language hosts (en., kaz.) stay apart.
SAME_HOST = re.compile(r"(?:(?:www|m|mobile|amp)\.)+(?=[^.]+\.[^.])")  # each round eats a label and its dot: linear
# Behind a semicolon, or as ASP.NET writes it: "/(S(4l2bq1n5jx0zcq55tfnr2q45))/news/1".
SESSION_IN_PATH = re.compile(
    r";(?:jsessionid|phpsessid|session_?id|sid)=[^/?#;]*|/\([SXF]\([0-9a-z-]{8,80}\)\)(?=/)", re.IGNORECASE
)
INDEX_PAGE = re.compile(r"/(?:index|default)\.(?:php|html?|aspx?)\Z", re.IGNORECASE)
AMP_FILE = re.compile(r"\.amp(?=(?:\.html?)?\Z)", re.IGNORECASE)
# Not .js, .css, .xml, .txt, .json: words of articles' addresses end in them ("chto-takoe-node.js"), and they are small.
FILE_ENDING = re.compile(
    r"\.(?:jpe?g|png|gif|webp|svg|ico|bmp|avif|tiff?|heic|pdf|docx?|xlsx?|pptx?|rtf|od[tsp]|epub|djvu|zip|rar|gz|tgz|7z|tar"
    r"|mp[34]|m4[av]|avi|mov|mkv|webm|ogg|wav|flac|wmv|flv|apk|exe|dmg|iso|woff2?|ttf|eot)\Z",
    re.IGNORECASE,
)
PASSES = 10  # cleaning one part can bring up another ("/print/amp/"); real addresses are done after two

LINE_BREAK = re.compile(r"[ ]*[\t\r\n]+[ ]*")  # a sitemap that folds its lines; the spaces around are the fold's
NEVER_IN_AN_ADDRESS = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
# "https://a.kzhttps://b.kz/x", written by a sitemap that put the host before addresses that had one: the second counts.
GLUED = re.compile(r"\Ahttps?://[^/?#\s]{0,300}?(?=https?://)", re.IGNORECASE)
SLASHES = re.compile(
    r"\A(https?):/(?:/{2,})?(?=[^/])", re.IGNORECASE
)  # one slash or more than two, as browsers repair it
HOST = re.compile(r"(?:[^\s\x00-\x20\"#%/:<>?@\[\\\]^`{|}]+|\[[0-9a-fA-F:.]+\])\Z")


def canonical_url(url: str) -> str:
    """The form under which a page is known. Never raises: what is no http(s) address comes back stripped.

    One page: http and https, "www.", "m." and "amp." hosts, default ports, credentials, a last slash, "/index.php/" in
    front, index files, AMP and print renderings, tracking and session parameters, fragments, the order of parameters.
    Different pages: language hosts and paths (/ru/, /kz/, en.), other ports, letter case in the path, page numbers.
    """
    kept = url.strip()
    if not is_http_url(kept):
        return kept
    for _ in range(PASSES):
        before, kept = kept, _simplified(kept)
        if kept == before:
            break
    return kept


def is_http_url(url: str) -> bool:
    """Whether the text is an absolute http or https address with a host that can exist."""
    if NEVER_IN_AN_ADDRESS.search(url):
        return False
    try:
        parts = urlsplit(url)
        port_is_real = parts.port is None or parts.port > 0
    except ValueError:
        return False
    host = parts.netloc.rpartition("@")[2]
    host = host if host.endswith("]") else host.rpartition(":")[0] or host
    return parts.scheme in {"http", "https"} and port_is_real and bool(HOST.match(host))


def absolute_url(base: str, href: str) -> str | None:
    """The address that a link on page `base` leads to, as a browser reads it; None when it is no http(s) address.

    Also None: an empty link, a bare fragment, `javascript:`, `mailto:`, `tel:`, `data:`, control characters.
    """
    link = LINE_BREAK.sub("", href.strip())
    if not link or link.startswith("#") or NEVER_IN_AN_ADDRESS.search(link):
        return None
    link = SLASHES.sub(r"\1://", GLUED.sub("", link)).replace(" ", "%20")
    try:
        found = urljoin(base.strip(), link)
    except ValueError:
        return None
    return found if is_http_url(found) else None


def file_ending(url: str) -> str | None:
    """The ending by which an address is that of a picture, a document, an archive, a recording or a program; None for a page."""
    match = FILE_ENDING.search(urlsplit(url).path)
    return match.group().lower() if match else None


def _simplified(url: str) -> str:
    try:
        parts = urlsplit(canonicalize_url(SESSION_IN_PATH.sub("", url)))
        host, port = (parts.hostname or "").rstrip("."), parts.port
    except ValueError:  # an address that w3lib cannot encode; UnicodeError is one of these
        return url
    if ":" in host:
        host = f"[{host}]"
    netloc = SAME_HOST.sub("", host, count=1) + (f":{port}" if port not in {None, 80, 443} else "")
    query = "&".join(p for p in parts.query.split("&") if p and not _is_noise(p))
    return urlunsplit(("https", netloc, _plain_path(parts.path), query, ""))


def _plain_path(path: str) -> str:
    plain = AMP_FILE.sub("", INDEX_PAGE.sub("/", re.sub(r"/{2,}", "/", path)))
    segments = [s for s in plain.split("/") if s]
    if segments and segments[0].lower() == "index.php":
        segments = segments[1:]
    # At an end only: "/ru/amp/..." in the middle of a path may be a section of that name.
    while segments and segments[-1].lower() in RENDERING_SEGMENTS:
        segments = segments[:-1]
    while segments and segments[0].lower() in RENDERING_SEGMENTS:
        segments = segments[1:]
    return "/" + "/".join(segments)


def _is_noise(parameter: str) -> bool:
    pair = parse_qsl(parameter, keep_blank_values=True)
    if not pair:
        return False
    name, value = pair[0][0].lower(), pair[0][1]
    if name in TRACKING or name.startswith(TRACKING_PREFIXES) or name in SESSION_NAMES:
        return True
    if name in ORIGINS:
        return value.lower() in ORIGIN_VALUES
    if name in RENDERINGS:
        return value.lower() in RENDERINGS[name]
    if name in SESSION_IF_LONG:
        return bool(SESSION_VALUE.match(value))
    return name == "s" and bool(HASH_VALUE.match(value))
