"""One run at a time, one crawl of a site at a time."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from newscrawl.crawl.locks import LockHeldError, run_lock, site_lock
from newscrawl.store.errors import StoreError

HOLDER = """
import sys
from pathlib import Path
from newscrawl.crawl.locks import site_lock

with site_lock(Path(sys.argv[1]), "vesti"):
    print("held", flush=True)
    sys.stdin.read()
"""


def hold(folder: Path) -> "subprocess.Popen[str]":
    """A process that holds the site's lock until it is killed or its input ends."""
    holder = subprocess.Popen(
        [sys.executable, "-c", HOLDER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert holder.stdout is not None
    assert holder.stdout.readline() == "held\n"
    return holder


def test_the_second_holder_is_told_who_holds_it_and_since_when(tmp_path: Path) -> None:
    with site_lock(tmp_path, "vesti"), pytest.raises(LockHeldError) as raised, site_lock(tmp_path, "vesti"):
        pass
    text = str(raised.value)
    assert "a crawl of vesti is under way already" in text
    assert f"process {os.getpid()}, since 20" in text
    assert "\n" not in text


def test_another_process_is_kept_out_and_a_killed_ones_lock_is_free(tmp_path: Path) -> None:
    holder = hold(tmp_path)
    with pytest.raises(LockHeldError, match=f"process {holder.pid},"), site_lock(tmp_path, "vesti"):
        pass
    holder.kill()
    holder.communicate()
    with site_lock(tmp_path, "vesti"):
        note = json.loads((tmp_path / "locks" / "site-vesti.json").read_text())
    assert note["pid"] == os.getpid()


def test_a_lock_that_was_given_back_is_free(tmp_path: Path) -> None:
    for _ in range(2):
        with run_lock(tmp_path):
            pass


def test_an_error_inside_gives_the_lock_back(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), run_lock(tmp_path):
        1 / 0  # noqa: B018
    with run_lock(tmp_path):
        pass


def test_sites_and_the_run_do_not_lock_each_other(tmp_path: Path) -> None:
    with run_lock(tmp_path), site_lock(tmp_path, "vesti"), site_lock(tmp_path, "other"):
        pass


def test_data_folders_do_not_lock_each_other(tmp_path: Path) -> None:
    with run_lock(tmp_path / "a"), run_lock(tmp_path / "b"):
        pass


def test_a_folder_that_cannot_be_made_is_one_plain_line(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file is in the way")
    with pytest.raises(StoreError, match=str(tmp_path / "data")) as raised, run_lock(tmp_path / "data"):
        pass
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize("note", ["", "{", "[]", "{}", "null", '"x"'])
def test_a_note_that_cannot_be_read_costs_only_the_name_of_the_holder(tmp_path: Path, note: str) -> None:
    with run_lock(tmp_path):
        (tmp_path / "locks" / "run.json").write_text(note)
        with pytest.raises(LockHeldError, match=r"is under way already$"), run_lock(tmp_path):
            pass


def note_of(pid: object) -> str:
    return json.dumps({"pid": pid, "since": "2024-05-02T12:00:00+00:00"})


def ended_process() -> int:
    """The number of a process that is no more."""
    process = subprocess.Popen([sys.executable, "-c", ""])
    process.wait()
    return process.pid


@pytest.mark.parametrize("which", ["ended", "this", "init"])
def test_what_a_dead_holder_left_is_taken_over_whoever_has_its_number_now(tmp_path: Path, which: str) -> None:
    """The lock is the kernel's: neither the file, nor a note that names a living process, holds anybody up."""
    (tmp_path / "locks").mkdir()
    (tmp_path / "locks" / "run.lock").touch()
    pid = {"ended": ended_process(), "this": os.getpid(), "init": 1}[which]
    (tmp_path / "locks" / "run.json").write_text(note_of(pid))
    with run_lock(tmp_path):
        assert json.loads((tmp_path / "locks" / "run.json").read_text())["pid"] == os.getpid()


@pytest.mark.parametrize("pid", [None, "x", -(2**70), 2**70])
def test_a_note_with_a_number_that_is_none_costs_only_the_name_of_the_holder(tmp_path: Path, pid: object) -> None:
    with run_lock(tmp_path):
        (tmp_path / "locks" / "run.json").write_text(note_of(pid))
        with pytest.raises(LockHeldError, match=r"is under way already$"), run_lock(tmp_path):
            pass


def test_the_note_of_an_earlier_holder_is_not_told_of_the_one_that_holds_it_now(tmp_path: Path) -> None:
    with run_lock(tmp_path):
        (tmp_path / "locks" / "run.json").write_text(note_of(ended_process()))
        with pytest.raises(LockHeldError, match=r"is under way already$"), run_lock(tmp_path):
            pass
