"""Write docs/data.md, the page about all data sets, from the manifest.

    python -m data_scripts.page

Under docs/pictures/data lie examples that `benchmarks/data_pictures.py` made from the data: a picture
`<set>.png`, or words in `<set>.txt`.
"""

from __future__ import annotations

import html
import sys
from collections.abc import Mapping
from pathlib import Path

from data_scripts.manifest import DataSet, File, read_manifest

DOCS = Path(__file__).resolve().parents[1] / "docs"
PAGE = "data.md"
EXAMPLES = "pictures/data"
HEAD = """\
# Data

Every data set of the course. Written by `python -m data_scripts.page` from
`data_scripts/manifest.toml`; do not edit.

```python
from data_scripts import load

data = load("mnist")  # the rows that a notebook gets in fast mode
x_train, y_train = data.train
x_test, y_test = data.test
data.where  # which data this is, and from where
load("mnist", "full")  # all rows
load("mnist", source="twin")  # the twin
```

Each file is known by its size and hash. It is looked for in the cache, then in a mirror folder if
`LABS_MIRROR` names one, then at its addresses on the internet; a file that is cut off, altered, or a
web page instead of data is never used. Where none can be had, a **twin** comes instead: data made by
a program, most in seconds, with the same shapes, types and ranges, on which the same methods win,
tie and lose. `data.where` and the notebook's first lines say which it is. `python -m data_scripts
list` shows what is here, `fetch --all` brings everything into the cache, `verify` checks it.

In fast mode a notebook gets some rows only. The referee scores models on others, which no notebook
has seen.
"""


def page(sets: Mapping[str, DataSet], docs: Path) -> str:
    """Give the page's text.

    Parameters
    ----------
    sets : mapping of str to DataSet
        From the manifest.
    docs : Path
        The folder of the page; examples are looked for below it.
    """
    summary = [
        "| set | title | rows | to download | twin |",
        "|---|---|---:|---:|---:|",
        *(_summary(data) for data in sets.values()),
    ]
    parts = [HEAD, "\n".join(summary), *(_section(data, docs) for data in sets.values())]
    return "\n\n".join(part.strip("\n") for part in parts) + "\n"


def write(docs: Path = DOCS) -> bool:
    """Write the page; tell whether it changed.

    Raises
    ------
    FileNotFoundError
        If there is no such folder.
    """
    target = docs / PAGE
    text = page(read_manifest(), docs)
    if target.is_file() and target.read_text(encoding="utf-8") == text:
        return False
    target.write_text(text, encoding="utf-8")
    return True


def _summary(data: DataSet) -> str:
    total, made = sum(data.rows.values()), sum(data.twin.rows.values())
    rows, share = (f"{count:,}" if count else "–" for count in (total, made))
    return (
        f"| [`{data.name}`](#{_anchor(data)}) | {data.title} | {rows} | {_size(data)} | {share} |"
    )


def _section(data: DataSet, docs: Path) -> str:
    unseen = f"{_ranges(data.unseen)}." if data.unseen else f"No rows. {data.unseen_note}"
    made = f" ({_counts(data.twin.rows)})" if data.twin.rows else ""
    facts = [
        ("Rows", _counts(data.rows)),
        ("Files", _files(data)),
        ("License", data.license),
        ("Cite", data.citation),
        ("Take care", data.care),
        ("A notebook gets", _ranges(data.notebook) if data.notebook else "all of it"),
        ("The referee alone gets", unseen),
        ("Twin", f"{data.twin.about}{made}"),
    ]
    lines = [f"- **{name}:** {_sentence(plain(text))}" for name, text in facts]
    lines.insert(3, f"- **Page:** <{data.page}>")
    parts = [f"## {_title(data)}", plain(data.about), "\n".join(lines), *_example(data, docs)]
    return "\n\n".join(parts)


def plain(text: str) -> str:
    """Write a text so that Markdown shows it as it is."""
    return html.escape(text, quote=False)


def _example(data: DataSet, docs: Path) -> list[str]:
    picture, words = (docs / EXAMPLES / f"{data.name}.{kind}" for kind in ("png", "txt"))
    if picture.is_file():
        return [f"![Examples of {data.title}]({EXAMPLES}/{picture.name})"]
    if words.is_file():
        return [f"```text\n{words.read_text(encoding='utf-8').strip()}\n```"]
    return []


def _files(data: DataSet) -> str:
    if data.generated:
        return "none: it is generated"
    if data.shipped:
        return "none: it comes with the course or with a package that the course needs"
    names = "; ".join(
        f"{file.name} ({_bytes(file.canonical.bytes)}{_where(file)})" for file in data.files
    )
    differences = dict.fromkeys(
        copy.differs for file in data.files for copy in file.alternatives if copy.differs
    )
    if not differences:
        return names
    return f"{names}. Other copies that a mirror may hold have: {'; '.join(differences)}"


def _where(file: File) -> str:
    return "" if file.urls else ", from a mirror folder only"


def _title(data: DataSet) -> str:
    return f"{data.title} (`{data.name}`)"


def _anchor(data: DataSet) -> str:
    """Give the name under which a heading is found, as GitHub makes it."""
    kept = (letter for letter in _title(data).lower() if letter.isalnum() or letter in " -_")
    return "".join(kept).replace(" ", "-")


def _ranges(ranges: Mapping[str, range]) -> str:
    return ", ".join(
        f"{split} rows {rows.start:,} to {rows.stop - 1:,}" for split, rows in ranges.items()
    )


def _counts(rows: Mapping[str, int]) -> str:
    names = {"series": "in one series"}
    counts = [f"{count:,} {names.get(split, split)}" for split, count in rows.items()]
    return ", ".join(counts) or "none"


def _size(data: DataSet) -> str:
    return _bytes(data.bytes) if data.files else "nothing"


def _bytes(count: int) -> str:
    return f"{count / 1e6:,.1f} MB" if count >= 1e5 else f"{count / 1e3:,.1f} kB"


def _sentence(text: str) -> str:
    return text if text.endswith(".") else f"{text}."


if __name__ == "__main__":
    try:
        changed = write()
    except FileNotFoundError:
        sys.exit(f"There is no folder {DOCS}: the page is written in a copy of the repository.")
    print(f"{DOCS / PAGE} {'is new' if changed else 'was up to date'}")
