"""An empty file -> the first tables. Comments inside CREATE TABLE stay in the file: `.schema` shows them to strangers.

All instants are ISO 8601 in UTC, lists are JSON arrays, truth values 0 and 1.
"""

_SITES = """
CREATE TABLE sites (  -- one row a site that was ever crawled
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  name TEXT NOT NULL UNIQUE,  -- the spider's name
  home TEXT,                  -- the front page; NULL for a name without a site's file
  hosts TEXT NOT NULL DEFAULT '[]',  -- JSON array: all hosts that belong to it
  languages TEXT NOT NULL DEFAULT '[]',  -- ISO 639-1 codes, the main one first
  timezone TEXT,              -- IANA name
  enabled INTEGER NOT NULL DEFAULT 1,  -- 0: `newscrawl run` leaves it out
  every_s INTEGER,            -- seconds between two visits
  delay_s REAL,               -- seconds between two requests to a host
  verified_on TEXT,           -- the day a person last saw it work
  updated_at TEXT             -- when this row was last written from the site's file
)"""

_HOSTS = """
CREATE TABLE hosts (  -- one row a host that was ever asked: what it has asked of us
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  host TEXT NOT NULL UNIQUE,  -- in lower case, with its port where that is not the scheme's own
  site TEXT REFERENCES sites(name) ON UPDATE CASCADE,  -- the site that it was last asked for
  robots_status INTEGER,      -- of robots.txt's last answer that counts; NULL when it led away from the site or could not be read
  robots_text TEXT NOT NULL DEFAULT '',  -- robots.txt, at most 500 KiB; empty where there is none
  robots_fetched_at TEXT,     -- when it was fetched: for a day it is not asked for again
  paused_until TEXT,          -- the host wants to be left alone until then: no run asks it for anything
  paused_why TEXT NOT NULL DEFAULT ''  -- what it answered, in words
)"""

_RUNS = """
CREATE TABLE runs (  -- one row a call of newscrawl run, scrapy crawl or newscrawl demo
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  command TEXT NOT NULL,      -- run, crawl, demo
  pid INTEGER NOT NULL,       -- process id
  started_at TEXT NOT NULL,   -- when it began
  ended_at TEXT,              -- NULL while it runs, and for ever when it was killed
  exit_code INTEGER,          -- NULL as ended_at
  summary TEXT NOT NULL DEFAULT ''  -- each site's verdict, in words
)"""

_SITE_RUNS = """
CREATE TABLE site_runs (  -- one row a visit to a site: what newscrawl status tells
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  run_id INTEGER NOT NULL REFERENCES runs(id) ON DELETE CASCADE,  -- the run that the visit belongs to
  site TEXT NOT NULL REFERENCES sites(name) ON UPDATE CASCADE,  -- the site's name
  started_at TEXT NOT NULL,   -- when it began
  ended_at TEXT,              -- NULL while it runs, and for ever when it was killed
  seconds REAL,               -- from start to end
  verdict TEXT,               -- healthy, new, quiet, blocked, throttled, down, silent, ...
  problem TEXT NOT NULL DEFAULT '',  -- why that verdict, in words; empty when there is nothing to say
  complete INTEGER NOT NULL DEFAULT 0,  -- 1: it walked the site's sources to their end; 0: it was stopped or killed
  stored INTEGER NOT NULL DEFAULT 0,  -- new articles
  updated INTEGER NOT NULL DEFAULT 0,  -- articles that changed
  unchanged INTEGER NOT NULL DEFAULT 0,  -- articles seen again as they were
  copies INTEGER NOT NULL DEFAULT 0,  -- new articles whose text another has
  seen INTEGER NOT NULL DEFAULT 0,  -- addresses with a fate in this run
  counts TEXT NOT NULL DEFAULT '{}',  -- JSON object: fate -> addresses
  requests INTEGER NOT NULL DEFAULT 0,  -- sent to the site, robots.txt too
  bytes INTEGER NOT NULL DEFAULT 0  -- received
)"""

_CAPTURES = """
CREATE TABLE captures (  -- one row an archived page
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  url TEXT NOT NULL,          -- the address asked for
  final_url TEXT NOT NULL,    -- the address that answered
  site TEXT REFERENCES sites(name) ON UPDATE CASCADE,  -- NULL when nobody knows whose page it is
  fetched_at TEXT NOT NULL,   -- when the answer came
  status INTEGER NOT NULL,    -- HTTP status
  file TEXT NOT NULL,         -- WARC file in the archive's folder
  offset INTEGER NOT NULL,    -- bytes from the file's start
  length INTEGER NOT NULL,    -- bytes of its compressed records: response and metadata
  body_hash TEXT NOT NULL,    -- sha256: and 64 hexadecimal digits, the record's WARC-Payload-Digest
  UNIQUE (file, offset)       -- so that an archive can be taken in twice and nothing is there twice
)"""

