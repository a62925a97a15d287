"""Clean HTML, SVG and text that came from a student, by allow-lists.

What is not named here does not appear: no script, handler, frame, form, style sheet, id, and no
picture that would be fetched. Text that would cost too much to parse is shown as text.
"""

from __future__ import annotations

import base64
import html
import re
from collections import Counter

import nh3
from pygments.token import STANDARD_TYPES

__all__ = ["clean_html", "clean_svg", "clean_text"]

# Larger or deeper HTML is shown as text: nh3's time grows with the square of the depth
# (200,000 open tags took 150 s).
MAX_HTML = 400_000
MAX_DEPTH = 100
MAX_SHOWN = 20_000

# Stands for a picture that would have been fetched.
LEFT_OUT = "data:image/svg+xml;base64," + base64.b64encode(
    b'<svg xmlns="http://www.w3.org/2000/svg" width="150" height="24">'
    b'<rect width="150" height="24" fill="#eceef1"/>'
    b'<text x="8" y="17" font-family="sans-serif" font-size="13" fill="#555d67">'
    b"picture left out</text></svg>"
).decode("ascii")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_TAG = re.compile(r"<(/?)([A-Za-z][^\s/>]*)")
_VOID = _words("area base br col embed hr img input link meta param source track wbr")
_PICTURE_URL = re.compile(r"data:image/(png|jpeg|gif);base64,[A-Za-z0-9+/=\s]*", re.ASCII)
# ESC stays: it begins the colour codes of terminals, which nbconvert knows
_OUTSIDE_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f\ud800-\udfff\ufffe\uffff]")

_TEXT_TAGS = _words(
    "a abbr b blockquote br caption code col colgroup dd del details div dl dt em figcaption "
    "figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small span strong sub "
    "summary sup table tbody td tfoot th thead tr u ul var"
)
_TEXT_ATTRIBUTES = {
    "*": {"style", "title", "lang", "dir"},
    "a": {"href"},
    "col": {"span"},
    "img": {"src", "alt", "width", "height"},
    "ol": {"start"},
    "td": {"colspan", "rowspan"},
    "th": {"colspan", "rowspan", "scope"},
}
# No position, no size of a box, no url(): an output cannot lie over the page or fetch something.
_STYLES = _words(
    "background-color color font-style font-weight text-align text-decoration vertical-align "
    "white-space"
)
# No other class: an output cannot put on the looks of the page's own parts.
_CLASSES = {
    "div": {"highlight"},
    "span": {name for name in STANDARD_TYPES.values() if name},
    "table": {"dataframe"},
}
_SVG_TAGS = _words(
    "svg g path defs use rect circle ellipse line polyline polygon text tspan clipPath "
    "linearGradient radialGradient stop title desc"
)
_SVG_ATTRIBUTES = _words(
    "viewBox width height d transform style x y dx dy cx cy r rx ry points x1 x2 y1 y2 clip-path "
    "href id fill fill-opacity stroke stroke-width stroke-opacity stroke-linecap "
    "stroke-linejoin stroke-dasharray opacity offset stop-color text-anchor font-size "
    "font-family xmlns version"
)


def clean_text(text: str) -> str:
    """Replace what no XML or UTF-8 file can hold: control signs and halves of surrogate pairs."""
    return _OUTSIDE_XML.sub("\N{REPLACEMENT CHARACTER}", text)


def clean_html(text: str) -> str:
    """Keep of an HTML fragment what is text, table, picture inside the page, or plain link.

    Scripts, styles, handlers, frames, forms, `javascript:` links, ids, foreign classes and every
    picture that would be fetched are removed. A fragment that is too large or too deep comes back
    as escaped text.

    >>> clean_html('<b onclick="x()">hi</b><script>x()</script>')
    '<b>hi</b>'
    """
    text = clean_text(text)
    if len(text) > MAX_HTML or _too_deep(text):
        return f"<pre>{html.escape(text[:MAX_SHOWN])}</pre>"
    return _TEXT_CLEANER.clean(text)


def clean_svg(text: str) -> str:
    """Keep the shapes and the text of an SVG picture, or return nothing when it is too large or too
    deep.

    References may only point inside the picture itself.
    """
    text = clean_text(text)
    if len(text) > 5 * MAX_HTML or _too_deep(text):
        return ""
    # the prologue is no part of HTML, and the parser would keep a DOCTYPE's inner part as text
    cleaned = _SVG_CLEANER.clean(text[max(text.find("<svg"), 0) :]).strip()
    if not cleaned.startswith("<svg"):
        return ""
    # the parser of HTML needs no namespaces and drops one; a picture by itself needs both
    names = 'xmlns:xlink="http://www.w3.org/1999/xlink"'
    if not re.match(r"<svg[^>]*\sxmlns=", cleaned):
        names += ' xmlns="http://www.w3.org/2000/svg"'
    cleaned = cleaned.replace("<svg", f"<svg {names}", 1)
    return cleaned.replace("&nbsp;", "&#160;")  # XML knows no such name


def _keep_attribute(tag: str, name: str, value: str) -> str | None:
    if (tag, name) == ("img", "src"):
        return value if _PICTURE_URL.fullmatch(value) else LEFT_OUT
    if (tag, name) == ("a", "href"):
        return value if value.lower().startswith(("http://", "https://", "mailto:")) else None
    return value


def _keep_svg_attribute(_tag: str, name: str, value: str) -> str | None:
    if name == "href":  # ammonia leaves the prefix of xlink:href out
        return value if value.startswith("#") else None
    bare = re.sub(r"url\(#[\w-]+\)", "", value)
    return None if "url" in bare.lower() or "\\" in bare else value


def _too_deep(text: str) -> bool:
    opened: Counter[str] = Counter()
    depth = 0
    for closing, name in _TAG.findall(text):
        name = name.lower()
        if not closing and name not in _VOID:
            opened[name] += 1
            depth += 1
        elif closing and opened[name]:
            opened[name] -= 1
            depth -= 1
        if depth > MAX_DEPTH:
            return True
    return False


_TEXT_CLEANER = nh3.Cleaner(
    tags=_TEXT_TAGS,
    attributes=_TEXT_ATTRIBUTES,
    allowed_classes=_CLASSES,
    filter_style_properties=_STYLES,
    url_schemes={"http", "https", "mailto", "data"},
    attribute_filter=_keep_attribute,
)
_SVG_CLEANER = nh3.Cleaner(
    tags=_SVG_TAGS,
    attributes={"*": _SVG_ATTRIBUTES},
    url_schemes=set(),
    attribute_filter=_keep_svg_attribute,
)
