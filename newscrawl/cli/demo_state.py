"""How often the demo has been visited, and when: a small file in the demo's folder."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from pathlib import Path

STATE_FILE = "demo.json"
# Between two visits the demo's clock moves on: long enough for an edit to be due for a look, short enough to stay in two days.
BETWEEN_VISITS = timedelta(hours=7)


@dataclass(frozen=True, slots=True)
class DemoState:
    """base: the demo's first instant (ISO 8601, UTC); ports: one a site; visits: how many there were."""

    base: str
    ports: tuple[int, ...]
    visits: int

    @property
    def now(self) -> datetime:
        """The demo's clock at the visit that follows."""
        return datetime.fromisoformat(self.base) + BETWEEN_VISITS * self.visits


def read_state(folder: Path) -> DemoState | None:
    """What an earlier visit wrote; None before the first one, or where the file is no use."""
    try:
        said = json.loads((folder / STATE_FILE).read_text(encoding="utf-8"))
        return DemoState(str(said["base"]), tuple(map(int, said["ports"])), int(said["visits"]))
    except (OSError, ValueError, KeyError, TypeError):
        return None


def write_state(folder: Path, state: DemoState) -> None:
    """Remember a visit."""
    folder.mkdir(parents=True, exist_ok=True)
    written = folder / f"{STATE_FILE}.new"
    written.write_text(json.dumps(asdict(state)), encoding="utf-8")
    written.replace(folder / STATE_FILE)
