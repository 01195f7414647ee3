"""Spiders of sites that have more than one host, for the tests of politeness."""
