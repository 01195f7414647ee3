"""The SQLite file and the archive: no Scrapy, no extraction."""
