"""Tests of the downloader, against a local server that misbehaves."""

from __future__ import annotations

import os
import socket
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from data_scripts import download, files
from data_scripts.entries import File
from data_scripts.errors import CacheError, NotAvailable


@pytest.fixture
def file(tiny, server) -> File:
    """Give a file that the server has."""
    server.contents = tiny.contents
    return tiny.served_at(server.address).files[0]


def _is_good(path: Path, file: File) -> bool:
    return files.fault(path, file.canonical) is None


def test_file_arrives(tmp_path: Path, file: File, server) -> None:
    """Does one request bring the file, and nothing else?"""
    target = tmp_path / "new" / "file"
    download.download(file, target)
    assert _is_good(target, file)
    assert list(target.parent.iterdir()) == [target]
    assert server.requests == ["give"]


@pytest.mark.parametrize("first", ["500", "503", "429", "cut", "short", "stall"])
def test_passing_trouble_is_tried_again(tmp_path: Path, file: File, server, first: str) -> None:
    """Is a server that is busy, breaks off or stalls asked once more?"""
    server.behave = lambda count: first if count == 0 else "give"
    download.download(file, tmp_path / "file")
    assert _is_good(tmp_path / "file", file)
    assert server.requests == [first, "give"]


@pytest.mark.parametrize(
    ("how", "reason"),
    [
        ("403", "answers 403 Forbidden"),
        ("404", "answers 404 Not Found"),
        ("html", "is a web page instead of data"),
        ("altered", "is altered"),
        ("long", "sent more bytes than the file has"),
        ("loop", "leads from address to address without end"),
    ],
)
def test_lasting_trouble_is_not_tried_again(
    tmp_path: Path, file: File, server, how: str, reason: str
) -> None:
    """Is a wrong file refused at once, with the reason, and nothing left?"""
    server.behave = lambda count: how
    with pytest.raises(NotAvailable, match=rf"127\.0\.0\.1 .*{reason}"):
        download.download(file, tmp_path / "file")
    assert server.requests == [how] * (31 if how == "loop" else 1)
    assert not list(tmp_path.iterdir())


def test_redirect_that_leads_nowhere(tmp_path: Path, file: File, server) -> None:
    """Does a redirect to a host that is not there end soon, and as a failure?"""
    server.behave = lambda count: "astray"
    started = time.monotonic()
    with pytest.raises(NotAvailable, match=r"127\.0\.0\.1 stopped answering"):
        download.download(file, tmp_path / "file")
    assert time.monotonic() - started < 10
    assert not list(tmp_path.iterdir())


