"""A parsed page -> what it says about its article beside text, date and language."""

from dataclasses import dataclass

from newscrawl.article import Kind
from newscrawl.extraction.authors import read_authors
from newscrawl.extraction.outlet import outlet_names
from newscrawl.extraction.structured import article_ld, strings, text_of
from newscrawl.extraction.titles import read_title
from newscrawl.extraction.tree import PageTree
from newscrawl.site import Override, Site


@dataclass(frozen=True, slots=True, kw_only=True)
class Metadata:
    """What a page says about its article; the fields are those of `Article`, `html_language` is what `<html lang>` claims."""

    title: str | None = None
    lead: str | None = None
    section: str | None = None
    image: str | None = None
    canonical_url: str | None = None
    authors: tuple[str, ...] = ()
    agency: str | None = None
    tags: tuple[str, ...] = ()
    kind: Kind | None = None
    free: bool | None = None
    alternates: tuple[tuple[str, str], ...] = ()
    html_language: str | None = None


def read_metadata(tree: PageTree, site: Site | None = None, override: Override | None = None) -> Metadata:
    """Everything that the page states about its article. A field that it does not support stays empty."""
    outlets = outlet_names(tree, site)
    authors, agency = read_authors(tree, outlets)
    return Metadata(
        title=read_title(tree, outlets),
        lead=tree.meta("og:description"),
        section=tree.meta("article:section") or text_of(article_ld(tree).get("articleSection")),
        image=tree.meta("og:image"),
        authors=authors,
        agency=agency,
        tags=tuple(strings(article_ld(tree).get("keywords"))),
        html_language=tree.root.get("lang"),
    )
