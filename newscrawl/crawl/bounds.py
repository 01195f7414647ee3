"""Settings -> how far a visit goes. Each number is a setting, documented with its reason in newscrawl/settings.py."""

from dataclasses import dataclass, fields
from typing import Self

from scrapy.settings import BaseSettings


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The bounds of one visit to one site; `new_addresses` is the setting NEWSCRAWL_NEW_ADDRESSES, and so on."""

    quiet_requests: int = 3
    repeated_pages: int = 2
    empty_days: int = 31
    source_pages: int = 5_000
    new_addresses: int = 10_000
    barren_pages: int = 100
    same_page_addresses: int = 3

    @classmethod
    def from_settings(cls, settings: BaseSettings) -> Self:
        """As the settings say; where one is not there, as this class does."""
        said = {f.name: settings.get(f"NEWSCRAWL_{f.name.upper()}") for f in fields(cls)}
        return cls(**{name: int(value) for name, value in said.items() if value is not None})
