"""Small data sets, folders of their own and a local server that misbehaves on demand, for the tests of data."""

from __future__ import annotations

import gzip
import hashlib
import struct
import sys
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

import data_scripts.twins
from data_scripts import download, loading, sources
from data_scripts.entries import Copy, DataSet, File, Twin
from data_scripts.manifest import data_set


def idx_bytes(array: np.ndarray) -> bytes:
    """Pack an array of bytes as an IDX file, gzipped."""
    header = struct.pack(">HBB", 0, 8, array.ndim) + struct.pack(f">{array.ndim}I", *array.shape)
    return gzip.compress(header + array.tobytes(), mtime=0)


def describe(
    name: str, content: bytes, rows: dict[str, int] | None = None, differs: str = ""
) -> Copy:
    """Describe a file's content as the manifest would."""
    digest = hashlib.sha256(content).hexdigest()
    return Copy(name, len(content), f"sha256:{digest}", f"set/{name}", rows, differs)


@dataclass
class Tiny:
    """A data set of 12 train and 6 test rows in MNIST's format, and the contents of its files."""

    data: DataSet
    contents: dict[str, bytes] = field(default_factory=dict)

    def write(self, folder: Path, only: Callable[[str], bool] = lambda name: True) -> None:
        """Write the files into a folder, under their own names."""
        folder.mkdir(parents=True, exist_ok=True)
        for name, content in self.contents.items():
            if only(name):
                (folder / name).write_bytes(content)

    def served_at(self, *addresses: str) -> DataSet:
        """Give the data set with these base addresses for its files."""
        files = [
            replace(file, urls=tuple(f"{base}/{file.name}" for base in addresses))
            for file in self.data.files
        ]
        return replace(self.data, files=tuple(files))


@pytest.fixture
def tiny() -> Tiny:
    """Give a small data set with a subset of the first 8 train rows as an alternative."""
    rng = np.random.default_rng(1)
    contents, files = {}, []
    for split, prefix, count, first in (("train", "train", 12, 8), ("test", "t10k", 6, 6)):
        images = rng.integers(256, size=(count, 28, 28), dtype=np.uint8)
        labels = np.arange(count, dtype=np.uint8) % 10
        for kind, array in (("images-idx3", images), ("labels-idx1", labels)):
            name = f"{prefix}-{kind}-ubyte.gz"
            contents[name] = idx_bytes(array)
            others = ()
            if first < count:
                short = f"{prefix}-first-{kind}-ubyte.gz"
                contents[short] = idx_bytes(array[:first])
                others = (
                    describe(short, contents[short], {split: first}, "only the first 8 train rows"),
                )
            files.append(File(split, (), describe(name, contents[name]), others))
    data = replace(
        data_set("mnist"),
        title="Tiny",
        rows={"train": 12, "test": 6},
        notebook={"train": range(8), "test": range(2)},
        unseen={"test": range(2, 6)},
        twin=Twin("clothes", 3, {"train": 12, "test": 6}, "a few clothes"),
        files=tuple(files),
    )
    return Tiny(data, contents)


