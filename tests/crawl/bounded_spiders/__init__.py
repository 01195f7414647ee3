"""Spiders for tests/crawl/test_bounds_crawl.py."""