_ARTICLES = """
CREATE TABLE articles (  -- one row an article: its latest content
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  url TEXT NOT NULL UNIQUE,   -- the address it was first stored under; further ones in urls.article_id
  site TEXT NOT NULL REFERENCES sites(name) ON UPDATE CASCADE,  -- the site's name
  title TEXT,                 -- without the outlet's name
  text TEXT NOT NULL,         -- paragraphs separated by an empty line
  markdown TEXT NOT NULL,     -- the text with headings, lists, quotes and links
  lead TEXT,                  -- the paragraph that the site sets above the text
  section TEXT,               -- the rubric, as the site names it
  image TEXT,                 -- address of the main picture
  canonical_url TEXT,         -- the address that the page calls its own
  authors TEXT NOT NULL DEFAULT '[]',  -- JSON array: people, never the outlet
  agency TEXT,                -- wire source
  tags TEXT NOT NULL DEFAULT '[]',  -- JSON array
  kind TEXT,                  -- news, opinion, live, video
  free INTEGER,               -- 0: the site says paywall
  alternates TEXT NOT NULL DEFAULT '[]',  -- [[language, url], ...]
  published TEXT,             -- UTC
  published_day TEXT,         -- in the site's own calendar
  published_source TEXT,      -- json-ld, meta, microdata, time, header, url, feed, sitemap, listing, wordpress
  published_precision TEXT,   -- minute, hour, day
  published_raw TEXT,         -- as the site wrote it
  published_conflict INTEGER NOT NULL DEFAULT 0,  -- 1: two trusted sources differ by more than an hour
  modified TEXT,              -- UTC, as the site says
  language TEXT,              -- ISO 639-1
  script TEXT,                -- Cyrl, Latn, Arab
  language_confidence REAL,   -- 0..1
  status TEXT NOT NULL DEFAULT 'live' CHECK (status IN ('live', 'gone')),  -- gone: the site has withdrawn it
  first_seen_at TEXT NOT NULL,  -- when it was first fetched
  last_seen_at TEXT NOT NULL,  -- when it was last fetched or answered that nothing changed
  gone_at TEXT,               -- when it was first missing
  copy_of TEXT REFERENCES articles(url) ON UPDATE CASCADE ON DELETE SET NULL,  -- the article whose text this repeats
  text_hash TEXT NOT NULL,    -- of the normalised text
  near_signature BLOB,        -- for near-duplicates, made by near_scheme
  near_scheme TEXT,           -- which code made near_signature
  extractor TEXT NOT NULL,    -- which code read it
  capture_id INTEGER REFERENCES captures(id) ON DELETE SET NULL,  -- the archived page this row was read from
  updated_at TEXT NOT NULL,   -- when this row's content last changed
  changed_seq INTEGER NOT NULL UNIQUE  -- rises with every change of any article: ask for "everything since N"
)"""

_ARTICLE_VERSIONS = """
CREATE TABLE article_versions (  -- one row a text of an article that was seen, the first one too
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,  -- the article
  seen_at TEXT NOT NULL,      -- when it was fetched
  kind TEXT NOT NULL CHECK (kind IN ('first', 'edit', 're-read')),  -- first, edit (the site changed it), re-read (our reading changed)
  changed TEXT NOT NULL DEFAULT '[]',  -- which of text, title, published, authors, status
  announced INTEGER,          -- 1: the site moved its own modified date with it, 0: it did not, NULL: the first
  title TEXT,                 -- as it was then
  text TEXT NOT NULL,         -- as it was then
  published TEXT,             -- UTC
  authors TEXT NOT NULL DEFAULT '[]',  -- JSON array
  modified TEXT,              -- UTC, as the site says
  text_hash TEXT NOT NULL,    -- of the normalised text
  extractor TEXT NOT NULL,    -- which code read it
  capture_id INTEGER REFERENCES captures(id) ON DELETE SET NULL,  -- the archived page it was read from
  changed_seq INTEGER NOT NULL UNIQUE  -- as in articles
)"""

_URLS = """
CREATE TABLE urls (  -- one row an address that was ever seen: the queue, and what newscrawl why tells
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  url TEXT NOT NULL UNIQUE,   -- as first listed: this is what is fetched
  canonical TEXT NOT NULL UNIQUE,  -- without tracking, amp, m. ...: what makes two addresses one
  site TEXT REFERENCES sites(name) ON UPDATE CASCADE,  -- the site's name
  kind TEXT NOT NULL CHECK (kind IN ('article', 'source')),  -- article: to be fetched once found; source: a feed, sitemap or list
  found_in TEXT,              -- the source that listed it
  found_at TEXT NOT NULL,     -- when it was first listed
  fate TEXT NOT NULL,         -- what became of it, a word of a closed list
  fate_at TEXT NOT NULL,      -- when it got that fate
  detail TEXT NOT NULL DEFAULT '',  -- why, in words
  due_at TEXT,                -- when it is asked again, NULL for never
  tries INTEGER NOT NULL DEFAULT 0,  -- since it last answered
  etag TEXT,                  -- from its last answer, for conditional requests
  last_modified TEXT,         -- likewise
  body_hash TEXT,             -- of a source's last answer: some servers send one ETag for ever
  evidence TEXT NOT NULL DEFAULT '{}',  -- JSON: what its source said of it
  run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL,  -- the run that last dealt with it
  article_id INTEGER REFERENCES articles(id) ON DELETE SET NULL  -- the article that this address leads to
)"""