def test_file_that_is_unpacked_on_the_way(tmp_path: Path, file: File, server) -> None:
    """Is a .gz file that a server calls packed for the way, so that it arrives unpacked, refused?"""
    server.behave = lambda count: "packed"
    with pytest.raises(NotAvailable, match=r"127\.0\.0\.1 sent a file that is"):
        download.download(file, tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_retries_end(tmp_path: Path, file: File, server) -> None:
    """Is a server that stays broken left after a few attempts?"""
    server.behave = lambda count: "500"
    with pytest.raises(NotAvailable, match="answers 500"):
        download.download(file, tmp_path / "file")
    assert server.requests == ["500"] * download.ATTEMPTS


def test_next_address_is_tried(tmp_path: Path, tiny, server) -> None:
    """Does a second address help where the first gives nothing?"""
    server.contents = tiny.contents
    server.behave = lambda count: "404" if count == 0 else "give"
    file = tiny.served_at(f"{server.address}/a", f"{server.address}/b").files[0]
    download.download(file, tmp_path / "file")
    assert server.requests == ["404", "give"]


def test_redirect_is_followed(tmp_path: Path, file: File, server) -> None:
    """Is a file that moved found?"""
    server.behave = lambda count: "redirect" if count == 0 else "give"
    download.download(file, tmp_path / "file")
    assert _is_good(tmp_path / "file", file)


def _closed_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def test_missing_network_is_asked_no_more(tmp_path: Path, tiny, server) -> None:
    """Once two hosts could not be reached, is the network left alone for the rest of the process?"""
    away = [f"http://127.0.0.1:{_closed_port()}" for _ in range(2)]
    with pytest.raises(NotAvailable, match=r"127\.0\.0\.1 cannot be reached; 127\.0\.0\.1 cannot"):
        download.download(tiny.served_at(*away).files[0], tmp_path / "file")
    server.contents = tiny.contents
    here = tiny.served_at(server.address).files[0]
    with pytest.raises(NotAvailable, match="the network is gone"):
        download.download(here, tmp_path / "file")
    assert server.requests == []


def test_one_host_that_is_down_is_not_the_network(
    tmp_path: Path, tiny, server, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Are other hosts still asked, and the one that is down not twice?"""
    asked = []
    connect = download.socket.create_connection

    def note(hop: tuple[str, int], timeout: float) -> socket.socket:
        asked.append(hop[1])
        return connect(hop, timeout=timeout)

    monkeypatch.setattr(download.socket, "create_connection", note)
    ports = [_closed_port() for _ in range(3)]
    server.contents = tiny.contents
    down = tiny.served_at(f"http://127.0.0.1:{ports[0]}").files[0]
    for _ in range(2):
        with pytest.raises(NotAvailable, match=r"127\.0\.0\.1 cannot be reached"):
            download.download(down, tmp_path / "file")
    assert asked == ports[:1]
    download.download(tiny.served_at(server.address).files[0], tmp_path / "one")
    # Since then it is known that there is a network, however many hosts are down.
    for port in ports[1:]:
        with pytest.raises(NotAvailable):
            download.download(
                tiny.served_at(f"http://127.0.0.1:{port}").files[0], tmp_path / "file"
            )
    download.download(tiny.served_at(server.address).files[1], tmp_path / "two")
    assert not download.patience.gone


def test_silent_network_costs_little_time(
    tmp_path: Path, tiny, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Is a network that swallows everything, name lookup included, given up within its patience?"""
    release = threading.Event()

    def swallow(*_: object, **__: object) -> None:
        release.wait(20)
        raise OSError

    monkeypatch.setattr(download.socket, "create_connection", swallow)
    monkeypatch.setattr(download, "CONNECT_SECONDS", 0.2)
    monkeypatch.setattr(download, "patience", download.Patience(0.5))
    file = tiny.served_at(*(f"http://silent-{number}.invalid" for number in range(9))).files[0]
    started = time.monotonic()
    with pytest.raises(NotAvailable, match="cannot be reached"):
        download.download(file, tmp_path / "file")
    release.set()
    assert time.monotonic() - started < 10


def test_patience_stays_below_ten_seconds() -> None:
    """Does all waiting for a network that is not there end within the promised ten seconds?"""
    assert download.PATIENCE + download.BACK_OFF_SECONDS * 2 ** (download.ATTEMPTS - 1) < 10


def test_stalling_server_uses_up_patience(tmp_path: Path, tiny, server) -> None:
    """Does a server that sends half and falls silent not hold us for ever?"""
    server.contents = tiny.contents
    server.behave = lambda count: "stall"
    download.patience.left = 0.5
    addresses = [f"{server.address}/{number}" for number in range(9)]
    with pytest.raises(NotAvailable, match="stopped answering"):
        download.download(tiny.served_at(*addresses).files[0], tmp_path / "file")
    assert len(server.requests) <= 3
    assert not list(tmp_path.iterdir())


def test_two_downloads_at_once_are_safe(tmp_path: Path, file: File) -> None:
    """Do two that fetch the same file at once both end with a good one?"""
    threads = [
        threading.Thread(target=download.download, args=(file, tmp_path / "file")) for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _is_good(tmp_path / "file", file)
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_full_disk_is_told(tmp_path: Path, file: File, monkeypatch: pytest.MonkeyPatch) -> None:
    """Is a disk that fills up while data arrives told as that, not as a fault of the network?"""

    def full(incoming: download._Incoming, chunk: bytes) -> None:
        raise OSError(28, os.strerror(28))

    monkeypatch.setattr(download._Incoming, "write", full)
    with pytest.raises(CacheError, match="The disk is full"):
        download.download(file, tmp_path / "file")
    assert not list(tmp_path.iterdir())


def test_proxy_is_what_must_be_reached(monkeypatch: pytest.MonkeyPatch) -> None:
    """Behind a proxy, is the proxy asked for and not the server that cannot be seen?"""
    monkeypatch.setenv("http_proxy", "http://proxy.invalid:3128")
    monkeypatch.setenv("no_proxy", "near.invalid")
    assert download._first_hop("http://far.invalid/file") == ("proxy.invalid", 3128)
    assert download._first_hop("http://near.invalid/file") == ("near.invalid", 80)


def test_file_without_address(tmp_path: Path, tiny) -> None:
    """Is a file that has no address refused with a sentence, and the network not blamed for it?"""
    file = replace(tiny.data.files[0], urls=())
    with pytest.raises(NotAvailable, match="it has no address"):
        download.download(file, tmp_path / "file")
    assert not download.patience.gone