@pytest.fixture(autouse=True)
def own_world(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep each test off the user's cache, mirror, network and environment."""
    for name in (
        "LABS_MIRROR",
        "LABS_SOURCE",
        "http_proxy",
        "HTTP_PROXY",
        "all_proxy",
        "ALL_PROXY",
    ):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("LABS_DATA", str(tmp_path / "cache"))
    monkeypatch.setenv("LABS_OFFLINE", "1")
    monkeypatch.setattr(download, "patience", download.Patience())
    monkeypatch.setattr(download, "BACK_OFF_SECONDS", 0.01)
    monkeypatch.setattr(download, "STALL_SECONDS", 0.3)


class Server:
    """A local server; `behave` says what it does with the n-th request for a file (from 0)."""

    def __init__(self) -> None:
        self.contents: dict[str, bytes] = {}
        self.requests: list[str] = []
        self.behave: Callable[[int], str] = lambda count: "give"
        self.address = ""

    def answer(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a request as `behave` says."""
        name = handler.path.rsplit("/", 1)[-1]
        how = self.behave(len(self.requests))
        self.requests.append(how)
        content = self.contents[name]
        if how.isdigit():
            handler.send_error(int(how))
            return
        moved = {
            "redirect": f"{self.address}/elsewhere/{name}",
            "loop": f"{self.address}/{name}",
            "astray": f"http://127.0.0.1:1/{name}",
        }
        if how in moved:
            handler.send_response(302)
            handler.send_header("Location", moved[how])
            handler.end_headers()
            return
        if how == "html":
            content = b"<!DOCTYPE html><html><body>Please log in.</body></html>"
        if how == "altered":
            content = content[:-1] + bytes([content[-1] ^ 1])
        if how == "long":
            content += b"more"
        handler.send_response(200)
        if how == "packed":
            # Though it was asked not to: what arrives is unpacked on the way.
            handler.send_header("Content-Encoding", "gzip")
        if how != "short":
            handler.send_header("Content-Length", str(len(content)))
        handler.end_headers()
        half = len(content) // 2
        handler.wfile.write(content[:half])
        if how == "stall":
            time.sleep(0.8)
        if how == "slow":
            handler.wfile.flush()
            time.sleep(0.2)
        if how not in ("cut", "short", "stall"):
            handler.wfile.write(content[half:])


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Server]:
    """Run a local server and allow the network for this test."""
    monkeypatch.delenv("LABS_OFFLINE")
    served = Server()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            served.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as http:
        served.address = f"http://127.0.0.1:{http.server_port}"
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        yield served
        http.shutdown()
        thread.join()


READER = """
import numpy as np
from data_scripts.errors import BadFile
from data_scripts.ragged import Ragged, cut, texts

def read(paths, rows):
    if paths:
        lines = paths["diary.txt"].read_text(encoding="utf-8").splitlines()
    else:
        lines = ["1 one", "2 two", "3 three"]
    if "broken" in lines:
        raise BadFile("The diary is broken.")
    number = np.array([int(line.split()[0]) for line in lines])
    series = {"number": number, **Ragged.of_texts(line.split()[1] for line in lines).arrays("word")}
    return {"series": cut(series, rows["series"]), "shared": {"columns": np.array(["number"])}}

def present(split, arrays):
    return list(zip(arrays["number"].tolist(), texts(Ragged.among(arrays, "word"))))
"""
GENERATOR = """
import numpy as np
from data_scripts.ragged import Ragged

def make(rows, seed):
    number = np.random.default_rng(seed).integers(9, size=rows["series"])
    words = Ragged.of_texts(["word"] * len(number))
    series = {"number": number, **words.arrays("word")}
    return {"series": series, "shared": {"columns": np.array(["number"])}}
"""
DIARY = b"1 one\n2 two\n3 three\n4 four\n5 five\n"


@pytest.fixture
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[DataSet]:
    """Give a set with one series, words of unequal length, a shared array and code of its own.

    Its file is in a mirror, which is named.
    """
    code = tmp_path / "code"
    (code / "twins").mkdir(parents=True)
    (code / "diary.py").write_text(READER, encoding="utf-8")
    (code / "twins" / "diary_twin.py").write_text(GENERATOR, encoding="utf-8")
    monkeypatch.setattr(data_scripts, "__path__", [*data_scripts.__path__, str(code)])
    monkeypatch.setattr(
        data_scripts.twins, "__path__", [*data_scripts.twins.__path__, str(code / "twins")]
    )
    (tmp_path / "mirror" / "set").mkdir(parents=True)
    (tmp_path / "mirror" / "set" / "diary.txt").write_bytes(DIARY)
    monkeypatch.setenv("LABS_MIRROR", str(tmp_path / "mirror"))
    data = replace(
        data_set("mnist"),
        name="diary",
        title="Diary",
        rows={"series": 5},
        notebook={"series": range(2)},
        unseen={"series": range(2, 4)},
        twin=Twin("diary_twin", 1, {"series": 5}, "made up"),
        files=(File("all", (), describe("diary.txt", DIARY)),),
    )
    monkeypatch.setattr(loading, "data_set", lambda name: data)
    yield data
    for name in ("data_scripts.diary", "data_scripts.twins.diary_twin"):
        sys.modules.pop(name, None)
    sources.code_key.cache_clear()
