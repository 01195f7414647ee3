"""An answer in place of a source -> the fate that says what stands there: a challenge, a login, a page that is not found."""

import re

from scrapy.http import Response

from newscrawl.extraction.draft import Draft
from newscrawl.page import Fate

# Kinds of page that stand in for another one, whatever was asked for.
STAND_INS = frozenset({"challenge", "consent", "login", "error_page", "soft_404", "app_shell"})
# Those that say how we are treated: no list that happens to be empty looks like one, and no plain "Forbidden" either.
WALLS = frozenset({"challenge", "consent", "login"})
# A challenge comes with 200, 403 or 503; a 404 is no more than that, whatever its page says.
MASKS = frozenset({None, Fate.BLOCKED, Fate.SERVER_ERROR})
LARGEST_STAND_IN_BYTES = 300_000
# Broken feeds begin with "<", too. Bounded, and each character is looked at once.
_PAGE = re.compile(rb"<(?:!doctype\s+html|html|head|body)\b", re.IGNORECASE)
_LOOKED_AT_BYTES = 2_000


def may_be_stand_in(response: Response, fate: Fate | None) -> bool:
    """Whether the answer to a source is a page that is worth being read for what it is. fate: what its status says."""
    body = response.body
    return fate in MASKS and len(body) <= LARGEST_STAND_IN_BYTES and bool(_PAGE.search(body[:_LOOKED_AT_BYTES]))


def stand_in_fate(draft: Draft, fate: Fate | None, detail: str = "") -> tuple[Fate, str] | None:
    """The fate of an address whose answer was read as a stand-in, with what its status said; None where it is none."""
    if fate not in MASKS or draft.page_type not in (WALLS if fate else STAND_INS):
        return None
    return Fate(draft.page_type), f"{detail}; {draft.reason}" if detail else draft.reason
