"""Tests of the filter of system calls, run by a small machine of the same instructions."""

from __future__ import annotations

import platform
import struct

import pytest

from grading.syscalls import syscall_rules

MACHINES = {"x86_64": 0xC000003E, "aarch64": 0xC00000B7}
CALLS = {"x86_64": (319, 447, 29, 68, 64), "aarch64": (279, 447, 194, 186, 190)}
ALLOWED, REFUSED = 0x7FFF0000, 0x00050001


def decide(rules: bytes, number: int, machine: int) -> int:
    """Return what the filter answers to a system call."""
    program = list(struct.iter_unpack("=HBBI", rules))
    looked_at, place, loaded = struct.pack("=II", number, machine), 0, 0
    while True:
        code, then, otherwise, value = program[place]
        if code == 0x06:
            return value
        if code == 0x20:
            (loaded,) = struct.unpack_from("=I", looked_at, value)
            place += 1
        else:
            holds = {0x15: loaded == value, 0x35: loaded >= value}[code]
            place += 1 + (then if holds else otherwise)


@pytest.mark.parametrize("machine", MACHINES)
def test_what_is_refused(monkeypatch: pytest.MonkeyPatch, machine: str) -> None:
    """Are just those calls refused that make memory which no limit counts?"""
    monkeypatch.setattr(platform, "machine", lambda: machine)
    rules = syscall_rules()
    refused = {n for n in range(600) if decide(rules, n, MACHINES[machine]) == REFUSED}
    assert refused == set(CALLS[machine])
    assert decide(rules, 0, MACHINES[machine]) == ALLOWED


def test_other_sets_of_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    """Are calls refused by which a program of another kind would get around the filter?"""
    monkeypatch.setattr(platform, "machine", lambda: "x86_64")
    assert decide(syscall_rules(), 0, 0x40000003) == REFUSED  # 32-bit
    assert decide(syscall_rules(), 0x40000000, MACHINES["x86_64"]) == REFUSED  # x32


def test_unknown_machines_have_no_filter(monkeypatch: pytest.MonkeyPatch) -> None:
    """Does grading work, without the filter, on a machine whose numbers we do not know?"""
    monkeypatch.setattr(platform, "machine", lambda: "riscv64")
    assert syscall_rules() == b""
