"""pandas' values on the wire: frames, series and indexes, column by column."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

import numpy as np

if TYPE_CHECKING:
    from grading.inside.values import Decoder, Encoder, Node

KINDS = frozenset({"frame", "series", "index", "timestamp", "timedelta64", "missing"})
# Types of a column beside NumPy's own: those of pandas' that have a name and no parameter.
_EXTENSION = frozenset(
    {"string", "str", "boolean", "object"}
    | {f"{kind}{size}" for kind in ("Int", "UInt") for size in (8, 16, 32, 64)}
    | {"Float32", "Float64"}
)
MAX_COLUMNS = 100_000


def encode(value: Any, encoder: Encoder, depth: int) -> Node | None:
    """Return the node of a frame, series, index or single time of pandas', None for any other."""
    pd = sys.modules.get("pandas")
    # While pandas is being imported it has no frames yet.
    if pd is None or not hasattr(pd, "DataFrame"):
        return None
    if isinstance(value, pd.DataFrame):
        encoder.number(value)
        columns = [_column(value.iloc[:, i], encoder, depth) for i in range(value.shape[1])]
        return {
            "t": "frame",
            "v": columns,
            "columns": encode(value.columns, encoder, depth + 1),
            "index": encode(value.index, encoder, depth + 1),
        }
    if isinstance(value, pd.Series):
        encoder.number(value)
        return {
            "t": "series",
            "v": _column(value, encoder, depth),
            "name": encoder.encode(value.name, depth + 1),
            "index": encode(value.index, encoder, depth + 1),
        }
    if isinstance(value, pd.RangeIndex):
        span = encoder.encode(range(value.start, value.stop, value.step), depth + 1)
        return {"t": "index", "v": span, "names": _names(value, encoder, depth)}
    if isinstance(value, pd.MultiIndex):
        rows = encoder.encode(list(value), depth + 1)
        return {"t": "index", "v": rows, "names": _names(value, encoder, depth)}
    if isinstance(value, pd.Index):
        column = _column(value.to_series(), encoder, depth)
        return {"t": "index", "v": column, "names": _names(value, encoder, depth)}
    if value is pd.NaT or value is pd.NA:
        return {"t": "missing", "v": "NaT" if value is pd.NaT else "NA"}
    if isinstance(value, pd.Timestamp):
        zone = None if value.tz is None else str(value.tz)
        return {"t": "timestamp", "v": value.isoformat(), "zone": zone, "unit": value.unit}
    if isinstance(value, pd.Timedelta):
        return {"t": "timedelta64", "v": int(value.value)}
    return None


def decode(node: dict[str, Any], decoder: Decoder) -> Any:
    """Return the value of a node of one of `KINDS`."""
    import pandas as pd

    kind, content = node["t"], node["v"]
    if kind == "missing":
        return pd.NaT if content == "NaT" else pd.NA
    if kind == "timestamp":
        moment = pd.Timestamp(str(content)).as_unit(node["unit"])
        return moment if node["zone"] is None else moment.tz_convert(_zone(node["zone"]))
    if kind == "timedelta64":
        return pd.Timedelta(int(content), unit="ns")
    if kind == "index":
        return _index(node, decoder)
    # Numbered before its columns, as the encoder does; filled when they are there.
    if kind == "series":
        series = decoder.number(pd.Series(dtype="float64"))
        made = _column_of(content, decoder)
        name = decoder.decode(node["name"])
        series.__init__(made, index=_index(node["index"], decoder), name=name)
        return series
    if len(content) > MAX_COLUMNS:
        raise ValueError("too many columns")
    frame = decoder.number(pd.DataFrame())
    columns = [_column_of(column, decoder) for column in content]
    labels, index = _index(node["columns"], decoder), _index(node["index"], decoder)
    if len(labels) != len(columns):
        raise ValueError("columns and labels differ in number")
    filled = pd.DataFrame(dict(enumerate(columns)), index=index)
    filled.columns = labels
    frame.__init__(filled)
    return frame


def _column(series: Any, encoder: Encoder, depth: int) -> Node:
    """Return the node of a column: its type, and its values as an array or as a list."""
    from grading.inside.values import CannotCross

    dtype = series.dtype
    if isinstance(dtype, np.dtype) and dtype.kind != "O":
        return {"dtype": None, "v": encoder.content(series.to_numpy(), depth + 1)}
    name = str(dtype)
    zone = getattr(dtype, "tz", None)
    if zone is not None:
        times = series.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return {"dtype": "zone", "zone": str(zone), "v": encoder.content(times, depth + 1)}
    if name == "category":
        categories = encoder.content(dtype.categories.tolist(), depth + 1)
        codes = encoder.content(series.cat.codes.to_numpy(), depth + 1)
        ordered = bool(dtype.ordered)
        return {"dtype": name, "categories": categories, "ordered": ordered, "v": codes}
    if name not in _EXTENSION:
        raise CannotCross(
            f"column {series.name!r} of a DataFrame has the dtype {name}, which cannot be handed"
            " over: convert it with .astype(...)"
        )
    return {"dtype": name, "v": encoder.content(series.tolist(), depth + 1)}


def _column_of(node: dict[str, Any], decoder: Decoder) -> Any:
    import pandas as pd

    name = node["dtype"]
    if name == "category":
        categories = decoder.decode(node["categories"])
        codes = decoder.decode(node["v"])
        return pd.Categorical.from_codes(codes, categories, ordered=bool(node["ordered"]))
    values = decoder.decode(node["v"])
    if name is None:
        return np.asarray(values)
    if name == "zone":
        return pd.DatetimeIndex(values).tz_localize("UTC").tz_convert(_zone(node["zone"])).array
    if name not in _EXTENSION:
        raise ValueError(f"{name!r} is no type of a column")
    if name == "object":
        column = np.empty(len(values), dtype=object)
        column[:] = values
        return column
    return pd.array(values, dtype=name)


def _index(node: dict[str, Any], decoder: Decoder) -> Any:
    import pandas as pd

    content = node["v"]
    is_column = "dtype" in content
    values = _column_of(content, decoder) if is_column else decoder.decode(content)
    names = [decoder.decode(name) for name in node["names"]]
    if is_column:
        return pd.Index(values, name=names[0])
    if isinstance(values, range):
        return pd.RangeIndex(values, name=names[0])
    return pd.MultiIndex.from_tuples(values, names=names)


def _names(index: Any, encoder: Encoder, depth: int) -> list[Node]:
    return [encoder.encode(name, depth + 1) for name in index.names]


def _zone(name: Any) -> str:
    # Names of zones only: other texts would be looked up as files.
    if not all(part.replace("_", "").replace("-", "").replace("+", "").isalnum()
               for part in str(name).split("/")):  # fmt: skip
        raise ValueError(f"{name!r} is no time zone")
    return str(name)
