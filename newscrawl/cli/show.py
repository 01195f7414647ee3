"""Values of unknown origin -> text that is harmless in a terminal: a title may hold anything."""

import json
import re
import sys
from typing import Any

# C0 and C1 controls move the cursor and colour the terminal, bidirectional controls turn a line around, the line and
# paragraph separators break a line where none should be, and a lone surrogate cannot be written at all.
_CONTROLS = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufff9-\ufffb\ud800-\udfff"
)
_IN_A_LINE = re.compile(f"[{_CONTROLS}\t\n]")
_IN_A_TEXT = re.compile(f"[{_CONTROLS}]")
LONGEST_VALUE = 500
"""Characters of a value in a line for people; a title of 200 kB would push everything else off the screen."""


def plain(value: Any, longest: int = LONGEST_VALUE) -> str:
    """A value as one line for people: controls become spaces, what is too long is cut and says so; None is empty."""
    text = "" if value is None else str(value)
    more = len(text) - longest
    return _IN_A_LINE.sub(" ", text[:longest]) + (f"... ({more} more characters)" if more > 0 else "")


def plain_text(text: str) -> str:
    """A text of many lines, whole, without what could steer a terminal."""
    return _IN_A_TEXT.sub(" ", text.replace("\r\n", "\n"))


def json_text(record: Any, indent: int | None = None) -> str:
    """JSON that a person can read, Cyrillic as it is where the output can say it; what could steer a terminal is escaped,
    so that nothing is lost."""
    written = json.dumps(record, ensure_ascii=not sys.stdout.encoding.lower().startswith("utf"), indent=indent)
    return _IN_A_TEXT.sub(lambda found: f"\\u{ord(found.group()):04x}", written)
