"""The command line: one group, a file a group of commands."""
