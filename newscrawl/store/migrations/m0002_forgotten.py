"""The first tables -> a mark on addresses whose page must never be kept again."""

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE urls ADD COLUMN forgotten_at TEXT /* since then its page is never fetched or kept, on request */",
    "CREATE INDEX urls_forgotten_at ON urls (forgotten_at) WHERE forgotten_at IS NOT NULL",
)