_URL_EVENTS = """
CREATE TABLE url_events (  -- the latest fates of each address, in order
  id INTEGER PRIMARY KEY,     -- what other tables refer to
  url_id INTEGER NOT NULL REFERENCES urls(id) ON DELETE CASCADE,  -- the address
  at TEXT NOT NULL,           -- when
  fate TEXT NOT NULL,         -- as in urls
  detail TEXT NOT NULL DEFAULT '',  -- why, in words
  run_id INTEGER REFERENCES runs(id) ON DELETE SET NULL  -- the run that did it
)"""

# Whoever looks for near-duplicates of a new article asks for the articles that share one of its bands.
_ARTICLE_BANDS = """
CREATE TABLE article_bands (  -- the index by which near-duplicates are found
  band INTEGER NOT NULL,      -- a hash of one part of near_signature
  article_id INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,  -- the article that has it
  PRIMARY KEY (band, article_id)
) WITHOUT ROWID"""

_COUNTERS = """
CREATE TABLE counters (  -- numbers that only rise
  name TEXT PRIMARY KEY,      -- changed_seq
  value INTEGER NOT NULL      -- the last one that was given out
) WITHOUT ROWID"""

# content="articles" with these quotes is what sqlite-utils' detect_fts() and Datasette look for.
_ARTICLES_FTS = """
CREATE VIRTUAL TABLE articles_fts USING FTS5 (
  title, text, content="articles", content_rowid="id", tokenize="unicode61", prefix='3 4 5'
)"""

_FTS_TRIGGERS = (
    """
CREATE TRIGGER articles_ai AFTER INSERT ON articles BEGIN
  INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END""",
    """
CREATE TRIGGER articles_ad AFTER DELETE ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
END""",
    # OF: a page that was only seen again costs the index nothing.
    """
CREATE TRIGGER articles_au AFTER UPDATE OF id, title, text ON articles BEGIN
  INSERT INTO articles_fts (articles_fts, rowid, title, text) VALUES ('delete', old.id, old.title, old.text);
  INSERT INTO articles_fts (rowid, title, text) VALUES (new.id, new.title, new.text);
END""",
)

_INDEXES = (
    "CREATE INDEX hosts_site ON hosts (site)",
    "CREATE INDEX site_runs_run_id ON site_runs (run_id)",
    "CREATE INDEX site_runs_site ON site_runs (site, ended_at)",
    "CREATE INDEX captures_url ON captures (url, fetched_at)",
    "CREATE INDEX captures_site ON captures (site, fetched_at)",
    "CREATE INDEX articles_site ON articles (site, published)",
    "CREATE INDEX articles_published ON articles (published)",
    "CREATE INDEX articles_language ON articles (language, published)",
    "CREATE INDEX articles_first_seen_at ON articles (first_seen_at)",
    "CREATE INDEX articles_text_hash ON articles (text_hash)",
    "CREATE INDEX articles_copy_of ON articles (copy_of) WHERE copy_of IS NOT NULL",
    "CREATE INDEX articles_capture_id ON articles (capture_id)",
    "CREATE INDEX article_versions_article_id ON article_versions (article_id, seen_at)",
    "CREATE INDEX article_versions_capture_id ON article_versions (capture_id)",
    "CREATE INDEX urls_queue ON urls (site, fate, found_at DESC, id)",
    "CREATE INDEX urls_due_at ON urls (site, due_at) WHERE due_at IS NOT NULL",
    "CREATE INDEX urls_run_id ON urls (run_id, site, fate)",
    "CREATE INDEX urls_article_id ON urls (article_id) WHERE article_id IS NOT NULL",
    "CREATE INDEX url_events_url_id ON url_events (url_id, id)",
    "CREATE INDEX url_events_run_id ON url_events (run_id)",
    "CREATE INDEX article_bands_article_id ON article_bands (article_id)",
)

STATEMENTS: tuple[str, ...] = (
    _SITES, _HOSTS, _RUNS, _SITE_RUNS, _CAPTURES, _ARTICLES, _ARTICLE_VERSIONS, _URLS, _URL_EVENTS, _ARTICLE_BANDS, _COUNTERS,
    "INSERT INTO counters (name, value) VALUES ('changed_seq', 0)",
    _ARTICLES_FTS, *_FTS_TRIGGERS, *_INDEXES,
)  # fmt: skip
