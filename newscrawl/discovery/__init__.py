"""One fetched source -> candidates. Pure."""
