"""Command line: see, fetch, verify and remove the data sets of the course."""

from __future__ import annotations

import argparse
import os
import sys
import traceback
from collections.abc import Sequence

from data_scripts import housekeeping, loading, places, store
from data_scripts.entries import DataSet
from data_scripts.errors import CacheError, DataError
from data_scripts.manifest import data_set, read_manifest
from data_scripts.notebook import is_notebook_cache
from data_scripts.twin import twin_folder, twin_splits

EPILOG = """\
LABS_DATA    the cache folder (default: the platform's own place for caches)
LABS_MIRROR  a folder with copies of the files, used before the internet
LABS_OFFLINE 1 forbids downloads
LABS_SOURCE  real or twin: use only the real data, or only the generated twins
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0 if all is well, 1 if not, 130 if interrupted."""
    options = _parser().parse_args(arguments)
    try:
        return options.run(options)
    except DataError as error:
        if options.debug:
            traceback.print_exc()
        print(f"Error: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        print("Interrupted; nothing half-written is kept.", file=sys.stderr)
        return 130
    except BrokenPipeError:
        # Whoever read our output has seen enough; keep the interpreter from complaining when it
        # closes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 1


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m data_scripts",
        description="The data sets of the course: download, verify, and their twins.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--debug", action="store_true", help="show the traceback of an error")
    commands = parser.add_subparsers(title="commands", required=True, metavar="COMMAND")
    for name, run, text in (
        ("list", _list, "show every data set: size, license, what is here"),
        (
            "fetch",
            _fetch,
            "bring data sets into the cache, or their twins where they cannot be had",
        ),
        ("verify", _verify, "check every file that is here against the manifest"),
        ("where", _where, "show the folders, and where each data set would come from"),
        (
            "clean",
            _clean,
            "remove damaged and outdated files; with names or --all, the good ones too",
        ),
    ):
        command = commands.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        command.set_defaults(run=run)
        if name != "list":
            command.add_argument(
                "names", nargs="*", metavar="NAME", help="a data set, as in 'list'"
            )
        if name in ("fetch", "clean"):
            command.add_argument("--all", action="store_true", help="all data sets")
    return parser


def _list(options: argparse.Namespace) -> int:
    here = loading.current_places()
    for data in read_manifest().values():
        rows = ", ".join(f"{count:,} {split}" for split, count in data.rows.items())
        print(f"{data.name}: {data.title}. {data.about}")
        size = _size(data.bytes) if data.files else "nothing to download"
        print(f"    {f'{rows} rows; ' if rows else ''}{size}; license {data.license}; {data.page}")
        print(f"    {housekeeping.state(data, here)}")
    return 0


def _fetch(options: argparse.Namespace) -> int:
    if not options.names and not options.all:
        raise DataError("Say which data sets: name them, or use --all. 'list' shows them.")
    here = loading.current_places()
    if is_notebook_cache(here.cache):
        raise DataError(
            f"{here.cache} holds rows for notebooks only; set LABS_DATA to another folder."
        )
    failed = 0
    # One set that fails does not keep the others from coming.
    for data in _chosen(options):
        try:
            print(f"{data.name}: {_fetch_one(data, here)}")
        except DataError as error:
            print(f"{data.name}: Error: {error}", file=sys.stderr)
            failed += 1
    return 1 if failed else 0


def _fetch_one(data: DataSet, here: store.Places) -> str:
    wanted = places.wanted_source(None)
    if data.generated and wanted != "real":
        _make_twin(data, here)
        return f"{data.title} is generated, and ready"
    reason = "LABS_SOURCE is twin"
    if wanted != "twin":
        try:
            found = store.fetch(data, here, progress=True)
            return loading.where_real(data, found)
        except CacheError:
            # A twin could not be kept either.
            raise
        except DataError as error:
            if wanted == "real":
                raise
            reason = str(error)
    _make_twin(data, here)
    return f"the twin is ready, not the real data ({reason})"


def _make_twin(data: DataSet, here: store.Places) -> None:
    twin_splits(data, here.cache)
    if not twin_folder(data, here.cache).is_dir():
        raise CacheError(
            f"The twin could not be kept: {here.cache} cannot be written, or the disk is full. "
            "Set LABS_DATA to a folder that can be written."
        )


def _verify(options: argparse.Namespace) -> int:
    here = loading.current_places()
    reports = [(data, housekeeping.verify(data, here)) for data in _chosen(options)]
    bad = 0
    for data, report in reports:
        if not report:
            print(f"{data.name}: nothing is here")
        for path, wrong in report:
            print(f"{data.name}: {path} {wrong or 'is good'}")
            bad += wrong is not None
    if bad:
        print(
            f"Error: {bad} of the files above must not be used, and will not be: "
            "'clean' removes those in the cache, 'fetch' gets them anew.",
            file=sys.stderr,
        )
    return 1 if bad else 0


def _where(options: argparse.Namespace) -> int:
    here = loading.current_places()
    origin = (
        "LABS_DATA"
        if os.environ.get("LABS_DATA")
        else "the platform's own place; LABS_DATA moves it"
    )
    print(f"cache: {here.cache} ({origin})")
    print(f"mirror: {here.mirror or 'none (LABS_MIRROR names one)'}")
    print(f"internet: {'may be asked' if here.network else 'LABS_OFFLINE forbids it'}")
    for data in _chosen(options):
        print(f"{data.name}: {housekeeping.state(data, here)}")
    return 0


def _clean(options: argparse.Namespace) -> int:
    here = loading.current_places()
    everything = bool(options.names) or options.all
    removed = [
        line
        for data in _chosen(options)
        for line in housekeeping.clean(data, here.cache, everything)
    ]
    for path, why in removed:
        print(f"removed {path} ({why})")
    if not removed:
        print("There was nothing to remove.")
    return 0


def _chosen(options: argparse.Namespace) -> list[DataSet]:
    if options.names and getattr(options, "all", False):
        raise DataError("Give names or --all, not both.")
    return [data_set(name) for name in options.names] or list(read_manifest().values())


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB"


if __name__ == "__main__":
    sys.exit(main())
