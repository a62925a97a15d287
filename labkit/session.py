"""The start call of every notebook, and the lab that it returns: mode, seed, data, checks."""

from __future__ import annotations

import hashlib
import os
import platform
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import numpy as np

from data_scripts.quiet_tensorflow import import_tensorflow
from labkit.checks import Check
from labkit.device import GPU_HELP, Device, find_device
from labkit.memory import give_back_large_blocks
from labkit.needs import Needs
from labkit.registry import LabEntry, Variant, read_lab
from labkit.versions import version_problems

if TYPE_CHECKING:
    from data_scripts.loading import Loaded
    from data_scripts.pretrained import Base
    from data_scripts.table import Table

Rows = tuple[np.ndarray, np.ndarray]
MODES = {
    "fast": "part of the data and short runs; LABS_MODE=full gives the book's sizes",
    "full": "all data and the book's sizes; this takes longer",
}


def start(name: str) -> Lab:
    """Begin a lab: import TensorFlow, set the seeds, look for a GPU, and print what was found.

    Parameters
    ----------
    name
        The lab's folder name, such as ``"ch02_mnist"``.

    Returns
    -------
    Lab

    Raises
    ------
    ValueError
        If there is no such lab, or LABS_MODE or LABS_SEED is not one.
    """
    entry = read_lab(name)
    mode = _mode()
    seed = _seed(entry.seed)
    give_back_large_blocks()
    import_tensorflow()
    import keras
    import tensorflow as tf

    device = find_device()
    keras.utils.set_random_seed(seed)  # Python's, NumPy's and TensorFlow's
    lab = Lab(entry, mode, seed, device)
    print(f"Lab {name}: {entry.title} (the book's chapter {entry.chapter})")
    print(f"Mode: {mode} ({MODES[mode]}). Seed {seed}.")
    print(f"Device: {_device_line(device)}.")
    print(
        f"Python {platform.python_version()}, TensorFlow {tf.__version__}, "
        f"Keras {keras.__version__}, NumPy {np.__version__}"
    )
    return lab


