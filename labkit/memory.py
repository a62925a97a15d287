"""Keeps the memory of a notebook small."""

from __future__ import annotations

import ctypes
import platform

_MMAP_THRESHOLD = -3  # M_MMAP_THRESHOLD of malloc.h
LARGE_BLOCK = 2**20  # bytes; a batch of 512 rows of 10,000 float32 has 20 MB


def give_back_large_blocks() -> bool:
    """Let the system have every large block of memory back as soon as it is freed.

    Linux's C library learns to keep them, for each thread, up to 32 MB a block. Of batches that
    pass from thread to thread it so keeps some hundred megabytes more than are in use.

    Returns
    -------
    bool
        False where there is another C library, which has no such setting.
    """
    if platform.libc_ver()[0] != "glibc":
        return False
    return ctypes.CDLL(None).mallopt(_MMAP_THRESHOLD, LARGE_BLOCK) == 1
