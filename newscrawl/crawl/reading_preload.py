"""What the fork server imports once, so that reading processes start in milliseconds and share that memory.

Only the fork server imports this module: to import it has effects.
"""

import os
import signal
from datetime import UTC, datetime

# numpy would start a thread a processor, and a process that is forked beside threads may wait for ever for one's lock.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import trafilatura  # noqa: F401  (a short page's second opinion: the first one to need it would pay for the import)

from newscrawl.crawl.allocator import give_freed_memory_back
from newscrawl.extraction.jury import jury
from newscrawl.extraction.read import read_draft

give_freed_memory_back()
# A fork server that `timeout` or systemd ends together with the crawl takes every page under way with it.
signal.signal(signal.SIGTERM, signal.SIG_IGN)

_PAGE = b"""<!doctype html><html lang="en"><head><title>Readers are ready</title>
<script type="application/ld+json">{"@type": "NewsArticle", "datePublished": "2024-05-02T09:05:00+05:00"}</script></head>
<body><article><h1>Readers are ready</h1><p>The first page that a library reads is its slowest: patterns are compiled, word
lists are loaded, and all of that can be had once for every process.</p><p>So this page is read before any other.</p></article>
</body></html>"""

read_draft(_PAGE, "https://example.com/readers-are-ready", datetime(2024, 5, 2, tzinfo=UTC), None, "text/html")
# 88 to 165 MB, unpacked in most of a second: here once, and shared by all.
for script in ("Cyrl", "Latn"):
    jury(script)
