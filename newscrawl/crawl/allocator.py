"""glibc's habit of keeping what a process has freed -> memory that goes back to the system when a large page is done with.

Left to itself glibc learns from the first body of 10 MB to take the next ones from its heap, where small things that live longer
keep them from shrinking, and opens a heap a thread. Over a run of hostile pages that came to 60 MB.
"""

import ctypes

# From malloc.h; fixed values also switch the learning off.
_TRIM_THRESHOLD, _MMAP_THRESHOLD, _ARENA_MAX = -1, -3, -8
_BYTES = 128 * 1024


def give_freed_memory_back() -> None:
    """Called once a process, before it grows; does nothing where there is no glibc."""
    mallopt = getattr(ctypes.CDLL(None), "mallopt", None)
    if mallopt is None:
        return
    mallopt(_ARENA_MAX, 1)
    mallopt(_MMAP_THRESHOLD, _BYTES)
    mallopt(_TRIM_THRESHOLD, _BYTES)
