"""An address -> the site file that claims its host, where a project is at hand."""

import click

from newscrawl.cli.show import plain
from newscrawl.site import Site, host_of


def known_site(url: str) -> Site | None:
    """The site of an address; None outside a project (an installed package has no site files) or for a strange host.

    When the file that by its name is the host's is broken, that is said: the page is read by the general rules.
    """
    from newscrawl.crawl.project import NoProjectError, SiteLoader, enter_project

    try:
        settings = enter_project()
    except NoProjectError:
        return None
    loader = SiteLoader.from_settings(settings)
    site = loader.site_at(url)
    name = host_of(url).partition(":")[0].removeprefix("www.").replace(".", "_")
    if site is None and name in loader.broken:
        click.echo(f"newscrawl: the site's file is left out: {plain(loader.broken[name])}", err=True)
    return site
