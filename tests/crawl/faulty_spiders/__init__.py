"""Spiders with a mistake in them, for the tests of what a mistake costs."""
