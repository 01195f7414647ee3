"""One module a demo site: its `Site`, its pages, and what a right crawl makes of them."""