@dataclass(slots=True)
class Lab:
    """A lab that has been started. Made by `start`.

    Attributes
    ----------
    name, mode : str
        The lab's name; ``"fast"`` or ``"full"``.
    seed : int
        Set for Python, NumPy and TensorFlow when the lab was started.
    device : str
        The GPU's name, or ``"CPU"``.
    variant, source : str
        Which data `load` gave, and whether it is ``"real"`` or its ``"twin"``.
    """

    _entry: LabEntry
    mode: str
    seed: int
    _device: Device
    _variant: Variant | None = field(default=None, init=False)
    _source: str = field(default="", init=False)
    _shared: dict[str, np.ndarray] = field(default_factory=dict, init=False)
    _validation: Rows | None = field(default=None, init=False)

    def __repr__(self) -> str:
        return f"Lab({self.name}, {self.mode} mode, seed {self.seed}, {self.device})"

    @property
    def name(self) -> str:
        return self._entry.name

    @property
    def fast(self) -> bool:
        return self.mode == "fast"

    @property
    def device(self) -> str:
        return self._device.name

    @property
    def variant(self) -> str:
        return self._loaded().name

    @property
    def source(self) -> str:
        self._loaded()
        return self._source

    def load(self, variant: str) -> tuple[Rows, Rows]:
        """Load the data of a variant and print one line on what it is.

        Returns
        -------
        (x_train, y_train), (x_test, y_test)
            For digits and clothes: uint8 of shape (N, 28, 28) and uint8 of shape (N,). For texts: a
            `data_scripts.ragged.Ragged`, whose row i is the int32 array of a text's word ids, and int64
            (N,). For houses: floats of shape (N, columns) and (N,). For photographs: a `Ragged`, whose
            row i is the bytes of a JPEG file, which `data_scripts.photos.pixels` decodes, and uint8
            (N,).

        Raises
        ------
        ValueError
            If the lab has no such variant. The message names those that it has.
        """
        loaded = self._load(variant)
        rows = f"{len(loaded.train[0]):,} training and {len(loaded.test[0]):,} test rows"
        print(f"Data: {loaded.where.rstrip('.')}; {rows}.")
        return loaded.train, loaded.test

    def validation(self) -> Rows:
        """Return the validation rows that came with the data that `load` gave last.

        Raises
        ------
        ValueError
            If the data have none, as most have.
        """
        data = self._loaded().data
        if self._validation is None:
            raise ValueError(f"The data of this lab, {data!r}, have no validation rows.")
        return self._validation

    def load_series(self, variant: str) -> Table:
        """Load the series of a variant and print one line on what it is.

        Returns
        -------
        data_scripts.table.Table
            Rows in the order of time: `x`, `time`, `columns`.

        Raises
        ------
        ValueError
            If the lab has no such variant. The message names those that it has.
        """
        loaded = self._load(variant)
        print(f"Data: {loaded.where.rstrip('.')}; {len(loaded.series):,} rows in one series.")
        return loaded.series

    def unseen(self) -> Rows | Table:
        """Return test rows that no notebook is given, of the data that was loaded last.

        Of a series it is the stretch that follows, as a table.

        Raises
        ------
        data_scripts.RowsNotHere
            Where they are not to be had, as in the sandbox that runs a student's notebook.
        """
        import data_scripts

        data = self._loaded().data
        loaded = data_scripts.load(data, part="unseen", source=self._source)
        return loaded.test if loaded.series is None else loaded.series

    def words(self) -> list[str]:
        """Return the words of the texts that `load` gave last; a word stands at its id.

        Raises
        ------
        ValueError
            If the data are no texts.
        """
        from data_scripts.tokens import words_of

        self._require_shared("words_flat", "list of words")
        return words_of(self._shared)

    def columns(self) -> list[str]:
        """Return the names of the columns of the table that `load` gave last.

        Raises
        ------
        ValueError
            If the data are no table with names.
        """
        self._require_shared("columns", "names of columns")
        return self._shared["columns"].tolist()

    def base(self, size: int) -> Base:
        """Build the pretrained base of this lab and print one line on what it is.

        Full mode takes VGG16 where it can be had; fast mode a small MobileNet. Its weights come from
        the same source as the data that `load` gave: for a twin from a base of drawn animals.

        Parameters
        ----------
        size : int
            Pixels of each side of the pictures, at least 32.

        Returns
        -------
        data_scripts.pretrained.Base
            Its `model` is new at each call.
        """
        from data_scripts import DataError, pretrained

        source, shape = self.source, (size, size, 3)
        try:
            found = pretrained.base("mobilenet" if self.fast else "vgg16", shape, source)
        except DataError as error:
            if self.fast:
                raise
            print(f"VGG16 is not to be had, so here is the base of fast mode: {error}")
            found = pretrained.base("mobilenet", shape, source)
        print(f"Base: {found.where.rstrip('.')}.")
        return found

    def threshold(self, quantity: str) -> float:
        """Return the value of `quantity` that right runs reach on this variant and source.

        Raises
        ------
        KeyError
            If the lab has no such threshold.
        """
        keys = (quantity, self.variant, self.source)
        value: Any = self._entry.thresholds
        for key in keys:
            if key not in value:
                raise KeyError(f"{self.name} has no threshold for {' / '.join(keys)}.")
            value = value[key]
        return float(value)

    def rng(self, name: str) -> np.random.Generator:
        """Return a random generator for hidden inputs: the same for a course, a lab and a name."""
        key = os.environ.get("LABS_COURSE_KEY", "practice")
        digest = hashlib.sha256(f"{key}/{self.name}/{name}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest, "big"))

    def check(self, title: str, hint: str = "") -> Check:
        """Open a check; see `labkit.Check`."""
        return Check(title, hint)

    def needs(self, *names: str) -> Needs:
        """Wrap a cell that uses the exercises `names`, so that it waits while one is unfinished."""
        return Needs(names)

    def environment_check(self, check: Check) -> None:
        """Want supported versions and, where LABS_REQUIRE_GPU is 1, a GPU."""
        problems = version_problems()
        check.true(not problems, "supported versions. Came: " + "; ".join(problems))
        if os.environ.get("LABS_REQUIRE_GPU") == "1":
            check.true(
                self._device.is_gpu,
                f"a GPU, which this course requires. Came: CPU only. {GPU_HELP}",
            )

    def _load(self, variant: str) -> Loaded:
        import data_scripts

        chosen = self._entry.variant(variant)
        part = "notebook" if self.fast else "full"
        loaded = data_scripts.load(chosen.data, part=part)
        if chosen.also:
            # A base trained on drawings is of no use for photographs, so all sets come from one
            # source.
            kinds = {loaded.source, *(data_scripts.load(name).source for name in chosen.also)}
            if len(kinds) > 1:
                loaded = data_scripts.load(chosen.data, part=part, source="twin")
        self._variant, self._source = chosen, loaded.source
        self._shared = loaded.shared or {}
        self._validation = loaded.validation
        return loaded

    def _require_shared(self, name: str, kind: str) -> None:
        data = self._loaded().data
        if name not in self._shared:
            raise ValueError(f"The data of this lab, {data!r}, have no {kind}.")

    def _loaded(self) -> Variant:
        if self._variant is None:
            raise RuntimeError("No data yet: run the cell with lab.load(VARIANT) first.")
        return self._variant


def _mode() -> str:
    mode = os.environ.get("LABS_MODE", "fast") or "fast"
    if mode not in MODES:
        raise ValueError(f"LABS_MODE is {mode!r}. Set it to 'fast' or 'full', or not at all.")
    return mode


def _seed(default: int) -> int:
    given = os.environ.get("LABS_SEED", "")
    if not given:
        return default
    if not given.isdecimal() or int(given) >= 2**32:
        raise ValueError(f"LABS_SEED is {given!r}. Set it to a whole number below 2**32.")
    return int(given)


def _device_line(device: Device) -> str:
    if device.note:
        return f"{device.name}. {device.note}"
    return device.name if device.is_gpu else "CPU only, fine for this lab"
