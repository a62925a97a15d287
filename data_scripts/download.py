"""Fetch one file from the first address that gives it whole: retries, back-off, little waiting.

A request may wait as long as bytes keep coming. What is limited is waiting for nothing: all
fruitless waits of the process together get `PATIENCE` seconds. Once they are used up, or two hosts
could not be reached and none ever was, the network counts as gone and nothing asks it again. A host
that could not be reached is not asked twice either way.
"""

from __future__ import annotations

import socket
import sys
import threading
import time
from pathlib import Path
from typing import IO, Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

from data_scripts import files
from data_scripts.entries import File
from data_scripts.errors import NotAvailable

PATIENCE = 8.0
CONNECT_SECONDS = 3.0
STALL_SECONDS = 4.0
ATTEMPTS = 3
BACK_OFF_SECONDS = 0.5
_CHUNK = 1 << 16
# Host and port that a request goes to first.
Hop = tuple[str, int]


class Patience:
    """The seconds that this process may still wait for a network that does not answer."""

    def __init__(self, seconds: float = PATIENCE) -> None:
        self.left = seconds
        self._silent: set[Hop] = set()
        self._network_is_there = False

    @property
    def gone(self) -> bool:
        """Whether the network counts as gone."""
        return self.left <= 0

    def spend(self, seconds: float) -> None:
        """Take a fruitless wait off what is left."""
        self.left -= seconds

    def is_silent(self, hop: Hop) -> bool:
        """Tell whether a host could not be reached before."""
        return hop in self._silent

    def reached(self) -> None:
        """Note that some host is there."""
        self._network_is_there = True

    def not_reached(self, hop: Hop, seconds: float) -> None:
        """Note a host that could not be reached, and what it cost to find that out."""
        self.spend(seconds)
        self._silent.add(hop)
        # One host alone may be out of order.
        if len(self._silent) > 1 and not self._network_is_there:
            self.left = 0.0


# One for the process: a second data set must not wait again for the network that the first has
# found gone.
patience = Patience()


class _Failed(Exception):
    """An attempt at an address failed; `again` tells whether another one may help."""

    def __init__(self, reason: str, again: bool = False) -> None:
        super().__init__(reason)
        self.again = again


def download(file: File, target: Path, progress: bool = False) -> None:
    """Download a file to `target`; it appears there verified or not at all.

    Parameters
    ----------
    file : File
        Addresses, size and hash.
    target : Path
        Where it goes; folders are made as needed.
    progress : bool
        Whether to draw a progress bar on standard error.

    Raises
    ------
    NotAvailable
        If no address gave the file; the message says what each of them did.
    CacheError
        If it could not be written.
    """
    if patience.gone:
        raise NotAvailable("the network is gone")
    reasons = []
    for url in file.urls:
        host = urlsplit(url).hostname or url
        if not _reachable(url):
            reasons.append(f"{host} cannot be reached")
            continue
        try:
            _with_retries(url, file, target, progress)
            return
        except _Failed as failure:
            reasons.append(f"{host} {failure}")
    raise NotAvailable("; ".join(reasons) or "it has no address")


def _with_retries(url: str, file: File, target: Path, progress: bool) -> None:
    for attempt in range(1, ATTEMPTS + 1):
        try:
            _attempt(url, file, target, progress)
            return
        except _Failed as failure:
            if not failure.again or patience.gone or attempt == ATTEMPTS:
                raise
        time.sleep(BACK_OFF_SECONDS * 2 ** (attempt - 1))


def _attempt(url: str, file: File, target: Path, progress: bool) -> None:
    import pooch
    import requests

    fetch = pooch.HTTPDownloader(
        chunk_size=_CHUNK,
        timeout=(CONNECT_SECONDS, min(STALL_SECONDS, max(0.1, patience.left))),
        # The file as it is stored: packed for the way, it would arrive with another hash.
        headers={"Accept-Encoding": "identity"},
    )
    with files.new_file(target) as partial:
        with partial.open("wb") as stream, _Bar(file, progress) as bar:
            incoming = _Incoming(stream, file.canonical.bytes, bar)
            try:
                fetch(url, incoming, None)
            except requests.HTTPError as error:
                status = error.response.status_code
                reason = f"answers {status} {error.response.reason or ''}".rstrip()
                raise _Failed(reason, again=status == 429 or status >= 500) from error
            except (requests.ConnectionError, requests.Timeout) as error:
                patience.spend(time.monotonic() - incoming.last)
                raise _Failed(f"stopped answering ({type(error).__name__})", again=True) from error
            except requests.exceptions.ChunkedEncodingError as error:
                raise _Failed("broke off before the end", again=True) from error
            except requests.TooManyRedirects as error:
                raise _Failed("leads from address to address without end") from error
            except requests.RequestException as error:
                raise _Failed(f"failed ({type(error).__name__})") from error
        wrong = files.fault(partial, file.canonical)
        if wrong:
            raise _Failed(f"sent a file that {wrong}", again="truncated" in wrong)


def _reachable(url: str) -> bool:
    # The system's own name lookup knows no time limit, so the question is asked in a thread that
    # may be left behind.
    hop = _first_hop(url)
    if patience.gone or patience.is_silent(hop):
        return False
    connected = threading.Event()
    answered = threading.Event()

    def connect() -> None:
        try:
            with socket.create_connection(hop, timeout=CONNECT_SECONDS):
                connected.set()
        except OSError:
            pass
        finally:
            answered.set()

    started = time.monotonic()
    threading.Thread(target=connect, daemon=True).start()
    answered.wait(min(CONNECT_SECONDS, patience.left))
    if connected.is_set():
        patience.reached()
    else:
        patience.not_reached(hop, time.monotonic() - started)
    return connected.is_set()


def _first_hop(url: str) -> Hop:
    parts = urlsplit(url)
    proxies = getproxies()
    proxy = proxies.get(parts.scheme) or proxies.get("all")
    if proxy and not proxy_bypass(parts.hostname or ""):
        parts = urlsplit(proxy if "://" in proxy else f"http://{proxy}")
    return parts.hostname or "", parts.port or (443 if parts.scheme == "https" else 80)


class _Incoming:
    """The open file as pooch's downloader sees it: counts what arrives, refuses more than fits."""

    def __init__(self, stream: IO[bytes], limit: int, bar: _Bar) -> None:
        self.stream = stream
        self.left = limit
        self.bar = bar
        self.last = time.monotonic()

    def write(self, chunk: bytes) -> None:
        self.left -= len(chunk)
        if self.left < 0:
            raise _Failed("sent more bytes than the file has")
        self.stream.write(chunk)
        self.bar.update(len(chunk))
        self.last = time.monotonic()

    def flush(self) -> None:
        # pooch asks for one after every chunk; closing the file writes all the same.
        pass


class _Bar:
    """A progress bar, where somebody can see it."""

    def __init__(self, file: File, wanted: bool) -> None:
        self.bar: Any = None
        # In a notebook standard error is no terminal, yet a bar of text is drawn well there.
        if wanted and (sys.stderr.isatty() or "ipykernel" in sys.modules):
            from tqdm import tqdm

            size = file.canonical.bytes
            self.bar = tqdm(total=size, desc=file.name, unit="B", unit_scale=True, leave=False)

    def __enter__(self) -> _Bar:
        return self

    def __exit__(self, *_: object) -> None:
        if self.bar is not None:
            self.bar.close()

    def update(self, count: int) -> None:
        if self.bar is not None:
            self.bar.update(count)
