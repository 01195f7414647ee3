"""A `Site` -> the text of its file under spiders/, formatted as the repository is; and the day of a check -> written into one."""

import re
from dataclasses import MISSING, fields
from datetime import date
from typing import Any

from newscrawl.site import Site, Source

LINE_CHARS = 120
_LEFT_OUT = {"name", "home", "all_hosts", "private"}
_ORDER = (
    "hosts",
    "languages",
    "timezone",
    "sources",
    "article_url",
    "not_article",
    "outlets",
    "delay_s",
    "verified_on",
)


def site_text(site: Site, description: str, seen: str) -> str:
    """The whole file. description: its first line; seen: the spider's docstring, what was looked at and what was not."""
    kinds = sorted({type(source).__name__ for source in site.sources} | {"Site"}, key=str.lower)
    imports = ["from newscrawl.crawl.spider import NewsSpider", f"from newscrawl.site import {', '.join(kinds)}"]
    before = ["from datetime import date", ""] if site.verified_on else []
    odd = ["# ruff: noqa: N999 - a spider's file is named like its host"] if site.name[:1].isdigit() else []
    members = [f'        name="{site.name}",', f"        home={_text(site.home)},"]
    members += ["        private=True,"] if site.private else []
    for name in _ORDER:
        value = getattr(site, name)
        if value not in (None, ()) and not (name == "delay_s" and value == 1.0):
            members += [f"        {line}" for line in _member(name, value)]
    lines = [
        *(f'"""{_one_line(description)}"""', "", *odd, *before, *imports, "", ""),
        *(f"class {class_name(site.name)}(NewsSpider):", f'    """{_one_line(seen)}"""', ""),
        *(f'    name = "{site.name}"', "    site = Site(", *members, "    )"),
    ]
    return "\n".join(lines) + "\n"


def class_name(name: str) -> str:
    """`24_kz` -> `Kz24`, `example_kz` -> `ExampleKz`."""
    parts = name.split("_")
    while parts and parts[0][:1].isdigit() and any(not p[:1].isdigit() for p in parts):
        parts.append(parts.pop(0))
    whole = "".join(part.capitalize() for part in parts)
    return whole if not whole[:1].isdigit() else f"Site{whole}"


def with_verified_on(text: str, day: date) -> str:
    """A site's file with the day on which it was last seen to work. Raises ValueError where its form gives no safe place for it.

    Only the one argument of the one `Site(...)` is written or replaced, and its import when there is none.
    """
    written = f"verified_on=date({day.year}, {day.month}, {day.day})"
    known = re.findall(r"^ *verified_on=date\([^()\n]*\),$", text, re.MULTILINE)
    if len(known) == 1:
        changed = text.replace(known[0], known[0][: len(known[0]) - len(known[0].lstrip())] + written + ",")
    elif not known and (end := _end_of_site(text)) is not None:
        changed = text[:end] + f"        {written},\n" + text[end:]
    else:
        raise ValueError("its Site(...) is not written as one call with an argument a line")
    if not re.search(r"^from datetime import .*\bdate\b", changed, re.MULTILINE):
        changed, count = re.subn(
            r"^(?=from newscrawl)", "from datetime import date\n\n", changed, count=1, flags=re.MULTILINE
        )
        if not count:
            raise ValueError("it has no import of newscrawl to put the import of date before")
    compile(changed, "<site>", "exec")
    return changed


def _end_of_site(text: str) -> int | None:
    """Where the closing bracket of `    site = Site(` stands, at the beginning of its line."""
    begun = text.find("\n    site = Site(\n")
    end = text.find("\n    )\n", begun)
    return end + 1 if 0 <= begun < end else None


def _member(name: str, value: Any) -> list[str]:
    if name == "article_url":
        return _pattern(name, value)
    if name == "not_article":
        return ["not_article=(", *(f'    r"{pattern}",' for pattern in value), "),"]
    if name == "sources":
        return ["sources=(", *(f"    {line}" for source in value for line in _source(source)), "),"]
    if isinstance(value, tuple):
        inner = ", ".join(map(_text, value)) + ("," if len(value) == 1 else "")
        whole = f"{name}=({inner}),"
        return [whole] if len(whole) + 8 <= LINE_CHARS else [f"{name}=(", *(f"    {_text(v)}," for v in value), "),"]
    return [f"{name}={_text(value)},"]


def _pattern(name: str, value: str) -> list[str]:
    return [f'{name}=r"{value}",'] if '"' not in value else [f"{name}={value!r},"]


def _source(source: Source) -> list[str]:
    stated = [("url", source.url)]
    for known in fields(source):
        value = getattr(source, known.name)
        if known.name != "url" and value != (None if known.default is MISSING else known.default):
            stated.append((known.name, value))
    arguments = [f"{name}={_text(value)}" for name, value in stated]
    whole = f"{type(source).__name__}({', '.join(arguments)}),"
    if len(whole) + 12 <= LINE_CHARS:
        return [whole]
    return [f"{type(source).__name__}(", *(f"    {argument}," for argument in arguments), "),"]


def _text(value: Any) -> str:
    """As ruff writes it: strings in double quotes."""
    if isinstance(value, date):
        return f"date({value.year}, {value.month}, {value.day})"
    if not isinstance(value, str):
        return repr(value)
    escaped = value.encode("unicode_escape").decode() if not value.isprintable() else value.replace("\\", "\\\\")
    return '"' + escaped.replace('"', '\\"') + '"'


def _one_line(text: str) -> str:
    """Harmless between three quotes, whatever a page called itself."""
    # Python does not read a file with a NUL, and a lone surrogate cannot be written.
    printable = "".join(letter for letter in " ".join(text.split()) if letter.isprintable())
    return printable.replace("\\", "/").replace('"', "'")
