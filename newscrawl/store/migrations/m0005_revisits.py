"""The tables so far -> captures that say whose body they have."""

STATEMENTS: tuple[str, ...] = (
    "ALTER TABLE captures ADD COLUMN refers_to INTEGER REFERENCES captures(id) ON DELETE SET NULL"
    " /* the capture that holds the body, where this one's is the same byte for byte */",
    "CREATE INDEX captures_refers_to ON captures (refers_to) WHERE refers_to IS NOT NULL",
)
