"""Prints what a lab would find here: versions, device, places of the data."""

from __future__ import annotations

import argparse
import importlib.metadata
import platform
import sys
from collections.abc import Sequence

PACKAGES = ("tensorflow", "keras", "numpy", "pandas", "matplotlib", "scikit-learn", "pooch")


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command and return its exit code: 1 if a version is not supported."""
    parser = argparse.ArgumentParser(
        prog="python -m labkit",
        description="Print what a lab would find on this machine: versions, device, data.",
    )
    parser.add_argument(
        "what",
        nargs="?",
        choices=["doctor"],
        help="say what must be mended, and how; as `python labkit/doctor.py`, which needs no packages",
    )
    if parser.parse_args(arguments).what == "doctor":
        from labkit import doctor

        return doctor.main([])
    print(f"python        {platform.python_version()}")
    for name in PACKAGES:
        try:
            version = importlib.metadata.version(name)
        except importlib.metadata.PackageNotFoundError:
            version = "missing"
        print(f"{name:<13} {version}")
    print(f"device        {_device_line()}")
    print(f"data          {_data_line()}")
    from labkit.versions import version_problems

    problems = version_problems()
    for problem in problems:
        print(f"Not supported: {problem}.", file=sys.stderr)
    return 1 if problems else 0


def _device_line() -> str:
    from data_scripts.quiet_tensorflow import import_tensorflow
    from labkit.device import find_device

    try:
        import_tensorflow()
    except ImportError as error:
        return f"unknown, TensorFlow cannot be imported: {error}"
    device = find_device()
    return f"{device.name}. {device.note}" if device.note else device.name


def _data_line() -> str:
    from data_scripts import places

    mirror = places.mirror_folder()
    return f"cache {places.cache_folder()}" + (f", mirror {mirror}" if mirror else ", no mirror")


if __name__ == "__main__":
    sys.exit(main())
