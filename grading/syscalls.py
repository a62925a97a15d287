"""System calls that a sandbox forbids: those that make memory which no other limit counts.

A program can fill files that exist in memory only (`memfd_create`) and System V's shared memory
and queues without having them in its address space, where limits and the watch would see them.
The rules are a seccomp filter, as `bwrap --seccomp` takes it: a few instructions of the kernel's
packet-filter machine, eight bytes each.
"""

from __future__ import annotations

import platform
import struct

# For each machine: its name for the kernel, and the numbers of memfd_create, memfd_secret, shmget,
# msgget, semget.
_MACHINES = {
    "x86_64": (0xC000003E, (319, 447, 29, 68, 64)),
    "aarch64": (0xC00000B7, (279, 447, 194, 186, 190)),
}
_LOAD, _EQUAL, _AT_LEAST, _RETURN = 0x20, 0x15, 0x35, 0x06
_NUMBER, _MACHINE = 0, 4  # where both stand in what the filter looks at
_ALLOW, _NOT_PERMITTED = 0x7FFF0000, 0x00050000 | 1
_OTHER_NUMBERS = 0x40000000  # x86-64 has a second set of numbers from here


def syscall_rules() -> bytes:
    """Return the filter for this machine; empty for a machine that is not known."""
    if platform.machine() not in _MACHINES:
        return b""
    machine, forbidden = _MACHINES[platform.machine()]
    # Each jump names how many instructions it leaves out where the test holds, and where not.
    refuse = len(forbidden) + 1
    program = [
        (_LOAD, 0, 0, _MACHINE),
        (_EQUAL, 0, refuse + 2, machine),
        (_LOAD, 0, 0, _NUMBER),
        (_AT_LEAST, refuse, 0, _OTHER_NUMBERS),
        *((_EQUAL, refuse - 1 - place, 0, number) for place, number in enumerate(forbidden)),
        (_RETURN, 0, 0, _ALLOW),
        (_RETURN, 0, 0, _NOT_PERMITTED),
    ]
    return b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
