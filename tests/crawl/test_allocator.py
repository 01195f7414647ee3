"""What was freed goes back to the system, whatever was freed before."""

import subprocess
import sys

import pytest

GROW = """
import ctypes, os
from newscrawl.crawl.allocator import give_freed_memory_back
libc = ctypes.CDLL(None)
libc.malloc.restype, libc.free.argtypes = ctypes.c_void_p, [ctypes.c_void_p]
{call}
def resident():
    return int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") // 2**20
def body():
    place = libc.malloc(20 * 2**20)
    ctypes.memset(place, 1, 20 * 2**20)
    return place
before = resident()
for _ in range(2):  # the first one teaches glibc to take the second one from its heap
    large, small = body(), libc.malloc(64 * 1024)
    libc.free(large)
print(resident() - before)
"""


@pytest.mark.skipif(sys.platform != "linux", reason="glibc's setting")
@pytest.mark.parametrize(("call", "kept"), [("", True), ("give_freed_memory_back()", False)])
def test_a_large_body_leaves_nothing_behind(call: str, kept: bool) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", GROW.format(call=call)], capture_output=True, text=True, check=True, timeout=30
    )
    assert (int(ended.stdout) >= 15) == kept
