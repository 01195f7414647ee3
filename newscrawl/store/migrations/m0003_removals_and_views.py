"""The first tables -> columns that count how often an article was looked for in vain, and views for people."""

_MISSES = (
    "ALTER TABLE articles ADD COLUMN missing_since TEXT"
    " /* the first of the looks in a row that did not find it; NULL while it is there */",
    "ALTER TABLE articles ADD COLUMN misses INTEGER NOT NULL DEFAULT 0"
    " /* how many visits in a row looked for it in vain */",
    # Until now one look sufficed: those articles are gone since then, and are looked for as before.
    "UPDATE articles SET missing_since = gone_at, misses = 1 WHERE status = 'gone'",
)

_RECENT = """
CREATE VIEW recent AS  -- one row an article, what was stored or changed last first
SELECT
  updated_at AS updated_at,  -- when its content last changed
  site AS site,  -- the site's name
  language AS language,  -- of the article
  published AS published,  -- when the site published it
  title AS title,  -- without the outlet's name
  authors AS authors,  -- JSON array: people
  status AS status,  -- live or gone
  url AS url,  -- its address
  copy_of AS copy_of,  -- the article whose text this repeats
  changed_seq AS changed_seq,  -- rises with every change of any article
  id AS id  -- articles.id
FROM articles ORDER BY changed_seq DESC"""

# A change of status alone (gone, or back again) is no edit.
_EDITS = """
CREATE VIEW edits AS  -- one row an edit that a site made to an article, with what stood there before
SELECT
  edit.seen_at AS seen_at,  -- when it was found
  article.site AS site,  -- the site's name
  edit.changed AS changed,  -- JSON array: which of text, title, published, authors
  edit.announced AS announced,  -- 1: the site moved its own modified date with it, 0: it did not
  earlier.title AS title_before,  -- the headline before
  edit.title AS title,  -- the headline after
  earlier.published AS published_before,  -- the publication before
  edit.published AS published,  -- the publication after
  length(earlier.text) AS letters_before,  -- length of the text before
  length(edit.text) AS letters,  -- length of the text after
  article.url AS url,  -- the article's address: newscrawl diff URL shows the words
  edit.id AS version_id,  -- article_versions.id of the text after
  earlier.id AS version_before  -- article_versions.id of the text before
FROM article_versions AS edit
JOIN articles AS article ON article.id = edit.article_id
JOIN article_versions AS earlier ON earlier.id =
  (SELECT max(v.id) FROM article_versions AS v WHERE v.article_id = edit.article_id AND v.id < edit.id)
WHERE edit.kind = 'edit' AND edit.changed <> '["status"]'"""

_GONE = """
CREATE VIEW gone AS  -- one row an article that its site has withdrawn, between last_seen_at and gone_at
SELECT
  gone_at AS gone_at,  -- when it was first missing
  last_seen_at AS last_seen_at,  -- when it was last there
  misses AS misses,  -- how many visits in a row looked for it in vain
  site AS site,  -- the site's name
  published AS published,  -- when the site published it
  title AS title,  -- without the outlet's name
  url AS url,  -- its address
  id AS id  -- articles.id
FROM articles WHERE status = 'gone'"""

_FATES = """
CREATE VIEW fates AS  -- one row a site, kind of address and fate
SELECT
  site AS site,  -- the site's name
  kind AS kind,  -- article or source
  fate AS fate,  -- what became of the addresses
  count(*) AS addresses,  -- how many have that fate
  max(fate_at) AS newest,  -- when the last of them got it
  min(fate_at) AS oldest  -- when the first of them got it
FROM urls GROUP BY site, fate, kind"""

# Written out: a migration gives the same view for ever, whatever fates there will be; a test compares them with today's.
# What may well be an article and was not had. What is no article, and what we do not ask for, is not missing.
_MISSING = """fate IN ('found', 'queued', 'fetching', 'empty', 'challenge', 'consent', 'login', 'app_shell', 'error_page',\
 'over_limit', 'blocked', 'throttled', 'server_error', 'bad_response', 'timeout', 'dns_error', 'connect_error', 'too_large',\
 'read_error', 'store_error')"""
# What was never asked for, or never answered.
_NOT_FETCHED = """fate IN ('found', 'queued', 'fetching', 'robots', 'offsite', 'filtered', 'out_of_range', 'over_limit',\
 'unsafe', 'timeout', 'dns_error', 'connect_error')"""

_COVERAGE = f"""
CREATE VIEW coverage AS  -- one row a site and day (UTC): what became of the article addresses that were first listed then
SELECT
  site AS site,  -- the site's name
  substr(found_at, 1, 10) AS day,  -- the day on which they were first listed
  count(*) AS listed,  -- addresses
  sum(article_id IS NOT NULL OR NOT ({_NOT_FETCHED})) AS fetched,  -- those that were asked for and answered
  sum(article_id IS NOT NULL) AS stored,  -- those that lead to a stored article
  sum(article_id IS NULL AND {_MISSING}) AS missing  -- those that may be articles and were not had (yet)
FROM urls WHERE kind = 'article' GROUP BY site, substr(found_at, 1, 10)"""  # noqa: S608  # our own words

_INDEXES = (
    "CREATE INDEX articles_gone ON articles (gone_at) WHERE status = 'gone'",
    "CREATE INDEX articles_day ON articles (published_day, language)",
    "CREATE INDEX article_versions_edits ON article_versions (seen_at) WHERE kind = 'edit'",
    "CREATE INDEX urls_listed ON urls (site, substr(found_at, 1, 10)) WHERE kind = 'article'",
)

STATEMENTS: tuple[str, ...] = (*_MISSES, _RECENT, _EDITS, _GONE, _FATES, _COVERAGE, *_INDEXES)
