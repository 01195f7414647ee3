"""Visits that ended -> a table of what the health of their sites is judged by."""

_VISIT_MEASURES = """
CREATE TABLE visit_measures (  -- one row a visit that ended: what the site's health is judged by
  site_run_id INTEGER PRIMARY KEY REFERENCES site_runs(id) ON DELETE CASCADE,  -- the visit
  pages INTEGER NOT NULL DEFAULT 0,  -- article pages that answered and were read
  with_text INTEGER NOT NULL DEFAULT 0,  -- of those, with an article's text
  with_date INTEGER NOT NULL DEFAULT 0,  -- of those with text, with a publication date
  with_author INTEGER NOT NULL DEFAULT 0,  -- of those with text, with an author or a wire source
  fresh TEXT NOT NULL DEFAULT '{}',  -- JSON object: language -> new articles that were published less than two days before
  low TEXT,                   -- JSON array of what was fewer than normal: languages, or * for all; NULL when there is no normal yet
  failing TEXT NOT NULL DEFAULT '{}',  -- JSON object: source -> since when it fails
  clock_off_s REAL            -- seconds by which the server's clock was ahead of ours; NULL when it told no time
)"""

STATEMENTS: tuple[str, ...] = (_VISIT_MEASURES,)
