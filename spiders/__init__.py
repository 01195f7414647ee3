"""One file a site: its name and its `Site`."""
