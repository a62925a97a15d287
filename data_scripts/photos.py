"""Decode JPEG photos to pictures of one size, safely, and keep the result for the next time."""

from __future__ import annotations

import hashlib
import io
import warnings
from collections.abc import Iterable

import numpy as np

from data_scripts import arrays, places
from data_scripts.errors import BadFile
from data_scripts.notebook import is_notebook_cache
from data_scripts.ragged import Arrays
from data_scripts.sources import code_key

# More pixels than a camera's picture has: a small file that claims more is a trap for the memory.
MOST_PIXELS = 60_000_000
_TOO_LARGE = "this JPEG file claims more pixels than a photo has, and is not decoded."
# Decoded pictures are kept in the cache's folder of this set.
SET = "cats_dogs"


def pixels(photos: Iterable[np.ndarray], size: int) -> np.ndarray:
    """Decode photos to one size.

    Width and height are scaled each on its own (bilinear, smoothed when scaled down), as the book's
    generators and `image_dataset_from_directory` do: a broad photo is squeezed, nothing is cut off.

    Parameters
    ----------
    photos : sequence of np.ndarray
        The bytes of a JPEG file each, uint8, such as ``photos, y = load("cats_dogs").train``.
    size : int
        Pixels of each side.

    Returns
    -------
    np.ndarray
        uint8 (N, size, size, 3), RGB. Kept in the cache: the second time it is mapped from there.

    Raises
    ------
    BadFile
        If a photo is damaged; the message says which.

    Examples
    --------
    >>> decoded(b"GIF89a")
    Traceback (most recent call last):
    data_scripts.errors.BadFile: this is not a whole JPEG file (UnidentifiedImageError).
    """
    contents = [np.ascontiguousarray(photo, dtype=np.uint8) for photo in photos]

    def make() -> dict[str, Arrays]:
        return {"shared": {"pixels": _decoded(contents, size)}}

    cache = places.cache_folder()
    # What notebooks get is served without writing.
    if is_notebook_cache(cache):
        return make()["shared"]["pixels"]
    folder = cache / SET / f"made-pixels-{_key(contents, size)}"
    return arrays.kept(folder, make, {"set": SET})["shared"]["pixels"]


def decoded(content: bytes, size: int | None = None) -> np.ndarray:
    """Decode one JPEG file.

    Parameters
    ----------
    content : bytes
        The file.
    size : int, optional
        Pixels of each side; left out, the photo's own.

    Returns
    -------
    np.ndarray
        uint8 (height, width, 3), RGB.

    Raises
    ------
    BadFile
        If it is no JPEG file, is damaged or cut off, or claims to be larger than any photo.
    """
    from PIL import Image

    try:
        with warnings.catch_warnings():
            # The size is checked below, more strictly than Pillow's warning does.
            warnings.simplefilter("ignore", Image.DecompressionBombWarning)
            image = Image.open(io.BytesIO(content), formats=["JPEG"])
        width, height = image.size
        if width * height > MOST_PIXELS:
            raise BadFile(_TOO_LARGE)
        if size is not None:
            # A photo from a camera is decoded at a fraction of its size, still twice what is needed.
            image.draft("RGB", (2 * size, 2 * size))
        picture = image.convert("RGB")
        if size is not None:
            picture = picture.resize((size, size), Image.Resampling.BILINEAR)
        return np.asarray(picture)
    except BadFile:
        raise
    except Image.DecompressionBombError as error:
        raise BadFile(_TOO_LARGE) from error
    # Pillow's decoders raise many kinds of errors for damaged files, SyntaxError and struct.error
    # among them.
    except Exception as error:
        raise BadFile(f"this is not a whole JPEG file ({type(error).__name__}).") from error


def _decoded(contents: list[np.ndarray], size: int) -> np.ndarray:
    pictures = np.empty((len(contents), size, size, 3), dtype=np.uint8)
    for row, content in enumerate(contents):
        try:
            pictures[row] = decoded(content.tobytes(), size)
        except BadFile as error:
            raise BadFile(f"Photo {row} of {len(contents):,}: {error}") from error
    return pictures


def _key(contents: list[np.ndarray], size: int) -> str:
    code = code_key("data_scripts.photos", "data_scripts.photos")
    digest = hashlib.sha256(f"{code} {size}".encode())
    for content in contents:
        digest.update(len(content).to_bytes(8, "little"))
        digest.update(content)
    return digest.hexdigest()[:20]
