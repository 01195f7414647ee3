"""Faults that need a machine of their own, or more time than a test has: each script exits 1 when what it says is not so."""
