"""An address -> the site file that claims its host, where a project is at hand."""

from newscrawl.site import Site


def known_site(url: str) -> Site | None:
    """The site of an address; None outside a project (an installed package has no site files) or for a strange host."""
    from newscrawl.crawl.project import NoProjectError, SiteLoader, enter_project

    try:
        settings = enter_project()
    except NoProjectError:
        return None
    return SiteLoader.from_settings(settings).site_at(url)
