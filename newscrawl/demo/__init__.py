"""Small local news sites for the first run."""
