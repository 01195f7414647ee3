"""Crawls that many tests look at run once, whichever test process comes first."""

import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

import pytest
from filelock import FileLock

Result = TypeVar("Result")


@pytest.fixture(scope="session")
def once(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Callable[[str, Callable[[Path], Result]], Result]:
    """`once(name, make)`: what `make(folder)` gave, in this test process or in one beside it."""
    base = tmp_path_factory.getbasetemp()
    shared = base if worker_id == "master" else base.parent

    def make_once(name: str, make: Callable[[Path], Result]) -> Any:
        folder = shared / f"once-{name}"
        kept = folder / "result.pickle"
        with FileLock(f"{folder}.lock"):
            if not kept.exists():
                folder.mkdir(exist_ok=True)
                kept.write_bytes(pickle.dumps(make(folder)))
            return pickle.loads(kept.read_bytes())

    return make_once
